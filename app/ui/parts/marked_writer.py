"""How marked text is written into a document: underlined findings, numbered badges, hidden marks by name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QWidget

from app.ui.parts.chip import Tone
from app.ui.parts.marks import MARK, name_of
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type

BADGE = QTextFormat.ObjectTypes.UserObject.value + 1
_NUMBER = QTextFormat.Property.UserProperty.value + 1
_TONE = QTextFormat.Property.UserProperty.value + 2
_MARKS_STYLED = 500
GLUE = "\u2060"  # keeps a badge on the line of its finding; the text's own are shown by name, so this is ours
_RANK = (Tone.STOP, Tone.WARN, Tone.INFO, Tone.GOOD, Tone.QUIET)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of the text in code points, its number, its tone, and a few words for its tooltip."""

    start: int
    end: int
    number: int
    tone: Tone
    why: str = ""


class Writer:
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
        style.setObjectType(BADGE)
        style.setProperty(_NUMBER, span.number)
        style.setProperty(_TONE, span.tone.value)
        style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        self._cursor.insertText(GLUE + "\ufffc", style)


class Badge(QPyTextObject):
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
