"""Conversations that were answered away from the page: by telephone, at a meeting, by the office (T3, T4, T5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE
from app.domain.words import moment_words
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.reads.replies import waiting_since
from app.store.tables.content import ThreadRow
from app.store.tables.review import ThreadClosingRow
from app.store.tables.school import SchoolRow

CHANNELS: dict[str, str] = {
    "message": "Answered by message",
    "telephone": "Answered by telephone",
    "meeting": "Answered at a meeting",
    "asked_to_phone": "Asked to phone school",
    "office": "Passed to the office",
}
"""How a conversation can be closed, and how that is named on screens."""


@dataclass(frozen=True, slots=True)
class CloseThread(Command[int]):
    """State how a family's conversation was answered. `at` is when that was, now where None."""

    guardian_id: int
    channel: str
    at: datetime | None = None


@does(CloseThread, roles=EVERYONE, verb="thread.closed")
def close_thread(command: CloseThread, unit: Unit) -> int:
    """The closing's id. A later message from the family opens the conversation again by itself."""
    row = unit.session.scalar(select(ThreadRow).where(ThreadRow.guardian_id == command.guardian_id))
    if row is None:
        raise Problem("There is no conversation with this guardian. Nothing was closed.")
    return close(unit, row, command.channel, command.at)


@dataclass(frozen=True, slots=True)
class CloseConversation(Command[int]):
    """State how the message that waits in a conversation was answered. `at` is when that was, now where None."""

    thread_id: int
    channel: str
    at: datetime | None = None


@does(CloseConversation, roles=EVERYONE, verb="thread.closed")
def close_conversation(command: CloseConversation, unit: Unit) -> int:
    """The closing's id. Refused where nothing waits, or the time cannot be right; `Overtaken` where it is answered."""
    row = unit.session.get(ThreadRow, command.thread_id)
    if row is None:
        raise Problem("That conversation is no longer there. Nothing was closed.")
    since = waiting_since(unit.session, row.id)
    if since is None:
        raise Overtaken("This conversation has been answered or closed already. Nothing was changed.")
    if command.at is not None and command.at < since:
        zone = unit.session.scalars(select(SchoolRow.timezone)).one()
        raise Refused(
            f"The family wrote on {moment_words(since, zone)}, and that is later than the answer. Check day and time."
        )
    return close(unit, row, command.channel, command.at)


def close(unit: Unit, row: ThreadRow, channel: str, at: datetime | None) -> int:
    """Enter a closing; its id. Every one is kept."""
    if channel not in CHANNELS:
        raise Refused("A conversation is closed by message, telephone, meeting, a request to phone, or the office.")
    if at is not None and at > unit.now:
        raise Refused("That time has not come yet. Give the time when the family was answered.")
    closing = ThreadClosingRow(thread_id=row.id, channel=channel, at=at or unit.now, closed_by=unit.actor.id)
    unit.session.add(closing)
    row.closed_at, row.closed_as, row.closed_by = closing.at, channel, unit.actor.id
    unit.session.flush()
    unit.audit(f"thread:{row.id}", {"channel": channel})
    unit.changed("threads")
    return closing.id


@dataclass(frozen=True, slots=True)
class TakeBackClosing(Command[None]):
    """Undo one's own closing: the message waits again."""

    closing_id: int


@does(TakeBackClosing, roles=EVERYONE, verb="thread.closing_taken_back")
def take_back_closing(command: TakeBackClosing, unit: Unit) -> None:
    """Refused for somebody else's. Both steps stay in the audit."""
    closing = unit.session.get(ThreadClosingRow, command.closing_id)
    if closing is None:
        raise Overtaken("This was taken back already. Nothing was changed.")
    if closing.closed_by != unit.actor.id:
        raise Refused("Only the person who closed a conversation can take that back.")
    row = unit.session.get_one(ThreadRow, closing.thread_id)
    unit.session.delete(closing)
    unit.session.flush()
    last = unit.session.scalar(
        select(ThreadClosingRow)
        .where(ThreadClosingRow.thread_id == row.id)
        .order_by(ThreadClosingRow.at.desc(), ThreadClosingRow.id.desc())
        .limit(1)
    )
    row.closed_at, row.closed_as, row.closed_by = (last.at, last.channel, last.closed_by) if last else (None,) * 3
    unit.audit(f"thread:{row.id}", {"channel": closing.channel})
    unit.changed("threads")
