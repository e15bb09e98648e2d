"""Checking very many items in processes of their own: the checks are all computing, which threads cannot share.

The caller reads the items and keeps the findings, in one transaction as ever; the processes see no store and hold no
key. They are started anew for each job ("spawn", the only way that Windows has) and take a second or two to be ready,
so this is for many thousands of items. Should one of them be ended from outside, the caller goes on by itself: no item
is left unchecked.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.own_words import OwnWords
from app.domain.checks.register import Register
from app.domain.content import Item, PlainItem, item_from
from app.services.engines import engine_with

PROCESSES = 2
"""How many check at once, beside the one that reads and keeps."""

WAITING = 3
"""How many batches wait for each process: enough that none is idle, few enough that memory stays small."""

Checked = list[tuple[int, tuple[Finding, ...]]]
"""Items' ids, and what was found in each."""

_engine: Engine | None = None


def check_apart(
    batches: Iterable[Sequence[PlainItem]], register: Register, words: OwnWords, processes: int = PROCESSES
) -> Iterator[Checked]:
    """What is found in each batch, in the batches' order."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(register, words))
    waiting: deque[tuple[Sequence[PlainItem], Future[Checked] | None]] = deque()
    here: list[Engine] = []

    def next_done() -> Checked:
        batch, future = waiting.popleft()
        try:
            if future is not None:
                return future.result()
        except (BrokenProcessPool, OSError):
            pass
        if not here:
            here.append(engine_with(register, words))
        return check_batch(here[0], batch)

    def handed_over(batch: Sequence[PlainItem]) -> Future[Checked] | None:
        try:
            return pool.submit(_check, batch)
        except (BrokenProcessPool, OSError):
            return None

    try:
        for batch in batches:
            waiting.append((batch, handed_over(batch)))
            if len(waiting) > processes * WAITING:
                yield next_done()
        while waiting:
            yield next_done()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def can_check_apart() -> bool:
    """Whether more than one process brings anything here."""
    return (os.cpu_count() or 1) > 1


def check_batch(engine: Engine, batch: Iterable[PlainItem]) -> Checked:
    """What is found in some items."""
    found: Checked = []
    for plain in batch:
        item: Item = item_from(plain)
        found.append((int(item.id), engine.check(item)))
    return found


def _prepare(register: Register, words: OwnWords) -> None:
    """In the new process: the person's Ctrl+C is for the caller, who ends the processes."""
    global _engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _engine = engine_with(register, words)


def _check(batch: Sequence[PlainItem]) -> Checked:
    assert _engine is not None
    return check_batch(_engine, batch)
