"""The tour's pictures of codes, letters and class lists: chased, asked for, excepted, issued, worded, issued again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.domain.permissions import Answer, MediaKind
from app.services.codes import CodeLedger, CodesToIssue, Scope
from app.services.link_requests import LinkRequests, RequestLink
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.school import School
from app.services.sheets import ClassSheets, IssueClassSheet, SheetIssues
from app.ui.screens.codes.dialogs import AcceptDialog, KeepDialog, UsedDialog
from app.ui.screens.codes.issue import IssueScreen
from app.ui.screens.codes.presenter import CHASE, EXCEPTIONS, REQUESTS
from app.ui.screens.codes.screen import CodesScreen
from app.ui.screens.letters.dialogs import ConfirmDialog
from app.ui.screens.letters.screen import LettersScreen
from app.ui.screens.sheets.issues import IssuesDialog
from app.ui.screens.sheets.screen import OUTDATED, SheetsScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture


def code_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every state, as a leader meets it. The school is one to be worked on."""
    _prepare(office)
    yield from _codes(desk, window, picture)
    yield from _dialogs(office, window, picture)
    yield from _issue(desk, window, picture)
    yield from _letters(desk, window, picture)
    yield from _lists(office, desk, window, picture)


def _prepare(office: Office) -> None:
    """Somebody whom the register knows asks to be linked; a class's list is out, and one answer changes after that."""
    waiting = any(line.state == "requested" for line in office.ask(LinkRequests()))
    plan = office.ask(CodesToIssue(Scope()))
    if not waiting and plan.recipients:
        one = plan.recipients[0]
        office.perform(RequestLink(one.pupil_id, one.guardian))
    board = office.ask(ClassSheets())
    if any(sheet.newest is not None for sheet in board.sheets):
        return
    shown = {line.pupil_id: sheet.class_id for sheet in board.sheets for line in sheet.lines if line.may[0]}
    code = next(line for line in office.ask(CodeLedger()) if line.guardian_id is not None and line.pupil_id in shown)
    assert code.guardian_id is not None
    office.perform(IssueClassSheet(shown[code.pupil_id]))
    office.perform(RecordPermission(code.pupil_id, code.guardian_id, MediaKind.PHOTOGRAPH, Answer.REFUSED, board.today))


def _codes(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("codes")
    screen = desk.shown
    assert isinstance(screen, CodesScreen)
    for lens in (CHASE, REQUESTS, EXCEPTIONS):
        screen.look_through(lens)
        if lens == CHASE:
            screen.table.selectAll()
        yield picture(window, f"codes-{lens}")


def _dialogs(office: Office, window: QWidget, picture: Picture) -> Iterator[str]:
    today = office.ask(School()).today
    used = UsedDialog(window)
    used.code.setText("K7QM-9CXD-HTRA")
    used.judge()
    for dialog, name in (
        (used, "codes-mistyped"),
        (KeepDialog(window, "The child lives in two homes.", today), "codes-keep-exception"),
        (AcceptDialog(window, today), "codes-accepted"),
        (ConfirmDialog(window, "Polski (Polish)"), "letters-checked"),
    ):
        dialog.show()
        yield picture(dialog, name)
        dialog.close()
        dialog.deleteLater()


def _issue(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_record("issue", "0")
    screen = desk.shown
    assert isinstance(screen, IssueScreen)
    screen.passed.choose_place(0)
    yield picture(window, "codes-issue")
    screen.split.show_detail()
    yield picture(window, "codes-issue-letters")


def _letters(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    for language in ("en", "ur"):
        desk.open_record("letters", f"code:{language}")
        yield picture(window, f"letters-{language}")
    screen = desk.shown
    assert isinstance(screen, LettersScreen)
    before = screen.fields["title"].toPlainText()
    screen.fields["title"].setPlainText("{surname}")
    screen.show_letter()
    yield picture(window, "letters-fault")
    screen.fields["title"].setPlainText(before)
    screen.show_letter()


def _lists(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("sheets")
    screen = desk.shown
    assert isinstance(screen, SheetsScreen)
    issued = next((sheet for sheet in office.ask(ClassSheets()).sheets if sheet.newest is not None), None)
    screen.look_through(OUTDATED)
    if issued is not None:
        screen.table.choose(issued.class_id)
    screen.split.show_detail()
    yield picture(window, "sheets-to-issue")
    screen.filters.clear()
    if issued is not None:
        dialog = IssuesDialog(window, issued.name, office.ask(SheetIssues(issued.class_id)))
        dialog.show()
        yield picture(dialog, "sheets-issues")
        dialog.close()
        dialog.deleteLater()
