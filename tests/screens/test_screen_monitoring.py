"""Monitoring on screen: plan, draw, look, note, finish, from the keyboard; the other three pages."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.sampling import SIZE
from app.services.histories import AskForHistory, Histories
from app.services.monitoring_plan import MonitoringPlan, PlanMonitoring
from app.services.office import Office
from app.services.review import ReferToSafeguarding
from app.services.sampling import DrawSample, Look
from app.services.school import SetCalendar
from app.services.today import Today
from app.services.weekly_figures import WeeklyFigures
from app.ui.parts.form import Form
from app.ui.screens.monitoring.dialogs import FoundDialog, PlanDialog
from app.ui.screens.monitoring.look import LookScreen
from app.ui.screens.monitoring.presenter import figures_words
from app.ui.screens.monitoring.screen import MonitoringScreen
from app.ui.screens.monitoring.weeks import WeekDialog
from tests.conftest import StandingClock
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, key, opened, press, settle, when_asked, write
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class
from tests.services.test_sampling import TERM, say


@pytest.fixture
def willow(head: Office) -> int:
    """A class with four items in a half-term."""
    head.perform(SetCalendar((TERM,), ()))
    made = a_class(head)
    say(head, made, "class_story", 3)
    say(head, made, "message", 1)
    return made


@pytest.fixture
def drawn(slt: Office, willow: int) -> int:
    """The class's look, drawn."""
    term = slt.ask(MonitoringPlan()).term_id
    assert term is not None
    slt.perform(PlanMonitoring(term))
    line = slt.ask(MonitoringPlan()).lines[0]
    slt.perform(DrawSample(line.id))
    return line.id


def test_plan_draw_and_open_a_look(qtbot: QtBot, shell: FakeShell, slt: Office, willow: int) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    plan = screen.plan
    assert "Autumn 2" in plan.term.currentText()
    assert not plan.table.rows

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, PlanDialog)
        assert dialog.items == SIZE
        assert dialog.due == TERM[2]
        dialog.go.click()

    when_asked(agree)
    plan.plan_button.click()
    settle()
    assert [line.class_name for line in plan.table.rows] == ["Willow", "School story"]
    assert plan.plan_button.isHidden()
    assert shell.told == ["Planned. Each look has its seed from now on."]
    seed = plan.table.rows[0].seed
    plan.draw_button.click()
    settle()
    assert plan.table.rows[0].seed == seed
    assert plan.table.rows[0].drawn == 4
    assert "not tampered" in plan.proof.text()
    plan.begin_button.click()
    assert shell.opened[-1][:2] == ("look", plan.table.rows[0].id)


def test_drawing_others_asks_why(qtbot: QtBot, shell: FakeShell, slt: Office, drawn: int) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    when_asked(write("The governors gave the day."))
    screen.plan.again_button.click()
    settle()
    draws = slt.ask(Look(drawn)).draws
    assert [draw.why for draw in draws] == [None, "The governors gave the day."]
    told = "\n".join(label.text() for label in screen.plan.facts.findChildren(type(screen.plan.proof)))
    assert all(draw.seed in told for draw in draws)


def test_a_look_from_the_keyboard_alone(qtbot: QtBot, shell: FakeShell, slt: Office, drawn: int) -> None:
    screen = opened(qtbot, LookScreen(shell, slt, drawn), slt)
    press("n")
    assert slt.ask(Look(drawn)).line.seen == 1

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, FoundDialog)
        dialog.findChildren(QComboBox)[0].setCurrentIndex(5)
        write("A family matter in an open post.")(dialog)

    when_asked(note)
    press("g")
    shown = slt.ask(Look(drawn))
    assert (shown.line.seen, shown.line.found) == (2, 1)
    key("z", CTRL)
    assert not screen.undo() or slt.ask(Look(drawn)).line.seen == 1
    while screen.presenter.next_waiting is not None:
        press("n")
    assert screen.finish_button.hasFocus()
    when_asked(write("All friendly."))
    key(Qt.Key.Key_Space)
    done = slt.ask(Look(drawn)).line
    assert (done.state, done.words) == ("done", "All friendly.")
    assert screen.finish_button.isHidden()
    assert screen.nothing_button.isHidden()
    press("n")
    assert slt.ask(Look(drawn)).line.seen == done.seen


def test_somebody_else_was_first(qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, drawn: int) -> None:
    from app.services.sampling import NoteNothing

    screen = opened(qtbot, LookScreen(shell, slt, drawn))
    line = screen.table.current()
    assert line is not None
    head.perform(NoteNothing(drawn, line.item_id))
    screen.nothing_button.click()
    assert screen.banner.isVisible()
    assert slt.ask(Look(drawn)).line.seen == 1


def test_what_went_to_the_safeguarding_lead_is_not_shown(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, drawn: int
) -> None:
    gone = slt.ask(Look(drawn)).items[0]
    head.perform(ReferToSafeguarding(gone.item_id))
    screen = opened(qtbot, LookScreen(shell, slt, drawn), slt)
    screen.table.choose(gone.item_id)
    settle()
    assert screen.view.isHidden()
    assert "safeguarding lead" in screen.told.text()
    assert gone.opening not in screen.view.text.toPlainText()


def test_a_week_is_noted(qtbot: QtBot, shell: FakeShell, slt: Office, willow: int) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    screen.look_through("weeks")
    settle()
    assert screen.weeks.table.rows[0].noted is False

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, WeekDialog)
        form = dialog.findChild(Form)
        assert form is not None
        dialog._messages.setValue(210)
        dialog.go.click()

    when_asked(fill)
    screen.weeks.note(screen.weeks.table.rows[0])
    settle()
    assert slt.ask(WeeklyFigures()).lines[0].messages == 210
    assert screen.weeks.table.rows[0].noted


def test_a_setting_is_stated(qtbot: QtBot, shell: FakeShell, slt: Office, willow: int) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    screen.look_through("settings")
    settle()

    def state(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText("On for Rowan")
        dialog.accept()

    when_asked(state)
    screen.found.state_button.click()
    settle()
    line = screen.found.table.rows[0]
    assert line.now is not None
    assert (line.now.found, line.now.agrees) == ("On for Rowan", False)


def test_a_history_comes_and_is_read(qtbot: QtBot, shell: FakeShell, slt: Office, willow: int, tmp_path: Path) -> None:
    slt.perform(AskForHistory("Willow, October", date(2026, 11, 20)))
    file = tmp_path / "history.csv"
    file.write_bytes(b"a history")
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    screen.look_through("histories")
    settle()
    page = screen.histories
    page.receive_file(page.table.rows[0], tmp_path / "nothing.csv")
    settle()
    assert page.banner.isVisible()
    page.receive_file(page.table.rows[0], file)
    settle()
    assert slt.ask(Histories())[0].sha256 == hashlib.sha256(b"a history").hexdigest()
    when_asked(write("Nothing to note."))
    page.review_button.click()
    settle()
    assert page.table.rows[0].state == "reviewed"


@pytest.mark.parametrize("which", ["plan", "weeks", "settings", "histories"])
def test_every_page_can_be_read_and_reached(
    qtbot: QtBot, shell: FakeShell, slt: Office, drawn: int, which: str
) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    screen.look_through(which)
    settle()
    assert walk(screen) == []
    assert mnemonics(screen) == []


def test_the_look_can_be_read_and_reached(qtbot: QtBot, shell: FakeShell, slt: Office, drawn: int) -> None:
    screen = opened(qtbot, LookScreen(shell, slt, drawn), slt)
    assert walk(screen) == []
    assert mnemonics(screen) == []


def test_today_tells_what_is_due(slt: Office, clerk: Office, willow: int, drawn: int, clock: StandingClock) -> None:
    lenses = {line.lens for line in slt.ask(Today()).due if line.area == "monitoring"}
    assert "weeks" in lenses
    assert not [line for line in clerk.ask(Today()).due if line.area == "monitoring"]
    clock.later(days=26)
    told = {line.what: line.tone for line in slt.ask(Today()).due if line.area == "monitoring"}
    assert told["2 looks at classes are late"] == "stop"


def test_a_school_without_terms_is_told_what_to_do(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    screen = opened(qtbot, MonitoringScreen(shell, slt), slt)
    assert screen.plan.term.isHidden()
    assert screen.plan.plan_button.isHidden()


def test_the_figures_are_told_plainly(slt: Office, drawn: int) -> None:
    figures = slt.ask(MonitoringPlan()).figures
    assert figures is not None
    assert figures_words(figures) == "0 of 2 looks finished, 0 items looked at."
