"""Opening a case by hand on screen, and the conversation that was frozen with an item."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.services.cases import OpenCase, ReadCase
from app.services.office import Office
from app.ui.parts.marked import MarkedText
from app.ui.screens.cases.case_screen import CaseScreen
from app.ui.screens.cases.opening_dialog import OpeningDialog
from app.ui.screens.cases.screen import CasesScreen
from app.ui.screens.review.evidence_strip import EvidenceDialog
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, step_back, when_asked
from tests.screens.test_screen_appeals import press_button
from tests.screens.walk import mnemonics
from tests.services.rows import a_guardian, a_pupil, an_item
from tests.services.test_cases_by_hand import in_a_thread
from tests.services.test_evidence import PHOTO, Opens, opens, vault

__all__ = ["opens", "vault"]


def test_a_case_is_opened_with_a_picture(
    qtbot: QtBot, shell: FakeShell, opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slt = opens(Role.SLT)
    a_guardian(slt, a_pupil(slt))
    place = tmp_path / "screenshot.png"
    place.write_bytes(PHOTO)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(place)], ""))
    screen = opened(qtbot, CasesScreen(shell, slt), slt)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, OpeningDialog)
        assert mnemonics(dialog) == []
        dialog.whom.setEditText("Nobody")
        dialog.go.click()
        assert dialog.isVisible()
        dialog.whom.setCurrentIndex(0)
        dialog.clause.setCurrentIndex(dialog.clause.findData("P9"))
        dialog.summary.setPlainText("She posted it on her page.")
        dialog.take([tmp_path / "gone.png"])
        assert not dialog.banner.isHidden()
        dialog.add.click()
        assert "screenshot.png" in dialog.files.text()
        dialog.go.click()

    when_asked(fill)
    press_button(screen, "Open a case")
    assert shell.told == ["The case is open."]
    assert screen.panel.case_id is not None
    file = slt.perform(ReadCase(screen.panel.case_id))
    assert (file.line.about, file.line.clause, file.summary) == ("Joanne Marsh", "P9", "She posted it on her page.")
    seen = when_asked(lambda dialog: dialog.accept() if isinstance(dialog, EvidenceDialog) else dialog.reject())
    press_button(screen, "Open the file")
    assert seen


def test_stepping_back_opens_nothing(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    screen = opened(qtbot, CasesScreen(shell, slt), slt)
    when_asked(step_back)
    press_button(screen, "Open a case")
    assert screen.panel.case_id is None
    assert len(screen.table.rows) == 0
    assert shell.told == []


def test_the_conversation_stands_with_the_evidence(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, finding = an_item(slt, "You will be sorry", guardian=a_guardian(slt, a_pupil(slt)))
    answer, _ = an_item(slt, "Please telephone the office")
    in_a_thread(slt, item, answer)
    case = slt.perform(OpenCase(finding, "Abuse in a message."))
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)
    shown = [view.toPlainText() for view in screen.panel.findChildren(MarkedText)]
    assert any(words.endswith("Please telephone the office") for words in shown)
