"""A record in a window of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.parts.banner import Banner
from app.ui.shell.area import Screen
from app.ui.theme.icons import application_icon

PROGRAM = "Schoolgate"


class AsideWindow(QWidget):
    """A record in a window of its own; Esc closes it."""

    closed = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.shown = screen
        self._asking = True
        self.setWindowTitle(f"{screen.title} – {PROGRAM}")
        self.setWindowIcon(application_icon())
        self.resize(960, 720)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._banner = Banner()
        whole.addWidget(self._banner)
        whole.addWidget(screen.widget())
        for keys, do in (("Esc", self._escape), ("F5", self._refresh), ("Ctrl+Z", self._undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        screen.seen(self._told)
        screen.take_focus()

    def hear(self, changes: frozenset[str], initiator: object) -> None:
        """Something was committed."""
        self._told(partial(self.shown.on_changes, changes, initiator))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._asking and not self.shown.may_close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit(self)

    def discard(self) -> None:
        """Close without asking: another person is about to sit here."""
        self._asking = False
        self.close()

    def _refresh(self) -> None:
        self._told(self.shown.refresh)

    def _undo(self) -> None:
        self._told(self.shown.undo)

    def _told(self, do: Callable[[], object]) -> None:
        try:
            do()
        except Problem as problem:
            self._banner.problem(problem)

    def _escape(self) -> None:
        if not self.shown.leave():
            self.close()
