"""Who accepted the policy, agreed to processing, acknowledged a class sheet, stated their devices (P1, H4, M3, T14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.problems import Refused
from app.domain.roles import LEADERS, Role
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.tables.policy import AcceptanceRow, PolicyVersionRow

WHAT = frozenset({"policy", "processing", "device"})
_SHEET = "class_sheet"


@dataclass(frozen=True, slots=True)
class RecordAcceptance(Command[int]):
    """One person's acceptance of the policy's version in force, or another statement of theirs."""

    what: str
    accepted_on: date
    route: str
    guardian_id: int | None = None
    staff_id: int | None = None


@does(RecordAcceptance, roles=LEADERS | {Role.OFFICE}, verb="acceptance.recorded")
def record_acceptance(command: RecordAcceptance, unit: Unit) -> int:
    """The entry's id. Refused where nobody, or two people, are named, or the day lies ahead."""
    row = _accept(command, unit)
    who = f"guardian:{command.guardian_id}" if command.guardian_id else f"staff:{command.staff_id}"
    unit.audit(who, {"what": command.what})
    return row


@dataclass(frozen=True, slots=True)
class RecordAcceptances(Command[int]):
    """A pile of slips at once: all of them or none."""

    acceptances: tuple[RecordAcceptance, ...]

    def __repr__(self) -> str:
        return f"RecordAcceptances({len(self.acceptances)})"


@does(RecordAcceptances, roles=LEADERS | {Role.OFFICE}, verb="acceptance.recorded_many")
def record_acceptances(command: RecordAcceptances, unit: Unit) -> int:
    """How many were recorded. Refused, with the first reason, where one of them would be."""
    for acceptance in command.acceptances:
        _accept(acceptance, unit)
    unit.audit("school", {"acceptances": len(command.acceptances)})
    return len(command.acceptances)


def _accept(command: RecordAcceptance, unit: Unit) -> int:
    if (command.guardian_id is None) == (command.staff_id is None):
        raise Refused("An acceptance is one person's: a guardian's or a member of staff's.")
    if command.what == _SHEET:
        raise Refused(
            "A class list is acknowledged for the very list that was issued. Nothing was recorded. Open Class lists, "
            "choose the list and note there who has read it."
        )
    if command.what not in WHAT:
        raise Refused("That cannot be accepted here.")
    if command.accepted_on > unit.today:
        raise Refused("The day of the acceptance lies ahead. Enter the day on the form.")
    version = unit.session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
    row = AcceptanceRow(
        what=command.what,
        version_id=version,
        guardian_id=command.guardian_id,
        staff_id=command.staff_id,
        accepted_on=command.accepted_on,
        route=command.route,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.changed("policy")
    return row.id
