"""What stands where there is nothing: it teaches what will come here, and may offer the way.

EmptyState("review", "Nothing to review. New items appear here after you bring in posts or messages.",
           action=secondary("&Bring in posts", self.bring_in))
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.glyph import Glyph
from app.ui.parts.text import quiet, strong
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, ICON_LARGE, PAGE, WITHIN

_WIDTH = 420


class EmptyState(QWidget):
    """An icon, a sentence (its first stands out), and at most one thing to do."""

    def __init__(self, icon: str, sentence: str, action: QWidget | None = None) -> None:
        super().__init__()
        px = theme().px
        self._head, self._rest = strong(), quiet()
        for label in (self._head, self._rest):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        centre = Qt.AlignmentFlag.AlignHCenter
        held = QWidget()
        held.setMaximumWidth(px(_WIDTH))
        across = QHBoxLayout(self)
        across.setContentsMargins(px(BETWEEN), px(PAGE), px(BETWEEN), px(PAGE))
        across.addStretch(1)
        across.addWidget(held, 1_000)
        across.addStretch(1)
        whole = QVBoxLayout(held)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(WITHIN))
        whole.addStretch(2)
        whole.addWidget(Glyph(icon, "text-quiet", ICON_LARGE), 0, centre)
        whole.addWidget(self._head)
        whole.addWidget(self._rest)
        if action is not None:
            whole.addSpacing(px(WITHIN))
            whole.addWidget(action, 0, centre)
        whole.addStretch(3)
        self.say(sentence)

    def say(self, sentence: str) -> None:
        """Say something else."""
        head, stop, rest = sentence.partition(". ")
        self._head.setText(head + ("." if stop else ""))
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setAccessibleName(sentence)
