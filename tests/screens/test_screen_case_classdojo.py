"""On screen: what is to do in ClassDojo stands with the case until somebody ticks it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.services.case_classdojo import ClassDojoOf, ClassDojoToDo, TickClassDojo
from app.services.office import Office
from app.ui.screens.cases.case_screen import CaseScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened
from tests.screens.test_screen_appeals import press_button
from tests.screens.walk import mnemonics
from tests.services.test_appeals import case

__all__ = ["case"]


def test_it_is_ticked(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case), slt)
    assert mnemonics(screen) == []
    press_button(screen, "Done in ClassDojo")
    assert slt.ask(ClassDojoOf(case)).done_by == slt.actor.name
    assert shell.told == ["Noted as done in ClassDojo."]
    assert screen.panel.presenter.file is not None
    assert screen.panel.presenter.file.events[-1].kind == "classdojo"


def test_who_comes_second_is_told(qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, case: int) -> None:
    screen = opened(qtbot, CaseScreen(shell, slt, case))
    head.perform(TickClassDojo(case, head.ask(ClassDojoToDo())[0].decision_id))
    press_button(screen, "Done in ClassDojo")
    assert screen.panel.banner.isVisible()
    assert shell.told == []
