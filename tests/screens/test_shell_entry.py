"""Signing in, and the first run: what is asked, what is refused, what is handed on, what is forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.shell.setup import LEAST, NewSchool, SetUpPage, plain_strength
from app.ui.shell.signin import SignInPage
from app.ui.theme.apply import apply_theme
from tests.screens.walk import mnemonics, walk

GOOD = "three random words"


@pytest.fixture
def sign_in(qtbot: QtBot) -> SignInPage:
    page = SignInPage()
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.fresh("Hill View Primary")
    page.show()
    page.activateWindow()
    return page


@pytest.fixture
def set_up(qtbot: QtBot) -> SetUpPage:
    page = SetUpPage()
    qtbot.addWidget(page)
    page.resize(1280, 900)
    page.show()
    return page


def fill(page: SetUpPage, password: str = GOOD, again: str | None = None) -> None:
    page.school.setText("  Hill View Primary ")
    page.name.setText("Jane Holt")
    page.user.setText("j.holt")
    page.password.setText(password)
    page.again.setText(password if again is None else again)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_both_pages_pass_the_walk(
    sign_in: SignInPage, set_up: SetUpPage, qapp: QApplication, qtbot: QtBot, scale: float
) -> None:
    apply_theme(qapp, "light", scale)
    fresh_in, fresh_up = SignInPage(), SetUpPage()
    for page in (fresh_in, fresh_up):
        qtbot.addWidget(page)
        page.resize(1280, 900)
        page.show()
        assert walk(page) == []
        assert mnemonics(page) == []
    fresh_up.show_key("K7QF-2M9X-PP4D-WH8R-TC3N-6VJY-AB2D-9XK4")
    assert walk(fresh_up) == []
    assert mnemonics(fresh_up) == []


def test_what_was_typed_is_handed_over(sign_in: SignInPage, qtbot: QtBot) -> None:
    sign_in.user.setText(" j.holt ")
    sign_in.password.setText(" secret ")
    with qtbot.waitSignal(sign_in.submitted) as heard:
        QTest.keyClick(sign_in.password, Qt.Key.Key_Return)
    assert heard.args == ["j.holt", " secret "]


def test_an_empty_field_is_asked_for(sign_in: SignInPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sign_in.submitted):
        sign_in._go.click()
    assert sign_in.user.accessibleDescription() == "Enter your user name."
    assert sign_in.password.accessibleDescription() == "Enter your password."


def test_a_refusal_is_shown_and_the_password_emptied(sign_in: SignInPage, qtbot: QtBot) -> None:
    sign_in.user.setText("j.holt")
    sign_in.password.setText("wrong")
    sign_in.busy(True)
    sign_in.problem("The user name and password do not match. Try again.")
    assert sign_in._banner.isVisible()
    assert (sign_in.user.text(), sign_in.password.text()) == ("j.holt", "")
    qtbot.waitUntil(sign_in.password.hasFocus)


def test_the_password_can_be_shown_and_is_hidden_again(sign_in: SignInPage) -> None:
    sign_in._show.setChecked(True)
    assert sign_in.password.echoMode() is QLineEdit.EchoMode.Normal
    sign_in.lock_for("j.holt", "Jane Holt")
    assert sign_in.password.echoMode() is QLineEdit.EchoMode.Password


def test_a_new_school_is_handed_over_once_complete(set_up: SetUpPage, qtbot: QtBot) -> None:
    fill(set_up)
    with qtbot.waitSignal(set_up.submitted) as heard:
        set_up._go.click()
    assert heard.args == [NewSchool("Hill View Primary", "Jane Holt", "j.holt", GOOD)]
    assert GOOD not in repr(heard.args)


@pytest.mark.parametrize(
    ("password", "again", "field", "sentence"),
    [
        ("short", "short", "password", "Choose a password of at least 12 characters."),
        (GOOD, GOOD + "x", "again", "The two passwords differ. Type the same one twice."),
        ("", "", "password", "Choose a password of at least 12 characters."),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    set_up: SetUpPage, qtbot: QtBot, password: str, again: str, field: str, sentence: str
) -> None:
    fill(set_up, password, again)
    with qtbot.assertNotEmitted(set_up.submitted):
        set_up._go.click()
    assert getattr(set_up, field).accessibleDescription() == sentence


def test_the_strength_is_said_in_words(set_up: SetUpPage) -> None:
    set_up.password.setText("abcdefghijk")
    assert set_up._judged.text() == "Too short: add 1 more character."
    set_up.password.setText("three random words here")
    assert set_up._judged.text() == "Strong."


@given(st.text(max_size=40), st.text(max_size=10))
def test_no_password_below_the_least_is_ever_accepted(password: str, user: str) -> None:
    score, sentence = plain_strength(password, user)
    assert 0 <= score <= 4
    assert sentence
    if len(password) < LEAST or (user and user.casefold() in password.casefold()):
        assert score == 0


def test_the_key_is_shown_once_and_must_be_written_down(set_up: SetUpPage, qtbot: QtBot) -> None:
    fill(set_up)
    set_up.show_key("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH")
    assert (set_up.password.text(), set_up.again.text()) == ("", "")
    page = set_up.key
    assert not page._go.isEnabled()
    for signal, at in ((page.print_wanted, 1), (page.save_wanted, 2)):
        with qtbot.waitSignal(signal) as heard:
            page.ways[at].click()
        assert heard.args == ["AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"]
    page.ways[0].click()
    assert QGuiApplication.clipboard().text() == "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH"
    page.written.setChecked(True)
    with qtbot.waitSignal(set_up.finished):
        page._go.click()
    assert page._key.text() == ""
    assert page._whole == ""


def test_a_failure_to_make_the_school_can_be_tried_again(set_up: SetUpPage) -> None:
    fill(set_up)
    set_up._go.click()
    assert not set_up._go.isEnabled()
    set_up.problem("The folder cannot be written to. Nothing was made. Choose another folder.")
    assert set_up._go.isEnabled()
    assert set_up.school.text() == "  Hill View Primary "
