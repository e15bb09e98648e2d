"""A strip that shows a job at work: it appears after half a second, says what and how far, and lets it be cancelled.

strip = ProgressStrip()
strip.begin("Bringing in the register", cancel=running.cancel)
strip.tell(done, of, note)
strip.end()
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from app.ui.parts.buttons import secondary
from app.ui.parts.text import Text, caption
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT, WITHIN

APPEARS_AFTER_MS = 500


class ProgressStrip(QFrame):
    """One job's progress. A job that ends within half a second is never seen."""

    def __init__(self, *, after_ms: int = APPEARS_AFTER_MS) -> None:
        super().__init__()
        px = theme().px
        self._words = Text("", "body", wrap=False)
        self._note = caption()
        self._note.setWordWrap(False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = secondary("&Cancel", self._cancel_wanted)
        self._on_cancel: Callable[[], object] | None = None
        lines = QVBoxLayout()
        lines.setSpacing(px(TIGHT))
        lines.addWidget(self._words)
        lines.addWidget(self._bar)
        lines.addWidget(self._note)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, px(WITHIN), 0, px(WITHIN))
        whole.setSpacing(px(16))
        whole.addLayout(lines, 1)
        whole.addWidget(self._cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(after_ms)
        self._wait.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str, *, cancel: Callable[[], object] | None = None) -> None:
        """A job has begun. Without `cancel` it cannot be cancelled."""
        self._words.setText(words)
        self._note.setText("")
        self._bar.setRange(0, 0)
        self._on_cancel = cancel
        self._cancel.setVisible(cancel is not None)
        self._cancel.setEnabled(True)
        self._wait.start()

    def tell(self, done: int, of: int, note: str = "") -> None:
        """How far it is; `of` 0 means that nobody can say."""
        self._bar.setRange(0, max(of, 0))
        self._bar.setValue(min(done, of) if of > 0 else 0)
        share = f"{done:,} of {of:,}" if of > 0 else ""
        self._note.setText("  ".join(part for part in (share, note) if part))

    def end(self) -> None:
        """The job is over."""
        self._wait.stop()
        self._on_cancel = None
        self.hide()

    def _cancel_wanted(self) -> None:
        self._cancel.setEnabled(False)
        self._note.setText("Stopping. Nothing will be changed.")
        if self._on_cancel is not None:
            self._on_cancel()
