"""Cases: the register, looks that are audited, the headteacher's decision, words that are not lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.breach import Outcome
from app.domain.checks.finding import Check
from app.domain.roles import Role
from app.services.activity import Activity
from app.services.cases import Cases, DecideCase, OpenCase, ReadCase
from app.services.linking import RecordLink
from app.services.office import Office
from app.store.reads.activity import ActivityFilter
from app.ui.screens.cases.case_screen import CaseScreen
from app.ui.screens.cases.decision import DecisionForm
from app.ui.screens.cases.presenter import CasePresenter, consequence
from app.ui.screens.cases.screen import CasesScreen
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, focused, key, opened, settle, step_back, when_asked, write
from tests.services.rows import a_guardian, a_pupil, an_item


@pytest.fixture
def case(slt: Office) -> int:
    """A case about a guardian with one link, waiting."""
    pupil = a_pupil(slt)
    guardian = a_guardian(slt, pupil)
    slt.perform(RecordLink(pupil, guardian))
    _, finding = an_item(slt, "You are a fool", check=Check.ABUSE, guardian=guardian)
    return slt.perform(OpenCase(finding, "A message was abusive."))


def shown(qtbot: QtBot, shell: FakeShell, office: Office, size: tuple[int, int] = (1224, 840)) -> CasesScreen:
    return opened(qtbot, CasesScreen(shell, office), office, size)


def looks(head: Office) -> int:
    return sum(1 for line in head.ask(Activity(ActivityFilter(area="case"))) if line.verb == "case.read")


def form_of(screen: CasesScreen) -> DecisionForm:
    form = screen.panel.decision.form
    assert form is not None
    return form


def test_a_case_is_read_only_when_it_is_opened(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = shown(qtbot, shell, head)
    key(Qt.Key.Key_Down)
    assert looks(head) == 0
    assert not screen.panel.isVisible()
    key(Qt.Key.Key_Return)
    assert looks(head) == 1
    assert screen.panel.isVisible()
    assert screen.panel.header._title.text() == head.ask(Cases())[0].reference
    key(Qt.Key.Key_Tab)
    assert screen.leave()
    assert screen.table.hasFocus()


def test_without_cases_it_teaches(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    screen = shown(qtbot, shell, slt)
    assert screen.table._empty is not None
    assert screen.table._empty.accessibleName().startswith("No cases. Open one from a finding in Review")
    assert screen.listing.words == "No cases"


def test_those_that_wait_are_kept_by_a_filter(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = shown(qtbot, shell, head)
    head.perform(DecideCase(case, Outcome.REMINDER, "A first time."))
    screen.look_through("waiting")
    assert list(screen.table.rows) == []
    screen.look_through(f"case:{case}")
    settle()
    assert [line.id for line in screen.table.rows] == [case]
    assert screen.panel.case_id == case


def test_the_headteacher_decides(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = shown(qtbot, shell, head)
    screen.open_case(case)
    form = form_of(screen)
    form.outcome.setCurrentIndex(form.outcome.findData(Outcome.WARNING.value))
    form.reasons.setPlainText("It was said twice.")
    form._decide()
    line = head.ask(Cases())[0]
    assert line.outcome is Outcome.WARNING
    assert shell.told == ["Decided."]
    assert [row.outcome for row in screen.table.rows] == [Outcome.WARNING]


def test_a_decision_without_reasons_is_asked_for_them(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = shown(qtbot, shell, head)
    screen.open_case(case)
    form = form_of(screen)
    form._decide()
    assert "Write the reasons." in form.reasons.accessibleDescription()
    assert form.reasons.hasFocus()
    assert head.ask(Cases())[0].outcome is None


def test_a_suspension_asks_once_more_and_says_what_follows(
    qtbot: QtBot, shell: FakeShell, head: Office, case: int
) -> None:
    screen = shown(qtbot, shell, head)
    screen.open_case(case)
    form = form_of(screen)
    form.outcome.setCurrentIndex(form.outcome.findData(Outcome.SUSPENSION.value))
    assert form.ends.isChecked()
    assert form.ends_on.isVisible()
    form.reasons.setPlainText("Threats.")
    heard = when_asked(step_back)
    form._decide()
    assert heard == [
        "Suspend this adult? 1 link is suspended until the end date at once. Do the same in ClassDojo today."
    ]
    assert head.ask(Cases())[0].outcome is None

    def agree(dialog: QDialog) -> None:
        dialog.go.click()  # type: ignore[attr-defined]

    when_asked(agree)
    form._decide()
    line = head.ask(Cases())[0]
    assert (line.outcome, line.ends_on) == (Outcome.SUSPENSION, date(2026, 12, 21))


def test_a_senior_leader_sees_no_decision_form(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = shown(qtbot, shell, slt)
    screen.open_case(case)
    assert screen.panel.decision.form is None


def test_only_a_guardian_can_be_taken_off_the_service(head: Office) -> None:
    _, finding = an_item(head, "Not like this", check=Check.ABUSE)
    presenter = CasePresenter(head)
    presenter.open(head.perform(OpenCase(finding, "A member of staff wrote it.")))
    assert Outcome.SUSPENSION not in presenter.outcomes()
    assert Outcome.REMOVAL not in presenter.outcomes()


def test_what_a_decision_does_is_said_in_a_sentence() -> None:
    assert consequence(Outcome.REMOVAL, 0).startswith("This guardian has no link")
    assert consequence(Outcome.REMOVAL, 1) == "1 link is ended at once. Do the same in ClassDojo today."
    assert consequence(Outcome.SUSPENSION, 2).startswith("2 links are suspended until the end date at once.")
    assert "stay as they are" in consequence(Outcome.WARNING, 2)


def test_a_note_is_added_by_keys(qtbot: QtBot, shell: FakeShell, slt: Office, case: int) -> None:
    screen = shown(qtbot, shell, slt)
    screen.open_case(case)
    when_asked(write("I telephoned the family."))
    screen.panel.add_note()
    assert shell.told == ["Note added."]
    file = screen.panel.presenter.file
    assert file is not None
    assert [event.words for event in file.events] == ["A message was abusive.", "I telephoned the family."]


def test_somebody_who_decided_first_is_not_overwritten(
    qtbot: QtBot, shell: FakeShell, head: Office, office_of: OfficeOf, case: int
) -> None:
    screen = shown(qtbot, shell, head)
    screen.open_case(case)
    form_of(screen).reasons.setPlainText("Mine.")
    office_of(Role.HEADTEACHER).perform(DecideCase(case, Outcome.REMINDER, "Theirs."))
    form_of(screen)._decide()
    assert "decided meanwhile" in screen.panel.decision.banner.accessibleName()
    assert head.perform(ReadCase(case)).decisions[0].reasons == "Theirs."


def test_reasons_that_are_being_written_survive_news(
    qtbot: QtBot, shell: FakeShell, head: Office, office_of: OfficeOf, case: int
) -> None:
    screen = shown(qtbot, shell, head)
    screen.open_case(case)
    form_of(screen).reasons.setPlainText("Half a sent")
    other = office_of(Role.HEADTEACHER)
    other.listen(screen.on_changes)
    other.perform(DecideCase(case, Outcome.REMINDER, "Theirs."))
    assert form_of(screen).reasons.toPlainText() == "Half a sent"
    assert "changed while you were writing" in screen.panel.banner.accessibleName()
    when_asked(step_back)
    assert not screen.may_close()
    form_of(screen).reasons.clear()
    assert screen.may_close()
    screen.refresh()
    assert [row.outcome for row in screen.table.rows] == [Outcome.REMINDER]
    assert len(screen.panel.presenter.file.decisions) == 1  # type: ignore[union-attr]


def test_control_enter_opens_a_case_in_a_window_of_its_own(
    qtbot: QtBot, shell: FakeShell, head: Office, case: int
) -> None:
    shown(qtbot, shell, head)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return, CTRL)
    assert shell.opened == [("case", case, True)]
    alone = opened(qtbot, CaseScreen(shell, head, case), head, (960, 720))
    assert alone.panel.case_id == case
    assert alone.title == "Case"
    assert alone.panel.has_focus()


def test_in_a_narrow_window_the_case_takes_the_lists_place(
    qtbot: QtBot, shell: FakeShell, head: Office, case: int
) -> None:
    screen = shown(qtbot, shell, head, (760, 700))
    key(Qt.Key.Key_Down)
    assert not screen.panel.isVisible()
    key(Qt.Key.Key_Return)
    assert screen.panel.isVisible()
    assert not screen.table.isVisible()
    assert screen.leave()
    settle()
    assert screen.table.hasFocus()


def test_a_click_opens_a_case(qtbot: QtBot, shell: FakeShell, head: Office, case: int) -> None:
    screen = shown(qtbot, shell, head)
    spot = screen.table.visualRect(screen.table.model().index(0, 0)).center()
    QTest.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert screen.panel.case_id == case
    assert focused() is not None
