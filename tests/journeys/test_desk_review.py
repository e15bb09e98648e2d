"""The senior leader's journey at a real desk: from sign-in to ten verdicts, by the keyboard alone; and two at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.domain.review import FindingState
from app.domain.roles import Role
from app.sample.journey import PASSWORD, SampleHome
from app.services.accounts import AddAccount, found_school, sign_in
from app.services.office import Office
from app.services.review import ReviewQueue
from app.store.tables.review import FindingRow, VerdictRow
from app.ui.desk import Session
from app.ui.screens.review.screen import ReviewScreen
from tests.conftest import QUICK
from tests.screens.conftest import look
from tests.screens.opening import CTRL, focused, key, press, settle
from tests.screens.sample import full_school, sample_school
from tests.services.rows import an_item

__all__ = ["full_school", "look", "sample_school"]

NONE = Qt.KeyboardModifier.NoModifier


def a_session(home: Path, habits: Path, qtbot: QtBot) -> Session:
    session = Session(QSettings(str(habits), QSettings.Format.IniFormat), home)
    qtbot.addWidget(session.window)
    session.begin()
    session.window.resize(1280, 800)
    session.window.activateWindow()
    settle()
    return session


@pytest.fixture
def sessions() -> Iterator[list[Session]]:
    made: list[Session] = []
    yield made
    for session in made:
        session.window.close()
        session.close()
    settle()


def enter_by_keys(user: str, password: str) -> None:
    press(user)
    key(Qt.Key.Key_Tab)
    press(password)
    key(Qt.Key.Key_Return)


def review_of(session: Session) -> ReviewScreen:
    assert session.window.desk is not None
    screen = session.window.desk.shown
    assert isinstance(screen, ReviewScreen)
    return screen


def waits_here(session: Session) -> bool:
    """The finding in hand waits, as far as this desk knows: a leader does not decide again what they see decided."""
    card = review_of(session).desk.presenter.card
    return card is not None and card.state is FindingState.OPEN


def verdicts(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(VerdictRow)) or 0


def test_from_sign_in_to_ten_verdicts_by_the_keyboard_alone(
    sample_school: SampleHome, tmp_path: Path, qtbot: QtBot, sessions: list[Session]
) -> None:
    watcher = sample_school.enter(Role.HEADTEACHER)
    before = verdicts(watcher)
    begun = time.process_time()
    session = a_session(sample_school.home, tmp_path / "habits.ini", qtbot)
    sessions.append(session)
    enter_by_keys(sample_school.people[Role.SLT].user, "not the right words")
    assert "wrong" in session.window.sign_in._banner.accessibleName().lower()
    press(PASSWORD)
    key(Qt.Key.Key_Return)
    desk = session.window.desk
    assert desk is not None
    key(getattr(Qt.Key, f"Key_{desk.areas.index('review') + 1}"), CTRL)
    review = review_of(session)
    assert review.table.hasFocus()
    waiting = len(watcher.ask(ReviewQueue()))
    for decisions, letter in enumerate("uaffaufaau", start=1):
        press(letter)
        key(Qt.Key.Key_Return)
        assert verdicts(watcher) == before + decisions
        assert focused() is review.table
    assert time.process_time() - begun < 30, "a person has a minute; the program must not need half of it"
    assert len(watcher.ask(ReviewQueue())) < waiting
    key(Qt.Key.Key_Z, CTRL)
    key(Qt.Key.Key_Z, CTRL)
    with watcher.database.reading() as reading:
        taken_back = reading.scalar(
            select(func.count()).select_from(VerdictRow).where(VerdictRow.superseded_by == VerdictRow.id)
        )
    assert taken_back == 2
    key(Qt.Key.Key_L, CTRL)
    assert session.window.windowTitle().startswith("Locked")
    press(PASSWORD)
    key(Qt.Key.Key_Return)
    assert session.window.windowTitle().startswith("Review")
    assert review_of(session) is review
    watcher.close()


def a_school_with(home: Path, items: int) -> Office:
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    head = sign_in(home, "head", PASSWORD)
    head.perform(AddAccount("slt", "Tunde", Role.SLT, PASSWORD))
    for n in range(items):
        an_item(head, f"Ella Marsh number {n}")
    return head


def test_two_leaders_at_two_desks_lose_and_double_nothing(
    tmp_path: Path, qtbot: QtBot, sessions: list[Session]
) -> None:
    items = 200
    head = a_school_with(tmp_path / "school", items)
    for login in ("head", "slt"):
        session = a_session(tmp_path / "school", tmp_path / f"{login}.ini", qtbot)
        sessions.append(session)
        session.window.sign_in.submitted.emit(login, PASSWORD)
        assert session.window.desk is not None
        session.window.desk.open_area("review")
        review_of(session)._news.stop()  # so that both find out at the moment of deciding, whatever the hour
    told = 0
    press("p")  # the second leader begins at the end: they meet where little is left
    for turn in range(items * 2):
        if not any(waits_here(session) for session in sessions):
            break
        session = sessions[(0, 1, 1, 0)[turn % 4]]
        session.window.activateWindow()
        settle()
        review = review_of(session)
        if not waits_here(session):
            continue
        review.take_focus()
        press("uaf"[turn % 3])
        key(Qt.Key.Key_Return)
        banner = review.desk.banner
        if banner.isVisible() and not banner.accessibleName().endswith("has this in hand. N goes on to the next."):
            assert banner.accessibleName().startswith("Somebody else has decided this already")
            told += 1
            press("n")
    assert told > 0, "the two met at least once"
    with head.database.reading() as reading:
        states = reading.scalars(select(FindingRow.state)).all()
        given = reading.execute(select(VerdictRow.finding_id, VerdictRow.given_by)).all()
    assert FindingState.OPEN not in states
    assert len(given) == len({finding for finding, _ in given}) == items
    assert {by for _, by in given} == {1, 2}
    head.close()


def test_ctrl_enter_and_two_windows_judge_one_queue(tmp_path: Path, qtbot: QtBot, sessions: list[Session]) -> None:
    head = a_school_with(tmp_path / "school", 3)
    session = a_session(tmp_path / "school", tmp_path / "habits.ini", qtbot)
    sessions.append(session)
    enter_by_keys("slt", PASSWORD)
    assert session.window.desk is not None
    session.window.desk.open_area("review")
    settle()
    review = review_of(session)
    assert len(review.table.rows) == 3
    key(Qt.Key.Key_Return, CTRL)
    aside = session.window._asides[0]
    aside.activateWindow()
    settle()
    press("u")
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(review.table.rows) == 2, timeout=3000)
    key(Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(review.table.rows) == 3, timeout=3000)
    key(Qt.Key.Key_Escape)
    assert session.window._asides == []
    assert QApplication.instance() is not None
    head.close()
