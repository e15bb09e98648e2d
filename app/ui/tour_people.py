"""The tour's pictures of adults, permissions and looked-after children, as a leader and as the office meet them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.care import CareRecord, LegalStatus
from app.domain.permissions import Answer, Audience, Basis, MediaKind
from app.services.care import RecordCare
from app.services.guardians import Guardian, Guardians, SaveGuardian, SaveTie
from app.services.guardians_alike import AlikeGuardians
from app.services.guardians_merging import MergedGuardians, MergeGuardians
from app.services.linking import SetContact
from app.services.office import Office
from app.services.permissions import AskedAudiences, PermissionsOf, RecordPermission, RecordPermissions, SetAudiences
from app.services.permissions_forms import LookAtForm
from app.services.pupils import Pupils
from app.services.school import School
from app.store.reads.guardians import GuardianDetails, GuardianFilter
from app.ui.screens.care.dialog import CareDialog
from app.ui.screens.guardians.dialogs import ContactDialog, DetailsDialog, MergeDialog, TieDialog
from app.ui.screens.guardians.presenter import ALIKE, MERGED
from app.ui.screens.guardians.screen import GuardiansScreen
from app.ui.screens.permissions.answer_dialog import AnswerDialog
from app.ui.screens.permissions.form_view import FormView
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.screens.pupils.record import PupilScreen
from app.ui.screens.settings.screen import SettingsScreen
from app.ui.shell.area import Screen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture, part_picture


def people_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every state, as the headteacher meets it. The school is one to be worked on."""
    child = _prepare(office)
    yield from _permissions(office, desk, window, picture, child)
    yield from _care(office, desk, window, picture, child)
    yield from _guardians(office, desk, window, picture)


def _prepare(office: Office) -> int:
    """A child with answers for every place, a form and a care record; a barred adult; two records of one."""
    today = office.ask(School()).today
    linked = [line for line in office.ask(Pupils()) if line.linked > 1]
    child = next(line for line in linked if not line.picture_bar or _has_form(office, line.id))
    if Audience.PRESS not in office.ask(AskedAudiences()):
        office.perform(SetAudiences(tuple(Audience)))
        _answers(office, child.id, today)
    entries = office.ask(Guardians())
    alike = [pair for pair in office.ask(AlikeGuardians()) if pair.sure > 1]
    if not alike and not office.ask(MergedGuardians()):
        _double(office, [entry.id for entry in entries if entry.email and entry.linked][:2])
    if not office.ask(Guardians(GuardianFilter(stopped=True))):
        adult = next(entry for entry in entries if len(entry.children) > 1)
        office.perform(SetContact(adult.children[0].pupil_id, adult.id, "barred"))
    return child.id


def _has_form(office: Office, pupil_id: int) -> bool:
    return any(line.has_form for line in office.ask(PermissionsOf(pupil_id)).said)


def _answers(office: Office, child: int, today: date) -> None:
    adult, day = office.ask(PermissionsOf(child)).answerers[0].id, today - timedelta(days=20)
    said = [
        RecordPermission(child, adult, kind, answer, day, "paper form", places, Basis.CONSENT, ends)
        for kind, answer, places, ends in (
            (MediaKind.PHOTOGRAPH, Answer.GIVEN, (Audience.WEBSITE, Audience.DISPLAY), today + timedelta(days=200)),
            (MediaKind.PHOTOGRAPH, Answer.REFUSED, (Audience.SOCIAL_MEDIA, Audience.PRESS), None),
            (MediaKind.WORK_SAMPLE, Answer.GIVEN, (Audience.WEBSITE, Audience.DISPLAY), None),
        )
    ]
    office.perform(RecordPermissions(tuple(said), _form()))
    office.perform(
        RecordPermission(child, None, MediaKind.RECORDING, Answer.REFUSED, today, "in person", (Audience.WEBSITE,))
    )


def _double(office: Office, adults: list[int]) -> None:
    for number, adult in enumerate(adults):
        said = office.ask(Guardian(adult))
        details = GuardianDetails("", said.details.first[:2], said.details.last, said.details.email)
        double = office.perform(SaveGuardian(None, details))
        office.perform(SaveTie(said.children[0].pupil_id, double))
        if number:
            office.perform(MergeGuardians(adult, double))


def _form() -> bytes:
    """A page that looks like a filled form."""
    page = QImage(700, 990, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    pen = QPainter(page)
    pen.setPen(QPen(Qt.GlobalColor.black, 2))
    pen.drawText(60, 90, "Permission form (a sample)")
    for line in range(12):
        pen.drawLine(60, 170 + line * 60, 640, 170 + line * 60)
    pen.end()
    made, device = QByteArray(), QBuffer()
    device.setBuffer(made)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(device, QByteArray(b"png")).write(page)
    return bytes(made.data())


def _permissions(office: Office, desk: Desk, window: QWidget, picture: Picture, child: int) -> Iterator[str]:
    desk.open_area("permissions")
    board = desk.shown
    assert isinstance(board, PermissionsScreen)
    board.refresh()
    board.filters.turn("place:press")
    yield picture(window, "people-board-press")
    board.filters.clear()
    board.look_through("conflict")
    yield picture(window, "people-board-conflicts")
    board.filters.clear()
    board.enter_forms()
    yield picture(window, "people-forms-places")
    desk.back()
    desk.open_record("pupil", child)
    screen = desk.shown
    assert isinstance(screen, PupilScreen)
    screen.permissions.table.choose_place(0)
    yield part_picture(screen, screen.permissions, picture, window, "people-permissions-card", around=0)
    presenter = screen.permissions.presenter
    today = office.ask(School()).today
    dialog = AnswerDialog(window, presenter.people(), office.ask(AskedAudiences()), today)
    dialog.runs_out.setChecked(True)
    yield dialog_picture(dialog, picture, "people-answer")
    faulty = AnswerDialog(window, presenter.people(), office.ask(AskedAudiences()), today)
    yield dialog_picture(faulty, picture, "people-answer-faults", again=faulty.go.click)
    kept = next(line for line in office.ask(PermissionsOf(child)).said if line.has_form)
    shown = office.perform(LookAtForm(kept.ids[0]))
    yield dialog_picture(FormView(window, "The permission form", shown, "This look is noted."), picture, "people-form")
    desk.open_area("settings")
    settings = desk.shown
    assert isinstance(settings, SettingsScreen)
    settings.refresh()
    assert settings.audiences is not None
    yield part_picture(settings, settings.audiences, picture, window, "people-settings-places", around=0)


def _care(office: Office, desk: Desk, window: QWidget, picture: Picture, child: int) -> Iterator[str]:
    today = office.ask(School()).today
    desk.open_record("pupil", child)
    screen = desk.shown
    assert isinstance(screen, PupilScreen)
    assert screen.care is not None
    yield part_picture(screen, screen.care, picture, window, "people-care-closed", around=0)
    record = CareRecord(
        child, LegalStatus.SECTION_20, "Northshire County Council", "Sam Reed, 01632 960123", "Both parents", None,
        "Safe, second drawer", today - timedelta(days=400), None, today + timedelta(days=9), "Asked in October",
    )  # fmt: skip
    office.perform(RecordCare(record, _form()))
    office.perform(RecordCare(record, _form()))
    screen.care.show_button.click()
    yield part_picture(screen, screen.care, picture, window, "people-care-open", around=0)
    yield dialog_picture(CareDialog(window, child, record, today), picture, "people-care-record")
    faulty = CareDialog(window, child, None, today)
    faulty.allowed.setCurrentIndex(2)
    yield dialog_picture(faulty, picture, "people-care-faults", again=faulty.go.click)
    screen.care.close_record()
    desk.open_area("today")
    if isinstance(desk.shown, Screen):
        desk.shown.refresh()
    yield picture(window, "people-today-reviews")


def _guardians(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("guardians")
    screen = desk.shown
    assert isinstance(screen, GuardiansScreen)
    screen.refresh()
    several = next(line for line in screen.table.rows if len(line.children) > 1)
    screen.table.choose(several.id)
    screen.split.show_detail()
    yield picture(window, "people-guardian-siblings")
    screen.look_through("stopped")
    screen.split.show_detail()
    yield picture(window, "people-guardian-stopped")
    screen.panel.look_at_why()
    yield picture(window, "people-guardian-why")
    screen.panel.close_why()
    record = screen.panel.record
    assert record is not None
    today = office.ask(School()).today
    yield dialog_picture(ContactDialog(window, record.id, record.children[0], today), picture, "people-contact")
    yield dialog_picture(TieDialog(window, record.name, record.children[0]), picture, "people-relationship")
    yield dialog_picture(DetailsDialog(window, record.details), picture, "people-details")
    screen.split.show_list()
    screen.look_through(ALIKE)
    yield picture(window, "people-guardians-alike")
    pair = screen.pairs.current()
    if pair is not None:
        left, right = office.ask(Guardian(pair.first_id)), office.ask(Guardian(pair.second_id))
        yield dialog_picture(MergeDialog(window, left, right, " ".join(pair.reasons)), picture, "people-merge")
    screen.look_through(MERGED)
    yield picture(window, "people-guardians-merged")
    screen.filters.clear()


def office_people_pictures(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """What the office sees of an adult who may not be linked."""
    desk.open_area("guardians")
    screen = desk.shown
    assert isinstance(screen, GuardiansScreen)
    screen.refresh()
    screen.look_through("stopped")
    screen.split.show_detail()
    yield picture(window, "office-guardian-stopped")
    screen.filters.clear()
