"""The codes screens: issue to a class with a preview, save once, filters, requests decided, a mistyped code told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.services.codes import CodeLedger, IssueCodes, Scope
from app.services.link_requests import LinkRequests, RequestLink, UseCode
from app.services.linking import SetContact
from app.services.office import Office
from app.services.today import Today, WaitingCounts
from app.ui.parts.confirm import ConfirmDialog
from app.ui.screens.codes.dialogs import ApproveDialog, ListDialog, RequestDialog, UsedDialog
from app.ui.screens.codes.issue import IssueScreen
from app.ui.screens.codes.presenter import CHASE, REQUESTS, STOPPED
from app.ui.screens.codes.screen import CodesScreen
from app.ui.theme.apply import apply_theme
from tests.conftest import StandingClock
from tests.reports.test_letters import read_codes, words_of
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil


def a_school(office: Office) -> tuple[int, int, list[int]]:
    """Willow, with one child and three adults."""
    willow = a_class(office)
    ella = a_pupil(office, class_id=willow)
    return willow, ella, [a_guardian(office, ella, name) for name in ("Joanne", "Piotr", "Sami")]


def test_a_class_is_given_codes_and_the_letters_are_saved(
    qtbot: QtBot, shell: FakeShell, clerk: Office, tmp_path: Path
) -> None:
    willow, _, _ = a_school(clerk)
    screen = opened(qtbot, IssueScreen(shell, clerk, willow), clerk)
    assert screen.letters.page_count == 2
    assert [row.guardian for row in screen.passed.rows] == ["Sami Marsh"]
    assert not screen.save_button.isVisible()
    assert screen.may_close()
    screen.issue_button.click()
    issued = screen.presenter.issued
    assert issued is not None
    when_asked(lambda dialog: dialog.reject())
    assert not screen.may_close()
    screen.save_to(tmp_path / "missing" / "letters.pdf")
    assert screen.banner.isVisible()
    screen.save_to(tmp_path / "letters.pdf")
    screen.save_to(tmp_path / "letters.xlsx")
    assert screen.may_close()
    assert read_codes((tmp_path / "letters.pdf").read_bytes()) == [code.code for code in issued.codes]
    assert "Marsh" not in "".join(shell.told)


def test_a_preview_holds_no_code_and_changes_nothing(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    a_school(clerk)
    screen = opened(qtbot, IssueScreen(shell, clerk, "0"), clerk)
    assert "ACDE-FHJK-MNPQ" in words_of(screen.presenter.preview(screen.presenter.last_day()))
    assert clerk.ask(CodeLedger()) == ()
    assert not screen.print_()


def test_one_adult_is_given_a_new_code_in_place_of_the_old_one(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    _, ella, adults = a_school(clerk)
    clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adults[0])))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.table.choose_place(0)
    screen.new_button.click()
    assert shell.opened[-1][:2] == ("issue", f"{ella}-{adults[0]}")
    issuing = opened(qtbot, IssueScreen(shell, clerk, f"{ella}-{adults[0]}"), clerk)
    issuing.issue_button.click()
    assert sorted(line.state for line in clerk.ask(CodeLedger())) == ["revoked", "waiting"]


def test_filters_show_codes_by_what_became_of_them(
    qtbot: QtBot, shell: FakeShell, clerk: Office, clock: StandingClock
) -> None:
    _, ella, adults = a_school(clerk)
    first = clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adults[0]))).codes[0]
    clock.later(days=3)
    clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adults[1])))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.look_through(CHASE)
    assert [line.guardian for line in screen.table.rows] == ["Joanne Marsh", "Piotr Marsh"]
    clerk.perform(UseCode(first.shown))
    assert [line.guardian for line in screen.table.rows] == ["Piotr Marsh"]
    screen.filters.turn("used")
    assert [line.guardian for line in screen.table.rows] == ["Joanne Marsh"]
    assert not screen.revoke_button.isEnabled()
    screen.filters.turn("waiting")
    screen.table.choose_place(0)
    heard = when_asked(_write("The letter was lost."))
    screen.revoke_button.click()
    assert heard[0].startswith("Revoke this code?")
    screen.filters.turn("revoked")
    assert screen.table.rows[0].revoked_why == "The letter was lost."


def test_a_request_is_approved_with_a_reason(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    _, ella, _ = a_school(clerk)
    clerk.perform(RequestLink(ella, "Joanne Marsh"))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.look_through(REQUESTS)
    assert screen.asked.current() is not None
    when_asked(_write("She showed her passport."))
    screen.approve_button.click()
    assert shell.told == ["Linked."]
    assert len(screen.asked.rows) == 0


def test_a_third_adult_is_asked_for_an_exception(qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office) -> None:
    _, ella, adults = a_school(clerk)
    for adult in adults[:2]:
        clerk.perform(UseCode(clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adult))).codes[0].code))
    clerk.perform(RequestLink(ella, "Sami Marsh"))
    screen = opened(qtbot, CodesScreen(shell, slt), slt)
    screen.look_through(REQUESTS)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ApproveDialog)
        assert dialog.why.isVisible()
        dialog.go.click()
        assert dialog.form.has_faults
        dialog.reason.setPlainText("Known at the gate.")
        dialog.why.setPlainText("The child lives in two homes.")
        dialog.go.click()

    when_asked(answer)
    screen.approve_button.click()
    assert shell.told == ["Linked."]


def test_a_barred_adult_is_stopped_and_leaders_are_told_on_today(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office
) -> None:
    _, ella, adults = a_school(clerk)
    clerk.perform(SetContact(ella, adults[0], "barred"))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, RequestDialog)
        dialog.go.click()
        assert dialog.form.has_faults
        dialog.pupil.setCurrentIndex(0)
        dialog.name.setText("Joanne Marsh")
        dialog.go.click()

    when_asked(answer)
    screen.enter()
    assert "barred" in screen.banner.accessibleName()
    first = slt.ask(Today()).now[0]
    assert (first.area, first.lens, first.tone) == ("codes", STOPPED, "stop")
    assert "Marsh" not in first.what + first.why
    assert all(line.lens != STOPPED for line in clerk.ask(Today()).now)
    screen.look_through(first.lens)
    assert [line.state for line in screen.asked.rows] == ["stopped"]
    assert not screen.approve_button.isEnabled()


def test_a_mistyped_code_is_told_in_the_field(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    _, ella, adults = a_school(clerk)
    code = clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adults[0]))).codes[0].shown
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, UsedDialog)
        dialog.code.setText(code[:-1] + ("A" if code[-1] != "A" else "C"))
        dialog.go.click()
        assert "do not fit together" in dialog.code.accessibleDescription()
        dialog.code.setText(code.lower())
        dialog.go.click()

    when_asked(answer)
    screen.used()
    assert shell.told == ["Linked."]


def test_the_services_own_codes_are_pasted_and_every_line_is_told(
    qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    a_school(clerk)
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ListDialog)
        dialog.list.setPlainText("Ella Marsh, P4X7K2M9\nNobody Here, P1111111")
        dialog.go.click()

    when_asked(answer)
    screen.bring_in()
    assert "1 code recorded." in screen.banner.accessibleName()
    assert "Line 2: Nobody Here." in screen.banner.accessibleName()
    assert len(screen.table.rows) == 1


def test_requests_count_in_the_side_bar_and_stand_on_today(clerk: Office) -> None:
    _, ella, _ = a_school(clerk)
    clerk.perform(RequestLink(ella, "Joanne Marsh"))
    assert clerk.ask(WaitingCounts())["codes"] == 1
    assert any(line.lens == REQUESTS for line in clerk.ask(Today()).now)
    assert [line.state for line in clerk.ask(LinkRequests())] == ["requested"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_both_pages_pass_the_accessibility_walk(
    qtbot: QtBot, qapp: QApplication, shell: FakeShell, clerk: Office, scale: float
) -> None:
    apply_theme(qapp, "light", scale)
    willow, ella, _ = a_school(clerk)
    clerk.perform(IssueCodes(Scope(class_id=willow)))
    clerk.perform(RequestLink(ella, "Joanne Marsh"))
    size = (int(1224 * scale), int(840 * scale))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk, size)
    assert walk(screen) == []
    assert mnemonics(screen) == []
    screen.look_through(REQUESTS)
    assert walk(screen) == []
    assert mnemonics(screen) == []
    issuing = opened(qtbot, IssueScreen(shell, clerk, "0"), clerk, size)
    assert walk(issuing) == []
    assert mnemonics(issuing) == []


def _write(words: str) -> Callable[[QDialog], None]:
    def answer(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        field.setPlainText(words)
        assert isinstance(dialog, ConfirmDialog | ApproveDialog)
        dialog.go.click()

    return answer
