"""Guardians on screen: found, changed, tied, barred, compared and made one, from the keyboard alone."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from app.services.guardians import Guardian, Guardians, SaveGuardian, SaveTie
from app.services.guardians_merging import MergedGuardians
from app.services.linking import SetContact
from app.services.office import Office
from app.store.reads.guardians import GuardianDetails
from app.ui.screens.guardians.dialogs import ContactDialog, DetailsDialog, MergeDialog, TieDialog
from app.ui.screens.guardians.screen import GuardiansScreen
from app.ui.theme.apply import apply_theme
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, opened, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_pupil

TODAY = date(2026, 11, 23)


@pytest.fixture
def family(clerk: Office) -> dict[str, int]:
    """Ella and Tom; Joanne twice, once for each; Dean for Ella."""
    willow = a_class(clerk)
    ella, tom = a_pupil(clerk, class_id=willow), a_pupil(clerk, "Tom", class_id=willow)
    joanne = clerk.perform(SaveGuardian(None, GuardianDetails("", "Joanne", "Marsh", "jo@marsh.example")))
    double = clerk.perform(SaveGuardian(None, GuardianDetails("Mrs", "Joanne", "Marsh", "jo@marsh.example", "", "pl")))
    dean = clerk.perform(SaveGuardian(None, GuardianDetails("Mr", "Dean", "Marsh", "", "07700 900123")))
    clerk.perform(SaveTie(ella, joanne, "PAM", True, 1))
    clerk.perform(SaveTie(tom, double, "PAM", None))
    clerk.perform(SaveTie(ella, dean, "PAF", True, 2))
    return {"ella": ella, "tom": tom, "joanne": joanne, "double": double, "dean": dean}


@pytest.fixture
def screen(qtbot: QtBot, shell: FakeShell, clerk: Office, family: dict[str, int]) -> GuardiansScreen:
    del family
    return opened(qtbot, GuardiansScreen(shell, clerk), clerk)


def words(screen: GuardiansScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen))


def test_adults_stand_once_with_their_children(screen: GuardiansScreen, shell: FakeShell) -> None:
    assert [line.name for line in screen.table.rows] == ["Mr Dean Marsh", "Joanne Marsh", "Mrs Joanne Marsh"]
    assert "Mr Dean Marsh" in words(screen)
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    settle()
    assert "jo@marsh.example" in words(screen)
    QTest.keyClick(screen.panel.children_table, Qt.Key.Key_Return)
    assert shell.opened[-1][0] == "pupil"


def test_search_and_filters_keep_some(qtbot: QtBot, screen: GuardiansScreen) -> None:
    assert screen.focus_filter()
    assert screen.filters.field is not None
    with qtbot.waitSignal(screen.filters.changed):
        QTest.keyClicks(screen.filters.field, "900123")
    assert [line.name for line in screen.table.rows] == ["Mr Dean Marsh"]
    screen.filters.clear()
    settle()
    screen.filters.turn("unsure")
    assert [line.name for line in screen.table.rows] == ["Mrs Joanne Marsh"]
    screen.filters.turn("unsure", False)
    screen.filters.turn("language:pl")
    assert [line.name for line in screen.table.rows] == ["Mrs Joanne Marsh"]
    screen.filters.turn("stopped")
    assert not screen.table.rows


def test_an_adult_is_added_and_a_child_after(screen: GuardiansScreen, shell: FakeShell, clerk: Office) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, DetailsDialog)
        dialog.go.click()
        assert "Enter a name" in dialog.first.accessibleDescription()
        QTest.keyClicks(dialog.first, "Anna")
        dialog.language.setCurrentIndex(dialog.language.findData("ro"))
        QTest.keyClick(dialog.first, Qt.Key.Key_Return, CTRL)

    assert when_asked(fill) == []
    screen.add_button.click()
    assert shell.told[-1].startswith("The adult is added.")
    assert screen.panel.record is not None
    anna = screen.panel.record
    assert (anna.name, anna.details.language) == ("Anna", "ro")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, TieDialog)
        assert dialog.pupil is not None
        dialog.go.click()
        assert "Choose a child" in dialog.pupil.accessibleDescription()
        dialog.pupil.setCurrentIndex(1)
        dialog.relationship.setCurrentIndex(dialog.relationship.findData("CAR"))
        dialog.responsibility.setCurrentIndex(2)
        dialog.go.click()

    when_asked(choose)
    screen.panel.add_button.click()
    (child,) = clerk.ask(Guardian(anna.id)).children
    assert (child.relationship, child.responsibility) == ("CAR", False)


def test_details_and_relationship_are_changed(screen: GuardiansScreen, clerk: Office, family: dict[str, int]) -> None:
    screen.table.choose(family["dean"])

    def edit(dialog: QDialog) -> None:
        assert isinstance(dialog, DetailsDialog)
        dialog.email.setText("not an address")
        dialog.go.click()

    when_asked(edit)
    screen.panel.edit_button.click()
    assert "cannot be one" in screen.panel.banner.accessibleName()

    def put_right(dialog: QDialog) -> None:
        assert isinstance(dialog, DetailsDialog)
        dialog.email.setText("dean@marsh.example")
        dialog.go.click()

    when_asked(put_right)
    screen.panel.edit_button.click()
    assert clerk.ask(Guardian(family["dean"])).details.email == "dean@marsh.example"
    assert screen.panel.banner.isHidden()

    def tie(dialog: QDialog) -> None:
        assert isinstance(dialog, TieDialog)
        assert dialog.relationship.currentData() == "PAF"
        dialog.order.setCurrentIndex(3)
        dialog.go.click()

    when_asked(tie)
    screen.panel.tie_button.click()
    assert clerk.ask(Guardian(family["dean"])).children[0].order == 3


def test_a_bar_is_set_and_the_office_sees_no_reason(
    qtbot: QtBot, screen: GuardiansScreen, shell: FakeShell, clerk: Office, slt: Office, family: dict[str, int]
) -> None:
    screen.table.choose(family["dean"])

    def bar(dialog: QDialog) -> None:
        assert isinstance(dialog, ContactDialog)
        assert dialog.contact.currentData() == "barred"
        dialog.go.click()
        assert "Write why" in dialog.why.accessibleDescription()
        dialog.why.setPlainText("Quaggaberry order")
        dialog.ordered.setChecked(True)
        dialog.go.click()

    when_asked(bar)
    screen.panel.contact_button.click()
    assert clerk.ask(Guardian(family["dean"])).children[0].stopped
    assert "May not be linked" in [label.chip.word for label in screen.panel.header._chips]
    assert "Quaggaberry" not in words(screen)
    assert screen.panel.why_button.isHidden()
    page = opened(qtbot, GuardiansScreen(shell, slt), slt)
    page.table.choose(family["dean"])
    assert "Quaggaberry" not in words(page)
    page.panel.why_button.click()
    assert "Quaggaberry order" in words(page)
    page.hide()
    page.show()
    settle()
    assert "Quaggaberry" not in words(page)


def test_two_records_are_compared_made_one_and_two_again(
    screen: GuardiansScreen, shell: FakeShell, clerk: Office, family: dict[str, int]
) -> None:
    screen.look_through("alike")
    (pair,) = screen.pairs.rows
    assert {pair.first_id, pair.second_id} == {family["joanne"], family["double"]}

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, MergeDialog)
        assert any(choice.hasFocus() for choice in dialog.choices)
        dialog.choices[0].setChecked(True)
        dialog.go.click()

    when_asked(agree)
    QTest.keyClick(screen.pairs, Qt.Key.Key_Return)
    settle()
    assert shell.told[-1] == "The two records are one."
    assert not screen.pairs.rows
    assert len(clerk.ask(Guardians())) == 2
    assert screen.undo()
    assert shell.told[-1] == "The records are two again."
    assert len(clerk.ask(Guardians())) == 3
    assert not screen.undo(), "there is nothing left to take back"
    assert [line.undone for line in clerk.ask(MergedGuardians())] == [True]
    screen.look_through("merged")
    assert not screen.undo_button.isEnabled()


def test_a_pair_told_apart_is_not_offered_again(screen: GuardiansScreen, shell: FakeShell) -> None:
    screen.look_through("alike")
    screen.apart_button.click()
    assert not screen.pairs.rows
    assert shell.told[-1] == "They stay two, and are not offered again."


def test_a_tie_is_ended_after_a_question(screen: GuardiansScreen, clerk: Office, family: dict[str, int]) -> None:
    screen.table.choose(family["dean"])
    when_asked(lambda dialog: dialog.reject())
    screen.panel.end_button.click()
    assert clerk.ask(Guardian(family["dean"])).children
    when_asked(lambda dialog: dialog.accept())
    screen.panel.end_button.click()
    assert not clerk.ask(Guardian(family["dean"])).children


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("view", ["", "alike", "merged"])
def test_a_person_with_a_keyboard_or_large_text_can_use_it(
    scale: float, view: str, qapp: QApplication, qtbot: QtBot, shell: FakeShell, slt: Office, family: dict[str, int]
) -> None:
    apply_theme(qapp, "light", scale)
    slt.perform(SetContact(family["ella"], family["dean"], "barred"))
    screen = opened(qtbot, GuardiansScreen(shell, slt), slt, (int(1224 * scale), int(840 * scale)))
    if view:
        screen.look_through(view)
        settle()
    assert walk(screen) == []
    assert mnemonics(screen) == []
