"""Jobs: where callbacks run, one writer at a time, cancelling, problems, faults, nothing left at the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import (
    QAbstractListModel,
    QIdentityProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem, Refused
from app.domain.ticket import Ticket
from app.jobs.runner import Progress, Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    assert made.close(5)


def never(_: object) -> None:
    raise AssertionError("this must not be called")


def test_outcome_and_progress_come_in_the_windows_thread(qtbot: QtBot, runner: Runner) -> None:
    here = threading.current_thread()
    threads: list[threading.Thread] = []
    heard: list[Progress] = []
    done: list[int] = []

    def job(ticket: Ticket) -> int:
        assert threading.current_thread() is not here
        for step in range(50):
            ticket.tick(step, 50, "Reading")
        ticket.tick(50, 50, "Reading")
        return 42

    def finished(result: int) -> None:
        threads.append(threading.current_thread())
        done.append(result)

    def progressed(progress: Progress) -> None:
        threads.append(threading.current_thread())
        heard.append(progress)

    runner.start(job, finished, never, progressed, words="Bringing in")
    assert [r.words for r in runner.running] == ["Bringing in"]
    qtbot.waitUntil(lambda: done == [42])
    assert set(threads) == {here}
    assert heard[-1] == Progress(50, 50, "Reading")
    assert runner.running == ()


def test_a_problem_is_told_and_nothing_else(qtbot: QtBot, runner: Runner) -> None:
    told: list[Problem] = []

    def job(_: Ticket) -> None:
        raise Refused("No. It means this. Do that.")

    runner.start(job, never, told.append)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].sentence == "No. It means this. Do that."


def test_a_fault_of_ours_is_raised_in_the_windows_thread(qtbot: QtBot, runner: Runner) -> None:
    def job(_: Ticket) -> None:
        raise ZeroDivisionError("ours")

    with capture_exceptions() as raised:
        runner.start(job, never, never)
        qtbot.waitUntil(lambda: runner.running == ())
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]


def test_cancelling_stops_at_the_next_tick(qtbot: QtBot, runner: Runner) -> None:
    began = threading.Event()
    stopped: list[str] = []

    def job(ticket: Ticket) -> None:
        while True:
            began.set()
            ticket.tick(1)

    running = runner.start(job, never, never, on_cancelled=lambda: stopped.append("stopped"))
    assert began.wait(5)
    running.cancel()
    qtbot.waitUntil(lambda: stopped == ["stopped"])
    assert runner.running == ()


def test_one_writer_at_a_time_and_readers_beside_it(qtbot: QtBot, runner: Runner) -> None:
    order: list[str] = []
    gate = threading.Event()

    def writer(name: str, wait: bool) -> None:
        order.append(f"{name} begins")
        if wait:
            assert gate.wait(5)
        order.append(f"{name} ends")

    ended: list[str] = []
    runner.start(lambda _: writer("first", True), lambda _: ended.append("first"), never)
    runner.start(lambda _: writer("second", False), lambda _: ended.append("second"), never)
    runner.start(lambda _: order.append("reader"), lambda _: ended.append("reader"), never, alongside=True)
    qtbot.waitUntil(lambda: ended == ["reader"])
    assert "second begins" not in order
    gate.set()
    qtbot.waitUntil(lambda: ended == ["reader", "first", "second"])
    assert order.index("first ends") < order.index("second begins")


def test_a_job_cancelled_while_it_waits_never_begins(qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    ended: list[str] = []
    runner.start(lambda _: gate.wait(5), lambda _: ended.append("first"), never)
    waiting = runner.start(never, never, never, on_cancelled=lambda: ended.append("cancelled"))
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: ended == ["first", "cancelled"])


def test_a_callback_may_start_the_next_job(qtbot: QtBot, runner: Runner) -> None:
    ended: list[int] = []

    def then(result: int) -> None:
        ended.append(result)
        if result < 3:
            runner.start(lambda _: result + 1, then, never)

    runner.start(lambda _: 1, then, never)
    qtbot.waitUntil(lambda: ended == [1, 2, 3])


def test_closing_cancels_waits_and_says_nothing_more(qtbot: QtBot) -> None:
    runner = Runner()
    began = threading.Event()

    def job(ticket: Ticket) -> None:
        while True:
            began.set()
            ticket.tick(1)

    running = runner.start(job, never, never, on_cancelled=lambda: never(None))
    assert began.wait(5)
    assert runner.close(5)
    qtbot.wait(20)
    assert running.ticket.cancelled
    assert not [t for t in threading.enumerate() if t.name.startswith("job:")]
    with pytest.raises(RuntimeError):
        runner.start(never, never, never)


def test_many_ticks_do_not_flood_the_window(qtbot: QtBot, runner: Runner) -> None:
    heard: list[Progress] = []
    done: list[bool] = []

    def job(ticket: Ticket) -> bool:
        for step in range(200_000):
            ticket.tick(step, 200_000)
        return True

    runner.start(job, done.append, never, heard.append)
    qtbot.waitUntil(lambda: done == [True], timeout=20_000)
    assert len(heard) < 20_000


class Emitter(QObject):
    said = Signal(object)


class Nothing(QAbstractListModel):
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        return None


def test_the_binding_survives_200_000_signals_and_empty_answers(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on CPython 3.11 loses a reference each time until the interpreter dies."""
    emitter, heard = Emitter(), [0]

    def count(_: object) -> None:
        heard[0] += 1

    emitter.said.connect(count)
    for _ in range(200_000):
        emitter.said.emit(None)
    model = Nothing()
    proxy = QIdentityProxyModel()
    proxy.setSourceModel(model)
    index = proxy.index(0, 0)
    assert all(proxy.data(index) is None for _ in range(20_000))
    assert heard == [200_000]
