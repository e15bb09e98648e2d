"""An item's text with its findings underlined and numbered. Hostile text is shown as it stands, never read as mark-up.

view = MarkedText("Message")
view.show_text(item.text, [Span(14, 24, 1, Tone.STOP, "A surname (T8)")])     # code points, half-open
view.chosen.connect(self.show_finding)       # the number, on a click or with Left, Right or a digit
view.choose(2)
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from app.ui.parts.marked_writer import BADGE, GLUE, Badge, Span, Writer
from app.ui.parts.text import plain_tip
from app.ui.theme.current import theme


class MarkedText(QTextEdit):
    """Read-only. Left and Right go from finding to finding, 1 to 9 go straight to one."""

    chosen = Signal(int)
    """The number of the finding that was pointed at or moved to."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._badge = Badge(self)
        self._text = ""
        self._spans: tuple[Span, ...] = ()
        self._ranges: dict[int, tuple[int, int]] = {}
        self._current: int | None = None
        self._pressed: QPoint | None = None
        self._lines: tuple[int, int] | None = None
        theme().changed.connect(self._again)

    @property
    def current(self) -> int | None:
        """The number of the chosen finding."""
        return self._current

    def show_text(self, text: str, spans: Iterable[Span] = ()) -> None:
        """Show another text. Spans that reach beyond it are cut to it."""
        whole = len(text)
        self._text = text
        self._spans = tuple(
            Span(max(s.start, 0), min(s.end, whole), s.number, s.tone, s.why)
            for s in sorted(spans, key=lambda s: (s.start, s.end, s.number))
            if max(s.start, 0) < min(s.end, whole)
        )
        self._current = None
        self._build()

    def fit(self, least: int = 2, most: int = 16) -> None:
        """From now on be as tall as the text, between so many lines; a longer text scrolls."""
        self._lines = (least, most)
        self._grow()

    def range_of(self, number: int) -> tuple[int, int] | None:
        """Where a finding stands in the document, in UTF-16 units, badge not included."""
        return self._ranges.get(number)

    def choose(self, number: int | None) -> None:
        """Lift one finding out and bring it into sight; None lifts out none. Says nothing to listeners."""
        self._current = number if number in self._ranges else None
        self._lift_out()
        if self._current is not None:
            start, end = self._ranges[self._current]
            cursor = QTextCursor(self.document())
            for place in (end, start):
                cursor.setPosition(place)
                self.setTextCursor(cursor)
                self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = [span.number for span in self._spans]
        if order and event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not event.modifiers():
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            at = order.index(self._current) + step if self._current in order else (0 if step > 0 else -1)
            self._point_at(order[at % len(order)])
        elif event.text().isdigit() and int(event.text()) in self._ranges and not event.modifiers():
            self._point_at(int(event.text()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        if self._pressed is not None and (spot - self._pressed).manhattanLength() < 4:
            number = self._number_at(spot)
            if number is not None:
                self._point_at(number)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._number_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._number_at(event.pos())
            why = next((s.why for s in self._spans if s.number == number), "")
            QToolTip.showText(event.globalPos(), plain_tip(why), self.viewport())
            return True
        return super().viewportEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied is the text itself, without the badges."""
        made = super().createMimeDataFromSelection()
        plain = made.text().replace(GLUE + "\ufffc", "")
        for kind in made.formats():
            made.removeFormat(kind)
        made.setText(plain)
        return made

    def _point_at(self, number: int) -> None:
        self.choose(number)
        self.chosen.emit(number)

    def _number_at(self, spot: QPoint) -> int | None:
        cursor = self.cursorForPosition(spot)
        if not self.cursorRect(cursor).adjusted(-24, -4, 24, 4).contains(spot):
            return None
        place = cursor.position()
        inside = [(end - start, number) for number, (start, end) in self._ranges.items() if start <= place <= end + 1]
        return min(inside)[1] if inside else None

    def _again(self) -> None:
        current = self._current
        self._build()
        self._current = current
        self._lift_out()

    def _build(self) -> None:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(theme().font())
        document.setDocumentMargin(theme().px(4))
        document.documentLayout().registerHandler(BADGE, self._badge)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._ranges = Writer(cursor, self._text, self._spans).write()
        cursor.endEditBlock()
        self.setDocument(document)  # the one before goes with it
        said = "; ".join(f"{s.number}: {s.why or self._text[s.start : s.end][:80]}" for s in self._spans[:20])
        found = "1 finding" if len(self._spans) == 1 else f"{len(self._spans)} findings"
        self.setAccessibleDescription(f"{found} marked. {said}" if self._spans else "")
        self._lift_out()
        self._grow()

    def _grow(self) -> None:
        if self._lines is None:
            return
        line = self.fontMetrics().lineSpacing()
        round_ = self.height() - self.viewport().height()
        least, most = (line * lines + theme().px(8) for lines in self._lines)
        tall = round_ + min(max(int(self.document().size().height()) + 1, least), most)
        if tall != self.minimumHeight():
            self.setFixedHeight(tall)

    def _lift_out(self) -> None:
        selections = []
        if self._current in self._ranges:
            span = next(s for s in self._spans if s.number == self._current)
            start, end = self._ranges[span.number]
            lifted = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            lifted.cursor = cursor
            lifted.format.setBackground(theme().colour(span.tone.ground))
            selections.append(lifted)
        self.setExtraSelections(selections)
        self.viewport().update()


__all__ = ["MarkedText", "Span"]
