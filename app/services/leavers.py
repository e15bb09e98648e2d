"""Pupils who leave: links ended at once, ClassDojo asked about, the date for deletion known (H12, K4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.leaving import Leaving, Step, months_after
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE, HEAD
from app.services.door import Command, Query, answers, does
from app.services.leaving import let_go
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.reads.people import key
from app.store.tables.people import PupilRow
from app.store.tables.register import LeaverRow
from app.store.tables.school import ClassRow, SchoolRow

NO_PUPIL = "That pupil is no longer in the register. Nothing was changed."
_LONGEST = 120
"""Months: ten years."""


@dataclass(frozen=True, slots=True)
class RecordLeaver(Command[None]):
    """A pupil has left on a day."""

    pupil_id: int
    left_on: date


@does(RecordLeaver, roles=OFFICE_AND_HEAD, verb="pupil.left")
def record_leaver(command: RecordLeaver, unit: Unit) -> None:
    """Ends every link and revokes every unused code. What was recorded stays until retention says otherwise (K4)."""
    pupil = _pupil(unit, command.pupil_id)
    if pupil.left_on is not None:
        raise Overtaken("This pupil is marked as a leaver already. Nothing was changed.")
    if command.left_on > unit.today:
        raise Refused("The last day lies ahead. Mark the pupil as a leaver when it has come.")
    let_go(unit, pupil, command.left_on)
    unit.audit(f"pupil:{pupil.id}")
    unit.changed("pupils", "links")


@dataclass(frozen=True, slots=True)
class ReturnPupil(Command[None]):
    """A leaver is on roll again: they came back, or were marked by mistake."""

    pupil_id: int


@does(ReturnPupil, roles=OFFICE_AND_HEAD, verb="pupil.returned")
def return_pupil(command: ReturnPupil, unit: Unit) -> None:
    """Links and codes stay ended: the family joins anew. Refused once the personal data are deleted."""
    pupil = _pupil(unit, command.pupil_id)
    if pupil.left_on is None:
        raise Overtaken("This pupil is on roll already. Nothing was changed.")
    row = unit.session.get(LeaverRow, pupil.id)
    if row is not None and row.deleted_at is not None:
        raise Refused("This record was deleted, so nobody can be taken back. Add the pupil anew.")
    if row is not None:
        unit.session.delete(row)
    pupil.left_on = None
    pupil.version += 1
    held = unit.session.get(ClassRow, pupil.class_id) if pupil.class_id is not None else None
    if held is not None and not held.active:
        pupil.class_id = None
    unit.audit(f"pupil:{pupil.id}")
    unit.changed("pupils", "links")


@dataclass(frozen=True, slots=True)
class NoteStep(Command[int]):
    """Say what was done about leavers in ClassDojo, and on which day; `step` None takes the tick back."""

    pupils: tuple[int, ...]
    step: Step | None
    done_on: date | None = None


@does(NoteStep, roles=OFFICE_AND_HEAD, verb="leaver.stepped")
def note_step(command: NoteStep, unit: Unit) -> int:
    """How many. Refused for a day ahead and for a pupil on roll; all of them or none."""
    day = command.done_on or unit.today
    if day > unit.today:
        raise Refused("The day lies ahead. Tick it when it is done in ClassDojo.")
    if not command.pupils:
        raise Refused("Nobody was chosen. Choose one leaver or several.")
    for pupil_id in command.pupils:
        pupil, row = _leaver(unit, pupil_id)
        if command.step is not None and pupil.left_on is not None and day < pupil.left_on.replace(day=1):
            raise Refused("That day lies well before the pupil left. Check the day.")
        row.step = command.step
        row.done_on = day if command.step is not None else None
        row.done_by = unit.actor.id if command.step is not None else None
    subject = f"pupil:{command.pupils[0]}" if len(command.pupils) == 1 else "school"
    unit.audit(subject, {"step": command.step or "taken back", "pupils": len(command.pupils)})
    unit.changed("leavers")
    return len(command.pupils)


@dataclass(frozen=True, slots=True)
class HoldLeaver(Command[None]):
    """Keep a leaver's record past its date, with the reason (a request, a case); an empty reason lets it go."""

    pupil_id: int
    why: str

    def __repr__(self) -> str:
        return f"HoldLeaver(pupil_id={self.pupil_id})"


@does(HoldLeaver, roles=HEAD, verb="leaver.held")
def hold_leaver(command: HoldLeaver, unit: Unit) -> None:
    """Refused for a pupil on roll."""
    _, row = _leaver(unit, command.pupil_id)
    row.hold_why = command.why.strip()[:300] or None
    unit.audit(f"pupil:{command.pupil_id}", {"held": row.hold_why is not None})
    unit.changed("leavers")


@dataclass(frozen=True, slots=True)
class SetLeaverMonths(Command[None]):
    """How many months after the last day a leaver's personal data are deleted: the school's own decision (K4)."""

    months: int


@does(SetLeaverMonths, roles=HEAD, verb="school.leavers_set")
def set_leaver_months(command: SetLeaverMonths, unit: Unit) -> None:
    """Acts on leavers of the past too. Refused beyond ten years."""
    if not 0 <= command.months <= _LONGEST:
        raise Refused(f"Choose between 0 and {_LONGEST} months.")
    school = unit.session.scalars(select(SchoolRow)).one()
    school.leaver_months, school.leaver_months_confirmed = command.months, True
    unit.audit("school", {"months": command.months})
    unit.changed("leavers", "school")


@dataclass(frozen=True, slots=True)
class LeaverLine:
    """One leaver whose record still stands here."""

    pupil_id: int
    name: str
    class_name: str | None
    leaving: Leaving
    why_not: str
    """Why the record cannot be deleted today; empty where it can."""


@dataclass(frozen=True, slots=True)
class LeaverBoard:
    """Leavers, the last to leave first; and how many records are deleted already."""

    lines: tuple[LeaverLine, ...]
    months: int
    confirmed: bool
    deleted: int
    today: date

    @property
    def to_do(self) -> int:
        """How many are still to be done in ClassDojo."""
        return sum(line.leaving.to_do for line in self.lines)

    @property
    def due(self) -> int:
        """How many records are to be deleted."""
        return sum(line.leaving.is_due(self.today) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Leavers(Query[LeaverBoard]):
    """Every leaver whose personal data are here."""


@answers(Leavers, roles=EVERYONE)
def leavers(query: Leavers, view: View) -> LeaverBoard:
    """A leaver from before this was asked about counts as still to be done."""
    del query
    school = view.session.scalars(select(SchoolRow)).one()
    rows = view.session.execute(
        select(PupilRow, LeaverRow, ClassRow.name)
        .outerjoin(LeaverRow, LeaverRow.pupil_id == PupilRow.id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(PupilRow.left_on.is_not(None))
    ).all()
    lines = []
    for pupil, row, class_name in rows:
        if row is not None and row.deleted_at is not None:
            continue
        found = leaving_of(pupil, row, school.leaver_months)
        name = f"{pupil.preferred or pupil.first} {pupil.last}"
        lines.append(LeaverLine(pupil.id, name, class_name, found, found.against_deleting(view.today)))
    lines.sort(key=lambda line: (-line.leaving.left_on.toordinal(), key(line.name)))
    deleted = len(rows) - len(lines)
    return LeaverBoard(tuple(lines), school.leaver_months, school.leaver_months_confirmed, deleted, view.today)


def leaving_of(pupil: PupilRow, row: LeaverRow | None, months: int) -> Leaving:
    """Where a leaver stands."""
    assert pupil.left_on is not None
    step = Step(row.step) if row is not None and row.step else None
    return Leaving(
        pupil.left_on,
        months_after(pupil.left_on, months),
        step,
        row.done_on if row is not None else None,
        (row.hold_why or "") if row is not None else "",
    )


def _pupil(unit: Unit, pupil_id: int) -> PupilRow:
    pupil = unit.session.get(PupilRow, pupil_id)
    if pupil is None:
        raise Problem(NO_PUPIL)
    return pupil


def _leaver(unit: Unit, pupil_id: int) -> tuple[PupilRow, LeaverRow]:
    pupil = _pupil(unit, pupil_id)
    if pupil.left_on is None:
        raise Refused("This pupil is on roll. Record that the pupil has left first.")
    row = unit.session.get(LeaverRow, pupil.id)
    if row is None:
        row = LeaverRow(pupil_id=pupil.id)
        unit.session.add(row)
    if row.deleted_at is not None:
        raise Overtaken("This record was deleted already. Nothing was changed.")
    return pupil, row
