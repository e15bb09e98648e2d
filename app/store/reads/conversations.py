"""Reading a family's conversation: who it is with, what was said, how it was closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.reads.review import shown_items
from app.store.tables.accounts import AccountRow
from app.store.tables.content import ItemRow, ThreadRow
from app.store.tables.people import GuardianRow
from app.store.tables.review import ThreadClosingRow

LONGEST = 60
"""How many messages of a conversation are shown."""
_OPENING = 110


@dataclass(frozen=True, slots=True)
class Family:
    """Who is at home at the other end, and the first words of their messages by id."""

    name: str
    openings: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A message, or the statement how a conversation was closed: then `channel` says how."""

    at: datetime | None
    who: str
    text: str
    by_school: bool
    channel: str = ""


def families(session: Session, wanted: Iterable[tuple[int, int | None]]) -> dict[int, Family]:
    """By conversation. A stranger is called as they were when they wrote."""
    pairs = list(wanted)
    threads = {thread for thread, _ in pairs}
    items = [item for _, item in pairs if item is not None]
    found: dict[int, Family] = {}
    for start in range(0, len(items), 500):
        rows = session.execute(
            select(ItemRow.id, ItemRow.thread_id, ItemRow.text, ItemRow.author_name, GuardianRow)
            .join(ThreadRow, ThreadRow.id == ItemRow.thread_id)
            .outerjoin(GuardianRow, GuardianRow.id == ThreadRow.guardian_id)
            .where(ItemRow.id.in_(items[start : start + 500]))
        )
        for item_id, thread_id, text, author, guardian in rows:
            if thread_id not in threads:
                continue
            name = guardian.name if guardian is not None else (author or "Unknown person")
            family = found.setdefault(thread_id or 0, Family(name))
            family.openings[item_id] = " ".join(text[:200].split())[:_OPENING]
    return found


def conversation(session: Session, thread_id: int) -> tuple[Said, ...]:
    """The last messages, oldest first, and every closing where it belongs."""
    ids = session.scalars(
        select(ItemRow.id)
        .where(ItemRow.thread_id == thread_id, ~ItemRow.restricted)
        .order_by(ItemRow.sent_at.desc(), ItemRow.id.desc())
        .limit(LONGEST)
    ).all()
    said = [
        Said(item.sent_at, item.author, item.text, item.author_role == "staff")
        for item in shown_items(session, list(ids))
    ]
    closings = session.execute(
        select(ThreadClosingRow.at, ThreadClosingRow.channel, AccountRow.name)
        .join(AccountRow, AccountRow.id == ThreadClosingRow.closed_by)
        .where(ThreadClosingRow.thread_id == thread_id)
    )
    said += [Said(at, name, "", True, channel) for at, channel, name in closings]
    return tuple(sorted(said, key=lambda each: each.at.timestamp() if each.at is not None else 0.0))
