"""Who is in the sample school: classes, staff, pupils, guardians and their ties, with ids, addresses and numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from app.domain.naming import name_key
from app.domain.roles import Role
from app.domain.upn import LETTERS, check_letter
from app.resources import text_of
from app.sample.families import FamilyDrawer
from app.sample.plans import AdultPlan, ChildPlan, FamilyPlan, cast_families
from app.sample.shapes import (
    Account,
    Guardian,
    Pupil,
    SchoolClass,
    SchoolDetails,
    SchoolYear,
    StaffMember,
    Tie,
)

TODAY = date(2026, 11, 23)
"""The day on which the sample school is opened."""

FIRST_DAY = date(2026, 9, 7)
"""The first day of the school year for pupils."""

_LAST_SCHOOL = "3301"


@cache
def school_facts() -> Mapping[str, Any]:
    """The sample school's own facts, as they ship with the program."""
    return tomllib.loads(text_of("demo", "school.toml"))


def details() -> SchoolDetails:
    """The school's published facts."""
    return SchoolDetails(**school_facts()["school"])


def school_year() -> SchoolYear:
    """The school year of the sample, with terms and closures."""
    said = school_facts()["year"]
    return SchoolYear(
        name=said["name"],
        starts=said["starts"],
        ends=said["ends"],
        terms=tuple((name, starts, ends) for name, starts, ends in said["terms"]),
        closures=tuple((starts, ends, why) for starts, ends, why in said["closures"]),
    )


def classes() -> tuple[SchoolClass, ...]:
    """The eight classes, Nursery to Year 6."""
    return tuple(
        SchoolClass(f"c{place}", said["name"], said["year"])
        for place, said in enumerate(school_facts()["classes"], start=1)
    )


def staff() -> tuple[StaffMember, ...]:
    """The twenty members of staff."""
    ids = {entry.name: entry.id for entry in classes()}
    return tuple(
        StaffMember(
            id=f"s{place}",
            title=said["name"][0],
            first=said["name"][1],
            last=said["name"][2],
            role=said["role"],
            classes=tuple(ids[name] for name in said.get("classes", ())),
            email=f"{said['name'][1][0]}.{said['name'][2]}@larkfield.example".lower(),
        )
        for place, said in enumerate(school_facts()["staff"], start=1)
    )


def accounts() -> tuple[Account, ...]:
    """Who can sign in to the desk: one person for each role."""
    return tuple(
        Account(said["account"], " ".join(said["name"]), Role(said["account"]), member.id)
        for said, member in zip(school_facts()["staff"], staff(), strict=True)
        if "account" in said
    )


@dataclass(frozen=True, slots=True)
class Household:
    """A family with its ids: the plan, and the pupils and guardians made from it, in the plan's order."""

    plan: FamilyPlan
    pupils: tuple[Pupil, ...]
    guardians: tuple[Guardian, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody with a child at the school, and every child."""

    households: tuple[Household, ...]
    pupils: tuple[Pupil, ...]
    guardians: tuple[Guardian, ...]
    ties: tuple[Tie, ...]


def make_people(seed: int) -> People:
    """The families of the sample school: the cast, and as many more as there are seats."""
    rng = Random(f"{seed}/people")
    plans = _plans(rng)
    order = sorted(
        (
            (_place(child.year), name_key(child.last), name_key(child.first), family, place)
            for family, plan in enumerate(plans)
            for place, child in enumerate(plan.children)
        )
    )
    pupil_ids = {(family, place): f"p{number}" for number, (*_, family, place) in enumerate(order, start=1)}
    families = list(dict.fromkeys(family for *_, family, _ in order))
    seats = [(family, place) for family in families for place in range(len(plans[family].adults))]
    guardian_ids = {seat: f"g{number}" for number, seat in enumerate(seats, start=1)}
    giver = _Giver(rng, len(seats))
    households = {family: giver.household(plans[family], family, pupil_ids, guardian_ids) for family in families}
    pupils = {pupil.id: pupil for house in households.values() for pupil in house.pupils}
    guardians = [guardian for family in families for guardian in households[family].guardians]
    return People(
        households=tuple(households[family] for family in families),
        pupils=tuple(pupils[pupil_ids[family, place]] for *_, family, place in order),
        guardians=tuple(guardians),
        ties=tuple(tie for family in families for tie in _ties(households[family])),
    )


def _place(year: str) -> int:
    return next(place for place, entry in enumerate(classes()) if entry.year == year)


def _plans(rng: Random) -> list[FamilyPlan]:
    cast = list(cast_families())
    seats = {said["year"]: said["seats"] for said in school_facts()["classes"]}
    taken: dict[str, set[str]] = {year: set() for year in seats}
    for child in (child for plan in cast for child in plan.children):
        taken[child.year] |= {child.first, child.preferred or child.first}
        seats[child.year] -= child.left is None
    adults = {f"{adult.first} {adult.last}" for plan in cast for adult in plan.adults}
    return cast + list(FamilyDrawer(rng, seats, taken, adults).draw())


def _ties(house: Household) -> list[Tie]:
    return [
        Tie(pupil.id, guardian.id, plan.relationship, plan.responsibility, order, plan.contact, plan.order_date)
        for pupil in house.pupils
        for order, (guardian, plan) in enumerate(zip(house.guardians, house.plan.adults, strict=True), start=1)
    ]


class _Giver:
    """Gives families their addresses, numbers and birthdays, no two of a kind the same."""

    def __init__(self, rng: Random, adults: int) -> None:
        self._rng = rng
        self._phones = rng.sample(range(1000), adults)
        self._homes: set[str] = set()
        self._emails: set[str] = set()
        self._serials: dict[tuple[str, int], int] = {}

    def household(
        self,
        plan: FamilyPlan,
        family: int,
        pupil_ids: Mapping[tuple[int, int], str],
        guardian_ids: Mapping[tuple[int, int], str],
    ) -> Household:
        homes = [self._home() for _ in range(1 + max(adult.home for adult in plan.adults))]
        return Household(
            plan,
            tuple(
                self._pupil(child, pupil_ids[family, place], homes[0], plan.care)
                for place, child in enumerate(plan.children)
            ),
            tuple(
                self._guardian(adult, guardian_ids[family, place], homes[adult.home])
                for place, adult in enumerate(plan.adults)
            ),
        )

    def _home(self) -> tuple[str, str]:
        while True:
            street, postcode = self._rng.choice(list(school_facts()["streets"].items()))
            address = f"{self._rng.randint(1, 88)} {street}"
            if address not in self._homes:
                self._homes.add(address)
                return address, postcode

    def _pupil(self, child: ChildPlan, id_: str, home: tuple[str, str], care: Mapping[str, Any] | None) -> Pupil:
        place = _place(child.year)
        entry = classes()[place]
        autumn = TODAY.year - 4 - place
        born = date(autumn, 9, 1) + timedelta(days=self._rng.randrange(365))
        entered = TODAY.year - max(0, place - 1)
        return Pupil(
            id=id_,
            upn=self._upn(entered, child),
            first=child.first,
            preferred=child.preferred,
            last=child.last,
            sex=child.sex,
            born=born,
            class_id=entry.id,
            year=entry.year,
            address=f"{home[0]}, {details().town}",
            postcode=home[1],
            in_care=care is not None,
            care_permission=bool(care and care.get("images_allowed")),
            joined=child.joined,
            left=child.left,
        )

    def _upn(self, entered: int, child: ChildPlan) -> str:
        """A number given by this school, or by the last one where the child came with one."""
        school = details()
        came_with_one = child.joined is not None and not child.temporary_upn
        establishment = _LAST_SCHOOL if came_with_one else school.establishment
        serial = self._serials[establishment, entered] = self._serials.get((establishment, entered), 0) + 1
        start = f"{school.la}{establishment}{entered % 100:02}"
        rest = f"{start}{serial:02}{self._rng.choice(LETTERS)}" if child.temporary_upn else f"{start}{serial:03}"
        return check_letter(rest) + rest

    def _guardian(self, adult: AdultPlan, id_: str, home: tuple[str, str]) -> Guardian:
        return Guardian(
            id=id_,
            title=adult.title,
            first=adult.first,
            last=adult.last,
            email=self._email(adult),
            phone=f"07700 900{self._phones.pop():03}",
            address=f"{home[0]}, {details().town}",
            postcode=home[1],
            language=adult.language,
        )

    def _email(self, adult: AdultPlan) -> str | None:
        if adult.link == "none" and self._rng.random() < 0.25:
            return None
        plain = f"{name_key(adult.first)}.{name_key(adult.last)}"
        plain = "".join(sign for sign in plain if sign.isascii())
        for number in range(100):
            email = f"{plain}{number or ''}@mailbox.example"
            if email not in self._emails:
                self._emails.add(email)
                return email
        raise RuntimeError("Too many people of one name.")
