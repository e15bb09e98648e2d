"""Conversations that were answered away from the page: by telephone, at a meeting, by the office (T3, T4, T5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.problems import Problem, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.tables.content import ThreadRow

CHANNELS: dict[str, str] = {
    "message": "Answered by message",
    "telephone": "Answered by telephone",
    "meeting": "Answered at a meeting",
    "asked_to_phone": "Asked to phone school",
    "office": "Passed to the office",
}
"""How a conversation can be closed, and how that is named on screens."""


@dataclass(frozen=True, slots=True)
class CloseThread(Command[None]):
    """State how a family's conversation was answered. `at` is when that was, now where None."""

    guardian_id: int
    channel: str
    at: datetime | None = None


@does(CloseThread, roles=EVERYONE, verb="thread.closed")
def close_thread(command: CloseThread, unit: Unit) -> None:
    """A later message from the family opens the conversation again by itself."""
    if command.channel not in CHANNELS:
        raise Refused("A conversation is closed by message, telephone, meeting, a request to phone, or the office.")
    row = unit.session.scalar(select(ThreadRow).where(ThreadRow.guardian_id == command.guardian_id))
    if row is None:
        raise Problem("There is no conversation with this guardian. Nothing was closed.")
    row.closed_at, row.closed_as, row.closed_by = command.at or unit.now, command.channel, unit.actor.id
    unit.audit(f"thread:{row.id}", {"channel": command.channel})
    unit.changed("threads")
