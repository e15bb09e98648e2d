"""Recording who allowed what to be shown, where, on which form; and looking at what was said (P8, T12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.domain.permissions import STORIES, Answer, Audience, Basis, MediaKind
from app.domain.problems import Problem, Refused
from app.domain.roles import EVERYONE, HEAD
from app.services.door import Command, Query, answers, does
from app.services.permissions_forms import keep_form
from app.services.unit import Unit, View
from app.store.reads.permissions import ChildPermissions, child_permissions
from app.store.reads.register import asked_audiences
from app.store.tables.people import PupilRow, TieRow
from app.store.tables.permissions import AskedAudienceRow, PermissionRow


@dataclass(frozen=True, slots=True)
class RecordPermission(Command[int]):
    """One adult's answer, or the child's own wish (`guardian_id` None), for one kind of media and some audiences."""

    pupil_id: int
    guardian_id: int | None
    kind: MediaKind
    answer: Answer
    decided_on: date
    route: str = "paper form"
    audiences: tuple[Audience, ...] = STORIES
    basis: Basis | None = None
    expires_on: date | None = None


@does(RecordPermission, roles=EVERYONE, verb="permission.recorded")
def record_permission(command: RecordPermission, unit: Unit) -> int:
    """The last new decision's id. A later answer by the same person supersedes; nothing is overwritten.

    Refused where the adult is not tied to the child or holds no parental responsibility, or the day lies ahead.
    """
    rows = _record(command, unit, None)
    unit.audit(
        f"pupil:{command.pupil_id}",
        {"kind": command.kind, "answer": command.answer, "audiences": list(command.audiences)},
    )
    return rows[-1]


@dataclass(frozen=True, slots=True)
class RecordPermissions(Command[int]):
    """A pile of forms at once, all of it or nothing. `form` is the scan of the one form that says all of it."""

    decisions: tuple[RecordPermission, ...]
    form: bytes | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"RecordPermissions({len(self.decisions)})"


@does(RecordPermissions, roles=EVERYONE, verb="permission.recorded_many")
def record_permissions(command: RecordPermissions, unit: Unit) -> int:
    """How many answers were recorded. Refused, with the first reason, where one of them would be."""
    evidence = keep_form(unit, command.form) if command.form is not None else None
    for decision in command.decisions:
        _record(decision, unit, evidence)
    pupils = {decision.pupil_id for decision in command.decisions}
    about = f"pupil:{pupils.pop()}" if len(pupils) == 1 else "school"
    unit.audit(about, {"decisions": len(command.decisions), "form": evidence is not None})
    return len(command.decisions)


def _record(command: RecordPermission, unit: Unit, evidence: int | None) -> list[int]:
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was recorded.")
    if command.decided_on > unit.today:
        raise Refused("The day of the decision lies ahead. Enter the day on the form.")
    if command.expires_on is not None and command.expires_on < command.decided_on:
        raise Refused("The permission would run out before it was given. Check the two dates.")
    if not command.audiences:
        raise Refused("The answer is for no place. Choose where it holds: the class story, for one.")
    if command.guardian_id is not None:
        _check_responsibility(unit, command.pupil_id, command.guardian_id)
    rows = [
        PermissionRow(
            pupil_id=command.pupil_id,
            guardian_id=command.guardian_id,
            by_child=command.guardian_id is None,
            kind=command.kind,
            audience=audience,
            answer=command.answer,
            decided_on=command.decided_on,
            route=command.route,
            basis=command.basis,
            expires_on=command.expires_on,
            evidence_id=evidence,
            recorded_at=unit.now,
            recorded_by=unit.actor.id,
        )
        for audience in dict.fromkeys(command.audiences)
    ]
    unit.session.add_all(rows)
    unit.session.flush()
    unit.changed("pupils", "permissions")
    return [row.id for row in rows]


def _check_responsibility(unit: Unit, pupil_id: int, guardian_id: int) -> None:
    tie = unit.session.scalar(
        select(TieRow).where(TieRow.pupil_id == pupil_id, TieRow.guardian_id == guardian_id, TieRow.ended_at.is_(None))
    )
    if tie is None:
        raise Refused("The register does not tie this adult to this child. Add the guardian first.")
    if tie.responsibility is False:
        raise Refused("This adult has no parental responsibility, so their answer cannot be recorded as permission.")


@dataclass(frozen=True, slots=True)
class PermissionsOf(Query[ChildPermissions]):
    """Everything that was said about showing one child, and the ruling for each kind and audience."""

    pupil_id: int


@answers(PermissionsOf, roles=EVERYONE)
def permissions_of(query: PermissionsOf, view: View) -> ChildPermissions:
    """Never why a child is barred. Raises `Problem` where there is no such pupil."""
    return child_permissions(view.session, query.pupil_id, view.today)


@dataclass(frozen=True, slots=True)
class AskedAudiences(Query[tuple[Audience, ...]]):
    """Which audiences the school's forms ask about."""


@answers(AskedAudiences, roles=EVERYONE)
def which_audiences(query: AskedAudiences, view: View) -> tuple[Audience, ...]:
    """The class story always."""
    del query
    return asked_audiences(view.session)


@dataclass(frozen=True, slots=True)
class SetAudiences(Command[None]):
    """Choose which audiences the school's forms ask about."""

    audiences: tuple[Audience, ...]


@does(SetAudiences, roles=HEAD, verb="school.audiences_set")
def set_audiences(command: SetAudiences, unit: Unit) -> None:
    """Answers about an audience that is no longer asked about are kept, and count again when it is."""
    if Audience.CLASS_STORY not in command.audiences:
        raise Refused("The class story is always asked about: it is what the checks and the class lists go by.")
    for row in unit.session.scalars(select(AskedAudienceRow)).all():
        unit.session.delete(row)
    unit.session.flush()
    unit.session.add_all(AskedAudienceRow(audience=audience) for audience in dict.fromkeys(command.audiences))
    unit.audit("school", {"audiences": [audience.value for audience in command.audiences]})
    unit.changed("school", "permissions", "pupils")
