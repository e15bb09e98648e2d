"""What follows a decision, on screen: an appeal heard by somebody else, an adult let back, the data breach register."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.appeals import AppealOutcome
from app.domain.breach import Outside
from app.services.appeals import AppealOf, RecordAppeal
from app.services.cases import ReadCase
from app.services.data_breaches import DataBreaches
from app.services.office import Office
from app.ui.screens.cases.appeal_card import AppealDialog, BreachDialog, HearingDialog, RiskDialog
from app.ui.screens.cases.case_screen import CaseScreen
from app.ui.screens.cases.outside_card import OutsideDialog
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle, when_asked, write
from tests.screens.walk import mnemonics, walk
from tests.services.test_appeals import TODAY, case, state_of_link

__all__ = ["case"]


def press_button(screen: QWidget, words: str) -> None:
    button = next(b for b in screen.findChildren(QPushButton) if words in b.text().replace("&", "") and b.isVisible())
    button.click()
    settle()


def test_an_appeal_on_screen(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, head, case), head)
    when_asked(lambda dialog: dialog.go.click() if isinstance(dialog, AppealDialog) else dialog.reject())
    press_button(screen, "An appeal has come")
    assert head.ask(AppealOf(case)).received_on == TODAY

    def hear(dialog: QDialog) -> None:
        assert isinstance(dialog, HearingDialog)
        dialog.go.click()
        assert dialog.isVisible(), "nobody heard it, and nothing is said"
        dialog._by.setText("Mrs Ruth Okafor")
        dialog._outcome.setCurrentIndex(dialog._outcome.findData(AppealOutcome.WITHDRAWN))
        dialog._reasons.setPlainText("The picture was her own child's.")
        dialog.go.click()

    when_asked(hear)
    press_button(screen, "Record its outcome")
    assert state_of_link(head) == "linked"
    assert shell.told == ["Noted.", "Recorded."]


def test_the_decider_is_told_on_screen_that_they_cannot_hear_it(
    qtbot: QtBot, shell: FakeShell, head: Office, slt: Office, case: int
) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    screen = opened(qtbot, CaseScreen(shell, head, case), head)

    def hear(dialog: QDialog) -> None:
        assert isinstance(dialog, HearingDialog)
        dialog._by.setText("Pat Headteacher")
        dialog._reasons.setPlainText("Because.")
        dialog.go.click()

    when_asked(hear)
    press_button(screen, "Record its outcome")
    assert screen.panel.banner.isVisible()
    assert head.ask(AppealOf(case)).outcome is None


def test_an_adult_is_let_back(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, head, case), head)
    when_asked(write("They have apologised."))
    press_button(screen, "Let the adult back")
    assert state_of_link(head) == "linked"


def test_a_case_is_entered_as_a_data_breach_and_decided(
    qtbot: QtBot, shell: FakeShell, head: Office, case: int
) -> None:
    screen = opened(qtbot, CaseScreen(shell, head, case), head)

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, BreachDialog)
        dialog._at.setText("half past nine")
        dialog._words.setPlainText("A list went to one family.")
        dialog.go.click()
        assert dialog.isVisible()
        dialog._at.setText("08:15")
        dialog.go.click()

    when_asked(enter)
    press_button(screen, "Enter as a data breach")
    assert head.ask(DataBreaches())[0].case_id == case

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, RiskDialog)
        dialog._reasons.setPlainText("It was deleted at once.")
        dialog.go.click()

    when_asked(decide)
    press_button(screen, "Decide whether to report")
    assert head.ask(DataBreaches())[0].reported is False


def test_a_senior_leader_neither_lets_back_nor_decides(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)
    words = {b.text().replace("&", "") for b in screen.findChildren(QPushButton) if b.isVisible()}
    assert "Let the adult back" not in words
    assert "An appeal has come" in words


@pytest.mark.parametrize("appealed", [False, True])
def test_it_can_be_read_and_reached(
    qtbot: QtBot, shell: FakeShell, head: Office, slt: Office, case: int, appealed: bool
) -> None:
    if appealed:
        slt.perform(RecordAppeal(case, TODAY))
    screen = opened(qtbot, CaseScreen(shell, head, case), head)
    assert walk(screen) == []
    assert mnemonics(screen) == []


def test_a_referral_outside_the_school_on_screen(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)

    def refer(dialog: QDialog) -> None:
        assert isinstance(dialog, OutsideDialog)
        dialog.go.click()
        assert dialog.isVisible(), "nothing was said of why"
        dialog.to.setCurrentIndex(dialog.to.findData(Outside.LADO))
        dialog.reference.setText("L-204")
        dialog.why.setPlainText("A parent alleges that an adult pushed a child.")
        dialog.go.click()

    when_asked(refer)
    press_button(screen, "Note a referral outside")
    assert shell.told == ["Noted in the timeline."]
    written = slt.perform(ReadCase(case)).events[-1].words
    assert written.startswith("LADO, for an allegation against staff, Mon 23 Nov 2026. Reference L-204.")
