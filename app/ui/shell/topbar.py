"""The top bar: the way back, the search, what is running, who is signed in, help and lock."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.jobs.runner import Progress, Running
from app.ui.parts.buttons import icon_button, plain
from app.ui.parts.glyph import Glyph
from app.ui.parts.progress import APPEARS_AFTER_MS
from app.ui.parts.text import OneLine, caption
from app.ui.shell.area import SignedIn
from app.ui.shell.searchbox import SearchBox
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN

_WIDE = 900


class TopBar(QFrame):
    """Thin, always in sight."""

    back_wanted = Signal()
    help_wanted = Signal()
    lock_wanted = Signal()
    report_wanted = Signal()
    """Somebody wants to report a message: reachable from everywhere (T2)."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "topbar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        px = theme().px
        self.back = icon_button("back", "Back", self.back_wanted.emit, keys="Esc")
        self.search = SearchBox()
        self.search.setMaximumWidth(px(460))
        self.search.setMinimumWidth(px(180))
        self.jobs = JobsIndicator()
        self._name, self._role = OneLine("", "strong"), OneLine("", "caption")
        who = QHBoxLayout()
        who.setSpacing(px(WITHIN))
        who.addWidget(Glyph("user", "text-quiet", 20))
        who.addWidget(self._name)
        who.addWidget(self._role)
        self.report = icon_button("report-message", "Report a message", self.report_wanted.emit, keys="Ctrl+R")
        self.report.setText(" Report a message")
        self.help = icon_button("help", "Help", self.help_wanted.emit, keys="F1")
        self.lock = icon_button("lock", "Lock", self.lock_wanted.emit, keys="Ctrl+L")
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(BETWEEN), px(6), px(WITHIN), px(6))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(self.back)
        whole.addWidget(self.search, 3)
        whole.addStretch(1)
        whole.addWidget(self.jobs)
        whole.addWidget(self.report)
        whole.addSpacing(px(WITHIN))
        whole.addLayout(who)
        whole.addWidget(self.help)
        whole.addWidget(self.lock)
        self.show_way_back(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, the report's button says what it is."""
        super().resizeEvent(event)
        wide = event.size().width() >= theme().px(_WIDE)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if wide else Qt.ToolButtonStyle.ToolButtonIconOnly
        if self.report.toolButtonStyle() is not style:
            self.report.setToolButtonStyle(style)

    def show_person(self, person: SignedIn) -> None:
        """Who is signed in."""
        self._name.setText(person.name)
        self._role.setText(person.role.words)

    def show_way_back(self, there_is: bool) -> None:
        """Whether Back leads anywhere."""
        self.back.setEnabled(there_is)
        self.back.setVisible(there_is)


class JobsIndicator(QWidget):
    """What is running, how far it is, and Cancel. Hidden while nothing runs."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._running: Running | None = None
        self._words = caption()
        self._words.setWordWrap(False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(160))
        self._bar.setAccessibleName("Progress of what is running")
        self._stop = plain("Cancel", self._cancel)
        lines = QVBoxLayout()
        lines.setSpacing(px(4))
        lines.addWidget(self._words)
        lines.addWidget(self._bar)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(WITHIN))
        whole.addLayout(lines)
        whole.addWidget(self._stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(APPEARS_AFTER_MS)
        self._wait.timeout.connect(self.show)
        self.hide()

    def show_running(self, running: tuple[Running, ...]) -> None:
        """Show the oldest job, and say how many more there are."""
        self._running = running[0] if running else None
        if self._running is not None:
            more = f" and {len(running) - 1} more" if len(running) > 1 else ""
            self._words.setText(f"{self._running.words}{more}")
            self._bar.setRange(0, 0)
            self._stop.setEnabled(not self._running.ticket.cancelled)
            self._stop.setAccessibleName(f"Cancel: {self._running.words}")
            if self.isHidden() and not self._wait.isActive():
                self._wait.start()
        else:
            self._wait.stop()
            self.hide()

    def tell(self, running: Running, progress: Progress) -> None:
        """How far a job is."""
        if running is self._running and progress.of:
            self._bar.setRange(0, progress.of)
            self._bar.setValue(min(progress.done, progress.of))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._stop.setEnabled(False)
            self._words.setText("Stopping")
