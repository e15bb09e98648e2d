"""Runs a job in a thread of its own and brings what it has to say back to the window's thread.

    runner.start(
        lambda ticket: bring_in(files, ticket),
        words="Bringing in the register",
        on_done=self.show_plan,
        on_problem=self.banner.problem,
        on_progress=lambda p: self.strip.tell(p.done, p.of or 0, p.note),
    )

Callbacks are handed to `start`, never connected afterwards, and are called in the window's thread. One job writes at
a time: others wait their turn, unless they are started with `alongside=True` because they only read.

A job started with `quiet=True` also runs alongside, is shown nowhere and keeps nobody from closing: it may be ended at
any tick and goes on another day. It may write, in moments so short that others do not notice.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.problems import Cancelled, Problem
from app.domain.ticket import PlainTicket, Ticket

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `of` steps (None where nobody knows), and what it is busy with."""

    done: int
    of: int | None
    note: str


class Running:
    """A job that was started: what it is called, and a way to stop it."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.ticket = PlainTicket(self._ticked)
        self._lock = threading.Lock()
        self._latest: Progress | None = None
        self._knock: Callable[[], None] | None = None

    def cancel(self) -> None:
        """Ask it to stop at its next tick. Nothing will have been changed."""
        self.ticket.cancel()

    def listen(self, knock: Callable[[], None]) -> None:
        """Be told, in the job's thread, that there is progress to `take`."""
        self._knock = knock

    def take(self) -> Progress | None:
        """The latest progress, once; what came in between is skipped."""
        with self._lock:
            latest, self._latest = self._latest, None
        return latest

    def _ticked(self, done: int, of: int | None, note: str) -> None:
        with self._lock:
            waiting = self._latest is not None
            self._latest = Progress(done, of, note)
        if not waiting and self._knock is not None:
            self._knock()


class Runs(Protocol):
    """Whoever starts jobs beside the window for something that is no page: the runner, or a stand-in."""

    def start(
        self,
        job: Callable[[Ticket], R],
        on_done: Callable[[R], object],
        on_problem: Callable[[Problem], object],
        *,
        words: str = ...,
        alongside: bool = ...,
        quiet: bool = ...,
    ) -> Running:
        """Run a job beside the window, as `Runner.start` does."""


class RunsAndEnds(Runs, Protocol):
    """The same, and it can end one of them."""

    def finish(self, running: Running, wait_seconds: float = ...) -> bool:
        """End a job and wait for that, as `Runner.finish` does."""


@dataclass(slots=True)
class _Order:
    """A job with its callbacks."""

    running: Running
    job: Callable[[Ticket], Any]
    on_done: Callable[[Any], object]
    on_problem: Callable[[Problem], object]
    on_progress: Callable[[Progress], object] | None
    on_cancelled: Callable[[], object] | None
    alongside: bool
    quiet: bool


class Runner(QObject):
    """Starts jobs and delivers their outcome. Make one for the window; `close` it when the window closes."""

    changed = Signal()
    """A job began or ended: see `running`."""
    progressed = Signal(object)
    """A Running has news and nobody asked for its own: the top bar shows it."""
    _knocked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._news: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._waiting: deque[_Order] = deque()
        self._threads: dict[Running, threading.Thread] = {}
        self._orders: dict[Running, _Order] = {}
        self._closed = False
        self._knocked.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Running, ...]:
        """The jobs that are under way or wait their turn, oldest first. Quiet ones are not among them."""
        return tuple(running for running, order in self._orders.items() if not order.quiet)

    def start(
        self,
        job: Callable[[Ticket], R],
        on_done: Callable[[R], object],
        on_problem: Callable[[Problem], object],
        on_progress: Callable[[Progress], object] | None = None,
        *,
        words: str = "Working",
        on_cancelled: Callable[[], object] | None = None,
        alongside: bool = False,
        quiet: bool = False,
    ) -> Running:
        """Run a job. Exactly one of `on_done`, `on_problem`, `on_cancelled` is called, in this thread.

        A Problem goes to `on_problem`; anything else the job raises is a fault of ours and is raised in this thread.
        """
        if self._closed:
            raise RuntimeError("The runner is closed")
        running = Running(words)
        alongside = alongside or quiet
        order = _Order(running, job, on_done, on_problem, on_progress, on_cancelled, alongside, quiet)
        self._orders[running] = order
        running.listen(lambda: self._post(lambda: self._tell_progress(order)))
        if alongside or not self._writer_at_work():
            self._go(order)
        else:
            self._waiting.append(order)
        self.changed.emit()
        return running

    def finish(self, running: Running, wait_seconds: float = 30.0) -> bool:
        """Cancel one job and wait until its thread has ended. False where it would not stop."""
        running.cancel()
        thread = self._threads.get(running)
        if thread is None:
            return True
        thread.join(wait_seconds)
        return not thread.is_alive()

    def close(self, wait_seconds: float = 30.0) -> bool:
        """Cancel everything and wait for it. No callback is called afterwards. False where a job would not stop."""
        self._closed = True
        self._waiting.clear()
        for running in tuple(self._orders):
            running.cancel()
        for thread in tuple(self._threads.values()):
            thread.join(wait_seconds)
        stopped = not any(thread.is_alive() for thread in self._threads.values())
        self._orders.clear()
        self._threads.clear()
        return stopped

    def _writer_at_work(self) -> bool:
        return any(not self._orders[running].alongside for running in self._threads if running in self._orders)

    def _go(self, order: _Order) -> None:
        if order.running.ticket.cancelled:  # while it waited its turn
            self._post(lambda: self._end(order, order.on_cancelled or _nothing))
            return
        thread = threading.Thread(target=self._work, args=(order,), name=f"job: {order.running.words}")
        self._threads[order.running] = thread
        thread.start()

    def _work(self, order: _Order) -> None:
        """In the job's own thread."""
        try:
            result = order.job(order.running.ticket)
        except Cancelled:
            self._post(lambda: self._end(order, order.on_cancelled or _nothing))
        except Problem as problem:
            kept: Problem = problem
            self._post(lambda: self._end(order, lambda: order.on_problem(kept)))
        except BaseException as fault:  # noqa: BLE001 - carried to the window's thread and raised there
            bug: BaseException = fault
            self._post(lambda: self._end(order, lambda: _raise(bug)))
        else:
            self._post(lambda: self._end(order, lambda: order.on_done(result)))

    def _post(self, news: Callable[[], None]) -> None:
        """From any thread: have something done in the window's thread."""
        self._news.put(news)
        self._knocked.emit()

    @Slot()
    def _deliver(self) -> None:
        while not self._closed:
            try:
                news = self._news.get_nowait()
            except Empty:
                return
            news()

    def _tell_progress(self, order: _Order) -> None:
        progress = order.running.take()
        if progress is None or order.running not in self._orders:
            return
        if order.on_progress is not None:
            order.on_progress(progress)
        self.progressed.emit((order.running, progress))

    def _end(self, order: _Order, tell: Callable[[], object]) -> None:
        thread = self._threads.pop(order.running, None)
        if thread is not None:
            thread.join()
        self._orders.pop(order.running, None)
        while self._waiting and not self._writer_at_work():
            self._go(self._waiting.popleft())
        self.changed.emit()
        tell()


def _nothing() -> None:
    pass


def _raise(fault: BaseException) -> None:
    raise fault
