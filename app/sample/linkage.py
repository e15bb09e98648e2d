"""Codes, links, requests and acceptances: who came to stand on the messaging service, and how (P1, P3, P4, H4, M3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.domain.checks.register import LinkState
from app.sample.people import TODAY, Household, details, staff
from app.sample.plans import AdultPlan, cast_requests
from app.sample.shapes import Acceptance, Guardian, Link, LinkingCode, LinkRequest, Pupil

_SIGNS = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
_ROUTES = ("paper letter", "paper letter", "e-mail", "at the office")


@dataclass(frozen=True, slots=True)
class Linkage:
    """Everything about codes and links, in the order of the pupils."""

    codes: tuple[LinkingCode, ...]
    links: tuple[Link, ...]
    requests: tuple[LinkRequest, ...]
    acceptances: tuple[Acceptance, ...]


def make_linkage(seed: int, households: tuple[Household, ...]) -> Linkage:
    """Codes and links for every pupil, and what guardians and staff accepted."""
    maker = _Maker(Random(f"{seed}/links"))
    for house in households:
        maker.family(house)
    maker.strangers(households)
    acceptances = maker.guardians_accept() + maker.staff_accept()
    return Linkage(tuple(maker.codes), tuple(maker.links), tuple(maker.requests), tuple(acceptances))


class _Maker:
    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._zone = ZoneInfo(details().timezone)
        self._given: set[str] = set()
        self.codes: list[LinkingCode] = []
        self.links: list[Link] = []
        self.requests: list[LinkRequest] = []

    def family(self, house: Household) -> None:
        states = []
        room = details().adult_cap
        for place, plan in enumerate(house.plan.adults):
            state = plan.link or self._chance(place, room)
            room -= state == "linked"
            states.append(state)
        for pupil in house.pupils:
            begun = self._begun(pupil)
            for guardian, plan, state in zip(house.guardians, house.plan.adults, states, strict=True):
                self._join(pupil, guardian, plan, state, begun)

    def _chance(self, place: int, room: int) -> str:
        if not room:
            return "none"
        return "linked" if self._rng.random() < (0.93, 0.76, 0.0)[min(place, 2)] else "invited"

    def _begun(self, pupil: Pupil) -> date:
        if pupil.joined:
            return pupil.joined
        fresh = pupil.year in ("N2", "R") or self._rng.random() < 0.2
        return date(2026, 9, 3) if fresh else date(2025, 9, 3)

    def _join(self, pupil: Pupil, guardian: Guardian, plan: AdultPlan, state: str, begun: date) -> None:
        if state == "none":
            return
        if state in ("waiting", "rejected"):
            self._ask(pupil, guardian, state)
            return
        at = self._moment(begun + timedelta(days=self._rng.choice((1, 1, 2, 2, 3, 5, 8, 12))))
        if plan.contact != "barred" and pupil.left is None:
            self._give_code(pupil, guardian, begun, at.date() if state in ("linked", "suspended") else None)
        joined = state != "invited"
        self.links.append(
            Link(
                pupil=pupil.id,
                guardian=guardian.id,
                state=LinkState(state),
                decided_at=self._ended(pupil, plan, state) or (at if joined else None),
                processing_accepted_at=at if joined and self._rng.random() < 0.98 else None,
                exception_why=plan.exception,
                review_on=date(2027, 7, 1) if plan.exception else None,
                suspended_until=date(2026, 12, 18) if state == "suspended" else None,
            )
        )

    def _ended(self, pupil: Pupil, plan: AdultPlan, state: str) -> datetime | None:
        if state == "suspended":
            return self._moment(date(2026, 9, 4))
        if state == "removed":
            return self._moment(plan.order_date or pupil.left or TODAY)
        return None

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, time(self._rng.randint(8, 20), self._rng.randrange(60)), self._zone)

    def _give_code(self, pupil: Pupil, guardian: Guardian, issued: date, used: date | None) -> None:
        route = self._rng.choice(_ROUTES)
        chance = self._rng.random()
        if chance < 0.03:
            why = "The letter was lost, so a new code was given."
            gone = LinkingCode(
                pupil.id, guardian.id, self._code(), route, issued, revoked=issued + timedelta(days=5), revoked_why=why
            )
            self.codes.append(gone)
            issued += timedelta(days=5)
            used = max(used, issued) if used else None
        expires = date(2026, 10, 23) if used is None and chance > 0.6 else None
        self.codes.append(LinkingCode(pupil.id, guardian.id, self._code(), route, issued, expires, used))

    def _code(self) -> str:
        while True:
            code = "P" + "".join(self._rng.choices(_SIGNS, k=7))
            if code not in self._given:
                self._given.add(code)
                return code

    def _ask(self, pupil: Pupil, guardian: Guardian, state: str) -> None:
        reason = {
            "rejected": "Two adults are linked already, and no special circumstances were given.",
            "waiting": "",
        }[state]
        asked = self._moment(date(2026, 11, 18) if state == "waiting" else date(2026, 9, 22))
        self.requests.append(LinkRequest(pupil.id, guardian.name, guardian.id, asked, state, reason))

    def strangers(self, households: Iterable[Household]) -> None:
        """Requests by people whom the register does not name."""
        children = {pupil.full: pupil.id for house in households for pupil in house.pupils}
        for said in cast_requests():
            self.requests.append(
                LinkRequest(
                    pupil=children[said["child"]],
                    name_given=said["name_given"],
                    guardian=None,
                    asked_at=said["asked_at"].replace(tzinfo=self._zone),
                    outcome=said["outcome"],
                    reason=said["reason"],
                )
            )

    def guardians_accept(self) -> list[Acceptance]:
        """Most linked guardians accepted this year's policy; all agreed to processing on joining, a few excepted."""
        said = []
        for guardian, days in self._first_joined().items():
            day = min(days)
            said.append(Acceptance("processing", guardian, day, "in the app"))
            if self._rng.random() < 0.9:
                accepted = max(day, date(2026, 9, 7) + timedelta(days=self._rng.randrange(30)))
                said.append(Acceptance("policy", guardian, accepted, self._rng.choice(("paper form", "in the app"))))
        return said

    def _first_joined(self) -> dict[str, list[date]]:
        days: dict[str, list[date]] = {}
        for link in self.links:
            if link.state is LinkState.LINKED and link.processing_accepted_at is not None:
                days.setdefault(link.guardian, []).append(link.processing_accepted_at.date())
        return days

    def staff_accept(self) -> list[Acceptance]:
        """Seventeen of the staff accepted the policy, sixteen stated that no personal device is used."""
        said = []
        for place, member in enumerate(staff()):
            day = date(2026, 9, 3) + timedelta(days=place % 3)
            if place not in (12, 16, 19):
                said.append(Acceptance("policy", member.id, day, "staff meeting"))
            if place not in (9, 12, 16, 19):
                said.append(Acceptance("device", member.id, day, "staff meeting"))
        return said
