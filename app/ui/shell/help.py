"""The help panel at the right (F1): the words of `resources/help/<topic>.md` for the screen in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.resources import text_of
from app.ui.parts.buttons import icon_button
from app.ui.parts.text import section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN

_WIDTH = 360
_BESIDE = 440
"""Pixels the screen beside the help must have, at 100 %."""

_NONE = (
    "There is no help for this page yet. Press F5 to read the page again, Ctrl+K to search, Esc to go back, "
    "Ctrl+L to lock the desk."
)


def help_text(topic: str) -> str:
    """A topic's help as markdown, or a sentence that says there is none."""
    if not topic.replace("-", "").isalnum():
        return _NONE
    try:
        return text_of("help", f"{topic}.md")
    except FileNotFoundError:
        return _NONE


class HelpPanel(QFrame):
    """Our own words only, so markdown is read; links that lead to another topic stay in the panel."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "help")
        px = theme().px
        self._reader = QTextBrowser()
        self._reader.setAccessibleName("Help for this page")
        self._reader.setOpenLinks(False)
        self._reader.setFrameShape(QFrame.Shape.NoFrame)
        self._reader.anchorClicked.connect(self._follow)
        head = QHBoxLayout()
        head.setContentsMargins(px(BETWEEN), px(WITHIN), px(WITHIN), 0)
        head.addWidget(section("Help"), 1)
        self._close = icon_button("close", "Close help", self.close_panel, keys="F1")
        head.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self._reader, 1)
        self._topic = ""
        theme().changed.connect(self._again)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self._close, self._reader)

    def show_topic(self, topic: str) -> None:
        """Read out another topic."""
        self._topic = topic
        self._reader.document().setDefaultFont(theme().font())
        self._reader.document().setMarkdown(help_text(topic), QTextDocument.MarkdownFeature.MarkdownNoHTML)
        self._reader.moveCursor(self._reader.textCursor().MoveOperation.Start)

    def open_panel(self, topic: str) -> None:
        """Show the panel at a topic and go to it."""
        self.show_topic(topic)
        self.show()
        self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self, room: int) -> bool:
        """Take a column of the room there is; where too little would be left, all of it (True)."""
        wide = theme().px(_WIDTH)
        alone = room - wide < theme().px(_BESIDE)
        self.setMinimumWidth(0 if alone else wide)
        self.setMaximumWidth(16_777_215 if alone else wide)
        return alone

    def close_panel(self) -> None:
        """Put it away."""
        self.hide()
        self.closed.emit()

    def _follow(self, link: QUrl) -> None:
        self.show_topic(link.path().removesuffix(".md"))

    def _again(self) -> None:
        if self._topic:
            self.show_topic(self._topic)
