"""Bringing the register in from the school's own system: seen as a plan first, applied once, whole (H7, P4, P8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import delete

from app.domain.bulk import Remembered, collector_paused
from app.domain.enrolment import plan_register
from app.domain.enrolment_shapes import ChangeAt, RegisterPlan, Settlement
from app.domain.incoming import RegisterReading
from app.domain.problems import Overtaken
from app.domain.roles import EVERYONE
from app.domain.ticket import PlainTicket, Ticket
from app.services.door import Command, Query, answers, does
from app.services.enrolment_trace import Trace
from app.services.enrolment_writing import RegisterWriter, pupil_key
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.audit_chain import head
from app.store.bulk import first_load
from app.store.reads.enrolment import known_register
from app.store.tables.content import ImportRow
from app.store.tables.importing import ImportUndoRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow

__all__ = ["ApplyRegister", "PlanRegister", "pupil_key"]


@dataclass(frozen=True, slots=True)
class PlanRegister(Query[RegisterPlan]):
    """What bringing this reading in would do. Nothing is changed. `settled` is what was said of rows in doubt."""

    reading: RegisterReading
    settled: tuple[Settlement, ...] = ()
    ticket: Ticket | None = None

    def __repr__(self) -> str:
        return f"PlanRegister(rows={self.reading.rows})"


@answers(PlanRegister, roles=EVERYONE)
def plan(query: PlanRegister, view: View) -> RegisterPlan:
    """The plan against the register of this moment."""
    with collector_paused():
        known = known_register(view.session)
        made = plan_register(query.reading, known, settled=query.settled, ticket=query.ticket)
    return replace(made, as_of=head(view.session))


@dataclass(frozen=True, slots=True)
class ApplyRegister(Command[RegisterPlan]):
    """Write what a plan proposes. `refused` names the changes that a person does not take over.

    Leavers are never applied here: they are a proposal, confirmed one by one. Rows in doubt are left out.
    """

    reading: RegisterReading
    plan: RegisterPlan
    refused: frozenset[ChangeAt] = frozenset()
    ticket: Ticket | None = None

    def __repr__(self) -> str:
        return f"ApplyRegister(rows={self.plan.rows})"


@does(ApplyRegister, roles=OFFICE_AND_HEAD, verb="register.brought_in")
def apply_register(command: ApplyRegister, unit: Unit) -> RegisterPlan:
    """The plan that was written, whole or not at all.

    Raises `Overtaken` where the register has changed since the plan was shown, and `Cancelled` from the ticket.
    """
    ticket = command.ticket or PlainTicket()
    _check_still_so(command, unit)
    record = ImportRow(
        area="register",
        format=command.reading.format,
        digest=_digest(command.plan),
        rows=command.plan.rows,
        new=len(command.plan.new),
        changed=len(command.plan.changed),
        unchanged=len(command.plan.unchanged),
        rejected=len(command.plan.rejected) + len(command.plan.doubts),
        applied_at=unit.now,
        applied_by=unit.actor.id,
    )
    trace = Trace(unit.session)
    writer = RegisterWriter(unit, command.plan, command.refused, trace, ticket)
    with collector_paused(), first_load(unit.session, PupilRow, GuardianRow, TieRow, ClassRow):
        writer.write()
    unit.session.add(record)
    unit.session.flush()
    _keep_trace(unit, record.id, trace)
    counts = {name: count for name, count in command.plan.counts.items() if count}
    if command.refused:
        counts["kept"] = len(command.refused)
    unit.audit(f"import:{record.id}", {"format": command.reading.format, **counts})
    unit.changed("pupils", "guardians", "school")
    return command.plan


def _keep_trace(unit: Unit, import_id: int, trace: Trace) -> None:
    """Only the last import can be taken back; one that did nothing leaves the one before as the last."""
    if trace.is_empty:
        return
    unit.session.execute(delete(ImportUndoRow))
    unit.session.add(ImportUndoRow(import_id=import_id, made=trace.made_json(), before=trace.before_json()))


def _check_still_so(command: ApplyRegister, unit: Unit) -> None:
    """Where anything at all was done since the plan was made, it is made again: it must come out the same."""
    if command.plan.as_of == head(unit.session):
        return
    now = plan_register(command.reading, known_register(unit.session), settled=command.plan.settled)
    if now != command.plan:
        raise Overtaken("The register has changed since you looked at the plan. Look at the new plan, then apply it.")


def _digest(plan: RegisterPlan) -> str:
    days = Remembered(str)
    pupils = [planned.incoming for planned in plan.pupils]
    parts = "\n".join([f"{pupil.first}\t{pupil.last}\t{days[pupil.born]}" for pupil in pupils])
    return hashlib.sha256(parts.encode()).hexdigest()
