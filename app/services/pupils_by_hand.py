"""Adding and changing a pupil by hand, judged as it is typed (T8, H7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.enrolment_rows import full_key
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.pupil_details import Judged, Other, PupilDetails, judge
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.enrolment import pupil_key
from app.services.leaving import MOVED, revoke_codes
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow

_GONE = "That pupil is no longer in the register. Nothing was changed."
_OVERTAKEN = "Somebody else changed this pupil while you were typing. Look at the record again, then change it."
_PLAIN = ("first", "last", "born", "class_id", "joined_on")
_EMPTY_IS_NONE = ("preferred", "preferred_last", "middle", "sex", "upn", "year_group", "postcode")


@dataclass(frozen=True, slots=True)
class Entered:
    """A pupil's details as they stand, and the version that a change must name."""

    details: PupilDetails
    version: int
    left_on: date | None


@dataclass(frozen=True, slots=True)
class PupilAsEntered(Query[Entered]):
    """One pupil's details, to be changed."""

    pupil_id: int


@answers(PupilAsEntered, roles=EVERYONE)
def pupil_as_entered(query: PupilAsEntered, view: View) -> Entered:
    """Raises `Problem` where there is no such pupil."""
    row = view.session.get(PupilRow, query.pupil_id)
    if row is None:
        raise Problem(_GONE)
    return Entered(_details(row), row.version, row.left_on)


@dataclass(frozen=True, slots=True)
class JudgePupil(Query[Judged]):
    """What can be said of details before they are saved; `pupil_id` None for a new pupil."""

    details: PupilDetails
    pupil_id: int | None = None


@answers(JudgePupil, roles=EVERYONE)
def judge_pupil(query: JudgePupil, view: View) -> Judged:
    """Faults, doubts, namesakes, and the name that staff may use."""
    return _judged(query.details.tidy(), query.pupil_id, view)


@dataclass(frozen=True, slots=True)
class AddPupil(Command[int]):
    """Enter a new pupil. `knowingly` says that somebody looked at the records of the same name first."""

    details: PupilDetails
    knowingly: bool = False


@does(AddPupil, roles=OFFICE_AND_HEAD, verb="pupil.added")
def add_pupil(command: AddPupil, unit: Unit) -> int:
    """The pupil's id. Refused for every fault, and for a likely second record that nobody looked at."""
    said = command.details.tidy()
    judged = _judged(said, None, unit)
    _check(judged)
    if judged.likely and not command.knowingly:
        raise Refused(f"Nothing was added. {judged.doubt_of('first')} If it is another child, add the pupil knowingly.")
    row = PupilRow(**_values(said), name_key=pupil_key(said.first, said.preferred or None, said.last))
    row.joined_on = said.joined_on or unit.today
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"pupil:{row.id}", {"class": row.class_id or 0})
    unit.changed("pupils")
    return row.id


@dataclass(frozen=True, slots=True)
class ChangePupil(Command[tuple[str, ...]]):
    """Change a pupil's details; `version` is the one that was looked at."""

    pupil_id: int
    details: PupilDetails
    version: int


@does(ChangePupil, roles=OFFICE_AND_HEAD, verb="pupil.changed")
def change_pupil(command: ChangePupil, unit: Unit) -> tuple[str, ...]:
    """The names of the fields that changed. Refused for a leaver and for every fault; `Overtaken` by another change."""
    row = unit.session.get(PupilRow, command.pupil_id)
    if row is None:
        raise Problem(_GONE)
    if row.left_on is not None:
        raise Refused("This pupil has left, so the record stays as it is. Take the pupil back on roll to change it.")
    if row.version != command.version:
        raise Overtaken(_OVERTAKEN)
    said = command.details.tidy()
    _check(_judged(said, row.id, unit))
    changed = tuple(name for name, value in _values(said).items() if getattr(row, name) != value)
    unit.audit(f"pupil:{row.id}", {"fields": list(changed)})
    if not changed:
        return ()
    for name in changed:
        setattr(row, name, _values(said)[name])
    row.name_key = pupil_key(row.first, row.preferred, row.last)
    row.version += 1
    if "class_id" in changed:
        revoke_codes(unit, row.id, MOVED)
    unit.changed("pupils", "links")
    return changed


@dataclass(frozen=True, slots=True)
class MovePupils(Command[int]):
    """Move pupils to another class, or to none."""

    pupils: tuple[int, ...]
    class_id: int | None


@does(MovePupils, roles=OFFICE_AND_HEAD, verb="pupil.moved")
def move_pupils(command: MovePupils, unit: Unit) -> int:
    """How many changed class. Their unused codes are revoked: a code of ClassDojo's belongs to one class.

    Refused for a leaver and for a class that is not in use.
    """
    if command.class_id is not None:
        wanted = unit.session.get(ClassRow, command.class_id)
        if wanted is None or not wanted.active:
            raise Refused("That class is not in use. Choose another, or add it in Classes.")
    moved = []
    for pupil_id in command.pupils:
        row = unit.session.get(PupilRow, pupil_id)
        if row is None:
            raise Problem(_GONE)
        if row.left_on is not None:
            raise Refused("One of these pupils has left. Nothing was changed.")
        if row.class_id != command.class_id:
            row.class_id = command.class_id
            row.version += 1
            revoke_codes(unit, row.id, MOVED)
            moved.append(row.id)
    subject = f"pupil:{moved[0]}" if len(moved) == 1 else f"class:{command.class_id or 0}"
    unit.audit(subject, {"pupils": len(moved), "class": command.class_id or 0})
    if moved:
        unit.changed("pupils", "school", "links")
    return len(moved)


def _check(judged: Judged) -> None:
    if judged.faults:
        raise Refused("Nothing was saved. " + " ".join(fault.sentence for fault in judged.faults))


def _judged(said: PupilDetails, pupil_id: int | None, view: View) -> Judged:
    classes = {
        row.id: (row.name, row.year_group) for row in view.session.scalars(select(ClassRow).where(ClassRow.active))
    }
    return judge(said, _others(said, pupil_id, view), classes, view.today)


def _others(said: PupilDetails, pupil_id: int | None, view: View) -> list[Other]:
    """Classmates, the owner of the UPN and bearers of the name: nobody else matters, and a school may be large."""
    columns = (
        PupilRow.id, PupilRow.first, PupilRow.last, PupilRow.preferred, PupilRow.born, PupilRow.upn, PupilRow.class_id,
        ClassRow.name, PupilRow.left_on,
    )  # fmt: skip
    rows = view.session.execute(select(*columns).outerjoin(ClassRow, ClassRow.id == PupilRow.class_id))
    last = full_key(said.first, said.last)[1]
    return [
        Other(id_, first, surname, preferred, born, upn, class_id, class_name, left_on is None)
        for id_, first, surname, preferred, born, upn, class_id, class_name, left_on in rows
        if id_ != pupil_id
        and (
            (said.class_id is not None and class_id == said.class_id)
            or (said.upn and upn == said.upn)
            or full_key(first, surname)[1] == last
        )
    ]


def _values(said: PupilDetails) -> dict[str, object]:
    plain = {name: getattr(said, name) for name in _PLAIN}
    return plain | {name: getattr(said, name) or None for name in _EMPTY_IS_NONE}


def _details(row: PupilRow) -> PupilDetails:
    return PupilDetails(
        first=row.first,
        last=row.last,
        preferred=row.preferred or "",
        preferred_last=row.preferred_last or "",
        middle=row.middle or "",
        born=row.born,
        sex=row.sex or "",
        upn=row.upn or "",
        year_group=row.year_group or "",
        class_id=row.class_id,
        postcode=row.postcode or "",
        joined_on=row.joined_on,
    )
