"""The class lists' screen: issue, record as read, cleared; a list that does not hold is not printed (T8, T11)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.permissions import Answer, MediaKind
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.store.tables.school import StaffClassRow, StaffRow
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.screens.sheets.issues import IssuesDialog
from app.ui.screens.sheets.screen import SheetsScreen
from app.ui.theme.apply import apply_theme
from tests.reports.paper_reader import Paper
from tests.screens.fakes import FakeShell
from tests.screens.opening import when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)


def a_school(office: Office) -> tuple[int, int]:
    """Willow with two staff and one child: the ids of class and child."""
    willow = a_class(office)
    pupil = a_pupil(office, class_id=willow)
    with office.database.writing() as session:
        for name in ("Mrs Holt", "Mr Dean"):
            row = StaffRow(name=name)
            session.add(row)
            session.flush()
            session.add(StaffClassRow(staff_id=row.id, class_id=willow))
    return willow, pupil


def shown(qtbot: QtBot, shell: FakeShell, office: Office, scale: float = 1.0) -> SheetsScreen:
    screen = SheetsScreen(shell, office)
    qtbot.addWidget(screen)
    screen.resize(int(1280 * scale), int(800 * scale))
    screen.show()
    screen.refresh()
    return screen


def test_from_never_issued_to_cleared(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    willow, pupil = a_school(clerk)
    screen = shown(qtbot, shell, clerk)
    assert screen.table.choose(willow)
    assert not screen.print_button.isEnabled()
    assert not screen.read_button.isEnabled()
    screen.issue_button.click()
    assert shell.told[-1].startswith("Issue 1 of this list is out")
    assert not screen.issue_button.isEnabled()
    assert [line.name for line in screen.lines.rows] == ["Ella"]
    screen.readers.choose_place(0)
    screen.read_button.click()
    assert shell.told[-1] == "Recorded as read."
    screen.readers.choose_place(1)
    screen.read_button.click()
    assert "cleared" in shell.told[-1]
    sheet = screen.table.current()
    assert sheet is not None
    assert sheet.cleared
    mother = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    screen.on_changes(frozenset({"permissions"}), None)
    sheet = screen.table.current()
    assert sheet is not None
    assert sheet.words == "Changed since issue 1"
    assert not screen.pdf_button.isEnabled()


def test_nobody_chosen_is_said(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    willow, _ = a_school(clerk)
    screen = shown(qtbot, shell, clerk)
    screen.table.choose(willow)
    screen.issue()
    screen.acknowledge()
    assert "Nobody was chosen" in screen.banner.accessibleName()


def test_all_that_are_due_and_the_filters(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    a_school(clerk)
    screen = shown(qtbot, shell, clerk)
    screen.look_through("outdated")
    assert [sheet.name for sheet in screen.table.rows] == ["Whole school", "Willow"]
    screen.issue_all.click()
    assert shell.told == ["2 lists were issued."]
    assert not screen.table.rows
    assert not screen.issue_all.isEnabled()
    screen.look_through("not-cleared")
    assert [sheet.name for sheet in screen.table.rows] == ["Willow"]


def test_what_is_new_is_told_and_every_issue_can_be_looked_up(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    willow, _ = a_school(clerk)
    screen = shown(qtbot, shell, clerk)
    screen.table.choose(willow)
    assert not screen.earlier_button.isEnabled()
    screen.issue()
    assert not screen.changed.isVisible()
    a_pupil(clerk, "Zara", "Quill", willow)
    screen.refresh()
    assert "Zara: new on the list." in screen.changed.accessibleName()
    assert walk(screen) == []
    assert mnemonics(screen) == []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, IssuesDialog)
        assert [issue.number for issue in dialog.table.rows] == [1]
        assert dialog.read.text() == "Nobody has read this issue yet."
        assert walk(dialog) == []
        dialog.accept()

    when_asked(look)
    screen.earlier_button.click()


def test_a_saved_list_holds_the_issue(qtbot: QtBot, shell: FakeShell, clerk: Office, tmp_path: Path) -> None:
    willow, _ = a_school(clerk)
    screen = shown(qtbot, shell, clerk)
    screen.table.choose(willow)
    screen.save_to(tmp_path / "too-early.pdf")
    assert "Issue the list first" in screen.banner.accessibleName()
    screen.issue()
    screen.save_to(tmp_path / "list.pdf")
    assert "Issue 1" in Paper((tmp_path / "list.pdf").read_bytes()).text()
    screen.save_to(tmp_path / "list.xlsx")
    assert shell.told[-1] == "Saved as list.xlsx."


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_person_with_a_keyboard_or_large_text_can_use_it(
    scale: float, qapp: QApplication, qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    apply_theme(qapp, "light", scale)
    a_school(clerk)
    screen = shown(qtbot, shell, clerk, scale)
    assert walk(screen) == []
    assert mnemonics(screen) == []


def test_an_empty_school_is_told_what_will_come_here(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = shown(qtbot, shell, clerk)
    assert [sheet.words for sheet in screen.table.rows] == ["No pupils"]
    assert not screen.issue_button.isEnabled()
    assert not screen.issue_all.isEnabled()
    assert walk(screen) == []
    board = PermissionsScreen(shell, clerk)
    qtbot.addWidget(board)
    board.resize(1280, 800)
    board.show()
    board.refresh()
    assert not board.table.rows
    assert not board.enter_button.isEnabled()
    assert walk(board) == []
