"""What an import would do, a line for each pupil or row, made as it is looked at. No Qt here.

Nothing is held but the plan itself: a school of 20,000 costs no more than the rows in sight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from app.domain.enrolment_shapes import Duplicate, Leaver, PlannedPupil, RegisterPlan
from app.domain.incoming import FeedReading, IncomingPupil, Remark
from app.domain.words import day_words
from app.ui.screens.imports.changes import FIELDS, Taking, changes_of

DOUBT, REJECTED, LEAVER = "To settle", "Rejected", "May have left"
CHANGED, MOVES, KEPT = "Changed", "Moves class", "Kept as it is"
LOOK, OUT, NEW, REPEATED, SAME = "Please look", "Left out", "New", "Repeated", "Unchanged"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of what an import would do: the sort it is of, and its place among those."""

    outcome: str
    who: str
    what: str
    sort: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one sort. `key` is the filter that shows them."""

    key: str
    count: int
    line: Callable[[int], PlanLine]


class Lines(Sequence[PlanLine]):
    """Sections one after another, each line made when it is asked for."""

    def __init__(self, sections: Sequence[Section] = ()) -> None:
        self.sections = tuple(each for each in sections if each.count)
        self._ends: list[int] = []
        total = 0
        for each in self.sections:
            total += each.count
            self._ends.append(total)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> PlanLine: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PlanLine]: ...
    def __getitem__(self, at: int | slice) -> PlanLine | Sequence[PlanLine]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        place = bisect_right(self._ends, at)
        begin = self._ends[place - 1] if place else 0
        return self.sections[place].line(at - begin)

    def __iter__(self) -> Iterator[PlanLine]:
        return (self[at] for at in range(len(self)))

    def of(self, keys: frozenset[str]) -> Lines:
        """Only the lines that these filters show; all where none is on. Who moves is changed, too."""
        wanted = keys | {MOVES} if CHANGED in keys else keys
        return Lines([each for each in self.sections if each.key in wanted]) if keys else self


def plan_lines(plan: RegisterPlan, taking: Taking) -> Lines:
    """The register's plan: what asks for a decision first, what nothing happens to last."""
    movers = plan.movers
    others = tuple(pupil for pupil in plan.changed if pupil.moves is None)
    return Lines(
        [
            Section(DOUBT, len(plan.doubts), lambda at: _doubt(plan, at)),
            Section(REJECTED, len(plan.rejected), lambda at: _remark(REJECTED, plan.rejected[at], at)),
            Section(LEAVER, len(plan.leavers), lambda at: _leaver(plan.leavers[at], at)),
            Section(MOVES, len(movers), lambda at: _changed(plan, movers[at], taking, MOVES, at)),
            Section(CHANGED, len(others), lambda at: _changed(plan, others[at], taking, CHANGED, at)),
            Section(LOOK, len(plan.warnings), lambda at: _remark(LOOK, plan.warnings[at], at)),
            Section(OUT, len(plan.left_out), lambda at: _told(OUT, plan.left_out[at], at)),
            Section(NEW, len(plan.new), lambda at: _new(plan.new[at], at)),
            Section(REPEATED, len(plan.duplicates), lambda at: _repeated(plan.duplicates[at], at)),
            Section(SAME, len(plan.unchanged), lambda at: _told(SAME, plan.unchanged[at].incoming, at)),
        ]
    )


def feed_lines(feed: FeedReading) -> Lines:
    """Posts and messages: rejected rows first, what is left out and why, then every item."""
    return Lines(
        [
            Section(REJECTED, len(feed.rejected), lambda at: _remark(REJECTED, feed.rejected[at], at)),
            Section(OUT, len(feed.skipped), lambda at: _skipped(feed, at)),
            Section(LOOK, len(feed.warnings), lambda at: _remark(LOOK, feed.warnings[at], at)),
            Section("items", len(feed.items), lambda at: _item(feed, at)),
            Section("points", len(feed.points), lambda at: _points(feed, at)),
        ]
    )


def counted(number: int, one: str, many: str) -> str:
    """ "1 pupil", "2 pupils"."""
    return f"{number:,} {one if number == 1 else many}"


def pupil_name(pupil: IncomingPupil) -> str:
    """The name as the file has it."""
    return f"{pupil.first} {pupil.last}"


def _doubt(plan: RegisterPlan, at: int) -> PlanLine:
    doubt = plan.doubts[at]
    known = doubt.candidates[0].pupil
    told = f"{doubt.grade.words}: {known.first} {known.last}, {', '.join(doubt.candidates[0].because)}"
    return PlanLine(DOUBT, pupil_name(doubt.incoming), told, DOUBT, at)


def _leaver(leaver: Leaver, at: int) -> PlanLine:
    return PlanLine(LEAVER, f"{leaver.pupil.first} {leaver.pupil.last}", leaver.reason, LEAVER, at)


def _changed(plan: RegisterPlan, pupil: PlannedPupil, taking: Taking, sort: str, at: int) -> PlanLine:
    offered = changes_of(plan, pupil)
    taken = [change for change in offered if taking.takes(change)]
    if not taken:
        return PlanLine(KEPT, pupil_name(pupil.incoming), "Nothing is taken over", sort, at)
    moves = pupil.moves
    if moves is not None and len(taken) == 1 and taken[0].word == FIELDS["class_name"]:
        what = f"{moves.old} to {moves.new}"
    else:
        what = ", ".join(dict.fromkeys(change.word for change in taken))
    if len(taken) < len(offered):
        what += f" ({len(offered) - len(taken)} kept)"
    return PlanLine(sort, pupil_name(pupil.incoming), what, sort, at)


def _new(pupil: PlannedPupil, at: int) -> PlanLine:
    said = pupil.incoming
    born = f", born {day_words(said.born)}" if said.born else ""
    adults = counted(len(pupil.ties), "guardian", "guardians")
    return PlanLine(NEW, pupil_name(said), f"{said.class_name or 'No class'}{born}, {adults}", NEW, at)


def _repeated(repeated: Duplicate, at: int) -> PlanLine:
    what = f"Row {repeated.first_row} is about this pupil already"
    return PlanLine(REPEATED, pupil_name(repeated.incoming), what, REPEATED, at)


def _told(sort: str, pupil: IncomingPupil, at: int) -> PlanLine:
    return PlanLine(sort, pupil_name(pupil), pupil.class_name or "No class", sort, at)


def _remark(sort: str, remark: Remark, at: int) -> PlanLine:
    place = (f"Row {remark.row}" if remark.row else "", remark.field or "")
    return PlanLine(sort, ", ".join(filter(None, place)) or "The file", remark.reason, sort, at)


def _skipped(feed: FeedReading, at: int) -> PlanLine:
    return PlanLine(OUT, f"{feed.skipped[at].count:,}", feed.skipped[at].reason, OUT, at)


def _item(feed: FeedReading, at: int) -> PlanLine:
    item = feed.items[at]
    opening = " ".join(item.text[:400].split())[:140]
    return PlanLine(item.kind.words, item.author_name or item.author_role.words, opening, "items", at)


def _points(feed: FeedReading, at: int) -> PlanLine:
    total = feed.points[at]
    return PlanLine("Points", total.pupil, counted(len(total.skills), "skill", "skills"), "points", at)
