"""Drawing families at random until every class is full."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from app.sample.plans import KINDS, AdultPlan, ChildPlan, FamilyPlan, NameGroup, name_groups

_SHAPES = {"together": 53, "single": 8, "apart": 9, "stepfamily": 11, "grandmother": 15, "same sex": 2, "carer": 2}

_PERMISSIONS: tuple[tuple[int, tuple[str, str, str]], ...] = (
    (790, ("given", "given", "given")),
    (40, ("refused", "refused", "refused")),
    (40, ("refused", "refused", "given")),
    (25, ("given", "refused", "given")),
    (50, ("undecided", "undecided", "undecided")),
    (20, ("given", "undecided", "given")),
    (12, ("withdrawn", "withdrawn", "given")),
    (13, ("conflict", "conflict", "given")),
    (10, ("expired", "expired", "expired")),
)
"""How permission stands for photographs, recordings and work, in a thousand families."""


class FamilyDrawer:
    """Draws families for the seats that are left, without a namesake in any class that chance alone made."""

    def __init__(self, rng: Random, seats: Mapping[str, int], taken: Mapping[str, set[str]], adults: set[str]) -> None:
        self._rng = rng
        self._seats = dict(seats)
        self._taken = {year: set(names) for year, names in taken.items()}
        self._adults = set(adults)
        self._children: set[str] = set()

    def draw(self) -> tuple[FamilyPlan, ...]:
        """Families until no seat is left."""
        families = []
        while any(self._seats.values()):
            families.append(self._family())
        return tuple(families)

    def _family(self) -> FamilyPlan:
        groups = name_groups()
        group = self._rng.choices(groups, [group.share for group in groups])[0]
        surname = self._rng.choice(group.surnames)
        if group.id == "english" and self._rng.random() < 0.06:
            surname = f"{surname}-{self._rng.choice([name for name in group.surnames if name != surname])}"
        years = self._years()
        children = tuple(self._child(group, surname, year) for year in years)
        states = self._rng.choices([kinds for _, kinds in _PERMISSIONS], [weight for weight, _ in _PERMISSIONS])[0]
        return FamilyPlan(children, self._grown_ups(group, surname), tuple(zip(KINDS, states, strict=True)))

    def _years(self) -> list[str]:
        count = self._rng.choices((1, 2, 3), (74, 23, 3))[0]
        years = []
        for _ in range(count):
            open_years = [year for year, seats in self._seats.items() if seats and year not in years]
            if not open_years:
                break
            year = self._rng.choices(open_years, [self._seats[year] for year in open_years])[0]
            self._seats[year] -= 1
            years.append(year)
        return years

    def _child(self, group: NameGroup, surname: str, year: str) -> ChildPlan:
        for attempt in range(400):
            sex = self._rng.choice("FM")
            pool = name_groups()[0] if attempt > 40 or self._rng.random() < 0.12 else group
            first = self._rng.choice(pool.girls if sex == "F" else pool.boys)
            last = group.surname_for(surname, sex)
            if first not in self._taken[year] and f"{first} {last}" not in self._children:
                self._taken[year].add(first)
                self._children.add(f"{first} {last}")
                return ChildPlan(first, last, sex, year)
        raise RuntimeError("The stock of first names is too small for a class.")

    def _grown_ups(self, group: NameGroup, surname: str) -> tuple[AdultPlan, ...]:
        shape = self._rng.choices(list(_SHAPES), list(_SHAPES.values()))[0]
        language = self._rng.choices(group.languages, [3] * (len(group.languages) - 1) + [2])[0]
        if shape == "carer":
            return (self._adult(group, surname, "F", "Grandmother", language, elder=True),)
        away = int(shape in ("apart", "stepfamily"))
        hers = self._other(group, surname) if away else surname
        mother = self._adult(group, hers, "F", "Mother", language)
        if shape == "single":
            return (mother,)
        if shape == "same sex":
            return (mother, self._adult(group, self._other(group, surname), "F", "Mother", language))
        father = self._adult(group, surname, "M", "Father", language, home=away)
        if shape == "stepfamily":
            step = self._adult(group, hers, "M", "Step-father", language, responsibility=False, link="none")
            return (mother, father, step)
        if shape == "grandmother":
            nan = self._adult(group, surname, "F", "Grandmother", language, False, 1, link="none", elder=True)
            return (mother, father, nan)
        return (mother, father) if self._rng.random() < 0.9 else (father, mother)

    def _other(self, group: NameGroup, surname: str) -> str:
        return self._rng.choice([name for name in group.surnames if name not in surname])

    def _adult(
        self,
        group: NameGroup,
        surname: str,
        sex: str,
        relationship: str,
        language: str,
        responsibility: bool | None = True,
        home: int = 0,
        link: str | None = None,
        elder: bool = False,
    ) -> AdultPlan:
        firsts = group.elders if elder else group.women if sex == "F" else group.men
        for attempt in range(400):
            pool = firsts if attempt < 60 else (name_groups()[0].women if sex == "F" else name_groups()[0].men)
            first = self._rng.choice(pool)
            last = group.surname_for(surname, sex)
            if f"{first} {last}" in self._adults:
                continue
            self._adults.add(f"{first} {last}")
            hers = "Mrs" if elder else self._rng.choices(("Mrs", "Ms", "Miss"), (6, 3, 2))[0]
            title = hers if sex == "F" else "Mr"
            return AdultPlan(title, first, last, relationship, responsibility, home, language, link)
        raise RuntimeError("The stock of adults' names is too small.")
