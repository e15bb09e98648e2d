"""Recording who allowed what to be shown, and who may not be pictured (P8, T11, T12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.care import CareRecord
from app.domain.permissions import Answer, Audience, MediaKind
from app.domain.problems import Problem, Refused
from app.domain.roles import EVERYONE, LEADERS
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.tables.people import PupilRow, TieRow
from app.store.tables.permissions import CareRecordRow, PermissionRow


@dataclass(frozen=True, slots=True)
class RecordPermission(Command[int]):
    """One adult's answer, or the child's own wish (`guardian_id` None), for one kind of media and audience."""

    pupil_id: int
    guardian_id: int | None
    kind: MediaKind
    answer: Answer
    decided_on: date
    route: str = "paper form"
    audience: Audience = Audience.CLASSDOJO
    basis: str | None = None
    expires_on: date | None = None


@does(RecordPermission, roles=EVERYONE, verb="permission.recorded")
def record_permission(command: RecordPermission, unit: Unit) -> int:
    """The new decision's id. A later answer by the same person supersedes; nothing is overwritten.

    Refused where the adult is not tied to the child or holds no parental responsibility, or the day lies ahead.
    """
    row = _record(command, unit)
    unit.audit(
        f"pupil:{command.pupil_id}",
        {"kind": command.kind, "answer": command.answer, "audience": command.audience},
    )
    return row


@dataclass(frozen=True, slots=True)
class RecordPermissions(Command[int]):
    """A pile of forms at once, all of it or nothing."""

    decisions: tuple[RecordPermission, ...]

    def __repr__(self) -> str:
        return f"RecordPermissions({len(self.decisions)})"


@does(RecordPermissions, roles=EVERYONE, verb="permission.recorded_many")
def record_permissions(command: RecordPermissions, unit: Unit) -> int:
    """How many were recorded. Refused, with the first reason, where one of them would be."""
    for decision in command.decisions:
        _record(decision, unit)
    pupils = {decision.pupil_id for decision in command.decisions}
    about = f"pupil:{pupils.pop()}" if len(pupils) == 1 else "school"
    unit.audit(about, {"decisions": len(command.decisions)})
    return len(command.decisions)


def _record(command: RecordPermission, unit: Unit) -> int:
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was recorded.")
    if command.decided_on > unit.today:
        raise Refused("The day of the decision lies ahead. Enter the day on the form.")
    if command.expires_on is not None and command.expires_on < command.decided_on:
        raise Refused("The permission would run out before it was given. Check the two dates.")
    if command.guardian_id is not None:
        _check_responsibility(unit, command.pupil_id, command.guardian_id)
    row = PermissionRow(
        pupil_id=command.pupil_id,
        guardian_id=command.guardian_id,
        by_child=command.guardian_id is None,
        kind=command.kind,
        audience=command.audience,
        answer=command.answer,
        decided_on=command.decided_on,
        route=command.route,
        basis=command.basis,
        expires_on=command.expires_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.changed("pupils", "permissions")
    return row.id


def _check_responsibility(unit: Unit, pupil_id: int, guardian_id: int) -> None:
    tie = unit.session.scalar(
        select(TieRow).where(TieRow.pupil_id == pupil_id, TieRow.guardian_id == guardian_id, TieRow.ended_at.is_(None))
    )
    if tie is None:
        raise Refused("The register does not tie this adult to this child. Add the guardian first.")
    if tie.responsibility is False:
        raise Refused("This adult has no parental responsibility, so their answer cannot be recorded as permission.")


@dataclass(frozen=True, slots=True)
class RecordCare(Command[int]):
    """A looked-after child's record, replacing the one before. The office may write it and cannot read it."""

    record: CareRecord

    def __repr__(self) -> str:
        return "RecordCare()"


@does(RecordCare, roles=EVERYONE, verb="care.recorded")
def record_care(command: RecordCare, unit: Unit) -> int:
    """The record's id. Sets the pupil's picture bar from it, and nothing else that others can see."""
    pupil = unit.session.get(PupilRow, command.record.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was recorded.")
    row = CareRecordRow(sealed=unit.sealed(command.record.as_json()), recorded_at=unit.now, recorded_by=unit.actor.id)
    unit.session.add(row)
    unit.session.flush()
    pupil.picture_bar = command.record.bars_pictures(unit.today)
    if unit.keys.leaders is not None:
        _replace_earlier(unit, row, pupil.id)
    unit.audit(f"care:{row.id}")
    unit.changed("pupils", "permissions")
    return row.id


def _replace_earlier(unit: Unit, newest: CareRecordRow, pupil_id: int) -> None:
    current = unit.session.scalars(
        select(CareRecordRow).where(CareRecordRow.replaced_by.is_(None), CareRecordRow.id != newest.id)
    )
    for row in current:
        if unit.opened(row.sealed)["pupil_id"] == pupil_id:
            row.replaced_by = newest.id


@dataclass(frozen=True, slots=True)
class LookAtCare(Command[CareRecord | None]):
    """See a child's care record. Every look stands in the audit."""

    pupil_id: int


@does(LookAtCare, roles=LEADERS, verb="care.seen")
def look_at_care(command: LookAtCare, unit: Unit) -> CareRecord | None:
    """The newest record, None where there is none."""
    found = None
    rows = unit.session.scalars(
        select(CareRecordRow).where(CareRecordRow.replaced_by.is_(None)).order_by(CareRecordRow.id)
    )
    for row in rows:
        record = CareRecord.from_json(unit.opened(row.sealed))
        if record.pupil_id == command.pupil_id:
            found, seen = record, row.id
            unit.audit(f"care:{seen}")
    return found


@dataclass(frozen=True, slots=True)
class BarPictures(Command[None]):
    """Set or lift the bar on showing a child, for a reason that stands elsewhere."""

    pupil_id: int
    barred: bool


@does(BarPictures, roles=LEADERS, verb="permission.barred")
def bar_pictures(command: BarPictures, unit: Unit) -> None:
    """Acts at once on every ruling."""
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    pupil.picture_bar = command.barred
    unit.audit(f"pupil:{pupil.id}", {"barred": command.barred})
    unit.changed("pupils", "permissions")
