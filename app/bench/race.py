"""Measuring a piece of the program against a named peer: in one run, in turns, by medians."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")

ROUNDS = 3
"""How often each side runs, at the least."""


class PeerAbsent(Exception):
    """A peer is not installed; the text is its package's name."""


def peer_module(name: str) -> Any:
    """A peer's module. Peers are development dependencies: raises `PeerAbsent` where one is not installed."""
    import importlib

    try:
        module: ModuleType = importlib.import_module(name)
    except ImportError as absent:
        raise PeerAbsent(name.split(".")[0].replace("_", "-")) from absent
    return module


@dataclass(slots=True)
class Watch:
    """What a side of a race measures: the time between `running` and its end, preparation left out."""

    wall: float = 0.0
    cpu: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Only what happens within counts."""
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.cpu += time.process_time() - cpu


Runner = Callable[[Watch], object]
"""One run of one side: prepares, then does what is measured within `watch.running()`."""


@dataclass(frozen=True, slots=True)
class Side:
    """How one side did. `units` is how many things each run worked on: a slow peer may be given fewer."""

    name: str
    units: int
    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def each(self, *, by_processor: bool = False) -> float:
        """Seconds for one unit: the median of the runs."""
        return median(self.cpu if by_processor else self.wall) / self.units


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised where there is no peer: at most so many seconds, and so many bytes of memory."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Result:
    """One line of figures: the program, its peer, and what was promised.

    `ratio` says how many times faster the program is. With `slower`, it is how many times slower, and the goal is the
    most that it may be.
    """

    job: str
    what: str
    product: Side
    peer: Side | None
    goal: float
    slower: bool = False
    notes: tuple[str, ...] = ()
    parallel: bool = False
    """Several processes worked: only the clock on the wall tells."""
    promise: Promise | None = None
    """Stands in place of a peer."""
    peak: int = 0
    """The most memory that the process held, in bytes, where a promise was made about it."""

    def ratio(self, *, by_processor: bool = False) -> float | None:
        """None where the peer is absent."""
        if self.peer is None:
            return None
        by_processor = by_processor and not self.parallel
        own, other = self.product.each(by_processor=by_processor), self.peer.each(by_processor=by_processor)
        return own / other if self.slower else other / own

    def meets(self, *, by_processor: bool = False) -> bool | None:
        """Whether the goal is met, or the promise kept; None where the peer is absent."""
        if self.promise is not None:
            in_time = self.product.each(by_processor=by_processor) <= self.promise.seconds
            return in_time and self.peak <= self.promise.memory
        ratio = self.ratio(by_processor=by_processor)
        if ratio is None:
            return None
        return ratio <= self.goal if self.slower else ratio >= self.goal


@dataclass(slots=True)
class Race:
    """A program's side and a peer's, run in turns."""

    product: Runner
    peer: Runner | None
    product_units: int = 1
    peer_units: int = 1
    names: tuple[str, str] = ("Schoolgate", "peer")
    _runs: tuple[list[Watch], list[Watch]] = field(default_factory=lambda: ([], []))

    def run(self, rounds: int = ROUNDS) -> tuple[Side, Side | None]:
        """Product and peer in turns, so that a busy moment of the machine falls on both."""
        for _ in range(max(rounds, 1)):
            for runner, runs in zip((self.product, self.peer), self._runs, strict=True):
                if runner is not None:
                    watch = Watch()
                    runner(watch)
                    runs.append(watch)
        own = _side(self.names[0], self.product_units, self._runs[0])
        return own, _side(self.names[1], self.peer_units, self._runs[1]) if self.peer is not None else None


def _side(name: str, units: int, runs: Sequence[Watch]) -> Side:
    return Side(name, units, tuple(run.wall for run in runs), tuple(run.cpu for run in runs))


def if_there(make: Callable[[], T]) -> tuple[T | None, tuple[str, ...]]:
    """What `make` makes of a peer, or None and a note where the peer is not installed."""
    try:
        return make(), ()
    except PeerAbsent as absent:
        return None, (f"The peer {absent} is not installed, so there is nothing to compare with.",)
