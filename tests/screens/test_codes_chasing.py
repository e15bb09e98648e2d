"""Codes nobody used, sent again; exceptions looked at again; what has to be accepted first; one family's letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.services.codes import CodesToIssue, IssueCodes, Scope
from app.services.link_exceptions import LinkExceptions
from app.services.link_requests import ApproveRequest, RequestLink, UseCode
from app.services.office import Office
from app.services.school import SetSchool
from app.store.tables.audit import AuditRow
from app.ui.parts.confirm import ConfirmDialog
from app.ui.screens.codes.dialogs import AcceptDialog, KeepDialog, UsedDialog
from app.ui.screens.codes.issue import IssueScreen
from app.ui.screens.codes.issuing import FAMILY
from app.ui.screens.codes.presenter import CHASE, EXCEPTIONS, REQUESTS
from app.ui.screens.codes.screen import CodesScreen
from tests.conftest import StandingClock
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, press, settle, when_asked
from tests.screens.test_codes_screens import a_school
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_guardian, a_pupil

REVIEW = date(2027, 3, 1)


def an_exception(clerk: Office, slt: Office) -> None:
    _, ella, adults = a_school(clerk)
    for adult in adults[:2]:
        clerk.perform(UseCode(clerk.perform(IssueCodes(Scope(pupil_id=ella, guardian_id=adult))).codes[0].code))
    asked = clerk.perform(RequestLink(ella, "Sami Marsh"))
    slt.perform(ApproveRequest(asked.link_id, "Known.", "Two homes.", REVIEW))


def test_codes_to_chase_are_kept_by_age_saved_and_sent_again(
    qtbot: QtBot, shell: FakeShell, clerk: Office, clock: StandingClock, tmp_path: Path
) -> None:
    willow, ella, adults = a_school(clerk)
    clerk.perform(IssueCodes(Scope(class_id=willow)))
    clock.later(days=16)
    a_guardian(clerk, a_pupil(clerk, "Omar", class_id=willow), "Rita")
    clerk.perform(IssueCodes(Scope(class_id=willow)))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    assert not screen.save_button.isVisible()
    screen.look_through(CHASE)
    assert len(screen.table.rows) == 3
    screen.filters.turn("age:14")
    assert [line.guardian for line in screen.table.rows] == ["Joanne Marsh", "Piotr Marsh"]
    screen.save_to(tmp_path / "chase.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "chase.xlsx")["Codes to chase"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["Pupil", "Class", "Adult"]
    assert [(row[2], row[5], row[8]) for row in rows[1:]] == [
        ("Joanne Marsh", "16", "Not used"),
        ("Piotr Marsh", "16", "Not used"),
    ]
    with clerk.database.reading() as session:
        assert session.scalars(select(AuditRow.verb)).all()[-1] == "code.list_saved"
    screen.table.selectAll()
    assert screen.new_button.text() == "&Give 2 new codes"
    screen.new_button.click()
    kind, key, _ = shell.opened[-1]
    issuing = opened(qtbot, IssueScreen(shell, clerk, key), clerk)
    assert (kind, issuing.letters.page_count) == ("issue", 2)
    issuing.issue_button.click()
    assert [one.to.guardian for one in issuing.presenter.issued.codes] == ["Joanne Marsh", "Piotr Marsh"]  # type: ignore[union-attr]
    assert {one.to.pupil_id for one in issuing.presenter.issued.codes} == {ella}  # type: ignore[union-attr]
    assert len(adults) == 3


def test_nothing_to_chase_saves_nothing(qtbot: QtBot, shell: FakeShell, clerk: Office, tmp_path: Path) -> None:
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.look_through(CHASE)
    assert not screen.save_button.isEnabled()
    screen.save_to(tmp_path / "chase.xlsx")
    assert not list(tmp_path.iterdir())
    assert "no code to chase" in screen.banner.accessibleName()


def test_an_exception_is_kept_until_another_day(qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office) -> None:
    an_exception(clerk, slt)
    screen = opened(qtbot, CodesScreen(shell, slt), slt)
    screen.look_through(EXCEPTIONS)
    assert [line.guardian for line in screen.excepted.rows] == ["Sami Marsh"]

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, KeepDialog)
        dialog.go.click()
        assert dialog.form.has_faults
        dialog.reason.setPlainText("Still two homes.")
        dialog.go.click()

    when_asked(answer)
    screen.keep_button.click()
    assert shell.told == ["The exception stands."]
    (line,) = slt.ask(LinkExceptions())
    assert line.why == "Still two homes."
    assert line.review_on == date(2027, 5, 24)
    assert walk(screen) == []
    assert mnemonics(screen) == []


def test_an_exception_ends_with_a_reason(qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office) -> None:
    an_exception(clerk, slt)
    screen = opened(qtbot, CodesScreen(shell, slt), slt)
    screen.look_through(EXCEPTIONS)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        field.setPlainText("One home now.")
        dialog.go.click()

    when_asked(answer)
    screen.end_button.click()
    assert slt.ask(LinkExceptions()) == ()
    assert len(screen.excepted.rows) == 0


def test_the_office_sees_exceptions_and_cannot_decide_them(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office
) -> None:
    an_exception(clerk, slt)
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.look_through(EXCEPTIONS)
    assert len(screen.excepted.rows) == 1
    assert not screen.keep_button.isEnabled()
    assert not screen.end_button.isEnabled()


def test_a_request_shows_why_it_fits_and_what_stands_against_it(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office
) -> None:
    an_exception(clerk, slt)
    child = clerk.ask(LinkExceptions())[0].pupil_id
    a_guardian(clerk, child, "Wanda")
    clerk.perform(RequestLink(child, "W Marsh"))
    screen = opened(qtbot, CodesScreen(shell, clerk), clerk)
    screen.look_through(REQUESTS)
    said = " ".join(label.text() for label in screen.card.findChildren(QLabel))
    assert screen.card.isVisible()
    assert "initial fits" in said
    assert "already has 3 linked adults" in said
    assert "Joanne Marsh, Piotr Marsh, Sami Marsh" in said


def test_a_code_is_told_to_be_mistyped_while_it_is_typed(qtbot: QtBot) -> None:
    dialog = UsedDialog(None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    dialog.code.setFocus()
    press("K7QM-9CXD-HTR")
    assert dialog.code.accessibleDescription().startswith("As it stands")
    press("A")
    assert "do not fit together" in dialog.code.accessibleDescription()
    dialog.code.clear()
    press("acdebc")
    dialog.agreed.setFocus()
    assert "never hold B" in dialog.code.accessibleDescription()


def test_what_has_to_be_accepted_first_is_noted_where_it_is_missed(
    qtbot: QtBot, shell: FakeShell, clerk: Office, head: Office
) -> None:
    a_school(clerk)
    head.perform(SetSchool(code_needs_acceptance=True))
    screen = opened(qtbot, IssueScreen(shell, clerk, "0"), clerk, (1300, 840))
    assert screen.said.text().startswith("Nobody here may be given a code now")
    assert screen.accept_button.isVisible()
    screen.passed.choose_place(0)
    assert "Your school asks for both before a code" in screen.why.text()
    screen.passed.selectAll()

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, AcceptDialog)
        dialog.go.click()

    when_asked(answer)
    screen.accept_button.click()
    assert shell.told == ["Noted for 3 adults."]
    assert len(clerk.ask(CodesToIssue()).recipients) == 2
    assert not screen.accept_button.isVisible()
    assert screen.issue_button.isEnabled()


def test_one_family_is_found_by_a_childs_name(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    willow, _, _ = a_school(clerk)
    a_guardian(clerk, a_pupil(clerk, "Finn", "Ward", willow), "Lee")
    screen = opened(qtbot, IssueScreen(shell, clerk, "0"), clerk, (1300, 840))
    assert not screen.child.isVisible()
    screen.whom.setCurrentIndex(screen.whom.findData(FAMILY))
    assert screen.child.isVisible()
    assert not screen.issue_button.isEnabled()
    screen.child.setCurrentIndex(screen.child.findText("Finn Ward, Willow"))
    assert [one.guardian for one in screen.presenter.plan.recipients] == ["Lee Marsh"]
    assert screen.letters.page_count == 1
    assert walk(screen) == []
    assert mnemonics(screen) == []
    straight = opened(qtbot, IssueScreen(shell, clerk, f"family:{screen.child.currentData()}"), clerk)
    assert straight.letters.page_count == 1


def test_in_a_narrow_window_the_letters_come_to_the_front(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    a_school(clerk)
    screen = opened(qtbot, IssueScreen(shell, clerk, "0"), clerk, (900, 800))
    assert screen.letters_button.isVisible()
    assert not screen.issue_button.isVisible()
    screen.letters_button.click()
    assert screen.issue_button.isVisible()
    assert screen.leave()
    assert not screen.issue_button.isVisible()
