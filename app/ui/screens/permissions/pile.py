"""A pile of paper forms being entered, without Qt. Nothing is kept until it is saved, all of it or nothing (P8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.permissions import Answer, Audience, MediaKind
from app.domain.problems import Refused
from app.services.coverage import FormsOf
from app.services.office import Office
from app.services.permissions import AskedAudiences, RecordPermission, RecordPermissions
from app.services.school import School
from app.store.reads.coverage import FormLine, Signatory

ROUTES: dict[str, str] = {
    "paper form": "Paper form",
    "e-mail": "E-mail",
    "telephone": "Telephone",
    "in person": "In person",
}

CHILD = Signatory(None, "The child")


class Mark(StrEnum):
    """What a form says about one kind."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"

    @property
    def words(self) -> str:
        """How it is shown."""
        return {Mark.YES: "Yes", Mark.NO: "No", Mark.UNDECIDED: "Undecided"}[self]


class Who(StrEnum):
    """Whose answer the forms of a pile carry."""

    FIRST = "first"
    SECOND = "second"
    CHILD = "child"

    @property
    def words(self) -> str:
        """How it is offered."""
        return {
            Who.FIRST: "First adult with responsibility",
            Who.SECOND: "Second adult with responsibility",
            Who.CHILD: "The child's own wish",
        }[self]


@dataclass(frozen=True, slots=True)
class _Step:
    pupil_id: int
    kind: MediaKind
    before: Mark | None


@dataclass(slots=True)
class Pile:
    """The forms of one class. Day, route and whose answer are said once for all of them."""

    office: Office
    class_id: int
    kinds: tuple[MediaKind, ...] = tuple(MediaKind)
    who: Who = Who.FIRST
    day: date = date.min
    route: str = "paper form"
    asked: tuple[Audience, ...] = ()
    """The places that the school's forms ask about."""
    places: tuple[Audience, ...] = ()
    """Those that these forms answer for; all of them to begin with."""
    lines: tuple[FormLine, ...] = ()
    classes: tuple[tuple[int, str, str | None], ...] = ()
    marks: dict[tuple[int, MediaKind], Mark] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)
    """For pupils whose form another adult signed: that adult's place in the list."""
    steps: list[_Step] = field(default_factory=list)

    def load(self) -> Sequence[FormLine]:
        """Read the class again. What was entered and not yet saved stays."""
        school = self.office.ask(School())
        self.classes = school.classes
        asked = self.office.ask(AskedAudiences())
        if asked != self.asked:
            self.asked = self.places = asked
        if self.day == date.min:
            self.day = school.today
        self.lines = self.office.ask(FormsOf(self.class_id))
        here = {line.pupil_id for line in self.lines}
        self.marks = {place: mark for place, mark in self.marks.items() if place[0] in here}
        self.steps = [step for step in self.steps if step.pupil_id in here]
        return self.lines

    def turn_to(self, *, class_id: int | None = None, who: Who | None = None) -> None:
        """Another class, or another person's answers. What was entered and not saved is dropped: ask before."""
        self.class_id = class_id if class_id is not None else self.class_id
        self.who = who or self.who
        self.forget()
        self.load()

    def show_kinds(self, kinds: Sequence[MediaKind]) -> None:
        """Ask for these kinds only. Marks of a kind that is left out are dropped: ask before."""
        self.kinds = tuple(kind for kind in MediaKind if kind in kinds)
        self.marks = {place: mark for place, mark in self.marks.items() if place[1] in self.kinds}
        self.steps = [step for step in self.steps if step.kind in self.kinds]

    def signatory(self, line: FormLine) -> Signatory | None:
        """Whose answer this child's form carries; None where the register knows nobody who could give it."""
        if self.who is Who.CHILD:
            return CHILD
        place = self.others.get(line.pupil_id, 0 if self.who is Who.FIRST else 1)
        return line.adults[place] if place < len(line.adults) else None

    def next_adult(self, line: FormLine) -> bool:
        """This one form was signed by another adult. False where there is no other."""
        now = self.signatory(line)
        if self.who is Who.CHILD or len(line.adults) < 2:
            return False
        place = (line.adults.index(now) + 1) % len(line.adults) if now is not None else 0
        self.others[line.pupil_id] = place
        return True

    def on_record(self, line: FormLine, kind: MediaKind) -> Answer | None:
        """What that person has said before."""
        signatory = self.signatory(line)
        return line.said.get((signatory.id, kind)) if signatory is not None else None

    def mark(self, line: FormLine, kind: MediaKind, mark: Mark | None) -> bool:
        """Enter, change or (None) clear one answer. False where nobody could have given it."""
        if self.signatory(line) is None:
            return False
        place = (line.pupil_id, kind)
        before = self.marks.get(place)
        if before is not mark:
            self.steps.append(_Step(line.pupil_id, kind, before))
            self._put(place, mark)
        return True

    def undo(self) -> tuple[int, MediaKind] | None:
        """Take back the last entry; where it stood, None where there is nothing to take back."""
        if not self.steps:
            return None
        step = self.steps.pop()
        self._put((step.pupil_id, step.kind), step.before)
        return step.pupil_id, step.kind

    def _put(self, place: tuple[int, MediaKind], mark: Mark | None) -> None:
        if mark is None:
            self.marks.pop(place, None)
        else:
            self.marks[place] = mark

    @property
    def entered(self) -> int:
        """How many forms have an answer, if only "undecided", for every kind asked about."""
        return sum(all((line.pupil_id, kind) in self.marks for kind in self.kinds) for line in self.lines)

    @property
    def words(self) -> str:
        """The running count."""
        return f"{self.entered} of {len(self.lines)} entered"

    @property
    def unsaved(self) -> bool:
        """Something was entered and is not on record."""
        return bool(self.marks)

    def decisions(self) -> tuple[RecordPermission, ...]:
        """What would be recorded. Undecided is not an answer, so nothing is recorded for it."""
        found = []
        for line in self.lines:
            signatory = self.signatory(line)
            for kind in self.kinds:
                mark = self.marks.get((line.pupil_id, kind))
                if signatory is None or mark not in (Mark.YES, Mark.NO):
                    continue
                answer = Answer.GIVEN if mark is Mark.YES else Answer.REFUSED
                found.append(self._said(line, signatory, kind, answer))
        return tuple(found)

    def _said(self, line: FormLine, by: Signatory, kind: MediaKind, answer: Answer) -> RecordPermission:
        return RecordPermission(line.pupil_id, by.id, kind, answer, self.day, self.route, self.places)

    def save(self, initiator: object = None) -> int:
        """Record the pile in one go; how many answers. Raises `Problem`, with nothing saved, where one is refused."""
        decisions = self.decisions()
        if not decisions:
            raise Refused("There is nothing to save: no form says yes or no. Press Y or N on a child's form first.")
        saved = self.office.perform(RecordPermissions(decisions), initiator)
        self.forget()
        self.load()
        return saved

    def forget(self) -> None:
        """Drop what was entered and not saved."""
        self.marks.clear()
        self.steps.clear()
        self.others.clear()
