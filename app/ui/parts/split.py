"""List and detail: side by side, the width remembered; below 1100 px the detail replaces the list.

self.split = ListDetail(listing, detail, settings, "pupils")
self.split.show_detail()        # when a row is opened; in a narrow window this is where it comes to the front
self.split.show_list()          # True when there was a detail to leave (the shell's Esc asks it)
"""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.ui.parts.buttons import plain
from app.ui.theme.current import theme
from app.ui.theme.spacing import NARROW


class Remembered(Protocol):
    """Where small habits are kept: QSettings is one."""

    def value(self, key: str, /) -> Any:
        """What was kept, or None."""

    def setValue(self, key: str, value: Any, /) -> None:
        """Keep it."""


class ListDetail(QWidget):
    """A list on the left and one thing's detail on the right."""

    narrowed = Signal(bool)
    """The window went under (True) or over the width at which both fit."""

    def __init__(
        self,
        listing: QWidget,
        detail: QWidget,
        settings: Remembered,
        name: str,
        *,
        share: float = 0.42,
        narrow: int = NARROW,
        back: str = "&Back to the list",
    ) -> None:
        """`share` is the list's part of the width until the person moves the divide."""
        super().__init__()
        self._settings, self._key, self._share, self._narrow_at = settings, f"split/{name}", share, narrow
        self._narrow = False
        self._detail_wanted = False
        self._back = plain(back, self.show_list, icon="back")
        self._back.hide()
        self._list = listing
        self._detail = QWidget()
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._back)
        column.addWidget(detail, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(listing)
        self._splitter.addWidget(self._detail)
        self._splitter.setStretchFactor(1, 1)
        listing.setMinimumWidth(theme().px(280))
        self._splitter.splitterMoved.connect(self._keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self._placed = self._begun = False

    @property
    def is_narrow(self) -> bool:
        """Only one of the two is in sight."""
        return self._narrow

    def show_detail(self) -> None:
        """Bring the detail to the front where only one fits."""
        self._detail_wanted = True
        self._settle()

    def show_list(self) -> bool:
        """Back to the list where only one fits. False where the list was in sight already."""
        if not (self._narrow and self._detail_wanted):
            return False
        self._detail_wanted = False
        self._settle()
        self._list.setFocus()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self._room() < theme().px(self._narrow_at)
        if narrow != self._narrow or not self._begun:
            self._begun, self._narrow = True, narrow
            self._settle()
            self.narrowed.emit(narrow)
        if not self._placed:
            self._placed = self.isVisible()  # one that is hidden has not been given its real width yet
            self._place()

    def _room(self) -> int:
        return self.window().width() if self.window() is not self else self.width()

    def _settle(self) -> None:
        self._list.setVisible(not (self._narrow and self._detail_wanted))
        self._detail.setVisible(not self._narrow or self._detail_wanted)
        self._back.setVisible(self._narrow)

    def _place(self) -> None:
        kept = self._settings.value(self._key)
        try:
            left = int(kept)
        except (TypeError, ValueError):
            left = int(self.width() * self._share)
        left = min(max(left, self._list.minimumWidth()), max(self.width() - theme().px(320), 1))
        self._splitter.setSizes([left, max(self.width() - left, 1)])

    def _keep(self, left: int, _index: int) -> None:
        if not self._narrow:
            self._settings.setValue(self._key, left)
