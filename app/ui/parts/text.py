"""Labels by their place in the type scale. All read their text as plain text: names and messages may hold mark-up.

column(title("Pupils"), quiet("214 on roll"))
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Text(QLabel):
    """A plain-text label. `kind` is a step of the type scale or "quiet", "strong", "figure", "key"."""

    def __init__(self, words: str = "", kind: str = "body", *, wrap: bool = True, select: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        self.setWordWrap(wrap)
        self.setProperty("type", kind)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def set_tone(self, tone: str) -> None:
        """Colour the words as "good", "warn", "stop", "info" or "" (the words must carry the meaning themselves)."""
        self.setProperty("tone", tone)
        repolish(self)


class OneLine(Text):
    """A label that keeps to one line: what does not fit ends in an ellipsis and is shown whole in the tooltip."""

    def __init__(self, words: str = "", kind: str = "body") -> None:
        super().__init__(words, kind, wrap=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 6), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(plain_tip(self.text()) if words != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment()), words)
        painter.end()


def title(words: str = "") -> Text:
    """A page's title, 20 pt."""
    return Text(words, "title")


def section(words: str = "") -> Text:
    """A section's heading, 15 pt."""
    return Text(words, "section")


def body(words: str = "", *, select: bool = False) -> Text:
    """Running text, 13 pt."""
    return Text(words, "body", select=select)


def strong(words: str = "") -> Text:
    """Running text with weight."""
    return Text(words, "strong")


def quiet(words: str = "") -> Text:
    """Running text that can be read second."""
    return Text(words, "quiet")


def caption(words: str = "") -> Text:
    """Small print, 11 pt."""
    return Text(words, "caption")


def plain_tip(words: str) -> str:
    """A tooltip that shows hostile text as it stands: Qt guesses at mark-up unless it is given some."""
    return f"<p>{escape(words)}</p>".replace("\n", "<br>") if words else ""


def without_mnemonic(words: str) -> str:
    """ "&Save" as "Save", "Fish && chips" as "Fish & chips"."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def literal(words: str) -> str:
    """Words for a button or menu, with any ampersand shown rather than read as a mnemonic."""
    return words.replace("&", "&&")


def repolish(widget: QWidget) -> None:
    """Make the style sheet look at a widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
