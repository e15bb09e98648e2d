"""What this guardian sees: children's points, stories of their classes, own messages; to look at only (P11, P4)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.content import Kind
from app.domain.words import day_words, moment_words
from app.services.guardian_view import ChildSeen, GuardianSees, ItemSeen, WhatGuardianSees
from app.services.office import Office
from app.services.school import School
from app.ui.parts.arrange import clear, scrolling
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.header import PageHeader
from app.ui.parts.text import body
from app.ui.parts.timeline import Event, Timeline
from app.ui.shell.area import Screen, Shell

_UNLINKED = (
    "This adult sees nothing in ClassDojo: no link is in force. A link that is asked for, suspended, removed or "
    "rejected shows nothing."
)
_NO_POSTS = "No post of these weeks was brought in."
_NO_MESSAGES = "No message of these weeks was brought in."


class GuardianSeesScreen(Screen):
    """One adult's view of the last weeks, as far as it was brought in."""

    def __init__(self, shell: Shell, office: Office, guardian_id: int) -> None:
        super().__init__(shell, "What this guardian sees", "guardian-sees")
        self._office, self._guardian = office, guardian_id
        self.header = PageHeader("What this guardian sees")
        self.seen_now: GuardianSees | None = None
        self._held = QWidget()
        self._column = QVBoxLayout(self._held)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.set_content(scrolling(self.header, self._held, name="What this guardian sees"))

    def refresh(self) -> None:
        """Read again what may be seen."""
        seen = self.seen_now = self._office.ask(WhatGuardianSees(self._guardian))
        self.header.say(subtitle=f"{seen.name}, since {day_words(seen.since)}. Likes are not brought in.")
        clear(self._column)
        for piece in self._pieces(seen):
            self._column.addWidget(piece)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A link, an item or a child changed."""
        if changes & {"links", "content", "pupils", "review", "guardians"}:
            self.refresh_when_seen()

    def _pieces(self, seen: GuardianSees) -> Iterable[QWidget]:
        if not seen.linked:
            yield EmptyState("unlinked", _UNLINKED)
            return
        for child in seen.children:
            place = f", class {child.class_name}" if child.class_name else ""
            yield Card(f"{child.name}{place}", body(_points(child)))
        zone = self._office.ask(School()).timezone
        yield Card("Class story and school story", _timeline(seen.posts, _NO_POSTS, zone))
        yield Card("Own messages", _timeline(seen.messages, _NO_MESSAGES, zone))


def _points(child: ChildSeen) -> str:
    if not child.points:
        return "No point was given in these weeks."
    ways = ", ".join(f"{way} {points}" for way, points in child.points)
    return f"Points: {ways}. In all {sum(points for _, points in child.points)}."


def _timeline(items: tuple[ItemSeen, ...], none: str, zone: str) -> QWidget:
    if not items:
        return body(none)
    return Timeline(_event(item, zone) for item in items)


def _event(item: ItemSeen, zone: str) -> Event:
    who = ", ".join(part for part in (item.author, item.class_name) if part)
    files = f" ({item.media} {'file' if item.media == 1 else 'files'})" if item.media else ""
    what = f"{item.kind.words}{files}" + (f", {who}" if who else "")
    icon = "message" if item.kind is Kind.MESSAGE else "post"
    return Event(moment_words(item.sent_at, zone), what, item.text, icon=icon)
