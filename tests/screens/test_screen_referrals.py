"""The office's matters, and signs of harm that are read with a receipt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.roles import Role
from app.services.office import Office
from app.services.review import CloseReferral, OfficeReferrals, ReferToOffice, ReferToSafeguarding, SafeguardingList
from app.ui.screens.referrals.office import ReferralsScreen
from app.ui.screens.referrals.safeguarding import SafeguardingScreen
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, press, settle, step_back, when_asked, write
from tests.services.rows import an_item


@pytest.fixture
def matters(slt: Office) -> list[int]:
    made = []
    for words in ("Sam is away", "Dinner money"):
        item, _ = an_item(slt, words, check=Check.OFFICE)
        made.append(slt.perform(ReferToOffice(item, "absence", words)))
    return made


@pytest.fixture
def lead(office_of: OfficeOf) -> Office:
    return office_of(Role.SAFEGUARDING)


@pytest.fixture
def harm(slt: Office) -> int:
    item, _ = an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    return slt.perform(ReferToSafeguarding(item, "Please look today."))


def test_the_office_reads_the_whole_message_and_closes_it(
    qtbot: QtBot, shell: FakeShell, clerk: Office, matters: list[int]
) -> None:
    screen = opened(qtbot, ReferralsScreen(shell, clerk), clerk)
    assert screen.listing.words == "2 matters, 1 selected"
    assert screen.words.toPlainText() == "Dinner money"
    assert screen.item_button.isHidden()
    heard = when_asked(write("Told the kitchen."))
    screen.close_button.click()
    settle()
    assert heard[0].startswith("Close this matter?")
    assert shell.told == ["Closed."]
    assert [line.brief for line in screen.table.rows] == ["Sam is away"]
    assert screen.table.hasFocus()
    screen.filters.turn("done")
    assert [line.outcome for line in screen.table.rows] == ["Told the kitchen."]
    assert screen.close_button.isHidden()


def test_a_leader_can_open_the_item(qtbot: QtBot, shell: FakeShell, slt: Office, matters: list[int]) -> None:
    screen = opened(qtbot, ReferralsScreen(shell, slt), slt)
    screen.item_button.click()
    line = screen.table.current()
    assert line is not None
    assert shell.opened == [("item", line.item_id, False)]


def test_what_somebody_else_closed_is_said(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office, matters: list[int]
) -> None:
    screen = opened(qtbot, ReferralsScreen(shell, clerk), clerk)
    slt.perform(CloseReferral(matters[1], "Mine"))
    when_asked(write("Yours"))
    screen.close_chosen()
    assert "closed this already" in screen.banner.accessibleName()
    assert [line.id for line in clerk.ask(OfficeReferrals())] == [matters[0]]
    assert len(screen.table.rows) == 1


def test_without_matters_it_teaches(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, ReferralsScreen(shell, clerk), clerk)
    assert screen.table._empty is not None
    assert screen.table._empty.accessibleName().startswith("Nothing for the office.")
    assert screen._card.isHidden()
    assert screen.close_button.isHidden() or not screen.close_button.isVisible()


def test_the_first_reading_is_the_receipt(qtbot: QtBot, shell: FakeShell, lead: Office, harm: int) -> None:
    screen = opened(qtbot, SafeguardingScreen(shell, lead), lead)
    assert screen.text.toPlainText() == ""
    assert lead.ask(SafeguardingList())[0].received_at is None
    key(Qt.Key.Key_Return)
    assert screen.read_button.hasFocus()
    key(Qt.Key.Key_Return)
    assert screen.text.toPlainText() == "He hurts her"
    assert screen.note.text() == "Note: Please look today."
    assert lead.ask(SafeguardingList())[0].received_at is not None
    assert screen.text.hasFocus()
    when_asked(write("CP-26-004"))
    screen.close_button.click()
    line = lead.ask(SafeguardingList())[0]
    assert line.reference == "CP-26-004"
    assert shell.told == ["Closed."]


def test_a_read_referral_is_closed_again_when_another_is_chosen(
    qtbot: QtBot, shell: FakeShell, lead: Office, slt: Office, harm: int
) -> None:
    item, _ = an_item(slt, "She is afraid", check=Check.SAFEGUARDING)
    slt.perform(ReferToSafeguarding(item))
    screen = opened(qtbot, SafeguardingScreen(shell, lead), lead)
    screen.look_through(f"referral:{harm}")
    screen.read()
    assert screen.text.toPlainText() == "He hurts her"
    screen.table.choose_place(next(at for at, row in enumerate(screen.table.rows) if row.id != harm))
    assert screen.text.toPlainText() == ""
    assert screen.card.isHidden()
    screen.look_through(f"referral:{harm}")
    assert screen.unread.isVisible()
    assert screen.again_button.isVisible()
    assert screen.read_button.isHidden()


def test_stepping_back_closes_nothing(qtbot: QtBot, shell: FakeShell, lead: Office, harm: int) -> None:
    screen = opened(qtbot, SafeguardingScreen(shell, lead), lead)
    screen.read()
    when_asked(step_back)
    screen.close_chosen()
    assert lead.ask(SafeguardingList())[0].done_at is None


def test_in_a_narrow_window_enter_shows_the_referral(
    qtbot: QtBot, shell: FakeShell, lead: Office, clerk: Office, harm: int, matters: list[int]
) -> None:
    screen = opened(qtbot, SafeguardingScreen(shell, lead), lead, (700, 700))
    key(Qt.Key.Key_Return)
    assert screen.read_button.isVisible()
    assert screen.leave()
    settle()
    assert screen.table.hasFocus()
    other = opened(qtbot, ReferralsScreen(shell, clerk), clerk, (700, 700))
    key(Qt.Key.Key_Return)
    assert other.words.isVisible()
    assert other.words.hasFocus()
    press(" ")
    assert other.leave()
