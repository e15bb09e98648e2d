"""The yearly review on screen: open, judge one clause after another from the keyboard, sign; earlier actions."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.annual import Judgement
from app.services.annual_review import AnnualReview, JudgeClause, OpenReview, SignReview
from app.services.office import Office
from app.ui.screens.annual.screen import AnnualScreen, DoneDialog, SignDialog
from tests.conftest import StandingClock
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.test_annual_review import judge_all


def test_a_review_on_screen(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, AnnualScreen(shell, head), head)
    assert "not open yet" in screen.progress.text()
    assert screen.panel.form.isHidden()
    screen.open_button.click()
    settle()
    assert screen.progress.text().endswith("0 of 47 clauses judged.")
    assert not screen.sign_button.isVisible()
    for _ in range(47):
        screen.panel.save_button.click()
        settle()
    assert screen.bar.value() == 47
    assert screen.sign_button.hasFocus()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, SignDialog)
        assert dialog.due == date(2027, 11, 23)
        dialog.go.click()

    when_asked(agree)
    key(Qt.Key.Key_Space)
    assert "Signed by Pat Headteacher" in screen.progress.text()
    assert screen.panel.form.isHidden()
    assert screen.sign_button.isHidden()


def test_what_was_not_kept_asks_for_an_action(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    slt.perform(OpenReview())
    screen = opened(qtbot, AnnualScreen(shell, slt), slt)
    panel = screen.panel
    assert not panel.action.isVisibleTo(screen)
    panel.judgement.setCurrentIndex(panel.judgement.findData(Judgement.PARTLY))
    assert panel.action.isVisibleTo(screen)
    panel.save_button.click()
    settle()
    assert panel.banner.isVisibleTo(screen)
    assert slt.ask(AnnualReview()).judged == 0
    panel.words.setPlainText("Two surnames.")
    panel.action.setPlainText("Speak about names")
    panel.owner.setText("Mrs Holt")
    panel.save_button.click()
    settle()
    first = slt.ask(AnnualReview()).clauses[0]
    assert (first.judgement, first.action, first.owner) == (Judgement.PARTLY, "Speak about names", "Mrs Holt")
    current = screen.table.current()
    assert current is not None
    assert current.code == slt.ask(AnnualReview()).clauses[1].code
    screen.filters.turn("action")
    assert [one.code for one in screen.table.rows] == [first.code]


def test_only_the_headteacher_can_sign(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    slt.perform(OpenReview())
    judge_all(slt)
    screen = opened(qtbot, AnnualScreen(shell, slt), slt)
    assert screen.sign_button.isHidden()


def test_an_earlier_action_is_stated_done(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, clock: StandingClock
) -> None:
    slt.perform(OpenReview())
    judge_all(slt)
    slt.perform(JudgeClause("T8", Judgement.PARTLY, "Two.", "Speak about names", "Mrs Holt", date(2027, 1, 20)))
    head.perform(SignReview())
    clock.later(days=330)
    screen = opened(qtbot, AnnualScreen(shell, slt), slt)
    screen.look_through("actions")
    settle()
    assert [line.action for line in screen.past.rows] == ["Speak about names"]
    when_asked(lambda dialog: dialog.go.click() if isinstance(dialog, DoneDialog) else dialog.reject())
    screen.done_button.click()
    settle()
    assert screen.past.rows[0].done_on == slt.ask(AnnualReview()).today


@pytest.mark.parametrize("which", ["clauses", "actions"])
@pytest.mark.parametrize("begun", [False, True])
def test_both_pages_can_be_read_and_reached(
    qtbot: QtBot, shell: FakeShell, head: Office, which: str, begun: bool
) -> None:
    if begun:
        head.perform(OpenReview())
    screen = opened(qtbot, AnnualScreen(shell, head), head)
    screen.look_through(which)
    settle()
    assert walk(screen) == []
    assert mnemonics(screen) == []
