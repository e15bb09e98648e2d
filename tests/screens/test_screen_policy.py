"""The policy on screen: a draft that is nothing until adopted, acceptances of several people at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.services.linking import RecordLink
from app.services.office import Office
from app.services.policy import Acceptances, Policy
from app.services.school import RecordStaff
from app.ui.screens.policy.dialogs import AcceptanceDialog, AdoptDialog, ClauseDialog
from app.ui.screens.policy.screen import PolicyScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil


@pytest.fixture
def people(head: Office, clerk: Office) -> None:
    ella = a_pupil(head, class_id=a_class(head))
    for name in ("Joanne", "Piotr"):
        clerk.perform(RecordLink(ella, a_guardian(head, ella, name)))
    head.perform(RecordStaff("Mrs Holt"))


def test_a_clause_is_added_in_a_draft_and_adopted(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, PolicyScreen(shell, head), head)
    page = screen.clauses
    assert page.adopt_button.isHidden()

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ClauseDialog)
        dialog.go.click()
        assert dialog.isVisible(), "an empty clause is not taken"
        code, heading = dialog.findChildren(QLineEdit)[:2]
        code.setText("T8")
        heading.setText("Prices")
        words = dialog.findChild(QPlainTextEdit)
        assert words is not None
        words.setPlainText("Posts carry no prices.")
        dialog.go.click()
        assert dialog.isVisible(), "an id that is taken is not taken twice"
        code.setText("S1")
        dialog.go.click()

    when_asked(fill)
    page.add_button.click()
    settle()
    assert [line.number for line in head.ask(Policy()).versions] == [1], "a draft is nothing yet"
    assert page.adopt_button.isVisibleTo(screen)
    page.table.choose("H11")
    page.retire_button.click()

    def adopt(dialog: QDialog) -> None:
        assert isinstance(dialog, AdoptDialog)
        words = dialog.findChild(QPlainTextEdit)
        assert words is not None
        words.setPlainText("No prices in posts.")
        dialog.go.click()

    when_asked(adopt)
    page.adopt_button.click()
    settle()
    shown = head.ask(Policy())
    assert shown.versions[0].number == 2
    assert {one.code for one in shown.clauses if not one.active} == {"H11"}
    assert page.adopt_button.isHidden()
    assert shell.told == ["Adopted. Everyone is asked to accept it."]


def test_a_draft_is_asked_about_before_it_is_left(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, PolicyScreen(shell, head), head)
    assert screen.may_close()
    screen.clauses.retire_button.click()
    when_asked(lambda dialog: dialog.reject())
    assert not screen.may_close()
    when_asked(lambda dialog: dialog.accept())
    screen.clauses.drop_button.click()
    settle()
    assert screen.may_close()


def test_others_only_read_the_clauses(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, PolicyScreen(shell, clerk), clerk)
    assert screen.clauses.add_button.isHidden()
    assert len(screen.clauses.table.rows) == 47


def test_several_people_accept_at_once(qtbot: QtBot, shell: FakeShell, clerk: Office, people: None) -> None:
    screen = opened(qtbot, PolicyScreen(shell, clerk), clerk)
    screen.look_through("guardians")
    settle()
    page = screen.guardians
    assert not page.record_button.isEnabled()
    page.table.selectAll()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, AcceptanceDialog)
        dialog.go.click()

    heard = when_asked(agree)
    page.record_button.click()
    settle()
    assert heard[0].startswith("Record for these 2 people?")
    assert all(not line.waits for line in clerk.ask(Acceptances()).guardians)
    page.filters.turn("waits")
    assert not page.table.rows


def test_staff_state_how_they_use_devices(qtbot: QtBot, shell: FakeShell, clerk: Office, people: None) -> None:
    screen = opened(qtbot, PolicyScreen(shell, clerk), clerk)
    screen.look_through("staff")
    settle()
    screen.staff.table.selectAll()
    when_asked(lambda dialog: dialog.go.click() if isinstance(dialog, AcceptanceDialog) else dialog.reject())
    screen.staff.device_button.click()
    settle()
    line = clerk.ask(Acceptances()).staff[0]
    assert line.stated_on is not None
    assert line.waits


@pytest.mark.parametrize("which", ["clauses", "guardians", "staff", "versions"])
def test_every_page_can_be_read_and_reached(
    qtbot: QtBot, shell: FakeShell, head: Office, people: None, which: str
) -> None:
    screen = opened(qtbot, PolicyScreen(shell, head), head)
    screen.look_through(which)
    settle()
    assert walk(screen) == []
    assert mnemonics(screen) == []
