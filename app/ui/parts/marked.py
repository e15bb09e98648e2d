"""An item's text with its findings underlined and numbered. Hostile text is shown as it stands, never read as mark-up.

view = MarkedText("Message")
view.show_text(item.text, [Span(14, 24, 1, Tone.STOP, "A surname (T8)")])     # code points, half-open
view.chosen.connect(self.show_finding)       # the number, on a click or with Left, Right or a digit
view.choose(2)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from app.ui.parts.chip import Tone
from app.ui.parts.marks import MARK, name_of
from app.ui.parts.text import plain_tip
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type

_BADGE = QTextFormat.ObjectTypes.UserObject.value + 1
_NUMBER = QTextFormat.Property.UserProperty.value + 1
_TONE = QTextFormat.Property.UserProperty.value + 2
_MARKS_STYLED = 500
_GLUE = "\u2060"  # keeps a badge on the line of its finding; the text's own are shown by name, so this is ours
_RANK = (Tone.STOP, Tone.WARN, Tone.INFO, Tone.GOOD, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of the text in code points, its number, its tone, and a few words for its tooltip."""

    start: int
    end: int
    number: int
    tone: Tone
    why: str = ""


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
        self._badge = _Badge(self)
        self._text = ""
        self._spans: tuple[Span, ...] = ()
        self._ranges: dict[int, tuple[int, int]] = {}
        self._current: int | None = None
        self._pressed: QPoint | None = None
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
        plain = made.text().replace(_GLUE + "\ufffc", "")
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
        document.documentLayout().registerHandler(_BADGE, self._badge)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._ranges = _Writer(cursor, self._text, self._spans).write()
        cursor.endEditBlock()
        self.setDocument(document)  # the one before goes with it
        said = "; ".join(f"{s.number}: {s.why or self._text[s.start : s.end][:80]}" for s in self._spans[:20])
        found = "1 finding" if len(self._spans) == 1 else f"{len(self._spans)} findings"
        self.setAccessibleDescription(f"{found} marked. {said}" if self._spans else "")
        self._lift_out()

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


class _Writer:
    """Writes the text piece by piece and notes where each finding came to stand, so that Qt does the counting."""

    def __init__(self, cursor: QTextCursor, text: str, spans: tuple[Span, ...]) -> None:
        self._cursor, self._text, self._spans = cursor, text, spans
        self._style_marks = len(MARK.findall(text)) <= _MARKS_STYLED
        self._ranges: dict[int, tuple[int, int]] = {}

    def write(self) -> dict[int, tuple[int, int]]:
        """Where each finding stands, by its number."""
        edges = sorted({0, len(self._text), *(e for s in self._spans for e in (s.start, s.end))})
        starts: dict[int, int] = {}
        for at, edge in enumerate(edges):
            ending = [s for s in self._spans if s.end == edge]
            here = self._cursor.position()
            for span in ending:
                self._ranges.setdefault(span.number, (starts[id(span)], here))
                self._badge(span)
            for span in self._spans:
                if span.start == edge:
                    starts[id(span)] = self._cursor.position()
            if at + 1 < len(edges):
                covering = [s for s in self._spans if s.start <= edge < s.end]
                self._piece(self._text[edge : edges[at + 1]], covering)
        return self._ranges

    def _piece(self, words: str, covering: list[Span]) -> None:
        look = theme()
        style = QTextCharFormat()
        style.setForeground(look.colour("text"))
        if covering:
            tone = min((s.tone for s in covering), key=_RANK.index)
            style.setFontUnderline(True)
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            style.setUnderlineColor(look.colour(tone.ink))
        at = 0
        if self._style_marks:
            quiet = QTextCharFormat(style)
            quiet.setForeground(look.colour("warn"))
            quiet.setBackground(look.colour("warn-soft"))
            for found in MARK.finditer(words):
                self._cursor.insertText(words[at : found.start()], style)
                self._cursor.insertText(name_of(found[0]), quiet)
                at = found.end()
        rest = words[at:]
        self._cursor.insertText(rest if self._style_marks else MARK.sub(lambda m: name_of(m[0]), rest), style)

    def _badge(self, span: Span) -> None:
        style = QTextCharFormat()
        style.setObjectType(_BADGE)
        style.setProperty(_NUMBER, span.number)
        style.setProperty(_TONE, span.tone.value)
        style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        self._cursor.insertText(_GLUE + "\ufffc", style)


class _Badge(QPyTextObject):
    """The number after a finding, in a filled disc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002, N803
        metrics = QFontMetricsF(theme().font(Type.CAPTION, bold=True))
        words = str(format.property(_NUMBER))
        tall = metrics.height() - 2
        return QSizeF(max(metrics.horizontalAdvance(words) + 8, tall) + 3, tall)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,  # noqa: A002
    ) -> None:
        tone = Tone(str(format.property(_TONE)))
        body = QRectF(rect).adjusted(2, 0, -1, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(tone.ink))
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        painter.setFont(theme().font(Type.CAPTION, bold=True))
        painter.setPen(theme().colour("surface-raised"))
        painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), str(format.property(_NUMBER)))
        painter.restore()
