"""Looks into the watched folder while the desk runs, beside the window, and reads what has come there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.intake.watched import ASIDE, TAKEN, State, WatchedFolder, digest_of_file, put_aside
from app.jobs.runner import Runs
from app.services.office import Office
from app.services.watching import DealtWith, NoteDealtWith, Outcome, WatchedFolderSet
from app.ui.screens.imports.presenter import ImportPresenter, InHand

EVERY_MS = 15_000
"""A share of another computer tells nobody of new files, so it is looked into this often."""
ARRIVED = "arrived"
"""What the desk is told has changed."""
_BEFORE_READING = 2_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come, and what it holds; `trouble` says why it cannot be read."""

    path: Path
    holds: str
    digest: str = ""
    trouble: str = ""
    coming: bool = False

    @property
    def is_ready(self) -> bool:
        """It can be looked at and brought in."""
        return not self.coming and not self.trouble


class FolderWatch(QObject):
    """One for a desk. It reads and never brings in: that is for a person, through the door."""

    def __init__(
        self,
        office: Office,
        runner: Runs,
        tell: Callable[[frozenset[str], object], object],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._office, self._runner, self._tell, self._clock = office, runner, tell, clock
        self._folder: WatchedFolder | None = None
        self._looking = False
        self._known: dict[tuple[Path, str], Arrived] = {}
        self.arrived: tuple[Arrived, ...] = ()
        self.trouble = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._nudge = QFileSystemWatcher(self)
        self._nudge.directoryChanged.connect(lambda _place: QTimer.singleShot(_BEFORE_READING, self, self.look))

    def start(self) -> None:
        """Begin, or begin again where another folder was set."""
        wanted = self._office.ask(WatchedFolderSet())
        if self._folder is not None and wanted == str(self._folder.folder):
            return
        if self._nudge.directories():
            self._nudge.removePaths(self._nudge.directories())
        told = bool(self.arrived or self.trouble)
        self._known, self.arrived, self.trouble = {}, (), ""
        self._folder = WatchedFolder(Path(wanted)) if wanted else None
        if self._folder is None:
            self._timer.stop()
        else:
            self._nudge.addPath(str(self._folder.folder))
            self._timer.start()
            self.look()
        if told:
            self._tell(frozenset({ARRIVED}), self)

    def stop(self) -> None:
        """The desk closes."""
        self._timer.stop()
        self._folder = None

    def count(self) -> int:
        """How many files wait for a person."""
        return sum(1 for each in self.arrived if not each.coming)

    def hear(self, changes: frozenset[str], initiator: object) -> None:
        """The school set another folder."""
        if "watched" in changes and initiator is not self:
            self.start()

    def look(self) -> None:
        """Look once, beside the window; not while a look is under way."""
        if self._looking or self._folder is None:
            return
        self._looking = True
        self._runner.start(
            partial(self._looked_into, self._folder),
            self._seen,
            self._troubled,
            words="Looking in the watched folder",
            alongside=True,
        )

    def settle(self, paths: tuple[Path, ...], outcome: Outcome) -> None:
        """These files are done with: note it, and move them aside where that can be done."""
        for each in [each for each in self.arrived if each.path in paths and each.digest]:
            self._office.perform(NoteDealtWith(each.digest, outcome), self)
            put_aside(each.path, TAKEN if outcome is Outcome.TAKEN else ASIDE)
        self._now(tuple(each for each in self.arrived if each.path not in paths))

    def _looked_into(self, folder: WatchedFolder, ticket: Ticket) -> tuple[Arrived, ...]:
        """In a thread of its own: what is there, each new file read once; nothing where the desk has closed."""
        try:
            return self._each(folder, ticket)
        except Problem:
            raise
        except Exception:
            if self._folder is not folder:
                return ()
            raise

    def _each(self, folder: WatchedFolder, ticket: Ticket) -> tuple[Arrived, ...]:
        found: list[Arrived] = []
        for number, arrival in enumerate(folder.look(self._clock())):
            ticket.tick(number)
            if arrival.state is State.COMING:
                found.append(Arrived(arrival.path, arrival.state.value, coming=True))
                continue
            try:
                digest = digest_of_file(arrival.path)
            except Problem:
                continue
            if self._office.ask(DealtWith((digest,))):
                continue
            place = (arrival.path, digest)
            if place not in self._known:
                self._known[place] = self._read(arrival.path, digest, ticket)
            found.append(self._known[place])
        return tuple(found)

    def _read(self, path: Path, digest: str, ticket: Ticket) -> Arrived:
        try:
            hand = ImportPresenter(self._office).begin((path,), ticket)
        except Problem as problem:
            return Arrived(path, "cannot be read", digest, problem.sentence)
        return Arrived(path, _holds(hand), digest)

    def _seen(self, found: tuple[Arrived, ...]) -> None:
        self._looking, self.trouble = False, ""
        self._now(found)

    def _troubled(self, problem: Problem) -> None:
        self._looking = False
        was, self.trouble = self.trouble, problem.sentence
        if was != self.trouble:
            self._tell(frozenset({ARRIVED}), self)

    def _now(self, found: tuple[Arrived, ...]) -> None:
        if self._folder is not None and found != self.arrived:
            self.arrived = found
            self._tell(frozenset({ARRIVED}), self)


def _holds(hand: InHand) -> str:
    """What a file holds, in a few words."""
    if hand.feed is not None:
        return _counted(hand.feed.rows, "row") + " of posts, messages or points"
    if hand.register is not None:
        return "class lists"
    return "a table whose columns are to be looked at"


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"
