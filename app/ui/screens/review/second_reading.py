"""Has what waits read a second time while the desk is open: quietly, beside the window, a little after it opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.jobs.runner import Running, RunsAndEnds
from app.services.checking import UNREAD
from app.services.close_reading import Told, read_what_waits
from app.services.office import Office

SECOND_READING = "second reading"
"""What the desk is told has changed: how many items are left."""
AFTER_OPENING_MS, AFTER_NEWS_MS, AGAIN_MS = 5_000, 1_500, 60_000
"""The first page is there first; a change may be one of several; somebody else was saving for long."""


class SecondReading(QObject):
    """One for a desk."""

    _heard = Signal(bool)

    def __init__(
        self,
        office: Office,
        runner: RunsAndEnds,
        tell: Callable[[frozenset[str], object], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._tell = office, runner, tell
        self._running: Running | None = None
        self._again = self._stopped = False
        self.left = 0
        """How many items are still to be read."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.read)
        self._heard.connect(self._soon, Qt.ConnectionType.QueuedConnection)

    @property
    def is_reading(self) -> bool:
        """A reading is under way."""
        return self._running is not None

    def start(self) -> None:
        """Begin in a moment."""
        self._timer.start(AFTER_OPENING_MS)

    def stop(self) -> None:
        """The desk closes: what was read by now is kept, and the rest is for the next time."""
        self._stopped = True
        self._timer.stop()
        if self._running is not None:
            self._runner.finish(self._running)

    def hear(self, changes: frozenset[str], initiator: object) -> None:
        """From any thread: something came in, or reads otherwise now."""
        if UNREAD in changes and initiator is not self and not self._stopped:
            self._heard.emit("content" in changes)

    def read(self) -> None:
        """Read what waits, unless that is under way."""
        if self._stopped:
            return
        if self._running is not None:
            self._again = True
            return
        self._again = False
        self._running = self._runner.start(
            self._read, self._done, self._troubled, words="Reading posts and messages a second time", quiet=True
        )

    def _soon(self, is_new: bool) -> None:
        """What is new goes before what is old: a reading under way begins anew from the newest."""
        if self._stopped:
            return
        if self._running is not None and is_new:
            self._running.cancel()
        self._timer.start(AFTER_NEWS_MS)

    def _read(self, ticket: Ticket) -> Told:
        """In a thread of its own."""
        return read_what_waits(self._office, ticket, told=self._say, initiator=self)

    def _say(self, left: int) -> None:
        """From the job's thread."""
        if left != self.left:
            self.left = left
            self._tell(frozenset({SECOND_READING}), self)

    def _done(self, told: Told) -> None:
        self._running = None
        self._say(told.left)
        if self._again and not self._stopped:
            self._timer.start(AFTER_NEWS_MS)

    def _troubled(self, problem: Problem) -> None:
        """Nothing is lost and nobody need act: it is tried again."""
        del problem
        self._running = None
        if not self._stopped:
            self._timer.start(AGAIN_MS)
