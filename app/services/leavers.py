"""Pupils who leave: confirmed one by one, their links ended at once (H12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.domain.problems import Overtaken, Problem, Refused
from app.services.door import Command, does
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import PupilRow


@dataclass(frozen=True, slots=True)
class RecordLeaver(Command[None]):
    """A pupil has left on a day."""

    pupil_id: int
    left_on: date


@does(RecordLeaver, roles=OFFICE_AND_HEAD, verb="pupil.left")
def record_leaver(command: RecordLeaver, unit: Unit) -> None:
    """Ends every link and revokes every unused code. What was recorded stays until retention says otherwise (K4)."""
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    if pupil.left_on is not None:
        raise Overtaken("This pupil is marked as a leaver already. Nothing was changed.")
    if command.left_on > unit.today:
        raise Refused("The last day lies ahead. Mark the pupil as a leaver when it has come.")
    pupil.left_on = command.left_on
    pupil.version += 1
    unit.session.execute(
        update(LinkRow)
        .where(LinkRow.pupil_id == pupil.id, LinkRow.state.in_(("linked", "invited", "suspended")))
        .values(state="removed", ended_at=unit.now, decided_by=unit.actor.id, reason="The pupil left.")
    )
    unit.session.execute(
        update(LinkingCodeRow)
        .where(
            LinkingCodeRow.pupil_id == pupil.id,
            LinkingCodeRow.used_at.is_(None),
            LinkingCodeRow.revoked_at.is_(None),
        )
        .values(revoked_at=unit.now, revoked_why="The pupil left.")
    )
    unit.audit(f"pupil:{pupil.id}")
    unit.changed("pupils", "links")
