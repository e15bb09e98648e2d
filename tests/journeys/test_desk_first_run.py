"""The first run, led from one page to the next: set-up, recovery key, class lists, posts, review."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.services import accounts
from app.services.accounts import found_school
from app.ui.desk import Session, save_key
from app.ui.key_paper import key_document
from app.ui.screens.imports.screen import ImportScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.today.lines import StepRow
from app.ui.screens.today.screen import TodayScreen
from app.ui.shell.area import Screen
from tests.conftest import QUICK
from tests.screens.conftest import look
from tests.screens.opening import key, press, settle

__all__ = ["look"]

LIST = "Forename,Surname,DOB,Class\nElla,Marsh,03/09/2018,Willow\nSam,Novák,04/05/2018,Willow\n"
POST = {
    "id": "1",
    "kind": "class_story",
    "class": "Willow",
    "author": {"role": "staff", "name": "Mrs Holt"},
    "sent_at": "2026-11-20T14:00:00+00:00",
    "text": "Ella Marsh read to us.",
}
PASSWORD = "three random words"


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(accounts, "found_school", partial(found_school, hardness=QUICK))
    made = Session(QSettings(str(tmp_path / "habits.ini"), QSettings.Format.IniFormat), tmp_path / "school")
    qtbot.addWidget(made.window)
    made.begin()
    made.window.activateWindow()
    settle()
    return made


def shown(session: Session) -> Screen:
    assert session.window.desk is not None
    assert session.window.desk.shown is not None
    return session.window.desk.shown


def next_step(today: object) -> QPushButton:
    assert isinstance(today, TodayScreen)
    buttons = [step.findChild(QPushButton) for step in today.findChildren(StepRow)]
    return next(button for button in buttons if button is not None and button.property("kind") == "primary")


def bring(session: Session, qtbot: QtBot, file: Path) -> ImportScreen:
    assert session.window.desk is not None
    screen = session.window.desk.shown
    assert isinstance(screen, ImportScreen)
    screen.read([file])
    qtbot.waitUntil(lambda: not session.window.busy, timeout=5000)
    if screen.columns.isVisible():
        screen.columns.next_button.click()
        qtbot.waitUntil(lambda: not session.window.busy, timeout=5000)
    assert screen.apply_button.isEnabled()
    screen.apply_button.click()
    qtbot.waitUntil(lambda: not session.window.busy, timeout=5000)
    settle()
    return screen


def test_from_an_empty_folder_to_the_first_finding(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = session.window.set_up
    for words in ("Larkfield Primary School", "Helen Whitcombe", "head", PASSWORD, PASSWORD):
        press(words)
        key(Qt.Key.Key_Tab)
    page._go.click()
    settle()
    assert page.key.isVisible()
    assert not page.key._go.isEnabled()
    page.key.written.setChecked(True)
    page.key._go.click()
    settle()
    desk = session.window.desk
    assert desk is not None
    assert isinstance(desk.shown, TodayScreen)
    assert next_step(desk.shown).text() == "Bring in &class lists"
    assert next_step(desk.shown).hasFocus()
    key(Qt.Key.Key_Return)
    register = tmp_path / "list.csv"
    register.write_text(LIST, encoding="utf-8")
    screen = bring(session, qtbot, register)
    assert screen.banner.accessibleName().startswith("2 new pupils")
    desk.open_area("today")
    settle()
    assert next_step(desk.shown).text() == "Bring in &posts and messages"
    next_step(desk.shown).click()
    items = tmp_path / "items.jsonl"
    items.write_text(json.dumps(POST) + "\n", encoding="utf-8")
    screen = bring(session, qtbot, items)
    assert screen.banner._act is not None
    screen.banner._act.click()
    settle()
    review = shown(session)
    assert isinstance(review, ReviewScreen)
    assert len(review.table.rows) == 1
    desk.open_area("today")
    assert [step for step in shown(session).findChildren(StepRow) if step.isVisible()] == []
    session.window.close()
    session.close()


def test_a_second_start_asks_who_it_is_and_someone_else_may_come(session: Session, qtbot: QtBot) -> None:
    page = session.window.set_up
    for field, words in ((page.school, "Larkfield"), (page.name, "Helen"), (page.user, "head")):
        field.setText(words)
    page.password.setText(PASSWORD)
    page.again.setText(PASSWORD)
    page._go.click()
    page.key.written.setChecked(True)
    page.key._go.click()
    settle()
    session.window.lock()
    session.window.sign_in.someone_else.emit()
    assert [session.office, session.window.desk] == [None, None]
    assert session.window.sign_in._title.text() == "Sign in"
    assert session.window.sign_in._about.text() == "Larkfield"
    session.window.sign_in.submitted.emit("head", PASSWORD)
    assert session.window.desk is not None
    session.window.close()
    session.close()


def test_the_recovery_key_is_saved_and_printed_whole(tmp_path: Path) -> None:
    key_words = "K7QM-2VXD-9HTR-PWN4"
    place = tmp_path / "key.txt"
    assert save_key(place, key_words).startswith("Saved.")
    assert key_words in place.read_text(encoding="utf-8")
    assert save_key(tmp_path / "no" / "folder" / "key.txt", key_words).startswith("The file could not be written")
    assert key_words in key_document(key_words).toPlainText()
