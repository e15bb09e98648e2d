"""Progress and cancelling, without threads: any long piece of work is handed a ticket and ticks it now and then."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Protocol

from app.domain.problems import Cancelled


class Ticket(Protocol):
    """What a long piece of work tells, and where it learns that the person has cancelled it."""

    def tick(self, done: int, of: int | None = None, note: str = "") -> None:
        """Say how far the work is: `done` of `of` steps (None where nobody knows) and what it is busy with.

        Raises Cancelled where the person asked for it; the work then stops and leaves nothing behind.
        """
        ...


class PlainTicket:
    """A ticket without a screen: tells a listener, and can be cancelled from another thread."""

    def __init__(self, listener: Callable[[int, int | None, str], None] | None = None) -> None:
        self._listener = listener
        self._cancelled = Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked the work to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next tick."""
        self._cancelled.set()

    def tick(self, done: int, of: int | None = None, note: str = "") -> None:
        """Tell the listener how far the work is. Raises Cancelled after `cancel`."""
        if self._cancelled.is_set():
            raise Cancelled
        if self._listener is not None:
            self._listener(done, of, note)
