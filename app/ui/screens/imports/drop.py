"""Where files are dropped, or chosen from a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.glyph import Glyph
from app.ui.parts.text import quiet, strong
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, ICON_LARGE, WITHIN

KINDS = "*.csv *.xlsx *.xlsm *.xls *.xml *.zip *.json *.jsonl *.eml *.txt"
_FILTER = f"Class lists, posts and messages ({KINDS});;All files (*)"
_ABOUT = (
    "Class lists (CSV or Excel), a common transfer file, OneRoster (folder or zip), a saved story feed, messages, "
    "points reports, e-mails (.eml), copied chats (.txt). You see what they would do before anything is written."
)


class DropPanel(QFrame):
    """Dropping works on the whole screen; this panel says so, and offers the other ways."""

    chosen = Signal(object)
    """The files, as paths."""
    pasting = Signal()
    """A conversation is to be pasted instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "drop")
        px = theme().px
        self.choose = primary("&Choose files", self._choose, icon="imports")
        self.folder = secondary("Choose a &folder", self._choose_folder)
        self.paste = secondary("&Paste a conversation", self.pasting.emit)
        self._head, self._about = strong("Drop files here"), quiet(_ABOUT)
        for label in (self._head, self._about):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        held = QWidget()
        held.setMaximumWidth(px(580))
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(px(WITHIN))
        down.addStretch(2)
        down.addWidget(Glyph("imports", "accent", ICON_LARGE), 0, Qt.AlignmentFlag.AlignHCenter)
        down.addWidget(self._head)
        down.addWidget(self._about)
        down.addSpacing(px(WITHIN))
        down.addWidget(row(STRETCH, self.paste, self.folder, self.choose, STRETCH))
        down.addStretch(3)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(BETWEEN), px(BETWEEN), px(BETWEEN), px(BETWEEN))
        across.addStretch(1)
        across.addWidget(held, 1_000)
        across.addStretch(1)

    def invite(self, words: str) -> None:
        """Say what comes next."""
        self._head.setText(words)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose files", "", _FILTER)
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder")
        if name:
            self.chosen.emit([Path(name)])
