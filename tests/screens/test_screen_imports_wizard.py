"""The wizard: columns put right and remembered, doubts settled, rows saved and mended, the last import taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.columns_said import Area
from app.services.office import Office
from app.services.presets import ColumnPresets
from app.services.pupils import Pupils
from app.ui.parts.confirm import ConfirmDialog
from app.ui.screens.imports.columns import ColumnsPanel
from app.ui.screens.imports.screen import ImportScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, settle, when_asked
from tests.screens.test_screen_imports import LIST, bring, outcomes, screen, show, written

__all__ = ["screen"]

ODD = "Vor,Nach,Tag,Gruppe\nElla,Marsh,03/09/2018,Willow\n"
FAMILY = "Forename,Surname,DOB,Class,Mum\nElla,Marsh,03/09/2018,Willow,Jo Marsh\nSam,Novák,04/05/2018,Willow,\n"
OTHER_DAYS = (
    "Forename,Surname,DOB,Class,Mum\nElla,Marsh,03/09/2017,Willow,Jo Marsh\nSam,Novák,05/04/2018,Willow,\n"
    "Max,Kay,31/02/2019,Willow,\n"
)


def say(panel: ColumnsPanel, *meanings: str) -> None:
    """Choose a meaning for every column, from the left."""
    for combo, meaning in zip(panel.meanings, meanings, strict=True):
        at = combo.findData(meaning)
        assert at >= 0, meaning
        combo.setCurrentIndex(at)
        combo.activated.emit(at)


def button(held: ImportScreen, words: str) -> QPushButton:
    settle()
    found = [each for each in held.findChildren(QPushButton) if each.text().replace("&", "").startswith(words)]
    return next(each for each in found if each.isVisible())


def test_columns_are_put_right_by_hand_and_remembered(screen: ImportScreen, clerk: Office, tmp_path: Path) -> None:
    screen.read([written(tmp_path, "a.csv", ODD)])
    panel = screen.columns
    assert panel.isVisible()
    assert [combo.currentData() for combo in panel.meanings] == ["", "", "born", ""]
    assert panel._fault.text() == "Say which column holds the forename and the surname."
    assert not panel.next_button.isEnabled()
    assert panel.meanings[0].hasFocus()
    assert [how.text() for how in panel._hows] == ["Not read", "Not read", "By what is in it", "Not read"]
    say(panel, "first", "first", "born", "class")
    assert panel._fault.text() == "Two columns are said to be “Forename”. Choose one of them."
    say(panel, "first", "last", "born", "class")
    assert panel._hows[0].text() == "Your word"
    panel.name.setText("From the other system")
    panel.next_button.click()
    assert outcomes(screen) == [("New", "Ella Marsh")]
    (kept,) = clerk.ask(ColumnPresets())
    assert (kept.name, kept.said.meanings) == ("From the other system", ("first", "last", "born", "class"))
    screen.put_away()
    screen.read([written(tmp_path, "b.csv", ODD.replace("Ella", "Ann"))])
    assert not panel.isVisible(), "what is remembered is not asked again"
    assert outcomes(screen) == [("New", "Ann Marsh")]
    screen.plan.columns_button.click()
    assert panel.isVisible()
    assert panel._hows[0].text() == "Remembered"
    panel.forget_button.click()
    assert clerk.ask(ColumnPresets()) == ()
    assert not panel.keep.isChecked()


def test_a_name_that_is_taken_is_refused_and_the_columns_stay(screen: ImportScreen, tmp_path: Path) -> None:
    show(screen, written(tmp_path, "a.csv", LIST))
    screen.plan.columns_button.click()
    screen.columns.keep.setChecked(True)
    screen.columns.name.setText("Mine")
    screen.columns.next_button.click()
    screen.put_away()
    screen.read([written(tmp_path, "b.csv", ODD)])
    say(screen.columns, "first", "last", "born", "class")
    screen.columns.name.setText("Mine")
    screen.columns.next_button.click()
    assert "is the name of other columns already" in screen.banner.accessibleName()
    assert screen.columns.isVisible()
    assert screen.columns.name.hasFocus()


def test_two_tables_are_asked_about_one_after_the_other(screen: ImportScreen, tmp_path: Path) -> None:
    screen.read([written(tmp_path, "a.csv", LIST), written(tmp_path, "b.csv", FAMILY.replace("Ella", "Ann"))])
    panel = screen.columns
    panel.keep.setChecked(False)
    assert "Table 1 of 2" in panel._about.text()
    panel.next_button.click()
    assert "Table 2 of 2" in panel._about.text()
    panel.keep.setChecked(False)
    panel.next_button.click()
    assert len(screen.presenter.hand.plan.pupils if screen.presenter.hand.plan else ()) == 3


def test_rows_can_be_said_to_be_messages_or_points(screen: ImportScreen, clerk: Office, tmp_path: Path) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    screen.read([written(tmp_path, "m.csv", "Wer,Wann,Was\nMrs Holt,20/11/2026 14:00,Ella read to us\n")])
    panel = screen.columns
    panel.area.setCurrentIndex(panel.area.findData(Area.MESSAGES))
    panel.area.activated.emit(panel.area.currentIndex())
    assert panel._fault.text() == "Say which column holds the words."
    say(panel, "from", "sent", "text")
    panel.next_button.click()
    assert [(line.who, line.what) for line in screen.table.rows][-1] == ("Mrs Holt", "Ella read to us")
    screen.apply_button.click()
    assert screen.banner.accessibleName().startswith("1 item brought in")
    screen.read([written(tmp_path, "p.csv", "Name,Kind,Loud\nElla Marsh,2,1\n")])
    panel.area.setCurrentIndex(panel.area.findData(Area.POINTS))
    panel.area.activated.emit(panel.area.currentIndex())
    say(panel, "pupil", "skill", "taken")
    panel.next_button.click()
    assert outcomes(screen) == [("Points", "Ella Marsh")]
    assert {kept.said.area for kept in clerk.ask(ColumnPresets())} == {Area.MESSAGES, Area.POINTS}


def test_scrolling_over_a_meaning_does_not_change_it(screen: ImportScreen, tmp_path: Path, qtbot: QtBot) -> None:
    screen.read([written(tmp_path, "a.csv", LIST)])
    combo = screen.columns.meanings[0]
    before = combo.currentIndex()
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    at = QPointF(3, 3)
    combo.wheelEvent(QWheelEvent(at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, none, phase, False))
    assert combo.currentIndex() == before


@pytest.fixture
def doubts(screen: ImportScreen, tmp_path: Path) -> ImportScreen:
    """A plan with two rows in doubt, one very likely, and one rejected."""
    bring(screen, written(tmp_path, "family.csv", FAMILY))
    show(screen, written(tmp_path, "other.csv", OTHER_DAYS))
    assert [outcome for outcome, _ in outcomes(screen)] == ["To settle", "To settle", "Rejected"]
    return screen


def test_a_row_in_doubt_is_settled_by_the_keyboard(doubts: ImportScreen, clerk: Office) -> None:
    assert doubts.banner.accessibleName().startswith("Nothing can be brought in as it stands.")
    assert not doubts.apply_button.isEnabled()
    doubts.table.setFocus()
    key(Qt.Key.Key_Return)
    same = doubts.plan.detail.first
    assert isinstance(same, QPushButton)
    assert same.hasFocus()
    assert same.accessibleDescription().startswith("Ella Marsh, the same name, another date of birth, an adult")
    key(Qt.Key.Key_Return)
    assert doubts.table.hasFocus()
    assert outcomes(doubts)[0] == ("To settle", "Sam Novák")
    assert ("Changed", "Ella Marsh") in outcomes(doubts)
    button(doubts, "A new child").click()
    assert ("New", "Sam Novák") in outcomes(doubts)
    doubts.apply_button.click()
    found = clerk.ask(Pupils())
    assert sorted(line.first for line in found) == ["Ella", "Sam", "Sam"]


def test_all_that_are_very_likely_at_once(screen: ImportScreen, tmp_path: Path) -> None:
    both = FAMILY.replace("Willow,\n", "Willow,Eva Novák\n")
    bring(screen, written(tmp_path, "family.csv", both))
    show(screen, written(tmp_path, "other.csv", both.replace("2018", "2017")))
    assert screen.plan.sure_button.text() == "Very likely: the same child for &all 2"
    screen.plan.sure_button.click()
    assert [outcome for outcome, _ in outcomes(screen)] == ["Changed", "Changed"]
    assert not screen.plan.sure_button.isVisible()


def test_a_row_left_out_can_be_settled_again(doubts: ImportScreen) -> None:
    button(doubts, "Leave out").click()
    assert ("Left out", "Ella Marsh") in outcomes(doubts)
    doubts.table.choose_place(outcomes(doubts).index(("Left out", "Ella Marsh")))
    button(doubts, "Settle it again").click()
    assert ("To settle", "Ella Marsh") in outcomes(doubts)


def test_what_is_left_out_is_saved_mended_and_brought_in(
    doubts: ImportScreen, shell: FakeShell, clerk: Office, tmp_path: Path
) -> None:
    assert doubts.plan.save_button.isVisible()
    left_out = doubts.presenter.mending
    assert left_out is not None
    assert len(left_out.rows) == 3
    place = tmp_path / "left-out.xlsx"
    doubts.save_to(place, left_out)
    assert shell.told[-1].startswith("Saved.")
    doubts.put_away()
    show(doubts, place)
    assert [outcome for outcome, _ in outcomes(doubts)] == ["To settle", "To settle", "Rejected"]
    doubts.save_to(tmp_path / "no such folder" / "x.xlsx", left_out)
    assert "cannot be written to" in doubts.banner.accessibleName()


def test_after_bringing_in_the_rest_can_still_be_saved(screen: ImportScreen, tmp_path: Path) -> None:
    bring(screen, written(tmp_path, "mixed.csv", LIST + "Max,Kay,31/02/2019,Willow\n"))
    assert screen.banner.accessibleName() == (
        "2 new pupils, 0 changed. 1 row was left out. Save what was left out, "
        "mend it in the spreadsheet and bring that in."
    )
    assert screen.banner._act is not None
    assert screen.banner._act.text() == "&Save what was left out"


def test_filters_show_one_sort_of_line(doubts: ImportScreen) -> None:
    doubts.plan.filters.turn("Rejected")
    assert outcomes(doubts) == [("Rejected", "Row 4, date of birth")]
    assert doubts.plan.listing.words.startswith("1 line")
    doubts.plan.filters.turn("Rejected", False)
    assert len(doubts.table.rows) == 3


def test_the_last_import_is_taken_back(screen: ImportScreen, clerk: Office, tmp_path: Path) -> None:
    assert not screen.last.isVisible()
    bring(screen, written(tmp_path, "list.csv", LIST))
    assert screen.last.isVisible()
    assert "2 new pupils, 0 changed" in screen.last._words.text()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        dialog.go.click()

    heard = when_asked(agree)
    screen.last.back_button.click()
    settle()
    assert heard == [
        "Take back the last import? 2 new pupils go again, with the guardians and classes that came with them."
    ]
    assert screen.banner.accessibleName().startswith("The last import was taken back.")
    assert clerk.ask(Pupils()) == ()
    assert not screen.last.isVisible()


def test_somebody_who_only_looks_is_not_offered_to_take_it_back(
    qtbot: QtBot, screen: ImportScreen, slt: Office, tmp_path: Path
) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    leader = opened(qtbot, ImportScreen(FakeShell(), slt), slt)
    assert not leader.last.isVisible()


def test_what_was_remembered_and_does_not_fit_is_asked_again(screen: ImportScreen, tmp_path: Path) -> None:
    screen.read([written(tmp_path, "a.csv", ODD)])
    say(screen.columns, "first", "last", "born", "class")
    screen.columns.next_button.click()
    screen.put_away()
    broken = written(tmp_path, "b.csv", 'Vor,Nach,Tag,Gruppe\nElla,Marsh,"03/09/2018,Willow\n')
    screen.read([broken])
    assert "is never closed" in screen.banner.accessibleName()
    assert screen.drop.isVisible()


@pytest.mark.parametrize("wide", [700, 1224])
def test_the_columns_are_laid_out_for_the_room_there_is(
    qtbot: QtBot, shell: FakeShell, clerk: Office, tmp_path: Path, wide: int
) -> None:
    screen = opened(qtbot, ImportScreen(shell, clerk), clerk, size=(wide, 840))
    screen.read([written(tmp_path, "a.csv", LIST)])
    settle()
    pane = screen.columns._pane
    assert pane.horizontalScrollBar().maximum() == 0
    assert len(screen.columns.meanings) == 4
