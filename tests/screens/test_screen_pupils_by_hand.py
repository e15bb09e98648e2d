"""Entering and changing a pupil by hand, saved views, and what a leaver's page says (T8, H7, H12)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.leaving import Step
from app.domain.roles import Role
from app.services.care import BarPictures
from app.services.leavers import NoteStep, RecordLeaver
from app.services.login_cards import EnterLogin
from app.services.office import Office
from app.services.pupils import Pupil, Pupils
from app.services.sheets import IssueClassSheet
from app.services.views import SavedViews
from app.store.reads.pupils import PupilFilter
from app.ui.screens.pupils.details_presenter import DetailsPresenter
from app.ui.screens.pupils.listing import PupilsScreen, ViewDialog
from app.ui.screens.pupils.pupil_dialog import PupilDialog
from app.ui.screens.pupils.record import PupilScreen
from app.ui.theme.apply import apply_theme
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, key, opened, press, settle, step_back, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_pupil

TODAY = date(2026, 11, 23)


@pytest.fixture
def register(clerk: Office) -> dict[str, int]:
    willow, oak = a_class(clerk, "Willow"), a_class(clerk, "Oak")
    return {
        "Willow": willow,
        "Oak": oak,
        "Ella": a_pupil(clerk, "Ella", "Marsh", willow),
        "Sam": a_pupil(clerk, "Sam", "Reed", oak),
    }


def shown_dialog(qtbot: QtBot, office: Office, pupil_id: int | None = None) -> PupilDialog:
    made = DetailsPresenter.of_new(office) if pupil_id is None else DetailsPresenter.of_pupil(office, pupil_id)
    dialog = PupilDialog(None, made)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    return dialog


def fault_under(dialog: PupilDialog, name: str) -> str:
    form, field = dialog._fields[name]
    return form._faults[field].text()


def test_a_pupil_is_entered_by_the_keyboard_alone(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)

    def fill(dialog: QDialog) -> None:
        for words in ("Zara", "Abara"):
            press(words)
            key(Qt.Key.Key_Tab)
        key(Qt.Key.Key_Return, CTRL)

    heard = when_asked(fill)
    screen.add_button.click()
    assert heard == ["Add a pupil"]
    zara = next(line for line in clerk.ask(Pupils()) if line.first == "Zara")
    assert shell.opened == [("pupil", zara.id, False)]
    assert "Zara" not in "".join(shell.told)


def test_stepping_back_adds_nobody(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    when_asked(step_back)
    screen.add()
    assert clerk.ask(Pupils()) == ()


def test_doubts_stand_under_their_fields_as_they_are_typed(
    qtbot: QtBot, clerk: Office, register: dict[str, int]
) -> None:
    dialog = shown_dialog(qtbot, clerk)
    dialog.first.setText("Ella")
    dialog.last.setText("Moss")
    dialog.place.setCurrentIndex(dialog.place.findText("Willow"))
    dialog.upn.setText("A201100018042")
    qtbot.waitUntil(lambda: dialog._doubts["upn"].text() != "", timeout=3000)
    assert "should be R, not A" in dialog._doubts["upn"].text()
    assert "called Ella M. The initial is there because of Ella Marsh" in dialog.called.text()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("31/2/2019", "“31/2/2019” is not a day in the calendar. Write it as"),
        ("3/25/2019", "has no month 25"),
        ("soon", "“soon” is not a date"),
        ("1/1/2030", "lies ahead"),
    ],
)
def test_an_impossible_date_is_said_at_the_field(qtbot: QtBot, clerk: Office, typed: str, told: str) -> None:
    dialog = shown_dialog(qtbot, clerk)
    dialog.first.setText("Ella")
    dialog.last.setText("Moss")
    dialog.born.setText(typed)
    dialog.send()
    assert told in fault_under(dialog, "born")
    assert dialog.born.hasFocus()
    assert clerk.ask(Pupils()) == ()


def test_a_likely_second_record_is_warned_of_once(qtbot: QtBot, clerk: Office, register: dict[str, int]) -> None:
    dialog = shown_dialog(qtbot, clerk)
    dialog.first.setText("Ella")
    dialog.last.setText("Marsh")
    dialog.send()
    assert "already has Ella Marsh, Willow" in dialog.banner.accessibleName()
    assert len(clerk.ask(Pupils(PupilFilter(words="ella marsh")))) == 1
    dialog.go.click()
    assert len(clerk.ask(Pupils(PupilFilter(words="ella marsh")))) == 2


def test_what_stands_is_offered_to_be_changed_and_somebody_else_is_not_overwritten(
    qtbot: QtBot, clerk: Office, register: dict[str, int]
) -> None:
    one, two = shown_dialog(qtbot, clerk, register["Ella"]), shown_dialog(qtbot, clerk, register["Ella"])
    assert (one.first.text(), one.born.text(), one.place.currentText()) == ("Ella", "3/9/2018", "Willow")
    one.preferred.setText("Elle")
    one.send()
    two.middle.setText("Rose")
    two.send()
    assert clerk.ask(Pupil(register["Ella"])).line.permitted == "Elle"
    assert two.saved is None
    assert "Somebody else changed this pupil" in two.banner.accessibleName()


def test_a_view_is_saved_chosen_left_and_removed(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    assert screen.save_button.isHidden(), "nothing to keep yet"
    screen.filters.turn(f"class:{register['Oak']}")
    screen.filters.turn("unlinked")

    def name_it(dialog: QDialog) -> None:
        assert isinstance(dialog, ViewDialog)
        dialog.go.click()
        assert dialog.form.has_faults
        press("Oak to chase")
        dialog.go.click()

    when_asked(name_it)
    screen.save_button.click()
    (view,) = clerk.ask(SavedViews())
    assert view.filter == PupilFilter(class_id=register["Oak"], unlinked=True)
    screen.filters.clear()
    assert len(screen.table.rows) == 2
    screen.filters.turn(f"view:{view.id}")
    assert [line.first for line in screen.table.rows] == ["Sam"]
    assert screen.filters.on == {f"view:{view.id}", f"class:{register['Oak']}", "unlinked"}
    screen.filters.turn("unlinked", False)
    assert screen._view == "", "a changed filter leaves the view"
    assert screen.filters.on == {f"class:{register['Oak']}"}
    screen.filters.turn(f"view:{view.id}")
    screen.remove_button.click()
    assert clerk.ask(SavedViews()) == ()
    assert [line.first for line in screen.table.rows] == ["Sam"], "the list stays as it is"


def test_a_view_brings_its_search_back(qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]) -> None:
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    assert screen.filters.field is not None
    screen.filters.field.setText("ella")
    qtbot.waitUntil(lambda: len(screen.table.rows) == 1, timeout=3000)
    kept = screen.presenter.save_view("Ella")
    screen.refresh()
    screen.filters.clear()
    screen.filters.turn(kept)
    assert screen.filters.text == "ella"
    assert [line.first for line in screen.table.rows] == ["Ella"]


def test_the_marker_and_the_year_are_filters(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office, register: dict[str, int]
) -> None:
    slt.perform(BarPictures(register["Ella"], True, "A reason that nobody sees."))
    screen = opened(qtbot, PupilsScreen(shell, clerk), clerk)
    screen.filters.turn("barred")
    assert [line.first for line in screen.table.rows] == ["Ella"]
    screen.filters.turn("barred", False)
    screen.filters.turn("year:3")
    assert len(screen.table.rows) == 0


def test_the_record_is_whole(qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]) -> None:
    clerk.perform(EnterLogin(register["Ella"], "SAB12CD34"))
    clerk.perform(IssueClassSheet(register["Willow"]))
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    assert not screen.sheet.isHidden()
    assert screen.leaving.isHidden()
    assert "Undecided" in screen.reasons.text() or "undecided" in screen.reasons.text()
    assert [what for _, what, _ in screen.presenter.history()] == ["Entered pupils' login codes"]
    screen.sheet.button.click()
    screen.login.button.click()
    assert (shell.areas, shell.opened) == (["sheets"], [("cards", register["Ella"], False)])


def test_a_change_stands_in_the_history_in_plain_words(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, PupilDialog)
        dialog.preferred.setText("Elle")
        dialog.place.setCurrentIndex(dialog.place.findText("Oak"))
        dialog.go.click()

    when_asked(change)
    screen.edit_button.click()
    assert screen.presenter.history()[0][1:] == (
        "Changed a pupil's details",
        "Changed: class and preferred first name. By Pat Office.",
    )
    assert shell.told == ["The details are saved."]


def test_a_leavers_page_says_what_is_left_to_do(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    clerk.perform(RecordLeaver(register["Ella"], TODAY))
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Ella"]), clerk)
    assert not screen.leaving.isHidden()
    assert screen.edit_button.isHidden()
    assert screen.sheet.isHidden()
    clerk.perform(NoteStep((register["Ella"],), Step.GRADUATE))
    assert screen.presenter.leaving is not None
    assert screen.presenter.leaving.step is Step.GRADUATE
    screen.leaving.button.click()
    assert shell.opened == [("leavers", register["Ella"], False)]
    when_asked(lambda dialog: dialog.accept())
    screen.back_button.click()
    assert clerk.ask(Pupil(register["Ella"])).line.left_on is None
    assert screen.leaving.isHidden()


def test_a_pupil_leaves_from_the_record(
    qtbot: QtBot, shell: FakeShell, clerk: Office, register: dict[str, int]
) -> None:
    screen = opened(qtbot, PupilScreen(shell, clerk, register["Sam"]), clerk)
    when_asked(lambda dialog: dialog.accept())
    screen.left_button.click()
    assert clerk.ask(Pupil(register["Sam"])).line.left_on == TODAY
    assert not screen.leaving.isHidden()


@pytest.mark.parametrize("role", [Role.SLT, Role.SAFEGUARDING])
def test_those_who_only_look_are_offered_no_change(
    qtbot: QtBot, shell: FakeShell, office_of: OfficeOf, register: dict[str, int], role: Role
) -> None:
    office = office_of(role)
    screen = opened(qtbot, PupilScreen(shell, office, register["Ella"]), office)
    assert screen.edit_button.isHidden()
    assert screen.left_button.isHidden()
    listing = opened(qtbot, PupilsScreen(shell, office), office)
    assert not listing.presenter.may_add
    assert listing.add_button.parent() is None or listing.add_button.isHidden()


@pytest.mark.parametrize(("scheme", "scale"), [("light", 1.0), ("dark", 1.5)])
def test_the_dialog_passes_the_walk(
    qtbot: QtBot, qapp: QApplication, clerk: Office, register: dict[str, int], scheme: str, scale: float
) -> None:
    apply_theme(qapp, "dark" if scheme == "dark" else "light", scale)
    dialog = shown_dialog(qtbot, clerk)
    dialog.first.setText("Ella")
    dialog.last.setText("Moss")
    dialog.born.setText("31/2/2019")
    dialog.upn.setText("A201100018042")
    dialog.judge()
    dialog.send()
    settle()
    assert [*walk(dialog), *mnemonics(dialog)] == []
