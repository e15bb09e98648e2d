"""Why an adult's contact with a child is barred or restricted: for leaders, every look noted (P4, T11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.linking import Contact
from app.domain.problems import Problem
from app.domain.roles import LEADERS
from app.services.door import Command, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.people import ContactNoteRow, TieRow


@dataclass(frozen=True, slots=True)
class ContactNote:
    """What was written when contact was set, by whom and when."""

    contact: Contact
    order_date: date | None = field(repr=False)
    review_on: date | None = field(repr=False)
    why: str = field(repr=False)
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class LookAtContact(Command[tuple[ContactNote, ...]]):
    """See how contact stands and why, and how it stood before. Every look stands in the audit."""

    pupil_id: int
    guardian_id: int


@does(LookAtContact, roles=LEADERS, verb="contact.seen")
def look_at_contact(command: LookAtContact, unit: Unit) -> tuple[ContactNote, ...]:
    """The newest first; nothing where contact was never limited."""
    tie = unit.session.scalar(
        select(TieRow).where(TieRow.pupil_id == command.pupil_id, TieRow.guardian_id == command.guardian_id)
    )
    if tie is None:
        raise Problem("The register does not tie this adult to this child.")
    unit.audit(f"tie:{tie.id}")
    names = {row.id: row.name for row in unit.session.scalars(select(AccountRow))}
    rows = unit.session.scalars(
        select(ContactNoteRow).where(ContactNoteRow.tie_id == tie.id).order_by(ContactNoteRow.id.desc())
    )
    return tuple(_note(unit, row, names.get(row.recorded_by, "")) for row in rows)


def _note(view: View, row: ContactNoteRow, by: str) -> ContactNote:
    said = view.opened(row.sealed)

    def day(name: str) -> date | None:
        return date.fromisoformat(said[name]) if said.get(name) else None

    return ContactNote(
        Contact(said["contact"]), day("order_date"), day("review_on"), str(said["why"]), row.recorded_at, by
    )


def contact_reviews(view: View, within: timedelta) -> tuple[date, ...]:
    """The days on which bars and restrictions that stand are to be looked at again, the earliest first.

    Nothing for those who may not read why they stand.
    """
    if view.actor.role not in LEADERS or view.keys.leaders is None:
        return ()
    newest: dict[int, ContactNoteRow] = {}
    rows = view.session.scalars(
        select(ContactNoteRow)
        .join(TieRow, TieRow.id == ContactNoteRow.tie_id)
        .where(TieRow.contact != Contact.OPEN, TieRow.ended_at.is_(None))
        .order_by(ContactNoteRow.id)
    )
    for row in rows:
        newest[row.tie_id] = row
    days = [_note(view, row, "").review_on for row in newest.values()]
    return tuple(sorted(day for day in days if day is not None and day <= view.today + within))
