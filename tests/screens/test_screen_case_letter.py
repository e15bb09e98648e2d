"""Making the letter of a decision on screen: in the family's language, seen before it is saved, noted in the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.services.cases import OpenCase
from app.services.office import Office
from app.ui.screens.cases.case_screen import CaseScreen
from app.ui.screens.cases.letter_dialog import LetterDialog
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle, when_asked
from tests.screens.test_screen_appeals import press_button
from tests.screens.walk import mnemonics
from tests.services.rows import an_item
from tests.services.test_appeals import case
from tests.services.test_case_letters import speaks

__all__ = ["case"]


def test_the_letter_in_urdu_is_seen_and_saved(
    qtbot: QtBot, shell: FakeShell, slt: Office, case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaks(slt, "ur")
    place = tmp_path / "letter.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)

    def make(dialog: QDialog) -> None:
        assert isinstance(dialog, LetterDialog)
        assert dialog.language.currentData() == "ur"
        assert "draft" in dialog.about.text()
        assert dialog.reasons.toPlainText() == "Against P9."
        assert dialog.letter.page_count == 1
        dialog.reasons.setPlainText(" ")
        dialog.go.click()
        assert dialog.isVisible()
        assert not place.exists(), "a letter without reasons is not saved"
        dialog.reasons.setPlainText("تصویر باہر بھیجی گئی۔")
        dialog.go.click()

    when_asked(make)
    press_button(screen, "Make the letter")
    assert place.read_bytes().startswith(b"%PDF")
    assert shell.told == ["The letter is saved and noted in the timeline."]
    assert screen.panel.presenter.file is not None
    assert screen.panel.presenter.file.events[-1].kind == "letter"


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, shell: FakeShell, slt: Office, case: int, tmp_path: Path
) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)

    def make(dialog: QDialog) -> None:
        assert isinstance(dialog, LetterDialog)
        dialog.save_to(tmp_path / "nowhere" / "letter.pdf")
        assert dialog.isVisible()
        assert not dialog.banner.isHidden()
        dialog.reject()

    when_asked(make)
    press_button(screen, "Make the letter")
    assert shell.told == []


def test_from_the_letter_to_its_wording(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)

    def reword(dialog: QDialog) -> None:
        assert isinstance(dialog, LetterDialog)
        assert mnemonics(dialog) == []
        next(b for b in dialog.findChildren(QPushButton) if "wording" in b.text()).click()

    when_asked(reword)
    press_button(screen, "Make the letter")
    assert shell.opened == [("letters", "decision:en", False)]


def test_no_letter_before_a_decision(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    _, finding = an_item(slt)
    waiting = slt.perform(OpenCase(finding, "It waits."))
    screen = opened(qtbot, CaseScreen(shell, slt, waiting), slt)
    settle()
    assert screen.panel.letter.isHidden()
