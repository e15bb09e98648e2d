"""Quiet notices: "Code issued." with Undo, at the foot of the window, gone by themselves. Never a child's name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.parts.banner import announce
from app.ui.parts.buttons import icon_button
from app.ui.parts.glyph import Glyph
from app.ui.parts.text import Text
from app.ui.theme.current import theme

_STAYS_MS = 8_000


class Notices(QFrame):
    """One notice at a time, over the foot of the content. It stays while the pointer or the focus is on it."""

    def __init__(self, over: QWidget, *, stays_ms: int = _STAYS_MS) -> None:
        super().__init__(over)
        self.setProperty("part", "notice")
        px = theme().px
        self._over = over
        self._undo: Callable[[], object] | None = None
        self._words = Text("", "body", wrap=False)
        self._mark = Glyph("good", "surface", 18)
        self._button = QPushButton("&Undo")
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.undo)
        self._close = icon_button("close", "Dismiss this notice", self.dismiss, token="surface")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(16), px(8), px(8), px(8))
        whole.setSpacing(px(12))
        whole.addWidget(self._mark)
        whole.addWidget(self._words, 1)
        whole.addWidget(self._button)
        whole.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self._timer.timeout.connect(self._maybe_go)
        over.installEventFilter(self)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self._button, self._close)

    @property
    def words(self) -> str:
        """What it says, empty while it says nothing."""
        return self._words.text() if self.isVisibleTo(self._over) else ""

    def done(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something is done."""
        self._undo = undo
        self._words.setText(sentence)
        self._button.setVisible(undo is not None)
        self.show()
        self.raise_()
        self._settle()
        self._timer.start()
        announce(self._over, f"{sentence} Press Ctrl+Z to undo." if undo else sentence)

    def undo(self) -> bool:
        """Take the last thing back, where it can be. False where there is nothing to take back."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is None:
            return False
        undo()
        return True

    def dismiss(self) -> None:
        """Put it away; Ctrl+Z then takes nothing back."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _maybe_go(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.dismiss()

    def _settle(self) -> None:
        room = self._over.size()
        most = room.width() - theme().px(32)
        self._words.setWordWrap(False)
        wide = self.sizeHint().width()
        if wide > most:
            self._words.setWordWrap(True)
            wide = most
        tall = self.heightForWidth(wide) if self._words.wordWrap() else self.sizeHint().height()
        self.resize(wide, tall)
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - theme().px(24))
