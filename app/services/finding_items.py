"""Finding posts and messages by their words, newest first, a page at a time (H1, M1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.content import Kind
from app.domain.roles import LEADERS
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.review import shown_items
from app.store.search import items_saying

_OPENING = 120


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One item that holds the words looked for. `opening` is how its text begins, on one line."""

    id: int
    kind: Kind
    class_name: str | None
    author: str
    sent_at: datetime | None
    opening: str


@dataclass(frozen=True, slots=True)
class FindItems(Query[tuple[FoundItem, ...]]):
    """A page of what holds every word typed, the last of which may be unfinished; `before` is the last id seen."""

    said: str
    before: int | None = None
    size: int = 50


@answers(FindItems, roles=LEADERS)
def find_items(query: FindItems, view: View) -> tuple[FoundItem, ...]:
    """From the full-text index: what was sealed for the safeguarding lead is no longer in it (K1)."""
    ids = items_saying(view.session, query.said, before=query.before, limit=query.size)
    shown = {item.id: item for item in shown_items(view.session, ids) if item.text} if ids else {}
    return tuple(
        FoundItem(i.id, i.kind, i.class_name, i.author, i.sent_at, " ".join(i.text[: 2 * _OPENING].split())[:_OPENING])
        for i in (shown[id_] for id_ in ids if id_ in shown)
    )
