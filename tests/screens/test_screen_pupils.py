"""Pupils: the register as a list, one pupil's page, answers from a form, the looked-after record."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.domain.care import CareRecord, LegalStatus
from app.domain.permissions import STORIES, Answer, Audience, MediaKind
from app.domain.roles import Role
from app.services.activity import Activity
from app.services.care import RecordCare
from app.services.linking import RecordLink
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil
from app.services.review import ItemToReview
from app.store.reads.activity import ActivityFilter
from app.ui.parts.rulings import RulingGrid
from app.ui.screens.permissions.answer_dialog import AnswerDialog
from app.ui.screens.permissions.child_presenter import ChildPresenter
from app.ui.screens.pupils.listing import PupilsScreen
from app.ui.screens.pupils.presenter import link_words, relationship_words, year_words
from app.ui.screens.pupils.record import PupilScreen
from tests.conftest import NOW, OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, key, opened, press, settle, step_back, when_asked
from tests.services.rows import a_class, a_guardian, a_pupil, about, an_item

TODAY = NOW.date()


def surnames(screen: PupilsScreen) -> list[str]:
    return [line.last for line in screen.table.rows]


@pytest.fixture
def register(slt: Office) -> dict[str, int]:
    willow, oak = a_class(slt, "Willow"), a_class(slt, "Oak")
    return {
        "Ella": a_pupil(slt, "Ella", "Marsh", willow),
        "Zoë": a_pupil(slt, "Zoë", "Abara", willow),
        "Sam": a_pupil(slt, "Sam", "Novák", oak),
    }


def test_the_list_stands_by_surname_and_searches_any_part(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    assert surnames(screen) == ["Abara", "Marsh", "Novák"]
    assert screen.filters.field is not None
    assert screen.filters.field.hasFocus()
    press("novak")
    qtbot.waitUntil(lambda: surnames(screen) == ["Novák"], timeout=3000)
    screen.filters.clear()
    press("zoe")
    qtbot.waitUntil(lambda: surnames(screen) == ["Abara"], timeout=3000)


def test_filters_keep_a_class_or_what_is_to_settle(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    guardian = a_guardian(clerk, register["Ella"])
    clerk.perform(RecordPermission(register["Ella"], guardian, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    clerk.perform(RecordLink(register["Ella"], guardian))
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    classes = {name: id_ for id_, name, _ in screen.presenter.classes}
    screen.filters.turn(f"class:{classes['Oak']}")
    assert surnames(screen) == ["Novák"]
    screen.look_through("unlinked")
    assert surnames(screen) == ["Abara", "Novák"]
    screen.look_through("no_permission")
    assert surnames(screen) == ["Abara", "Novák"]
    screen.filters.turn("left")
    assert surnames(screen) == []
    assert screen.table._empty is not None
    assert screen.table._empty.accessibleName().startswith("No pupil matches.")


def test_enter_opens_the_record_and_control_enter_apart(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    screen.table.setFocus()
    screen.table.choose(register["Ella"])
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return, CTRL)
    assert shell.opened == [("pupil", register["Ella"], False), ("pupil", register["Ella"], True)]


def test_without_pupils_it_leads_to_bringing_in(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    screen._bring.click()
    assert shell.areas == ["imports"]


def words(screen: PupilScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen))


def test_the_page_names_the_pupil_but_its_title_does_not(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    a_guardian(clerk, register["Ella"])
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    assert screen.title == "Pupil"
    assert "Ella Marsh" in words(screen)
    assert [g.name for g in screen.guardians.rows] == ["Joanne Marsh"]
    assert "Willow" in words(screen)
    assert screen._codes_card.isHidden()


def test_a_pupil_who_is_gone_is_said(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, PupilScreen(shell, clerk, 999), clerk)
    assert "no longer in the register" in screen.banner.accessibleName()
    assert screen._body.isHidden()


def test_the_office_has_no_looked_after_card(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    assert screen.care is None
    assert "ooked-after" not in words(screen)


def test_the_looked_after_record_is_opened_on_request_noted_and_closed_again(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, register: dict[str, int]
) -> None:
    slt.perform(RecordCare(CareRecord(register["Ella"], LegalStatus.CARE_ORDER, authority="Calder")))
    screen = opened(qtbot, PupilScreen(shell, slt, register["Ella"]), slt)
    assert screen.care is not None
    assert "Calder" not in words(screen)

    def looks() -> int:
        return sum(line.verb == "care.seen" for line in head.ask(Activity(ActivityFilter())))

    assert looks() == 0
    screen.care.show_button.click()
    assert "Calder" in words(screen)
    assert looks() == 1
    assert screen.care.hide_button.hasFocus()
    screen.refresh()
    assert looks() == 1
    screen.hide()
    screen.show()
    settle()
    assert "Calder" not in words(screen)
    assert screen.care.show_button.isVisible()


def test_a_child_without_such_a_record_is_said_to_have_none(
    qtbot: QtBot, shell: FakeShell, slt: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilScreen(shell, slt, register["Ella"]), slt)
    assert screen.care is not None
    screen.care.show_button.click()
    assert "There is no such record for this child." in words(screen)


def test_a_familys_form_is_entered_by_keys(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    guardian = a_guardian(clerk, register["Ella"])
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AnswerDialog)
        assert dialog.who.hasFocus()
        for field, presses in zip(dialog.kinds.values(), (1, 2, 1), strict=True):
            field.setFocus()
            for _ in range(presses):
                QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(dialog.who, Qt.Key.Key_Return, CTRL)

    heard = when_asked(fill)
    screen.permissions.record_button.click()
    assert heard == ["Record an answer"]
    rulings = clerk.ask(Pupil(register["Ella"])).line.rulings
    assert [rulings[kind].words for kind in MediaKind] == ["Given", "Refused", "Given"]
    assert shell.told == ["3 answers are recorded."]
    assert guardian
    grid = screen.findChild(RulingGrid)
    assert grid is not None
    names = [cell.accessibleName() for cell in grid._cells.values()]
    said = [name.split(": ")[1].split(".")[0] for name in names]
    assert said == ["Given", "Given", "Refused", "Refused", "Given", "Given"], "in both stories"
    settle()
    assert "Recorded several permission decisions" in words(screen)


def test_a_ruling_that_is_pressed_asks_for_that_kind(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    a_guardian(clerk, register["Ella"])
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    began: list[bool] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, AnswerDialog)
        began.append(dialog.kinds[MediaKind.RECORDING].hasFocus())
        assert dialog.entered().audiences == (Audience.SCHOOL_STORY,)
        step_back(dialog)

    when_asked(look)
    screen.permissions.grid.asked.emit("Recordings", "School story")
    assert began == [True]
    assert shell.told == []


def test_a_form_that_is_not_complete_says_what_is_missing(qtbot: QtBot) -> None:
    dialog = AnswerDialog(None, [(7, "Joanne")], STORIES, TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.go.click()
    first = dialog.kinds[MediaKind.PHOTOGRAPH]
    assert "at least one kind" in first.accessibleDescription()
    first.setCurrentIndex(1)
    dialog.day.setDate(dialog.day.date().addDays(1))
    dialog.go.click()
    assert "lies ahead" in dialog.day.accessibleDescription()
    dialog.day.setDate(dialog.day.date().addDays(-1))
    dialog.runs_out.setChecked(True)
    dialog.expires.setDate(dialog.day.date().addDays(-5))
    dialog.go.click()
    assert "run out before" in dialog.expires.accessibleDescription()
    dialog.expires.setDate(dialog.day.date().addDays(5))
    dialog.go.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    said = dialog.entered()
    assert (said.guardian_id, said.answers) == (7, {MediaKind.PHOTOGRAPH: Answer.GIVEN})
    assert said.expires_on == date(2026, 11, 28)


def test_who_may_answer_is_offered_with_the_child_last(clerk: Office, register: dict[str, int]) -> None:
    a_guardian(clerk, register["Ella"], "Joanne")
    a_guardian(clerk, register["Ella"], "Uncle", responsibility=False)
    a_guardian(clerk, register["Ella"], "Lee", responsibility=None)
    presenter = ChildPresenter(clerk, register["Ella"])
    presenter.load()
    assert [said for _, said in presenter.people()] == [
        "Joanne Marsh, mother",
        "Lee Marsh, mother (responsibility not recorded)",
        "The child's own wish",
    ]


def test_posts_that_name_the_pupil_open_for_leaders_only(
    qtbot: QtBot, shell: FakeShell, slt: Office, clerk: Office, register: dict[str, int]
) -> None:
    item, finding = an_item(slt)
    about(slt, finding, register["Ella"])
    office_page = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    office_page.named.choose(item)
    office_page.named.opened.emit(office_page.named.current())
    assert shell.opened == []
    page = opened(qtbot, PupilScreen(shell, slt, register["Ella"]), slt)
    page.named.choose(item)
    page.named.opened.emit(page.named.current())
    page.named.aside.emit(page.named.current())
    assert shell.opened == [("item", item, False), ("item", item, True)]
    assert not clerk.may(ItemToReview)


def test_news_leave_the_keyboard_where_it_is(
    qtbot: QtBot, shell: FakeShell, slt: Office, clerk: Office, register: dict[str, int]
) -> None:
    guardian = a_guardian(slt, register["Ella"])
    screen = opened(qtbot, PupilScreen(shell, slt, register["Ella"]), slt)
    screen.permissions.record_button.setFocus()
    clerk.listen(screen.on_changes)
    clerk.perform(RecordPermission(register["Ella"], guardian, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    assert screen.permissions.record_button.hasFocus()
    assert "Photographs: given" in [label.chip.word for label in screen.header._chips]


def test_words_for_years_and_relationships(office_of: OfficeOf) -> None:
    assert [year_words(year) for year in ("N2", "R", "3", None, "")] == ["Nursery", "Reception", "Year 3", "", ""]
    assert relationship_words(None) == "Not recorded"
    assert relationship_words("step-aunt") == "Step-aunt"
    office = office_of(Role.OFFICE)
    pupil = a_pupil(office)
    a_guardian(office, pupil, contact="barred")
    assert [link_words(line) for line in office.ask(Pupil(pupil)).guardians] == ["May not be linked"]
