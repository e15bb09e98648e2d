"""The permissions board, and a class of thirty entered from the keyboard alone (P8)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.permissions import Answer, MediaKind
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.services.coverage import FormsOf
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupils
from app.store.reads.coverage import Standing
from app.store.tables.audit import AuditRow
from app.store.tables.permissions import PermissionRow
from app.ui.areas import areas, records
from app.ui.screens.permissions import forms as forms_module
from app.ui.screens.permissions.forms import FormsScreen
from app.ui.screens.permissions.grid import KINDS
from app.ui.screens.permissions.pile import Mark, Pile, Who
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.shell.area import SignedIn
from app.ui.shell.window import MainWindow
from app.ui.theme.apply import apply_theme
from tests.screens.fakes import FakeShell
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)
Key = Qt.Key


def a_class_of(office: Office, pupils: int, adults: int = 1, name: str = "Willow") -> int:
    class_id = a_class(office, name)
    for place in range(pupils):
        pupil = a_pupil(office, f"Child{place:02}", f"Marsh{place:02}", class_id)
        for adult in range(adults):
            a_guardian(office, pupil, f"Adult{adult}")
    return class_id


def opened(qtbot: QtBot, shell: FakeShell, office: Office, class_id: int) -> FormsScreen:
    screen = FormsScreen(shell, office, class_id)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    screen.activateWindow()
    QApplication.processEvents()
    screen.refresh()
    screen.take_focus()
    return screen


def test_a_class_of_thirty_is_entered_from_the_keyboard_alone(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, shell, clerk, a_class_of(clerk, 30))
    counts = []
    for child in range(30):
        keys = (Key.Key_N, Key.Key_Y, Key.Key_Y) if child % 10 == 3 else (Key.Key_Y, Key.Key_Y, Key.Key_N)
        for key in (*keys, Key.Key_Return):
            QTest.keyClick(screen.grid, key)
        counts.append(screen.count.text())
    assert counts[16] == "17 of 30 entered"
    assert counts[-1] == "30 of 30 entered"
    with clerk.database.reading() as session:
        assert session.scalars(select(PermissionRow)).all() == [], "nothing is on record before it is saved"
    for _ in range(2):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Key.Key_Tab)
    assert QApplication.focusWidget() is screen.save_button
    QTest.keyClick(screen.save_button, Key.Key_Return)
    assert shell.told == ["Saved 90 answers from 30 complete forms."]
    assert screen.count.text() == "0 of 30 entered"
    lines = clerk.ask(Pupils())
    assert sum(line.rulings[MediaKind.PHOTOGRAPH].allowed for line in lines) == 27
    assert sum(line.rulings[MediaKind.WORK_SAMPLE].allowed for line in lines) == 3
    with clerk.database.reading() as session:
        verbs = session.scalars(select(AuditRow.verb)).all()
        days = set(session.scalars(select(PermissionRow.decided_on)))
    assert verbs.count("permission.recorded_many") == 1
    assert days == {TODAY}


def test_keys_move_clear_and_undo(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, shell, clerk, a_class_of(clerk, 3))
    pile, grid = screen.pile, screen.grid
    for key in (Key.Key_Y, Key.Key_U, Key.Key_N, Key.Key_Enter, Key.Key_N):
        QTest.keyClick(grid, key)
    first, second = pile.lines[0].pupil_id, pile.lines[1].pupil_id
    assert pile.marks == {
        (first, MediaKind.PHOTOGRAPH): Mark.YES,
        (first, MediaKind.RECORDING): Mark.UNDECIDED,
        (first, MediaKind.WORK_SAMPLE): Mark.NO,
        (second, MediaKind.PHOTOGRAPH): Mark.NO,
    }
    assert screen.count.text() == "1 of 3 entered"
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Delete):
        QTest.keyClick(grid, key)
    assert (second, MediaKind.PHOTOGRAPH) not in pile.marks
    assert screen.undo()
    assert pile.marks[second, MediaKind.PHOTOGRAPH] is Mark.NO
    for _ in range(4):
        assert screen.undo()
    assert not screen.undo()
    assert not pile.unsaved
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, KINDS)
    assert not screen.save_button.isEnabled()
    for key in (Key.Key_Up, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Down, Key.Key_Down):
        QTest.keyClick(grid, key)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (2, KINDS + 2)


def test_undecided_is_counted_and_not_recorded(clerk: Office) -> None:
    pile = Pile(clerk, a_class_of(clerk, 2), kinds=(MediaKind.PHOTOGRAPH,))
    first, second = pile.load()
    pile.mark(first, MediaKind.PHOTOGRAPH, Mark.UNDECIDED)
    pile.mark(second, MediaKind.PHOTOGRAPH, Mark.YES)
    assert pile.words == "2 of 2 entered"
    assert pile.save() == 1


def test_the_form_of_another_adult_and_the_childs_own_wish(clerk: Office) -> None:
    class_id = a_class_of(clerk, 1, adults=2)
    pile = Pile(clerk, class_id)
    (line,) = pile.load()
    assert pile.next_adult(line)
    pile.mark(line, MediaKind.PHOTOGRAPH, Mark.YES)
    (decision,) = pile.decisions()
    assert decision.guardian_id == line.adults[1].id
    pile.save()
    pile.turn_to(who=Who.CHILD)
    (line,) = pile.lines
    assert not pile.next_adult(line)
    pile.mark(line, MediaKind.PHOTOGRAPH, Mark.NO)
    pile.save()
    (line,) = clerk.ask(FormsOf(class_id))
    assert set(line.said.values()) == {Answer.GIVEN, Answer.REFUSED}
    assert clerk.ask(Pupils())[0].rulings[MediaKind.PHOTOGRAPH].words == "Child says no"


def test_the_keyboard_says_whose_form_it_is_and_a_turns_to_the_next_adult(
    qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    screen = opened(qtbot, shell, clerk, a_class_of(clerk, 2, adults=2))
    assert screen.signer.text() == "Marsh00, Child00: Adult0 Marsh"
    QTest.keyClick(screen.grid, Key.Key_A)
    assert screen.signer.text() == "Marsh00, Child00: Adult1 Marsh"
    QTest.keyClick(screen.grid, Key.Key_Return)
    assert screen.signer.text() == "Marsh01, Child01: Adult0 Marsh"


def test_a_child_without_an_adult_takes_no_answer(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    class_id = a_class(clerk)
    a_pupil(clerk, class_id=class_id)
    screen = opened(qtbot, shell, clerk, class_id)
    QTest.keyClick(screen.grid, Key.Key_Y)
    assert not screen.pile.unsaved
    assert "No adult with responsibility" in str(screen.grid.model_.index(0, 1).data())


def test_a_refused_day_saves_nothing_and_keeps_the_entries(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, shell, clerk, a_class_of(clerk, 2))
    QTest.keyClick(screen.grid, Key.Key_Y)
    screen.pile.day = date(2027, 1, 1)
    screen.save()
    assert "lies ahead" in screen.banner.accessibleName()
    assert screen.pile.unsaved
    with clerk.database.reading() as session:
        assert session.scalars(select(PermissionRow)).all() == []


@pytest.mark.parametrize("agreed", [True, False])
def test_leaving_with_unsaved_entries_asks(
    agreed: bool, qtbot: QtBot, shell: FakeShell, clerk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak = a_class_of(clerk, 2, name="Oak")
    willow = a_class_of(clerk, 2)
    screen = opened(qtbot, shell, clerk, willow)
    assert screen.may_close(), "nothing was entered, so nothing is asked"
    asked: list[str] = []

    def answer(parent: object, question: str, consequence: str, verb: str, **_: object) -> bool:
        asked.append(consequence)
        return agreed

    monkeypatch.setattr(forms_module, "confirm", answer)
    QTest.keyClick(screen.grid, Key.Key_Y)
    assert screen.may_close() is agreed
    screen.class_choice.setCurrentIndex(screen.class_choice.findData(oak))
    screen.class_choice.activated.emit(screen.class_choice.currentIndex())
    assert len(asked) == 2
    assert "1 entry is not saved" in asked[0]
    assert screen.pile.class_id == (oak if agreed else willow)
    assert screen.class_choice.currentData() == screen.pile.class_id
    assert screen.pile.unsaved is not agreed


@pytest.mark.parametrize("agreed", [True, False])
def test_closing_the_window_from_another_area_asks_too(
    agreed: bool, qtbot: QtBot, shell: FakeShell, clerk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    willow = a_class_of(clerk, 2)
    runner = Runner()
    window = MainWindow(shell.settings, runner)
    qtbot.addWidget(window)
    window.show()
    desk = window.show_desk(
        SignedIn("Pat Office", Role.OFFICE), user="pat", areas=areas(clerk), records=records(clerk), school="Larkfield"
    )
    desk.open_area("permissions")
    desk.open_record("forms", willow)
    screen = desk.shown
    assert isinstance(screen, FormsScreen)
    QTest.keyClick(screen.grid, Key.Key_Y)
    desk.open_area("pupils")
    asked: list[str] = []

    def answer(parent: object, question: str, *_: object, **__: object) -> bool:
        asked.append(question)
        return agreed

    monkeypatch.setattr(forms_module, "confirm", answer)
    assert window.close() is agreed
    assert asked == ["Leave without saving?"]
    monkeypatch.setattr(forms_module, "confirm", lambda *_, **__: True)
    window.close()
    runner.close(5)


def test_kinds_that_the_form_does_not_ask_about_are_left_out(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, shell, clerk, a_class_of(clerk, 2))
    screen.kind_ticks[MediaKind.RECORDING].click()
    screen.kind_ticks[MediaKind.WORK_SAMPLE].click()
    assert screen.grid.model_.columnCount() == KINDS + 1
    screen.kind_ticks[MediaKind.PHOTOGRAPH].click()
    assert screen.pile.kinds == (MediaKind.PHOTOGRAPH,), "one kind stays"
    QTest.keyClick(screen.grid, Key.Key_Y)
    assert screen.count.text() == "1 of 2 entered"


def test_the_board_opens_the_pupils_concerned(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    ella = a_pupil(clerk, "Ella", "Marsh", willow)
    adult = a_guardian(clerk, a_pupil(clerk, "Oscar", "Khan", oak))
    oscar = clerk.ask(FormsOf(oak))[0].pupil_id
    for kind in MediaKind:
        clerk.perform(RecordPermission(oscar, adult, kind, Answer.GIVEN, TODAY, expires_on=date(2026, 12, 1)))
    screen = PermissionsScreen(shell, clerk)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    screen.refresh()
    assert screen.table.rows[0].class_name == "Willow", "undecided first"
    QTest.keyClick(screen.table, Key.Key_Return)
    assert [one.pupil_id for one in screen.pupils.rows] == [ella]
    QTest.keyClick(screen.pupils, Key.Key_Return)
    assert shell.opened[-1] == ("pupil", ella, False)
    screen.enter_forms()
    assert shell.opened[-1] == ("forms", willow, False)
    screen.look_through("expiring")
    assert {line.class_name for line in screen.table.rows} == {"Oak"}
    assert [one.standing for one in screen.pupils.rows] == [Standing.EXPIRING]
    screen.filters.turn("expiring", False)
    screen.filters.turn("conflict")
    assert not screen.table.rows
    assert not screen.enter_button.isEnabled()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_person_with_a_keyboard_or_large_text_can_use_both(
    scale: float, qapp: QApplication, qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    apply_theme(qapp, "light", scale)
    willow = a_class_of(clerk, 5)
    screens = (PermissionsScreen(shell, clerk), FormsScreen(shell, clerk, willow))
    for screen in screens:
        qtbot.addWidget(screen)
        screen.resize(int(1280 * scale), int(800 * scale))
        screen.show()
        screen.refresh()
        assert walk(screen) == []
        assert mnemonics(screen) == []
