"""The retention schedule on screen: by the keyboard, for each role, in every state (K4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.problems import Cancelled
from app.domain.retention import Kept
from app.domain.ticket import PlainTicket
from app.services.office import Office
from app.services.retention import ConfirmRetention, Schedule
from app.services.retention_destroying import ApproveDestruction
from app.services.retention_holds import HoldsInForce
from app.services.retention_lists import Destructions
from app.services.retention_preview import DueToday
from app.store.tables.cases import CaseRow
from app.ui.screens.policy.screen import ClausesPage
from app.ui.screens.retention.dialogs import HoldDialog
from app.ui.screens.retention.presenter import RetentionPresenter, part_words
from app.ui.screens.retention.screen import RetentionScreen
from app.ui.theme.apply import Scheme, apply_theme
from tests.reports.paper_reader import Paper
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, key, opened, press, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.retention_rows import WORD, old_item, old_records
from tests.services.test_retention import confirm_all

LOOKS: tuple[tuple[Scheme, float, int, int], ...] = (
    ("light", 1.0, 1224, 840), ("dark", 1.0, 808, 720), ("dark", 1.5, 1224, 840),
)  # fmt: skip


def send(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def agree(dialog: QDialog) -> None:
    dialog.accept()


def test_a_line_is_changed_and_confirmed_by_the_keyboard(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, RetentionScreen(shell, head), head)
    page = screen.schedule
    assert page.table.hasFocus()
    page.table.choose(Kept.DRAFTS.words)

    def six_months(dialog: QDialog) -> None:
        key("a", CTRL)
        press("6")
        send(dialog)

    when_asked(six_months)
    key(Qt.Key.Key_Return)
    line = next(line for line in head.ask(Schedule()) if line.kind is Kept.DRAFTS)
    assert (line.months, line.confirmed) == (6, False)
    when_asked(agree)
    page.confirm_button.click()
    assert next(line for line in head.ask(Schedule()) if line.kind is Kept.DRAFTS).confirmed
    assert page.confirm_button.isHidden()
    page.undo_button.click()
    assert not next(line for line in head.ask(Schedule()) if line.kind is Kept.DRAFTS).confirmed


def test_the_leavers_line_opens_their_list_and_activity_cannot_be_changed(
    qtbot: QtBot, shell: FakeShell, head: Office
) -> None:
    page = opened(qtbot, RetentionScreen(shell, head), head).schedule
    page.table.choose("Leavers' records")
    assert not page.confirm_button.isEnabled()
    page.change_button.click()
    assert shell.opened == [("leavers", 0, False)]
    page.table.choose(Kept.ACTIVITY.words)
    assert not page.change_button.isEnabled()


def test_each_role_sees_its_own_pages(qtbot: QtBot, shell: FakeShell, slt: Office, clerk: Office) -> None:
    for office, pages in ((clerk, 1), (slt, 2)):
        screen = opened(qtbot, RetentionScreen(shell, office), office)
        assert screen.tabs.bar.count() == pages
        assert screen.schedule.confirm_button.isHidden()
        assert screen.schedule.change_button.isHidden() == (office is clerk)
        assert len(screen.schedule.table.rows) == len(Kept) + 1


def test_what_is_due_is_looked_at_held_and_destroyed(
    qtbot: QtBot, shell: FakeShell, head: Office, tmp_path: Path
) -> None:
    confirm_all(head)
    numbers = [old_item(head, f"{WORD} {number}") for number in range(3)]
    screen = opened(qtbot, RetentionScreen(shell, head), head)
    screen.tabs.show_page("due")
    page = screen.due
    assert "3 records would be destroyed today." in screen.presenter.due_words()
    assert len(page.records.rows) == 3
    page.records.choose(("item", numbers[0]))

    def because(dialog: QDialog) -> None:
        assert isinstance(dialog, HoldDialog)
        send(dialog)
        assert dialog.isVisible(), "a reason is asked for"
        press("A claim.")
        send(dialog)

    when_asked(because)
    page.hold_button.click()
    assert [line.why for line in head.ask(HoldsInForce())] == ["A claim."]
    assert "1 record is kept back" in screen.presenter.due_words()
    asked = when_asked(agree)
    page.approve_button.click()
    assert "Destroy these 2 records?" in asked[0]
    assert shell.told[-1] == "2 records destroyed. The list is kept."
    assert not page.approve_button.isEnabled()
    screen.tabs.show_page("holds")
    when_asked(agree)
    screen.holds.lift_button.click()
    assert head.ask(HoldsInForce()) == ()
    screen.tabs.show_page("lists")
    (listed,) = head.ask(Destructions())
    place = tmp_path / "list.pdf"
    screen.lists.save_to(listed, place)
    assert "Destruction list" in Paper(place.read_bytes()).text()
    assert shell.told[-1] == "The destruction list is saved."


def test_a_destruction_that_was_cut_off_is_told_and_gone_on_with(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    confirm_all(head)
    for number in range(3):
        old_item(head, f"{WORD} {number}")
    head.perform(ApproveDestruction(head.ask(DueToday()).seal, 1))
    screen = opened(qtbot, RetentionScreen(shell, head), head)
    screen.tabs.show_page("due")
    assert "A destruction was cut off. 1 of 3 records are destroyed." in screen.due.banner.accessibleName()
    assert not screen.due.approve_button.isEnabled()
    screen.due.go_on_button.click()
    assert shell.told[-1] == "3 records destroyed. The list is kept."
    assert screen.due.go_on_button.isHidden()


def test_cancelling_stops_between_two_batches(head: Office) -> None:
    confirm_all(head)
    for number in range(4):
        old_item(head, f"{WORD} {number}")
    presenter = RetentionPresenter(head)
    presenter.load_due()
    ticket = PlainTicket(lambda done, of, note: ticket.cancel() if done >= 2 else None)
    with pytest.raises(Cancelled):
        presenter.destroy(ticket, 1)
    presenter.load_due()
    assert presenter.unfinished is not None
    assert 2 <= presenter.unfinished.destroyed < 4


def test_what_is_kept_back_is_said_in_words(head: Office) -> None:
    head.perform(ConfirmRetention(Kept.CASES, 72))
    old = old_records(head)
    with head.database.writing() as session:
        session.get_one(CaseRow, old.case).status = "open"
    presenter = RetentionPresenter(head)
    presenter.load_due()
    said = part_words(presenter.due.parts[0])
    assert "1 record to be destroyed" in said
    assert "Kept back: 1 not closed, or under appeal." in said


def test_the_policy_page_leads_there(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    page = ClausesPage(shell, head)
    qtbot.addWidget(page)
    page.keeping_button.click()
    assert shell.opened == [("retention", 0, False)]


@pytest.mark.parametrize(("scheme", "scale", "wide", "tall"), LOOKS)
def test_every_page_can_be_walked_in_every_look(
    qtbot: QtBot, shell: FakeShell, head: Office, qapp: QApplication, scheme: Scheme, scale: float, wide: int, tall: int
) -> None:
    apply_theme(qapp, scheme, scale)
    confirm_all(head)
    old_records(head)
    head.perform(ApproveDestruction(head.ask(DueToday()).seal, 2))
    screen = opened(qtbot, RetentionScreen(shell, head), size=(wide, tall))
    found: list[str] = []
    for name in ("schedule", "due", "holds", "lists"):
        screen.tabs.show_page(name)
        settle()
        found += [f"{name}: {fault}" for fault in [*walk(screen), *mnemonics(screen)]]
    assert "\n".join(found) == ""
