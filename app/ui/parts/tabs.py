"""Pages of one area, of which one shows: a bar above, the page below.

tabs = Tabs("Monitoring")
tabs.add("looks", "&Looks", page)
tabs.changed.connect(self.refresh_page)     # the key of the page that now shows
tabs.show_page("weeks")
Ctrl+Tab goes to the next page, Ctrl+Shift+Tab to the one before; arrow keys where the bar has the keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.parts.text import without_mnemonic
from app.ui.theme.current import theme
from app.ui.theme.spacing import PAGE


class Tabs(QWidget):
    """A bar of tabs over a stack of pages."""

    changed = Signal(str)
    """Another page shows; its key."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader calls the bar."""
        super().__init__()
        self._keys: list[str] = []
        self.bar = QTabBar()
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self._pages = QStackedWidget()
        side = theme().px(PAGE)
        head = QVBoxLayout()
        head.setContentsMargins(side, theme().px(12), side, 0)
        head.addWidget(self.bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)
        self.bar.currentChanged.connect(self._turned)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._step(step))

    def add(self, key: str, words: str, page: QWidget) -> None:
        """Add a page. `words` may hold a mnemonic."""
        self._keys.append(key)
        self._pages.addWidget(page)
        at = self.bar.addTab(words)
        self.bar.setTabToolTip(at, "")
        page.setAccessibleName(without_mnemonic(words))

    @property
    def key(self) -> str:
        """The page that shows."""
        return self._keys[self.bar.currentIndex()] if self._keys else ""

    @property
    def page(self) -> QWidget | None:
        """The widget that shows."""
        return self._pages.currentWidget()

    def show_page(self, key: str) -> bool:
        """Turn to a page. False where there is none of that key."""
        if key not in self._keys:
            return False
        self.bar.setCurrentIndex(self._keys.index(key))
        return True

    def say(self, key: str, words: str) -> None:
        """Change a tab's words: "Looks (3)"."""
        self.bar.setTabText(self._keys.index(key), words)

    def _turned(self, at: int) -> None:
        if 0 <= at < self._pages.count():
            self._pages.setCurrentIndex(at)
            self.changed.emit(self._keys[at])

    def _step(self, step: int) -> None:
        if self._keys:
            self.bar.setCurrentIndex((self.bar.currentIndex() + step) % len(self._keys))
