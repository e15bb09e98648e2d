"""Classes, leavers, login cards and the new school year on screen: by the keyboard, in every state (H6, H7, H12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.leaving import Step
from app.domain.roles import Role
from app.services.classes import Classes
from app.services.leavers import Leavers, RecordLeaver, SetLeaverMonths
from app.services.login_cards import EnterLogin, LoginCards
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import RecordStaff
from app.services.september import SaveSeptember, September
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow
from app.ui.screens.cards.screen import CardsScreen
from app.ui.screens.classes.dialogs import MoveDialog, StaffOfClassDialog
from app.ui.screens.classes.screen import ENDED, STAFF, ClassesScreen
from app.ui.screens.leavers.presenter import DUE, HELD, TO_DO
from app.ui.screens.leavers.screen import LeaversScreen
from app.ui.screens.september.dialogs import NewClassDialog, PlaceDialog, SplitDialog
from app.ui.screens.september.screen import SeptemberScreen
from app.ui.shell.area import Screen
from app.ui.theme.apply import Scheme, apply_theme
from tests.conftest import OfficeOf, StandingClock
from tests.reports.test_login_cards import read_back
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, key, opened, press, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_pupil

TODAY = date(2026, 11, 23)
LOOKS: tuple[tuple[Scheme, float, int, int], ...] = (
    ("light", 1.0, 1224, 840), ("dark", 1.0, 808, 720), ("dark", 1.5, 1224, 840),
)  # fmt: skip


@pytest.fixture
def register(clerk: Office) -> dict[str, int]:
    willow, oak = a_class(clerk, "Willow"), a_class(clerk, "Oak")
    clerk.perform(RecordStaff("Mrs Holt", classes=("Willow",)))
    clerk.perform(RecordStaff("Mr Dean"))
    return {
        "Willow": willow,
        "Oak": oak,
        "Ella": a_pupil(clerk, "Ella", "Marsh", willow),
        "Sam": a_pupil(clerk, "Sam", "Reed", willow),
    }


def send(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def typing(words: str) -> Callable[[QDialog], None]:
    """Type into the first field and send, by the keyboard alone."""

    def answer(dialog: QDialog) -> None:
        press(words)
        send(dialog)

    return answer


def classes_of(office: Office) -> dict[str, tuple[str | None, int, bool]]:
    return {line.name: (line.year_group, line.pupils, line.active) for line in office.ask(Classes()).classes}


def test_a_class_is_added_renamed_ended_and_used_again(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, ClassesScreen(shell, clerk), clerk)
    when_asked(typing("Elm"))
    screen.add_button.click()
    assert classes_of(clerk)["Elm"] == (None, 0, True)
    screen.table.choose(next(line.id for line in clerk.ask(Classes()).classes if line.name == "Elm"))

    def rename(dialog: QDialog) -> None:
        key("a", CTRL)
        press("Willow")
        send(dialog)
        assert dialog.isVisible(), "it stays open and says why"
        key("a", CTRL)
        press("Pine")
        send(dialog)

    when_asked(rename)
    screen.change_button.click()
    assert "Pine" in classes_of(clerk)
    when_asked(lambda dialog: dialog.accept())
    screen.end_button.click()
    assert not classes_of(clerk)["Pine"][2]
    screen.filters.turn(ENDED)
    assert [line.name for line in screen.table.rows] == ["Pine"]
    screen.end_button.click()
    assert classes_of(clerk)["Pine"][2]


def test_a_class_with_pupils_says_why_it_cannot_end(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, ClassesScreen(shell, clerk), clerk)
    screen.table.choose(register["Willow"])
    when_asked(lambda dialog: dialog.accept())
    screen.end_button.click()
    assert "2 pupils are still in this class" in screen.banner.accessibleName()


def test_who_works_in_a_class_is_ticked_with_the_space_bar(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, ClassesScreen(shell, clerk), clerk)
    screen.table.choose(register["Willow"])

    def tick(dialog: QDialog) -> None:
        assert isinstance(dialog, StaffOfClassDialog)
        assert dialog.list.hasFocus()
        key(Qt.Key.Key_Space)
        send(dialog)

    when_asked(tick)
    screen.staff_button.click()
    line = next(line for line in clerk.ask(Classes()).classes if line.name == "Willow")
    assert [name for _, name in line.staff] == ["Mr Dean", "Mrs Holt"]


def test_selected_pupils_move(qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]) -> None:
    screen = opened(qtbot, ClassesScreen(shell, clerk), clerk)
    screen.table.choose(register["Willow"])
    assert not screen.move_button.isEnabled()
    screen.pupils.selectAll()

    def to_oak(dialog: QDialog) -> None:
        assert isinstance(dialog, MoveDialog)
        send(dialog)

    when_asked(to_oak)
    screen.move_button.click()
    assert {line.class_name for line in clerk.ask(Pupils())} == {"Oak"}


def test_staff_are_kept_on_the_same_page(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, ClassesScreen(shell, clerk), clerk)
    screen.filters.turn(STAFF)
    assert [line.name for line in screen.people.rows] == ["Mr Dean", "Mrs Holt"]
    when_asked(typing("Miss Lee"))
    screen.add_button.click()
    assert [line.name for line in screen.people.rows] == ["Miss Lee", "Mr Dean", "Mrs Holt"]
    screen.people.choose_place(2)
    when_asked(send)
    screen.end_button.click()
    assert [line.name for line in screen.people.rows] == ["Miss Lee", "Mr Dean"]
    screen.year_button.click()
    assert shell.opened == [("september", 0, False)]


def test_leavers_are_ticked_together_and_taken_back(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    for name in ("Ella", "Sam"):
        clerk.perform(RecordLeaver(register[name], TODAY))
    screen = opened(qtbot, LeaversScreen(shell, clerk, register["Sam"]), clerk)
    current = screen.table.current()
    assert current is not None
    assert current.pupil_id == register["Sam"]
    screen.table.selectAll()
    when_asked(send)
    screen.tick_button.click()
    assert {line.leaving.step for line in clerk.ask(Leavers()).lines} == {Step.REMOVE}
    screen.filters.turn(TO_DO)
    assert len(screen.table.rows) == 0
    screen.filters.turn(TO_DO, False)
    assert len(screen.table.selected()) == 1
    screen.untick_button.click()
    assert clerk.ask(Leavers()).to_do == 1


def test_the_headteacher_sets_the_time_holds_and_deletes(
    qtbot: QtBot, shell: FakeShell, clerk: Office, head: Office, register: dict[str, int], clock: StandingClock
) -> None:
    for name in ("Ella", "Sam"):
        clerk.perform(RecordLeaver(register[name], date(2026, 9, 30)))
    screen = opened(qtbot, LeaversScreen(shell, head), head)
    assert not screen.delete_button.isEnabled()

    def one_month(dialog: QDialog) -> None:
        key("a", CTRL)
        press("1")
        send(dialog)

    when_asked(one_month)
    screen.months_button.click()
    assert "as the headteacher decided" in screen.presenter.kept_words()
    screen.table.selectAll()
    when_asked(send)
    screen.tick_button.click()
    screen.filters.turn(DUE)
    assert len(screen.table.rows) == 2
    screen.table.choose(register["Sam"])

    def hold(dialog: QDialog) -> None:
        press("A request is open.")
        send(dialog)

    when_asked(hold)
    screen.hold_button.click()
    screen.filters.turn(DUE, False)
    screen.filters.turn(HELD)
    assert [line.name for line in screen.table.rows] == ["Sam Reed"]
    screen.filters.turn(HELD, False)
    when_asked(lambda dialog: dialog.accept())
    screen.delete_button.click()
    assert [line.name for line in screen.table.rows] == ["Sam Reed"]
    assert shell.told[-1] == "Deleted: 1 pupil's record."


def test_the_office_neither_holds_nor_deletes(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    clerk.perform(RecordLeaver(register["Ella"], TODAY))
    screen = opened(qtbot, LeaversScreen(shell, clerk), clerk)
    assert not screen.delete_button.isVisibleTo(screen)
    assert not screen.hold_button.isVisibleTo(screen)
    assert screen.tick_button.isVisibleTo(screen)


def test_codes_are_entered_brought_in_and_taken_out(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int], tmp_path: Path
) -> None:
    screen = opened(qtbot, CardsScreen(shell, clerk, register["Ella"]), clerk)
    assert not screen.save_button.isEnabled()
    when_asked(typing("sab12cd34"))
    screen.enter_button.click()

    def paste(dialog: QDialog) -> None:
        press("Sam Reed, sxy98zw76")
        send(dialog)

    when_asked(paste)
    screen.bring_button.click()
    assert "1 code kept" in screen.banner.accessibleName()
    assert [line.ending for line in clerk.ask(LoginCards())] == ["34", "76"]
    assert screen.save_button.text() == "&Save 2 cards"
    screen.save_to(tmp_path / "login-cards.pdf")
    assert sorted(read_back((tmp_path / "login-cards.pdf").read_bytes())) == ["SAB12CD34", "SXY98ZW76"]
    assert shell.told[-1] == "Saved 2 cards. Delete the file when the cards are out."
    screen.table.choose(register["Sam"])

    def lost(dialog: QDialog) -> None:
        press("Lost.")
        send(dialog)

    when_asked(lost)
    screen.revoke_button.click()
    assert screen.save_button.text() == "&Save 1 card"


def test_a_parents_code_is_refused_in_the_dialog(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, CardsScreen(shell, clerk), clerk)
    heard: list[str] = []

    def wrong(dialog: QDialog) -> None:
        press("PAB12CD34")
        send(dialog)
        heard.append(dialog.banner.accessibleName())  # type: ignore[attr-defined]  # every dialog of ours that acts
        dialog.reject()

    when_asked(wrong)
    screen.enter()
    assert "a code for parents" in heard[0]


@pytest.mark.parametrize("role", [Role.SLT, Role.SAFEGUARDING])
def test_others_are_offered_no_codes(
    qtbot: QtBot, shell: FakeShell, office_of: OfficeOf, register: dict[str, int], role: Role
) -> None:
    screen = opened(qtbot, CardsScreen(shell, office_of(role)))
    assert not screen.save_button.isVisibleTo(screen)
    assert not screen.bring_button.isVisibleTo(screen)
    assert screen.print_() is False


@pytest.fixture
def year(clerk: Office, clock: StandingClock) -> dict[str, int]:
    """1 September: two classes, a child in each, a leaver of Year 6."""
    clock.now = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)
    ids: dict[str, int] = {}
    with clerk.database.writing() as session:
        for name, group in (("Ash", "1"), ("Oak", "2"), ("Elm", "6")):
            row = ClassRow(name=name, year_group=group)
            session.add(row)
            session.flush()
            ids[name] = row.id
    for first, place, group in (("Ella", "Ash", "1"), ("Tom", "Ash", "1"), ("Olu", "Oak", "2"), ("Sam", "Elm", "6")):
        ids[first] = a_pupil(clerk, first, "Reed", ids[place])
        with clerk.database.writing() as session:
            session.get_one(PupilRow, ids[first]).year_group = group
    return ids


def choosing(words: str) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PlaceDialog)
        at = next(at for at in range(dialog.place.count()) if dialog.place.itemText(at).startswith(words))
        dialog.place.setCurrentIndex(at)
        send(dialog)

    return answer


def test_september_from_proposal_to_done_and_back(
    qtbot: QtBot, shell: FakeShell, clerk: Office, year: dict[str, int]
) -> None:
    screen = opened(qtbot, SeptemberScreen(shell, clerk), clerk)
    where = screen.where
    assert [(line.name, line.goes) for line in where.table.rows] == [
        ("Ash", "Oak"), ("Oak", "No place yet"), ("Elm", "Leave"),
    ]  # fmt: skip
    screen.look_at_plan()
    assert not screen.plan.apply_button.isEnabled()
    screen.leave()

    def pine(dialog: QDialog) -> None:
        assert isinstance(dialog, NewClassDialog)
        press("Pine")
        send(dialog)

    when_asked(pine)
    where.new_button.click()
    where.table.choose(year["Oak"])
    when_asked(choosing("Pine"))
    where.all_button.click()
    assert screen.presenter.is_changed
    screen.save_button.click()
    assert clerk.ask(September()).version == 1
    where.onward_button.click()
    when_asked(lambda dialog: dialog.accept())
    screen.plan.apply_button.click()
    assert screen.pages.currentWidget() is screen.done
    assert {line.first: line.class_name for line in clerk.ask(Pupils())} == {"Ella": "Oak", "Tom": "Oak", "Olu": "Pine"}
    screen.done.codes_button.click()
    screen.done.leavers_button.click()
    assert shell.opened == [("issue", 0, False), ("leavers", 0, False)]
    when_asked(lambda dialog: dialog.accept())
    screen.done.undo_button.click()
    assert screen.pages.currentWidget() is where
    assert {line.first: line.class_name for line in clerk.ask(Pupils())}["Olu"] == "Oak"


def test_a_class_is_split_and_single_pupils_corrected(
    qtbot: QtBot, shell: FakeShell, clerk: Office, year: dict[str, int]
) -> None:
    screen = opened(qtbot, SeptemberScreen(shell, clerk), clerk)
    where = screen.where
    where.table.choose(year["Ash"])

    def two(dialog: QDialog) -> None:
        assert isinstance(dialog, SplitDialog)
        dialog.other.setCurrentIndex(dialog.one.currentIndex())
        send(dialog)
        assert "two different classes" in dialog.banner.accessibleName()
        dialog.other.setCurrentIndex(1)
        send(dialog)

    when_asked(two)
    where.split_button.click()
    assert {move.child.id: move.place for move in screen.presenter.moves(year["Ash"])} == {
        year["Ella"]: f"c{year['Ash']}", year["Tom"]: f"c{year['Oak']}",
    }  # fmt: skip
    where.pupils.choose(year["Ella"])
    when_asked(choosing("Stays as now"))
    where.some_button.click()
    assert where.table.current() is not None
    assert "Stay as now" in next(line.goes for line in where.table.rows if line.name == "Ash")


def test_a_draft_in_hand_is_asked_about_and_not_overwritten(
    qtbot: QtBot, shell: FakeShell, clerk: Office, head: Office, year: dict[str, int]
) -> None:
    screen = opened(qtbot, SeptemberScreen(shell, clerk), clerk)
    state = clerk.ask(September())
    screen.presenter.send([year["Olu"]], "stay")
    head.perform(SaveSeptember(state.draft, 0))
    screen.save()
    assert "Somebody else saved another draft" in screen.banner.accessibleName()
    when_asked(lambda dialog: dialog.reject())
    assert screen.may_close() is False


@pytest.mark.parametrize("role", [Role.SLT, Role.SAFEGUARDING])
def test_those_who_only_look_see_the_proposal(
    qtbot: QtBot, shell: FakeShell, office_of: OfficeOf, year: dict[str, int], role: Role
) -> None:
    screen = opened(qtbot, SeptemberScreen(shell, office_of(role)))
    assert len(screen.where.table.rows) == 3
    for button in (screen.save_button, screen.discard_button, screen.where.all_button, screen.where.new_button):
        assert not button.isVisibleTo(screen)
    screen.look_at_plan()
    assert not screen.plan.apply_button.isVisibleTo(screen)


@pytest.mark.parametrize(("scheme", "scale", "wide", "tall"), LOOKS)
def test_every_state_passes_the_walk(
    qtbot: QtBot, qapp: QApplication, shell: FakeShell, clerk: Office, head: Office, year: dict[str, int],
    scheme: Scheme, scale: float, wide: int, tall: int,
) -> None:  # fmt: skip
    apply_theme(qapp, scheme, scale)
    clerk.perform(RecordStaff("Mrs Holt", classes=("Ash",)))
    clerk.perform(EnterLogin(year["Ella"], "SAB12CD34"))
    clerk.perform(RecordLeaver(year["Sam"], date(2027, 7, 20)))
    head.perform(SetLeaverMonths(1))
    size = (wide, tall)
    found: list[str] = []

    def look(screen: Screen, where: str) -> None:
        settle()
        found.extend(f"{where}: {fault}" for fault in [*walk(screen), *mnemonics(screen)])

    classes = opened(qtbot, ClassesScreen(shell, clerk), size=size)
    look(classes, "classes")
    classes.split.show_detail()
    look(classes, "a class")
    classes.filters.turn(STAFF)
    look(classes, "staff")
    look(opened(qtbot, LeaversScreen(shell, head), size=size), "leavers")
    look(opened(qtbot, CardsScreen(shell, clerk), size=size), "cards")
    september = opened(qtbot, SeptemberScreen(shell, clerk), size=size)
    look(september, "places")
    september.where.split.show_detail()
    look(september, "pupils of a class")
    september.look_at_plan()
    look(september, "plan")
    september.pages.setCurrentWidget(september.done)
    look(september, "done")
    assert "\n".join(found) == ""
