"""The frame round the screens: side bar, top bar, banner, notices, help, and how Tab goes through them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.parts.banner import Banner
from app.ui.shell.help import HelpPanel
from app.ui.shell.notices import Notices
from app.ui.shell.sidebar import SideBar
from app.ui.shell.topbar import TopBar
from app.ui.theme.current import theme


class Frame(QWidget):
    """Lays the pieces out. What they do is the desk's business."""

    def __init__(self) -> None:
        super().__init__()
        self.sidebar, self.topbar, self.help = SideBar(), TopBar(), HelpPanel()
        self._stack = QStackedWidget()
        self._banner = Banner()
        self._lay_out()
        self.notices = Notices(self._middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_help()

    def _settle_help(self) -> None:
        """In a narrow window the help takes the screen's place until it is closed."""
        alone = self.help.fit(self.width() - self.sidebar.width())
        self._middle.setVisible(not (alone and self.help.isVisibleTo(self)))

    def open_help(self, topic: str) -> None:
        """Show the help at a topic, beside the screen or in its place."""
        self.help.open_panel(topic)
        self._settle_help()

    def help_has_focus(self) -> bool:
        """The person is in the help."""
        return self.help.isAncestorOf(QApplication.focusWidget() or self)

    def go_search(self) -> None:
        """Ctrl+K."""
        self.topbar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.topbar.search.selectAll()

    def _order_tabs(self) -> None:
        """Screens are made after the frame: Tab still goes from the screen to the notice and then to the help."""
        before: QWidget | None = None
        piece = self._stack.nextInFocusChain()
        while piece is not None and piece is not self._stack:
            if self._stack.isAncestorOf(piece):
                before = piece
            piece = piece.nextInFocusChain()
        for after in (*self.notices.stops, *self.help.stops):
            if before is not None:
                QWidget.setTabOrder(before, after)
            before = after

    def _lay_out(self) -> None:
        self._middle = QWidget()
        middle = QVBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        held = QVBoxLayout()
        held.setContentsMargins(theme().px(16), 0, theme().px(16), 0)
        held.addWidget(self._banner)
        middle.addLayout(held)
        middle.addWidget(self._stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._middle, 1)
        below.addWidget(self.help)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        right.addLayout(below, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sidebar)
        whole.addLayout(right, 1)
