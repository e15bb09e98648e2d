"""Checking very many items in processes of their own: the checks are all computing, which threads cannot share.

The caller reads the items and keeps the findings, in one transaction as ever; the processes see no store and hold no
key. They are started anew for each job ("spawn", the only way that Windows has) and take a second or two to be ready,
so this is for many thousands of items. Should one of them be ended from outside, the caller goes on by itself: no item
is left unchecked.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.shared_memory import SharedMemory
from typing import NamedTuple

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.judge import Kept
from app.domain.checks.own_words import OwnWords
from app.domain.checks.register import Register
from app.domain.content import Item, PlainItem, item_from
from app.services.engines import engine_with

PROCESSES = 2
"""How many check at once, beside the one that reads and keeps."""

WAITING = 3
"""How many batches wait for each process: enough that none is idle, few enough that memory stays small."""


class Batch(NamedTuple):
    """Some items, and of those that a closer reader has read what it said."""

    items: Sequence[PlainItem]
    kept: Mapping[int, Kept] = {}


class CheckedItem(NamedTuple):
    """An item's id, what was found in it, and whether what a closer reader said is of the words as they stand now;
    None where it has said nothing yet.
    """

    id: int
    found: tuple[Finding, ...]
    fits: bool | None = None


Checked = list[CheckedItem]

_engine: Engine | None = None


def check_apart(
    batches: Iterable[Batch], register: Register, words: OwnWords, processes: int = PROCESSES
) -> Iterator[Checked]:
    """What is found in each batch, in the batches' order."""
    with _laid_out(register, words) as place:
        yield from _checked_in_turn(batches, register, words, processes, place)


@contextmanager
def _laid_out(register: Register, words: OwnWords) -> Iterator[str]:
    """The name of a piece of memory that holds both while the processes work.

    Handed over as arguments they would fill the pipe to a process that could not start, and the caller would wait for
    ever to write the rest.
    """
    packed = pickle.dumps((register, words))
    memory = SharedMemory(create=True, size=len(packed))
    try:
        assert memory.buf is not None
        memory.buf[: len(packed)] = packed
        yield memory.name
    finally:
        memory.close()
        memory.unlink()


def _checked_in_turn(
    batches: Iterable[Batch], register: Register, words: OwnWords, processes: int, place: str
) -> Iterator[Checked]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare, initargs=(place,))
    waiting: deque[tuple[Batch, Future[Checked] | None]] = deque()
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
        return check_batch(here[0], *batch)

    def handed_over(batch: Batch) -> Future[Checked] | None:
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


def check_batch(engine: Engine, items: Iterable[PlainItem], kept: Mapping[int, Kept] | None = None) -> Checked:
    """What is found in some items."""
    checked: Checked = []
    known = kept or {}
    for plain in items:
        item: Item = item_from(plain)
        id_ = int(item.id)
        earlier = known.get(id_)
        if earlier is None:
            checked.append(CheckedItem(id_, engine.check(item)))
        else:
            checked.append(CheckedItem(id_, *engine.check_again(item, earlier)))
    return checked


def _prepare(place: str) -> None:
    """In the new process: the person's Ctrl+C is for the caller, who ends the processes."""
    global _engine
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory = SharedMemory(place)
    try:
        assert memory.buf is not None
        register, words = pickle.loads(memory.buf)
    finally:
        memory.close()
    _engine = engine_with(register, words)


def _check(batch: Batch) -> Checked:
    assert _engine is not None
    return check_batch(_engine, *batch)
