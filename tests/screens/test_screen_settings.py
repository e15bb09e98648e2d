"""Settings: the look for everyone; the school's details and accounts for the headteacher."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.problems import NotSignedIn
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.services.accounts import Accounts, found_school, sign_in
from app.services.office import Office
from app.services.school import School
from app.services.school_details import SchoolDetails
from app.ui.screens.settings.account_dialog import AccountDialog, NewAccount
from app.ui.screens.settings.screen import SettingsScreen
from app.ui.shell.window import MainWindow
from app.ui.theme.choice import Look
from app.ui.theme.current import theme
from tests.conftest import PASSWORD, QUICK
from tests.screens.fakes import FakeShell, Kept
from tests.screens.opening import key, opened, press, seated, settle, step_back, when_asked


def shown(qtbot: QtBot, shell: FakeShell, office: Office) -> SettingsScreen:
    return opened(qtbot, SettingsScreen(shell, office), office)


def test_everybody_chooses_a_look_and_only_the_headteacher_more(
    qtbot: QtBot, shell: FakeShell, clerk: Office, head: Office
) -> None:
    office = shown(qtbot, shell, clerk)
    assert office.accounts is None
    assert office.school is None
    assert office.look.scheme.hasFocus()
    full = shown(qtbot, shell, head)
    assert full.accounts is not None
    assert full.school is not None


def test_a_look_is_in_force_at_once_and_remembered(
    qtbot: QtBot, shell: FakeShell, kept: Kept, clerk: Office, qapp: QApplication
) -> None:
    screen = shown(qtbot, shell, clerk)
    screen.look.scheme.setCurrentIndex(screen.look.scheme.findData("dark"))
    screen.look.scale.setCurrentIndex(screen.look.scale.findData(1.25))
    screen.look.compact.setChecked(True)
    assert theme().is_dark
    assert theme().scale == 1.25
    assert theme().compact
    assert shell.renewals == 3
    assert Look.kept(kept) == Look("dark", 1.25, True)
    kept.values = {"look/scale": "twelve", "look/scheme": "mauve", "look/compact": "false"}
    assert Look.kept(kept) == Look()
    Look().put_on(qapp)


def test_the_real_frame_is_made_anew_where_the_person_is(qtbot: QtBot, kept: Kept, clerk: Office) -> None:
    runner = Runner()
    window = MainWindow(kept, runner)
    qtbot.addWidget(window)
    window.show()
    desk = seated(window, clerk, "settings")
    before = desk.sidebar.width()
    screen = desk.shown
    assert isinstance(screen, SettingsScreen)
    screen.look.scale.setCurrentIndex(screen.look.scale.findData(1.5))
    settle()
    assert window.desk is not None
    assert window.desk is not desk
    assert isinstance(window.desk.shown, SettingsScreen)
    assert window.desk.sidebar.width() > before
    assert window.desk.shown.look.look.scale == 1.5
    runner.close(5)


def test_the_schools_details_are_saved(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, head)
    card = screen.school
    assert card is not None
    assert card.name.text() == "Larkfield Primary School"
    assert screen.may_close()
    card.phone.setText(" 01632 960123 ")
    card.la.setText("381")
    card.opens.setTime(card.opens.time().fromString("08:15", "HH:mm"))
    card.days[5].setChecked(True)
    assert card.is_changed
    card.save_button.click()
    said = head.ask(SchoolDetails())
    assert (said.phone, said.la, said.opens) == ("01632 960123", "381", time(8, 15))
    assert 5 in said.open_days
    assert head.ask(School()).opens == time(8, 15)
    assert shell.told == ["The school's details are saved."]
    assert screen.may_close()


def test_details_that_cannot_be_are_said_at_the_field(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, head)
    card = screen.school
    assert card is not None
    card.name.clear()
    card.la.setText("38")
    card.estab.setText("12x4")
    for tick in card.days:
        tick.setChecked(False)
    card.closes.setTime(card.closes.time().fromString("06:00", "HH:mm"))
    card.save_button.click()
    for field, words in (
        (card.name, "Enter the school's name."),
        (card.la, "three figures"),
        (card.estab, "four figures"),
        (card.closes, "before it opens"),
    ):
        assert words in field.accessibleDescription()
    assert head.ask(SchoolDetails()).name == "Larkfield Primary School"
    when_asked(step_back)
    assert not screen.may_close()


def test_news_do_not_overwrite_what_is_being_entered(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, head)
    assert screen.school is not None
    screen.school.phone.setText("01632 96")
    screen.refresh()
    assert screen.school.phone.text() == "01632 96"


def test_an_account_is_added_by_keys_and_ended(qtbot: QtBot, shell: FakeShell, kept: Kept, home: Path) -> None:
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    head = sign_in(home, "head", PASSWORD)
    screen = shown(qtbot, shell, head)
    card = screen.accounts
    assert card is not None
    screen.look_through("accounts")
    assert card.add_button.hasFocus()

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AccountDialog)
        assert dialog.name.hasFocus()
        QTest.keyClicks(dialog.name, "Mrs Ogden")
        QTest.keyClicks(dialog.user, "c.ogden")
        for field in (dialog.password, dialog.again):
            QTest.keyClicks(field, "four blue spoons")
        dialog.go.click()

    when_asked(fill)
    key(Qt.Key.Key_Return)
    assert shell.told == ["Account added."]
    assert [line.name for line in card.table.rows] == ["Helen", "Mrs Ogden"]
    clerk = sign_in(home, "c.ogden", "four blue spoons")
    assert clerk.actor.role is Role.OFFICE
    clerk.close()
    card.table.choose_place(0)
    assert not card.end_button.isEnabled()
    card.table.choose_place(1)
    assert card.end_button.isEnabled()
    when_asked(lambda dialog: dialog.go.click())  # type: ignore[attr-defined]
    card.end_button.click()
    assert shell.told[-1] == "Account ended."
    assert [line.active for line in head.ask(Accounts())] == [True, False]
    with pytest.raises(NotSignedIn):
        sign_in(home, "c.ogden", "four blue spoons")
    head.close()


def test_an_account_that_cannot_be_made_says_why_and_stays(qtbot: QtBot, head: Office) -> None:
    made: list[NewAccount] = []
    dialog = AccountDialog(None, made.append)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    dialog.go.click()
    assert "Enter the person's name." in dialog.name.accessibleDescription()
    press("Mrs Ogden")
    dialog.user.setText("office")
    dialog.password.setText("short")
    dialog.go.click()
    assert "at least 12 characters" in dialog.password.accessibleDescription()
    dialog.password.setText("four blue spoons")
    dialog.go.click()
    assert "differ" in dialog.again.accessibleDescription()
    dialog.again.setText("four blue spoons")
    dialog.go.click()
    assert [account.login for account in made] == ["office"]
    assert "spoons" not in repr(made)


def test_a_user_name_that_is_taken_is_refused_in_the_dialog(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, head)
    assert screen.accounts is not None
    dialog = AccountDialog(None, screen.accounts._make)
    qtbot.addWidget(dialog)
    dialog.show()
    for field, words in ((dialog.name, "Pat"), (dialog.user, "office")):
        field.setText(words)
    for field in (dialog.password, dialog.again):
        field.setText("four blue spoons")
    dialog.go.click()
    assert "Somebody has that user name already." in dialog._banner.accessibleName()
    assert dialog.isVisible()
