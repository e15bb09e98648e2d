"""What the September assistant knows and does, without Qt (H7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.problems import Refused
from app.domain.september import LEAVE, NOWHERE, STAY, Draft, Move, NextClass, PresentClass, SeptemberPlan
from app.domain.years import YEARS, spoken_year
from app.services.office import Office
from app.services.school import School
from app.services.september import (
    ApplySeptember,
    Changed,
    DiscardSeptember,
    PlanSeptember,
    SaveSeptember,
    September,
    SeptemberState,
    UndoSeptember,
)

STARTERS = 0
"""Stands for "no class yet" among the classes that pupils come from."""


@dataclass(frozen=True, slots=True)
class FromLine:
    """A class that pupils come from: how many there are, and where they go in words."""

    class_id: int
    name: str
    year: str | None
    pupils: int
    goes: str
    unplaced: int
    doubts: int


@dataclass(slots=True)
class SeptemberPresenter:
    """One draft in hand. Nothing is kept before it is saved or applied."""

    office: Office
    state: SeptemberState | None = None
    draft: Draft | None = None
    plan: SeptemberPlan | None = None
    zone: str = "Europe/London"
    _present: tuple[PresentClass, ...] = ()

    def load(self) -> None:
        """Read the draft that is kept, or the proposal; changes that were not saved are lost."""
        self.state = self.office.ask(September())
        facts = self.office.ask(School())
        self.zone = facts.timezone
        self._present = tuple(PresentClass(id_, name, year) for id_, name, year in facts.classes)
        self.draft, self.plan = self.state.draft, self.state.plan

    @property
    def is_changed(self) -> bool:
        """Something was changed and is not saved."""
        return self.state is not None and self.draft != self.state.draft

    @property
    def is_applied(self) -> bool:
        """The coming year is applied."""
        return self.state is not None and self.state.applied_at is not None

    @property
    def may_change(self) -> bool:
        """Whether this person makes the change of school year."""
        return self.office.may(ApplySeptember)

    @property
    def year(self) -> str:
        """The year it is for."""
        return self.draft.year if self.draft is not None else ""

    def sources(self) -> list[FromLine]:
        """Classes that pupils come from, new starters last."""
        if self.plan is None:
            return []
        found = []
        for each in self._present:
            moves = self.plan.of(each.id)
            if moves:
                found.append(self._source(each.id, each.name, each.year, moves))
        starters = self.plan.of(None)
        if starters:
            found.append(self._source(STARTERS, "New starters", None, starters))
        return found

    def moves(self, class_id: int) -> tuple[Move, ...]:
        """What happens to the pupils of a class."""
        return self.plan.of(class_id or None) if self.plan is not None else ()

    def places(self) -> list[tuple[str, str]]:
        """Where a pupil can go: key and words."""
        classes = self.plan.classes if self.plan is not None else ()
        return [
            *((each.key, f"{each.name} ({spoken_year(each.year)})" if each.year else each.name) for each in classes),
            (LEAVE, "Leaves the school"),
            (STAY, "Stays as now: same class, same year group"),
        ]

    def place_words(self, move: Move) -> str:
        """Where one pupil goes."""
        return self._called(move.place)

    def send(self, pupils: Sequence[int], key: str) -> None:
        """These pupils go there."""
        assert self.draft is not None
        self._look(self.draft.place(pupils, key))

    def split(self, class_id: int, keys: Sequence[str]) -> None:
        """A class's pupils are dealt out in turn."""
        assert self.draft is not None
        if len(set(keys)) < 2:
            raise Refused("Choose two different classes to split this one between.")
        self._look(self.draft.split([move.child.id for move in self.moves(class_id)], keys))

    def make(self, name: str, year: str | None) -> str:
        """A class more; its key. Raises `Refused` where it cannot be."""
        assert self.draft is not None
        draft, key = self.draft.make(name, year, self._present)
        self._look(draft)
        return key

    def set_last_day(self, day: date) -> None:
        """The leavers' last day."""
        assert self.draft is not None
        self._look(replace(self.draft, last_day=day))

    def set_end_empty(self, on: bool) -> None:
        """Whether classes that nobody goes to are ended."""
        assert self.draft is not None
        self._look(replace(self.draft, end_empty=on))

    def classes(self) -> list[NextClass]:
        """Classes as they will be, by year group."""
        order = {year: place for place, year in enumerate(YEARS)}
        classes = self.plan.classes if self.plan is not None else ()
        return sorted(classes, key=lambda each: (order.get(each.year or "", len(order)), each.name.casefold()))

    def summary(self) -> str:
        """What applying would do, in a sentence."""
        if self.plan is None or not self.plan.moves:
            return "There are no pupils yet. Bring in the class lists first."
        plan = self.plan
        stay = sum(move.place == STAY for move in plan.moves)
        up = len(plan.moves) - len(plan.leavers) - len(plan.starters) - len(plan.unplaced) - stay
        parts = [
            _counted(up, "pupil goes up", "pupils go up"),
            _counted(len(plan.starters), "starts", "start"),
            _counted(len(plan.leavers), "leaves", "leave"),
            _counted(stay, "stays as now", "stay as now"),
            _counted(len(plan.unplaced), "has no place yet", "have no place yet"),
        ]
        return f"{', '.join(part for part in parts if part)}."

    def save(self, initiator: object = None) -> None:
        """Keep the draft."""
        assert self.draft is not None
        assert self.state is not None
        self.office.perform(SaveSeptember(self.draft, self.state.version), initiator)
        self.load()

    def discard(self, initiator: object = None) -> None:
        """Throw the draft away, kept or not."""
        if self.state is not None and self.state.version:
            self.office.perform(DiscardSeptember(), initiator)
        self.load()

    def apply(self, initiator: object = None) -> Changed:
        """Do it."""
        assert self.draft is not None
        assert self.state is not None
        done = self.office.perform(ApplySeptember(self.draft, self.state.version), initiator)
        self.load()
        return done

    def undo(self, initiator: object = None) -> int:
        """Take it back."""
        count = self.office.perform(UndoSeptember(), initiator)
        self.load()
        return count

    def _look(self, draft: Draft) -> None:
        self.plan = self.office.ask(PlanSeptember(draft))
        self.draft = draft

    def _source(self, class_id: int, name: str, year: str | None, moves: Sequence[Move]) -> FromLine:
        counts = Counter(move.place for move in moves)
        if len(counts) == 1:
            goes = self._called(moves[0].place)
        else:
            goes = ", ".join(f"{self._called(place)} {count}" for place, count in counts.most_common())
        doubts = sum(bool(move.doubt) for move in moves)
        return FromLine(class_id, name, year, len(moves), goes, counts[NOWHERE], doubts)

    def _called(self, place: str) -> str:
        words = {LEAVE: "Leave", STAY: "Stay as now", NOWHERE: "No place yet"}
        if place in words:
            return words[place]
        classes = self.plan.classes if self.plan is not None else ()
        return next((each.name for each in classes if each.key == place), "")


def done_words(done: Changed) -> str:
    """What applying did."""
    parts = [
        _counted(done.moved, "pupil moved", "pupils moved"),
        _counted(done.leavers, "leaver", "leavers"),
        _counted(done.made, "class made", "classes made"),
        _counted(done.ended, "class ended", "classes ended"),
        _counted(done.lists, "class list issued", "class lists issued"),
        _counted(done.codes, "unused code revoked", "unused codes revoked"),
    ]
    return f"{', '.join(part for part in parts if part)}."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
