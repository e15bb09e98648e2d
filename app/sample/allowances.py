"""Who allowed what to be shown, dated and by which form, and what leaders know of looked-after children (P8, T11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from app.domain.care import LegalStatus
from app.domain.checks.register import PermissionState
from app.domain.permissions import Answer, Decision, MediaKind, ruling
from app.sample.people import TODAY, Household, details
from app.sample.plans import AdultPlan
from app.sample.shapes import CareNote, Guardian, PermissionDecision, Pupil

_ROUTES = ("paper form", "paper form", "online form", "online form", "online form", "letter")


def make_permissions(seed: int, households: tuple[Household, ...]) -> tuple[PermissionDecision, ...]:
    """Every answer on file, in the order in which they were given."""
    rng = Random(f"{seed}/permissions")
    said = [decision for house in households for pupil in house.pupils for decision in _answers(rng, house, pupil)]
    return tuple(sorted(said, key=lambda d: (d.on, int(d.pupil[1:]), int(d.guardian[1:]), d.kind)))


def _answers(rng: Random, house: Household, pupil: Pupil) -> list[PermissionDecision]:
    deciders = [
        guardian for guardian, plan in zip(house.guardians, house.plan.adults, strict=True) if _may_decide(plan)
    ]
    if not deciders:
        return []
    joined_long_ago = pupil.year not in ("N2", "R") and rng.random() < 0.55
    on = date(2025, 9, 8) if joined_long_ago else date(2026, 9, 8)
    on += timedelta(days=rng.randrange(12))
    route = rng.choice(_ROUTES)
    return [
        decision
        for kind, state in house.plan.permissions
        for decision in _for_kind(pupil, MediaKind(kind), state, deciders, on, route)
    ]


def _may_decide(plan: AdultPlan) -> bool:
    return plan.responsibility is not False and plan.contact == "open"


def _for_kind(
    pupil: Pupil, kind: MediaKind, state: str, deciders: list[Guardian], on: date, route: str
) -> list[PermissionDecision]:
    first = deciders[0].id

    def said(answer: Answer, day: date = on, who: str = first, by: str = route) -> PermissionDecision:
        return PermissionDecision(pupil.id, who, kind, answer, day, by)

    if state == "given":
        return [said(Answer.GIVEN)]
    if state == "refused":
        return [said(Answer.REFUSED)]
    if state == "withdrawn":
        return [said(Answer.GIVEN), said(Answer.WITHDRAWN, date(2026, 10, 5), by="letter")]
    if state == "conflict" and len(deciders) > 1:
        return [said(Answer.GIVEN), said(Answer.REFUSED, on + timedelta(days=8), deciders[1].id, "letter")]
    if state == "expired":
        return [
            PermissionDecision(
                pupil.id, first, kind, Answer.GIVEN, date(2025, 9, 10), "paper form", expires=date(2026, 8, 31)
            )
        ]
    return []


def make_care(households: tuple[Household, ...]) -> tuple[CareNote, ...]:
    """The care records, for leaders only."""
    notes = []
    for house in households:
        said = house.plan.care
        if said is None:
            continue
        notes += [
            CareNote(
                pupil=pupil.id,
                status=LegalStatus(said["status"]),
                authority=details().la,
                social_worker=said["social_worker"],
                decides=said["decides"],
                images_allowed=said.get("images_allowed"),
                document=said["document"],
                starts=said["starts"],
                review_on=said["review_on"],
            )
            for pupil in house.pupils
        ]
    return tuple(notes)


def standing(
    permissions: tuple[PermissionDecision, ...], on: date = TODAY
) -> Mapping[str, Mapping[str, PermissionState]]:
    """How permission stands for each pupil and kind on a day, by the school's own rule; nothing said is undecided."""
    said: dict[tuple[str, MediaKind], list[Decision]] = defaultdict(list)
    for place, decision in enumerate(permissions):
        said[decision.pupil, decision.kind].append(
            Decision(int(decision.guardian[1:]), decision.answer, decision.on, decision.expires, place)
        )
    found: dict[str, dict[str, PermissionState]] = defaultdict(dict)
    for (pupil, kind), decisions in said.items():
        found[pupil][kind.value] = ruling(decisions, barred=False, on=on).state
    return found
