"""What happened, newest or oldest first: when, what, by whom, with an icon in a tone on a line.

timeline.show_events([Event("Tue 6 Oct 2026, 14:10", "Case opened", "by the office", icon="case", tone=Tone.WARN)])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.arrange import clear
from app.ui.parts.chip import Tone
from app.ui.parts.text import body, caption, strong
from app.ui.theme.current import theme
from app.ui.theme.icons import paint_icon


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `detail` is running text under the headline."""

    when: str
    what: str
    detail: str = ""
    icon: str = "history"
    tone: Tone = Tone.QUIET


class Timeline(QWidget):
    """Events down a line."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.show_events(events)

    def show_events(self, events: Iterable[Event]) -> None:
        """Show these instead."""
        clear(self._column)
        told = tuple(events)
        for at, event in enumerate(told):
            self._column.addWidget(_Line(event, last=at == len(told) - 1))


class _Line(QWidget):
    def __init__(self, event: Event, *, last: bool) -> None:
        super().__init__()
        self._event, self._last = event, last
        px = theme().px
        self._side = px(28)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.setContentsMargins(0, px(3), 0, px(16))
        words.addWidget(strong(event.what))
        if event.detail:
            words.addWidget(body(event.detail, select=True))
        words.addWidget(caption(event.when))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(self._side + px(12), 0, 0, 0)
        whole.addLayout(words)
        self.setAccessibleName(f"{event.when}: {event.what}. {event.detail}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        side = self._side
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.setPen(QPen(look.colour("line"), 2))
            painter.drawLine(QPointF(side / 2, side + look.px(4)), QPointF(side / 2, self.height() - look.px(2)))
        disc = QRectF(0, 0, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._event.tone.ground))
        painter.drawEllipse(disc)
        inset = side * 0.22
        paint_icon(painter, self._event.icon, disc.adjusted(inset, inset, -inset, -inset), self._event.tone.ink)
        painter.end()
