"""The second reading beside the window: it begins by itself, says what is left, and keeps nobody from closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.jobs.runner import Runner, Running
from app.services.checking import UNREAD
from app.services.close_reading import LeftToRead
from app.services.office import Office
from app.services.review import ReviewQueue
from app.ui.screens.review import second_reading
from app.ui.screens.review.presenter import second_reading_words
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.review.second_reading import SECOND_READING, SecondReading
from tests.screens.conftest import look
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened
from tests.services.a_close_reader import GONDOLA, OneWordReader, reader
from tests.services.test_close_reading import brought_in

__all__ = ["look", "reader"]


class ByHand:
    """Keeps the job until it is told to run it."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Running, Callable[[], None]]] = []
        self.finished: list[Running] = []

    def start(
        self,
        job: Callable[[Ticket], Any],
        on_done: Callable[[Any], object],
        on_problem: Callable[[Problem], object],
        *,
        words: str = "",
        alongside: bool = False,
        quiet: bool = False,
    ) -> Running:
        assert quiet, "it is shown nowhere and keeps nobody from closing"
        running = Running(words)

        def go() -> None:
            try:
                result = job(running.ticket)
            except Problem as problem:
                on_problem(problem)
            else:
                on_done(result)

        self.waiting.append((running, go))
        return running

    def run(self) -> None:
        _, go = self.waiting.pop()
        go()

    def finish(self, running: Running, wait_seconds: float = 30.0) -> bool:
        running.cancel()
        self.finished.append(running)
        return True


class Desk:
    """A second reading, what it told, and the runner by hand."""

    def __init__(self, office: Office) -> None:
        self.told: list[frozenset[str]] = []
        self.lefts: list[int] = []
        self.runner = ByHand()
        self.reading = SecondReading(office, self.runner, self._tell)
        office.listen(self.reading.hear)

    def _tell(self, changes: frozenset[str], initiator: object) -> None:
        assert initiator is self.reading
        self.told.append(changes)
        self.lefts.append(self.reading.left)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting before it begins."""
    for name in ("AFTER_OPENING_MS", "AFTER_NEWS_MS", "AGAIN_MS"):
        monkeypatch.setattr(second_reading, name, 0)


def test_it_begins_by_itself_and_again_when_something_comes_in(
    qtbot: QtBot, slt: Office, reader: OneWordReader
) -> None:
    brought_in(slt, GONDOLA, "Thank you")
    desk = Desk(slt)
    desk.reading.start()
    qtbot.waitUntil(lambda: len(desk.runner.waiting) == 1)
    desk.runner.run()
    assert set(desk.told) == {frozenset({SECOND_READING})}
    assert desk.lefts == [2, 0]
    qtbot.wait(20)
    assert desk.runner.waiting == [], "its own news do not begin it anew"
    brought_in(slt, "The gondola again")
    qtbot.waitUntil(lambda: len(desk.runner.waiting) == 1)
    desk.runner.run()
    assert slt.ask(LeftToRead()) == 0
    assert desk.lefts == [2, 0, 1, 0]
    desk.reading.stop()


def test_what_comes_in_meanwhile_is_read_first(qtbot: QtBot, slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, "Thank you")
    desk = Desk(slt)
    desk.reading.read()
    ((under_way, _),) = desk.runner.waiting
    desk.reading.hear(frozenset({UNREAD, "content"}), None)
    qtbot.waitUntil(lambda: under_way.ticket.cancelled)
    desk.reading.read()
    assert len(desk.runner.waiting) == 1, "never two at a time"
    desk.runner.run()
    qtbot.waitUntil(lambda: len(desk.runner.waiting) == 1)
    desk.runner.run()
    assert slt.ask(LeftToRead()) == 0
    desk.reading.stop()


def test_a_trouble_is_tried_again_and_a_closed_desk_reads_no_more(
    qtbot: QtBot, slt: Office, reader: OneWordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(slt, "Thank you")
    desk = Desk(slt)

    def busy(*_args: object, **_named: object) -> None:
        raise Problem("Somebody else is saving just now.")

    monkeypatch.setattr(second_reading, "read_what_waits", busy)
    desk.reading.read()
    desk.runner.run()
    qtbot.waitUntil(lambda: len(desk.runner.waiting) == 1)
    desk.reading.stop()
    assert len(desk.runner.finished) == 1
    desk.reading.read()
    desk.reading.hear(frozenset({UNREAD}), None)
    qtbot.wait(20)
    assert len(desk.runner.waiting) == 1


def test_with_the_real_runner_it_is_shown_nowhere(qtbot: QtBot, slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, GONDOLA)
    runner = Runner()
    lefts: list[int] = []
    reading = SecondReading(slt, runner, lambda changes, by: lefts.append(reading.left))
    reading.read()
    assert runner.running == ()
    qtbot.waitUntil(lambda: not reading.is_reading)
    assert lefts == [1, 0]
    assert Check.OFFICE in {check for line in slt.ask(ReviewQueue()) for check in line.checks}
    reading.stop()
    assert runner.close(5)


def test_a_quiet_job_neither_waits_nor_holds_up_and_can_be_ended(qtbot: QtBot) -> None:
    runner = Runner()
    ended: list[str] = []

    def endless(ticket: Ticket) -> None:
        while True:
            ticket.tick(0)

    quiet = runner.start(endless, never, never, quiet=True, on_cancelled=lambda: ended.append("quiet"))
    runner.start(lambda ticket: 1, lambda one: ended.append("loud"), never)
    assert [running.words for running in runner.running] == ["Working"]
    qtbot.waitUntil(lambda: ended == ["loud"])
    assert runner.finish(quiet, 5)
    assert runner.finish(Running("never begun"))
    qtbot.waitUntil(lambda: ended == ["loud", "quiet"])
    assert runner.close(5)


def never(_: object) -> None:
    raise AssertionError("this must not be called")


def test_how_many_are_left_is_said_in_words() -> None:
    assert second_reading_words(0) == ""
    assert second_reading_words(1).startswith("1 item is still to be read a second time")
    assert second_reading_words(1_240).startswith("1,240 items are still")


def test_review_says_so_and_falls_silent(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    left = [1_240]
    screen = opened(qtbot, ReviewScreen(shell, slt, lambda: left[0]), slt)
    assert "1,240 items" in screen.second.text()
    assert screen.second.isVisibleTo(screen)
    left[0] = 0
    screen.on_changes(frozenset({SECOND_READING}), None)
    assert not screen.second.isVisibleTo(screen)
    assert not opened(qtbot, ReviewScreen(shell, slt), slt).second.isVisibleTo(screen)


def test_bringing_in_tells_that_there_is_something_to_read(slt: Office) -> None:
    heard: list[frozenset[str]] = []
    slt.listen(lambda changes, by: heard.append(changes))
    brought_in(slt, GONDOLA)
    assert UNREAD in heard[0]
