"""Assembling messages into conversations: one for each family, or for each stranger by name (P6, T3, T4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole, Kind
from app.domain.incoming import IncomingItem
from app.services.authors import Writer
from app.store.reads.people import Directory, key
from app.store.tables.content import ThreadRow

_LONGEST = 100


@dataclass(slots=True)
class Conversations:
    """Finds or begins the conversation that a message belongs to."""

    session: Session
    book: Directory
    _rows: dict[str, ThreadRow] = field(default_factory=dict)

    def thread_of(
        self, item: IncomingItem, writer: Writer, guardians: tuple[int, ...], class_id: int | None
    ) -> int | None:
        """The thread's id; None for what is no message, and for a message to several families."""
        if item.kind is not Kind.MESSAGE:
            return None
        family = writer.guardian_id
        if family is None and len(guardians) == 1:
            family = guardians[0]
        if family is not None:
            return self._thread(f"guardian:{family}", family, item, class_id)
        stranger = _stranger(item, writer) if not guardians else ""
        return self._thread(f"name:{stranger}", None, item, class_id) if stranger else None

    def _thread(self, name: str, family: int | None, item: IncomingItem, class_id: int | None) -> int:
        row = self._rows.get(name) or self.session.scalar(select(ThreadRow).where(ThreadRow.key == name))
        if row is None:
            row = ThreadRow(key=name, guardian_id=family, class_id=class_id or self._class_of(family))
            self.session.add(row)
            self.session.flush()
        self._rows[name] = row
        if item.sent_at is not None and (row.started_at is None or item.sent_at < row.started_at):
            row.started_at = item.sent_at
        return row.id

    def _class_of(self, family: int | None) -> int | None:
        children = self.book.guardian_pupils.get(family or 0, set())
        classes = {self.book.pupil_class.get(child) for child in children}
        return next(iter(classes)) if len(classes) == 1 else None


def _stranger(item: IncomingItem, writer: Writer) -> str:
    """The name of the one whom nobody knows, and who writes to staff or is written to by them."""
    if writer.role is AuthorRole.STAFF:
        return key(item.to[0])[:_LONGEST] if len(item.to) == 1 else ""
    if writer.role in (AuthorRole.UNKNOWN, AuthorRole.PARENT):
        return key(item.author_name or item.author_id or "")[:_LONGEST]
    return ""
