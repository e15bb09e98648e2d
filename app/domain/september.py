"""The change of school year: who goes where, proposed, corrected by hand, and shown as a plan before it is done (H7).

A draft gives each pupil a place: a class in use ("c12"), a class to be made ("n1"), "leave", "stay" (same class, same
year group), or nothing yet. Everything here is a value: applying it is the service's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.enrolment_rows import class_key
from app.domain.problems import Refused
from app.domain.years import LAST, YEARS, year_after

LEAVE, STAY, NOWHERE = "leave", "stay", ""
ENTRY = frozenset({"N1", "N2", "R"})
"""Classes of these year groups wait for new starters, so they are kept in use when they are empty."""


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil on roll. `name` is shown to the office and kept in no draft."""

    id: int
    name: str
    class_id: int | None
    year: str | None


@dataclass(frozen=True, slots=True)
class PresentClass:
    """A class in use."""

    id: int
    name: str
    year: str | None

    @property
    def key(self) -> str:
        """How a draft names it."""
        return f"c{self.id}"


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that the draft makes."""

    key: str
    name: str
    year: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """Who goes where in the year of that name. It can be kept and taken up again."""

    year: str
    last_day: date
    """The last day of those who leave."""
    new: tuple[NewClass, ...] = ()
    places: dict[int, str] = field(default_factory=dict)
    end_empty: bool = True
    """Classes that nobody goes to are ended, but for those that new starters join."""

    def place(self, pupils: Iterable[int], key: str) -> Draft:
        """These pupils go there."""
        return replace(self, places={**self.places, **dict.fromkeys(pupils, key)})

    def split(self, pupils: Sequence[int], keys: Sequence[str]) -> Draft:
        """Deal these pupils out in turn."""
        return replace(self, places={**self.places, **{id_: keys[at % len(keys)] for at, id_ in enumerate(pupils)}})

    def make(self, name: str, year: str | None, classes: Iterable[PresentClass]) -> tuple[Draft, str]:
        """With one class more, and its key. Raises `Refused` without a name and where a class is called so already."""
        called = " ".join(name.split())[:80]
        if not called:
            raise Refused("A class needs a name, such as Willow or 3H. Enter one.")
        taken = {class_key(each.name) for each in classes} | {class_key(each.name) for each in self.new}
        if class_key(called) in taken:
            raise Refused(f"There is a class called {called} already. Choose it in the list.")
        number = 1 + max((int(each.key[1:]) for each in self.new), default=0)
        made = NewClass(f"n{number}", called, year)
        return replace(self, new=(*self.new, made)), made.key


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to one pupil."""

    child: Child
    place: str
    year: str | None
    """The year group afterwards."""
    doubt: str = ""

    @property
    def is_starter(self) -> bool:
        """Is in no class yet."""
        return self.child.class_id is None


@dataclass(frozen=True, slots=True)
class NextClass:
    """A class as it will be."""

    key: str
    name: str
    year: str | None
    count: int
    ends: bool


@dataclass(frozen=True, slots=True)
class SeptemberPlan:
    """Everything that applying a draft does to pupils and classes."""

    moves: tuple[Move, ...]
    classes: tuple[NextClass, ...]

    def of(self, class_id: int | None) -> tuple[Move, ...]:
        """What happens to a class's pupils; None are those without a class."""
        return tuple(move for move in self.moves if move.child.class_id == class_id)

    @property
    def leavers(self) -> tuple[Move, ...]:
        """Who leaves."""
        return tuple(move for move in self.moves if move.place == LEAVE)

    @property
    def unplaced(self) -> tuple[Move, ...]:
        """Who has no place yet: nothing can be applied before they do."""
        return tuple(move for move in self.moves if move.place == NOWHERE)

    @property
    def starters(self) -> tuple[Move, ...]:
        """Who comes into a first class."""
        return tuple(move for move in self.moves if move.is_starter and move.place not in (LEAVE, STAY, NOWHERE))

    @property
    def doubts(self) -> tuple[Move, ...]:
        """Moves that want a second look."""
        return tuple(move for move in self.moves if move.doubt)


def propose(year: str, last_day: date, children: Sequence[Child], classes: Sequence[PresentClass]) -> Draft:
    """Everybody one year up, Year 6 leaves, new starters into the smallest class of their year."""
    return reconcile(Draft(year, last_day), children, classes)


def reconcile(draft: Draft, children: Sequence[Child], classes: Sequence[PresentClass]) -> Draft:
    """The draft for the register as it is now: who has gone is dropped, who is new gets a proposal."""
    keys = {LEAVE, STAY, *(each.key for each in classes), *(each.key for each in draft.new)}
    kept = {
        child.id: place
        for child in children
        if (place := draft.places.get(child.id)) is not None and (place in keys or place == NOWHERE)
    }
    missing = [child for child in children if child.id not in kept]
    if missing:
        proposed = _proposed(children, classes)
        kept |= {child.id: proposed[child.id] for child in missing}
    return replace(draft, places=kept)


def _proposed(children: Sequence[Child], classes: Sequence[PresentClass]) -> dict[int, str]:
    own = {each.id: each for each in classes}
    of_class: dict[int, list[Child]] = defaultdict(list)
    places: dict[int, str] = {}
    starters = []
    for child in children:
        if child.class_id is None:
            starters.append(child)
        else:
            of_class[child.class_id].append(child)
    for class_id, members in of_class.items():
        targets = _targets(own.get(class_id), classes)
        for at, child in enumerate(members):
            places[child.id] = _onward(child, own.get(class_id), targets, at)
    sizes: dict[str, int] = defaultdict(int)
    for place in places.values():
        sizes[place] += 1
    for child in starters:
        choice = min((each.key for each in classes if child.year and each.year == child.year), key=sizes.__getitem__,
                     default=NOWHERE)  # fmt: skip
        places[child.id] = choice
        sizes[choice] += 1
    return places


def _targets(own: PresentClass | None, classes: Sequence[PresentClass]) -> list[str]:
    """Where the pupils of a class go on: one class, or several where the next year has more classes than this one."""
    if own is None or own.year is None:
        return [own.key] if own is not None else []
    here = [each for each in classes if each.year == own.year]
    there = [each for each in classes if each.year is not None and each.year == year_after(own.year)]
    at = here.index(own)
    if not there:
        return []
    if len(here) >= len(there):
        return [there[at * len(there) // len(here)].key]
    first, last = at * len(there) // len(here), (at + 1) * len(there) // len(here)
    return [each.key for each in there[first:last]]


def _onward(child: Child, own: PresentClass | None, targets: Sequence[str], at: int) -> str:
    year = child.year or (own.year if own is not None else None)
    if year == LAST:
        return LEAVE
    return targets[at % len(targets)] if targets else NOWHERE


def plan(draft: Draft, children: Sequence[Child], classes: Sequence[PresentClass]) -> SeptemberPlan:
    """What the draft would do."""
    known: dict[str, PresentClass | NewClass] = {each.key: each for each in classes}
    known |= {each.key: each for each in draft.new}
    own = {each.id: each for each in classes}
    moves = tuple(_move(child, draft.places.get(child.id, NOWHERE), known, own) for child in children)
    counts: dict[str, int] = defaultdict(int)
    for move in moves:
        counts[f"c{move.child.class_id}" if move.place == STAY else move.place] += 1
    lines = [
        NextClass(key, each.name, each.year, counts[key], _ends(each, counts[key], draft.end_empty))
        for key, each in known.items()
    ]
    return SeptemberPlan(moves, tuple(lines))


def _ends(each: PresentClass | NewClass, count: int, end_empty: bool) -> bool:
    return not count and (isinstance(each, NewClass) or (end_empty and each.year not in ENTRY))


def _move(
    child: Child,
    place: str,
    known: dict[str, PresentClass | NewClass],
    own: dict[int, PresentClass],
) -> Move:
    before = child.year or (own[child.class_id].year if child.class_id in own else None)
    if place in (LEAVE, STAY, NOWHERE):
        doubt = "Leaves before Year 6." if place == LEAVE and before not in (LAST, None) else ""
        return Move(child, place, child.year, doubt)
    target = known[place]
    starter = child.class_id is None
    after = (before or target.year) if starter else (year_after(before) or (target.year if before is None else before))
    doubt = ""
    if target.year is not None and after is not None and after in YEARS and target.year != after:
        doubt = "The year group does not fit the class."
    elif before == LAST and not starter:
        doubt = "Is in Year 6 and stays."
    return Move(child, place, after, doubt)
