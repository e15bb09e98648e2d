"""The register of requests on the screen: due chips, steps, what each role is offered, deleting, files (H12, K3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.data_requests import Asked, Asker, Identity, Pause, Result, State
from app.domain.leaving import Step
from app.domain.problems import Overtaken
from app.services.data_request_board import DataRequests
from app.services.data_requests import PauseDataRequest, RecordDataRequest
from app.services.leavers import NoteStep, RecordLeaver
from app.services.office import Office
from app.ui.parts.confirm import ConfirmDialog
from app.ui.screens.requests.dialogs import CloseDialog, ExtendDialog, PauseDialog, RecordDialog, ResumeDialog
from app.ui.screens.requests.presenter import RequestsPresenter, due_words, state_words, waits_words
from app.ui.screens.requests.screen import RequestsScreen
from app.ui.theme.apply import Scheme, apply_theme
from tests.conftest import StandingClock
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, focused, key, opened, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_guardian, a_pupil, everything

CAME = date(2026, 11, 2)


@pytest.fixture
def pupil(clerk: Office) -> int:
    return a_pupil(clerk)


@pytest.fixture
def mother(clerk: Office, pupil: int) -> int:
    return a_guardian(clerk, pupil)


def asks(office: Office, guardian: int, kind: Asked = Asked.SEE, on: date = CAME) -> int:
    return office.perform(
        RecordDataRequest(kind, Asker.GUARDIAN, on, Identity.KNOWN, "Everything about me.", guardian_id=guardian)
    )


def deletion(office: Office, pupil: int) -> int:
    office.perform(RecordLeaver(pupil, date(2026, 7, 17)))
    office.perform(NoteStep((pupil,), Step.REMOVE))
    return office.perform(
        RecordDataRequest(Asked.DELETE, Asker.FOR_PUPIL, CAME, Identity.KNOWN, "All.", pupil_id=pupil)
    )


def shown_words(screen: RequestsScreen) -> str:
    return "\n".join(
        label.accessibleName() or getattr(label, "text", lambda: "")()
        for label in screen.panel.facts.findChildren(object)  # type: ignore[type-var]
        if hasattr(label, "accessibleName")
    )


@pytest.mark.parametrize(
    ("received", "words", "state"),
    [
        (date(2026, 11, 2), "9 days left", State.OPEN),
        (date(2026, 10, 23), "Due today", State.SOON),
        (date(2026, 10, 26), "3 days left", State.SOON),
        (date(2026, 10, 20), "3 days overdue", State.OVERDUE),
        (date(2026, 10, 22), "Due today", State.SOON),
    ],
)
def test_the_chip_counts_days(clerk: Office, mother: int, received: date, words: str, state: State) -> None:
    asks(clerk, mother, on=received)
    line = clerk.ask(DataRequests())[0]
    assert (state_words(line), line.state) == (words, state)


def test_a_paused_request_says_what_it_waits_for(clerk: Office, mother: int) -> None:
    request = asks(clerk, mother)
    clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, date(2026, 11, 6)))
    line = clerk.ask(DataRequests())[0]
    assert state_words(line) == "Paused"
    assert "waits for what is meant" in waits_words(line)
    assert "by each day that the clock stands" in due_words(line)


def test_the_presenter_filters_and_knows_the_role(clerk: Office, slt: Office, head: Office, mother: int) -> None:
    asks(clerk, mother)
    for office, reads, deletes in ((clerk, False, False), (slt, True, False), (head, True, True)):
        presenter = RequestsPresenter(office)
        presenter.load()
        assert (presenter.may_read, presenter.may_delete, presenter.open_count()) == (reads, deletes, 1)
        assert len(presenter.lines(frozenset({"open"}), "joanne r-2026")) == 1
        assert presenter.lines(frozenset(), "nobody") == []


def test_a_request_is_recorded_with_the_keyboard(qtbot: QtBot, shell: FakeShell, clerk: Office, mother: int) -> None:
    screen = opened(qtbot, RequestsScreen(shell, clerk), clerk)

    def answer(dialog: object) -> None:
        assert isinstance(dialog, RecordDialog)
        dialog.go.click()
        assert dialog.form.has_faults, "nobody was chosen and nothing written"
        dialog.guardian.setFocus()
        dialog.guardian.setEditText("Joanne Marsh")
        dialog.words.setFocus()
        QTest.keyClicks(dialog.words, "A copy of everything.")
        QTest.keyClick(dialog.words, Qt.Key.Key_Return, CTRL)

    when_asked(answer)
    screen.record_button.click()
    settle()
    assert shell.told == ["The request is recorded."]
    line = screen.table.current()
    assert line is not None
    assert (line.about, line.reference) == ("Joanne Marsh", "R-2026-001")
    assert screen.presenter.find(line.id) == line


def test_fields_follow_who_asks(qtbot: QtBot, clerk: Office, mother: int) -> None:
    dialog = RecordDialog(None, RequestsPresenter(clerk).people(), lambda said: None)
    qtbot.addWidget(dialog)
    dialog.show()
    for place, field in enumerate((dialog.guardian, dialog.pupil, dialog.staff, dialog.name)):
        dialog.asker.setCurrentIndex(place)
        settle()
        for other in (dialog.guardian, dialog.pupil, dialog.staff, dialog.name):
            assert other.isVisibleTo(dialog) == (other is field)
        assert dialog.by.isVisibleTo(dialog) == (field is dialog.pupil)


def test_the_office_sees_the_line_and_leaders_the_words(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office, mother: int
) -> None:
    asks(clerk, mother)
    office = opened(qtbot, RequestsScreen(shell, clerk))
    panel = office.panel
    for button in (panel.read_button, panel.close_button, panel.extend_button):
        assert not button.isVisibleTo(office)
    assert panel.pause_button.isVisibleTo(office)
    assert panel.gather_button.isVisibleTo(office)
    assert not panel.deletion.isVisibleTo(office)
    leader = opened(qtbot, RequestsScreen(shell, slt))
    assert "Everything about me." not in shown_words(leader)
    leader.panel.read_button.click()
    settle()
    assert "Everything about me." in shown_words(leader)
    leader.hide()
    assert leader.presenter.words is None, "closed when out of sight"
    assert "Everything about me." not in shown_words(leader)


def test_pause_go_on_extend_and_close(qtbot: QtBot, shell: FakeShell, slt: Office, mother: int) -> None:
    asks(slt, mother)
    screen = opened(qtbot, RequestsScreen(shell, slt), slt)

    def fill(dialog: object) -> None:
        if isinstance(dialog, ExtendDialog):
            dialog.why.setPlainText("Several at once.")
        if isinstance(dialog, CloseDialog):
            dialog.go.click()
            assert dialog.form.has_faults
            dialog.words.setPlainText("Sent on paper.")
        assert isinstance(dialog, PauseDialog | ResumeDialog | ExtendDialog | CloseDialog)
        dialog.go.click()

    panel = screen.panel
    for button, state, told in (
        (panel.pause_button, State.PAUSED, "The clock stands."),
        (panel.resume_button, State.OPEN, "The clock is running again."),
        (panel.extend_button, State.OPEN, "The request has two months more."),
        (panel.close_button, State.CLOSED, "The request is closed."),
    ):
        assert button.isVisibleTo(screen), told
        when_asked(fill)
        button.click()
        settle()
        assert shell.told[-1] == told
        assert panel.line is not None
        assert panel.line.state is state
    assert panel.line is not None
    assert [step.kind for step in panel.line.steps] == ["received", "paused", "resumed", "extended", "closed"]
    for button in (panel.pause_button, panel.extend_button, panel.close_button, panel.gather_button):
        assert not button.isVisibleTo(screen)


def test_what_is_held_is_saved(qtbot: QtBot, shell: FakeShell, slt: Office, mother: int, tmp_path: Path) -> None:
    asks(slt, mother)
    screen = opened(qtbot, RequestsScreen(shell, slt), slt)
    screen.panel.gather_to(tmp_path / "answer.zip")
    settle()
    assert (tmp_path / "answer.zip").stat().st_size > 10_000
    assert shell.told == ["Saved. Read every page before you send it."]
    screen.panel.gather_to(tmp_path / "nowhere" / "answer.zip")
    assert screen.panel.banner.isVisibleTo(screen)


def test_the_headteacher_deletes_and_saves_the_certificate(
    qtbot: QtBot, shell: FakeShell, head: Office, slt: Office, pupil: int, mother: int, tmp_path: Path
) -> None:
    deletion(head, pupil)
    leader = opened(qtbot, RequestsScreen(FakeShell(), slt))
    assert leader.panel.deletion.isVisibleTo(leader)
    assert not leader.panel.deletion.delete_button.isVisibleTo(leader)
    screen = opened(qtbot, RequestsScreen(shell, head), head)
    card = screen.panel.deletion
    assert card.delete_button.isEnabled()

    def approve(dialog: object) -> None:
        assert isinstance(dialog, ConfirmDialog)
        dialog.go.click()
        assert dialog.isVisible(), "a reason is asked for"
        field = focused()
        assert field is not None
        QTest.keyClicks(field, "The family moved.")
        dialog.go.click()

    when_asked(approve)
    card.delete_button.click()
    settle()
    assert shell.told == ["The record is deleted. Save the certificate."]
    assert screen.panel.line is not None
    assert screen.panel.line.result is Result.ERASED
    assert "Joanne" not in everything(head)
    assert card.certificate_button.isVisibleTo(screen)
    assert not card.delete_button.isVisibleTo(screen)
    card.certify_to(tmp_path / "certificate.pdf")
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_what_stands_against_deleting_is_said(qtbot: QtBot, shell: FakeShell, head: Office, mother: int) -> None:
    asks(head, mother, Asked.DELETE)
    screen = opened(qtbot, RequestsScreen(shell, head), head)
    card = screen.panel.deletion
    assert "has a child on roll" in card.against.text()
    assert not card.delete_button.isEnabled()


def test_a_problem_is_said_in_the_panel(qtbot: QtBot, shell: FakeShell, head: Office, pupil: int, mother: int) -> None:
    deletion(head, pupil)
    screen = opened(qtbot, RequestsScreen(shell, head))
    line = screen.panel.line
    assert line is not None
    shown = screen.presenter.preview(line)
    with head.database.writing() as session:
        from app.store.tables.people import TieRow

        for tie in session.query(TieRow):
            session.delete(tie)
    with pytest.raises(Overtaken):
        screen.presenter.erase(line, shown, "Why not")


def test_today_leads_to_those_that_are_open(
    qtbot: QtBot, shell: FakeShell, slt: Office, mother: int, clock: StandingClock
) -> None:
    asks(slt, mother)
    clock.later(days=5)
    screen = opened(qtbot, RequestsScreen(shell, slt), slt)
    screen.look_through("open")
    screen.look_through("open")
    assert "open" in screen.filters.on
    assert len(screen.table.rows) == 1
    key(Qt.Key.Key_Return)
    assert screen.panel.read_button.hasFocus()


@pytest.mark.parametrize(
    ("scheme", "scale", "wide", "tall"),
    [("light", 1.0, 1024, 768), ("dark", 1.0, 1280, 800), ("dark", 1.5, 1280, 800)],
)
def test_every_state_passes_the_walk(
    qtbot: QtBot, shell: FakeShell, head: Office, pupil: int, mother: int, scheme: Scheme, scale: float, wide: int,
    tall: int,
) -> None:  # fmt: skip
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, scheme, scale)
    paused = asks(head, mother, Asked.CORRECT)
    head.perform(PauseDataRequest(paused, Pause.CLARIFICATION, CAME))
    asks(head, mother, on=date(2026, 10, 1))
    deletion(head, pupil)
    screen = opened(qtbot, RequestsScreen(shell, head), head, (wide, tall))
    found = []
    for line in list(screen.table.rows):
        screen.table.choose(line.id)
        screen.split.show_detail()
        screen.panel.read()
        settle()
        found += [f"{line.reference}: {fault}" for fault in (*walk(screen), *mnemonics(screen))]
    for place in range(4):
        dialog = RecordDialog(screen, screen.presenter.people(), lambda said: None)
        dialog.show()
        dialog.asker.setCurrentIndex(place)
        settle()
        found += [f"record {place}: {fault}" for fault in (*walk(dialog), *mnemonics(dialog))]
        assert dialog.height() <= 800
        dialog.close()
    first = screen.table.rows[0]
    for made in (
        PauseDialog(screen, first, lambda why, on: None),
        ResumeDialog(screen, first, lambda on, how: None),
        ExtendDialog(screen, first, lambda on, why: None),
        CloseDialog(screen, first, lambda how, on, words: None),
    ):
        made.show()
        settle()
        found += [f"{type(made).__name__}: {fault}" for fault in (*walk(made), *mnemonics(made))]
        made.close()
    assert "\n".join(found) == ""


def test_an_empty_register_teaches(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, RequestsScreen(shell, clerk))
    assert screen.table.rows == [] or len(screen.table.rows) == 0
    assert not screen.panel.card.isVisibleTo(screen)
    assert "\n".join((*walk(screen), *mnemonics(screen))) == ""
