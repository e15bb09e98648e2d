"""The tour's pictures of requests about one's own data, as leaders and the office meet them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.data_requests import Asked, Asker, Identity, Pause, Result
from app.domain.leaving import Step
from app.services.data_erasure import EraseAsAsked, PreviewErasure
from app.services.data_request_board import DataRequests
from app.services.data_requests import (
    CloseDataRequest,
    ExtendDataRequest,
    PauseDataRequest,
    RecordDataRequest,
)
from app.services.guardians import Guardians
from app.services.leavers import NoteStep, RecordLeaver
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from app.ui.screens.requests.dialogs import CloseDialog, ExtendDialog, PauseDialog, RecordDialog, ResumeDialog
from app.ui.screens.requests.screen import RequestsScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture, part_picture


def request_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every state, as the headteacher meets it. The school is one to be worked on."""
    wanted = prepare_requests(office)
    desk.open_area("requests")
    screen = desk.shown
    assert isinstance(screen, RequestsScreen)
    screen.refresh()
    for name, request in wanted.items():
        screen.table.choose(request)
        screen.split.show_detail()
        yield picture(window, f"head-requests-{name}")
    screen.table.choose(wanted["deletion"])
    yield part_picture(screen, screen.panel.deletion.delete_button, picture, window, "head-requests-deletion-foot")
    screen.table.choose(wanted["late"])
    screen.panel.read()
    yield picture(window, "head-requests-read")
    yield from _dialogs(screen, window, picture, wanted)
    desk.open_area("today")
    yield picture(window, "head-requests-today")


def office_request_pictures(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """What the office sees of the same register."""
    desk.open_area("requests")
    screen = desk.shown
    assert isinstance(screen, RequestsScreen)
    screen.refresh()
    screen.split.show_detail()
    yield picture(window, "office-requests")
    yield dialog_picture(
        RecordDialog(window, screen.presenter.people(), lambda said: None), picture, "office-requests-record"
    )


def prepare_requests(office: Office) -> dict[str, int]:
    """One request of each sort, by a word for it; what is there already is taken."""
    known = {line.reference: line.id for line in office.ask(DataRequests())}
    names = ("late", "soon", "paused", "extended", "closed", "deletion", "deleted")
    if len(known) >= len(names):
        return dict(zip(names, (known[key] for key in sorted(known)), strict=False))
    today = office.ask(School()).today
    adults = [entry.id for entry in office.ask(Guardians()) if entry.linked][:6]
    late = _ask(office, Asked.SEE, adults[0], today - timedelta(days=41))
    soon = _ask(office, Asked.SEE, adults[1], today - timedelta(days=27))
    paused = _ask(office, Asked.CORRECT, adults[2], today - timedelta(days=9))
    office.perform(PauseDataRequest(paused, Pause.CLARIFICATION, today - timedelta(days=6)))
    extended = _ask(office, Asked.SEE, adults[3], today - timedelta(days=20))
    office.perform(ExtendDataRequest(extended, today - timedelta(days=2), "Several requests came at once."))
    closed = _ask(office, Asked.OBJECT, adults[4], today - timedelta(days=40))
    office.perform(CloseDataRequest(closed, Result.PART, today - timedelta(days=22), "No pictures from now on."))
    leaving = [line.id for line in office.ask(Pupils()) if line.linked][-2:]
    for pupil in leaving:
        office.perform(RecordLeaver(pupil, today - timedelta(days=20)))
    office.perform(NoteStep(tuple(leaving), Step.REMOVE))
    deletion, deleted = (_ask_for(office, pupil, today - timedelta(days=8)) for pupil in leaving)
    shown = office.ask(PreviewErasure(deleted))
    if not shown.against:
        office.perform(EraseAsAsked(deleted, shown.seen, "The family moved abroad."))
    return dict(zip(names, (late, soon, paused, extended, closed, deletion, deleted), strict=True))


def _ask(office: Office, kind: Asked, adult: int, on: date) -> int:
    words = "A copy of everything you hold about me, and who has seen it."
    return office.perform(RecordDataRequest(kind, Asker.GUARDIAN, on, Identity.KNOWN, words, guardian_id=adult))


def _ask_for(office: Office, pupil: int, on: date) -> int:
    words = "We have moved. Please delete what you hold on our child."
    return office.perform(
        RecordDataRequest(Asked.DELETE, Asker.FOR_PUPIL, on, Identity.DOCUMENT, words, pupil_id=pupil)
    )


def _dialogs(screen: RequestsScreen, window: QWidget, picture: Picture, wanted: dict[str, int]) -> Iterator[str]:
    presenter = screen.presenter
    soon, paused = presenter.find(wanted["soon"]), presenter.find(wanted["paused"])
    assert soon is not None
    assert paused is not None
    record = RecordDialog(window, presenter.people(), lambda said: None)
    record.asker.setCurrentIndex(1)
    yield dialog_picture(record, picture, "head-requests-record")
    faulty = RecordDialog(window, presenter.people(), lambda said: None)
    yield dialog_picture(faulty, picture, "head-requests-record-faults", again=faulty.go.click)
    yield dialog_picture(PauseDialog(window, soon, lambda why, on: None), picture, "head-requests-pause")
    yield dialog_picture(ResumeDialog(window, paused, lambda on, how: None), picture, "head-requests-resume")
    yield dialog_picture(ExtendDialog(window, soon, lambda on, why: None), picture, "head-requests-extend")
    yield dialog_picture(CloseDialog(window, soon, lambda how, on, words: None), picture, "head-requests-close")
