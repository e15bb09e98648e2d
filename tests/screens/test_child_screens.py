"""A child's permissions and looked-after record on screen: forms with their scans, sealed records, bars."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.care import CareRecord, LegalStatus
from app.domain.permissions import Answer, Audience, Basis, MediaKind
from app.domain.roles import Role
from app.services.activity import Activity
from app.services.care import LookAtCareFile, RecordCare
from app.services.office import Office
from app.services.permissions import AskedAudiences, PermissionsOf, RecordPermission, SetAudiences
from app.services.pupils import Pupil
from app.store.reads.activity import ActivityFilter
from app.store.vault import Vault, new_vault
from app.ui.parts.banner import Banner
from app.ui.parts.confirm import ConfirmDialog
from app.ui.parts.pages import PagesView
from app.ui.screens.care.dialog import CareDialog
from app.ui.screens.care.presenter import CareDesk
from app.ui.screens.permissions.answer_dialog import AnswerDialog
from app.ui.screens.permissions.child_card import PermissionsCard
from app.ui.screens.permissions.form_view import FormView, PictureView
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.screens.pupils.care_card import CareCard
from app.ui.screens.settings.audiences_card import AudiencesCard
from app.ui.theme.apply import apply_theme
from tests.conftest import QUICK, OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil
from tests.services.test_permission_forms import a_pdf

TODAY = date(2026, 11, 23)


@pytest.fixture
def vault(home: Path) -> Vault:
    return new_vault(home, QUICK)[0]


@pytest.fixture
def ella(office_of: OfficeOf) -> int:
    office = office_of(Role.OFFICE)
    pupil = a_pupil(office, class_id=a_class(office))
    a_guardian(office, pupil)
    return pupil


def shown(qtbot: QtBot, part: QWidget) -> None:
    qtbot.addWidget(part)
    part.resize(1000, 760)
    part.show()
    part.activateWindow()
    settle()


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def card_of(qtbot: QtBot, office: Office, pupil: int) -> PermissionsCard:
    card = PermissionsCard(office, pupil, Banner())
    shown(qtbot, card)
    card.refresh()
    return card


def a_file(folder: Path, content: bytes, name: str = "scan.pdf") -> Path:
    place = folder / name
    place.write_bytes(content)
    return place


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (400, 900), "white").save(made, "PNG")
    return made.getvalue()


def test_a_form_with_its_scan_is_recorded_and_shown(
    qtbot: QtBot, office_of: OfficeOf, vault: Vault, ella: int, tmp_path: Path
) -> None:
    office = office_of(Role.OFFICE)
    office.vault = vault
    card = card_of(qtbot, office, ella)
    told: list[str] = []
    card.done.connect(told.append)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AnswerDialog)
        dialog.kinds[MediaKind.PHOTOGRAPH].setCurrentIndex(1)
        dialog.places[Audience.SCHOOL_STORY].setChecked(False)
        dialog.basis.setCurrentIndex(1)
        dialog.scan.take(a_file(tmp_path, b"no scan", "letter.txt"))
        assert "Choose the scan as a PDF or a picture" in dialog.scan.accessibleDescription()
        assert dialog.scan.content is None
        dialog.scan.take(a_file(tmp_path, a_pdf()))
        assert dialog.scan.told.text() == "PDF, 1 KB"
        assert "Choose the scan as" not in dialog.scan.accessibleDescription()
        dialog.go.click()

    when_asked(fill)
    card.record_button.click()
    assert told == ["The answer is recorded."]
    (line,) = card.table.rows
    assert (line.audiences, line.basis, line.has_form) == ((Audience.CLASS_STORY,), Basis.CONSENT, True)
    card.table.choose_place(0)
    assert card.form_button.isEnabled()
    assert not card.attach_button.isEnabled()
    seen: list[int] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, FormView)
        assert isinstance(dialog.view, PagesView)
        seen.append(dialog.view.page_count)
        dialog.reject()

    when_asked(look)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert seen == [1]


def test_a_scan_comes_later_and_a_refusal_is_said(
    qtbot: QtBot, office_of: OfficeOf, vault: Vault, ella: int, tmp_path: Path
) -> None:
    office = office_of(Role.OFFICE)
    office.vault = vault
    office.perform(RecordPermission(ella, None, MediaKind.RECORDING, Answer.REFUSED, TODAY))
    card = card_of(qtbot, office, ella)
    card.table.choose_place(0)
    card.keep_form(a_file(tmp_path, b"words"))
    assert "a text" in card._banner.accessibleName()
    assert [line.has_form for line in card.table.rows] == [False]
    card.keep_form(a_file(tmp_path, picture(), "scan.png"))
    assert [line.has_form for line in card.table.rows] == [True]
    card.table.choose_place(0)
    wide: list[int] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, FormView)
        assert isinstance(dialog.view, PictureView)
        wide.append(dialog.view._label.pixmap().width())
        dialog.reject()

    when_asked(look)
    card.form_button.click()
    assert wide[0] <= 400


def test_the_grid_follows_what_the_school_asks_about(qtbot: QtBot, clerk: Office, head: Office, ella: int) -> None:
    card = card_of(qtbot, clerk, ella)
    assert len(card.grids) == 1
    head.perform(SetAudiences(tuple(Audience)))
    clerk.perform(RecordPermission(ella, None, MediaKind.RECORDING, Answer.REFUSED, TODAY, audiences=(Audience.PRESS,)))
    card.refresh()
    assert len(card.grids) == 2
    settle()
    names = [cell.accessibleName() for grid in card.grids for cell in grid._cells.values()]
    assert len(names) == 18
    assert any(name.startswith("Recordings, Press: Refused.") for name in names)


def test_places_are_chosen_by_the_headteacher(qtbot: QtBot, head: Office) -> None:
    card = AudiencesCard(head)
    shown(qtbot, card)
    card.refresh()
    told: list[str] = []
    card.done.connect(told.append)
    assert not card.save_button.isEnabled()
    assert not card.ticks[Audience.CLASS_STORY].isEnabled()
    card.ticks[Audience.WEBSITE].click()
    card.ticks[Audience.SCHOOL_STORY].click()
    card.refresh()
    assert card.is_changed, "what is being chosen is not overwritten"
    card.save_button.click()
    assert head.ask(AskedAudiences()) == (Audience.CLASS_STORY, Audience.WEBSITE)
    assert len(told) == 1
    assert not card.is_changed


def test_the_board_is_for_one_place_at_a_time(
    qtbot: QtBot, shell: FakeShell, clerk: Office, head: Office, ella: int
) -> None:
    head.perform(SetAudiences((Audience.CLASS_STORY, Audience.PRESS)))
    mother = clerk.ask(PermissionsOf(ella)).answerers[0].id
    clerk.perform(RecordPermission(ella, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    screen = opened(qtbot, PermissionsScreen(shell, clerk), clerk)
    assert sum(line.may for line in screen.lines) == 1
    screen.filters.turn("place:press")
    assert sum(line.may for line in screen.lines) == 0
    assert "press: 0 of 1" in words(screen)
    assert "Nobody has answered yet." in screen.why.text()


def care_of(qtbot: QtBot, office: Office, pupil: int) -> CareCard:
    card = CareCard(CareDesk(office, pupil), Banner())
    shown(qtbot, card)
    return card


def test_a_record_is_begun_changed_and_its_document_shown(
    qtbot: QtBot, office_of: OfficeOf, vault: Vault, ella: int, tmp_path: Path
) -> None:
    office = office_of(Role.SLT)
    office.vault = vault
    card = care_of(qtbot, office, ella)
    told: list[str] = []
    card.done.connect(told.append)
    card.show_button.click()
    assert "There is no such record" in words(card)

    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, CareDialog)
        dialog.allowed.setCurrentIndex(2)
        dialog.go.click()
        assert "legal status first" in dialog.allowed.accessibleDescription()
        dialog.status.setCurrentIndex(1)
        dialog.go.click()
        assert "Enter who said so" in dialog.decides.accessibleDescription()
        dialog.decides.setText("Northshire, Ms Okafor")
        dialog.authority.setText("Northshire")
        dialog.since.setChecked(True)
        dialog.scan.take(a_file(tmp_path, a_pdf()))
        dialog.go.click()

    when_asked(begin)
    card.change_button.click()
    assert told == ["Recorded. Others see the effect, and never the reason."]
    assert "Northshire, Ms Okafor" in words(card)
    seen = office.perform(LookAtCareFile(ella)).newest
    assert seen is not None
    assert (seen.status, seen.images_allowed, seen.starts) == (LegalStatus.CARE_ORDER, True, TODAY)
    assert seen.review_on == TODAY + timedelta(days=182)
    pages: list[int] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, FormView)
        assert isinstance(dialog.view, PagesView)
        pages.append(dialog.view.page_count)
        dialog.reject()

    when_asked(look)
    card.document_button.click()
    assert pages == [1]

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, CareDialog)
        assert dialog.authority.text() == "Northshire"
        dialog.allowed.setCurrentIndex(1)
        dialog.go.click()

    when_asked(change)
    card.change_button.click()
    assert "Earlier records:" in words(card)
    assert not card.document_button.isHidden(), "the document stays with the record"


def test_a_bar_of_a_leaders_own_is_set_and_lifted(qtbot: QtBot, slt: Office, ella: int) -> None:
    mother = slt.ask(PermissionsOf(ella)).answerers[0].id
    slt.perform(RecordPermission(ella, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    card = care_of(qtbot, slt, ella)
    card.show_button.click()
    assert card.lift_button.isHidden()

    def say(reason: str) -> None:
        def answer(dialog: QDialog) -> None:
            assert isinstance(dialog, ConfirmDialog)
            assert dialog._reason is not None
            dialog._reason.setPlainText(reason)
            dialog.go.click()

        when_asked(answer)

    def may() -> bool:
        return slt.ask(Pupil(ella)).line.rulings[MediaKind.PHOTOGRAPH].allowed

    say("A private matter")
    card.bar_button.click()
    assert not may()
    assert "A private matter" in words(card)
    say("It is over")
    card.lift_button.click()
    assert may()
    assert card.lift_button.isHidden()


def test_every_look_is_noted_and_what_was_open_closes(qtbot: QtBot, slt: Office, head: Office, ella: int) -> None:
    slt.perform(RecordCare(CareRecord(ella, LegalStatus.SECTION_20, "Calder")))
    card = care_of(qtbot, slt, ella)
    for expected in (1, 2):
        card.show_button.click()
        assert "Calder" in words(card)
        card.hide_button.click()
        assert "Calder" not in words(card)
        assert card.show_button.hasFocus()
        looks = [line for line in head.ask(Activity(ActivityFilter())) if line.verb == "care.seen"]
        assert len(looks) == expected


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_dialogs_are_for_the_keyboard_and_for_large_text(
    scale: float, qapp: QApplication, qtbot: QtBot, slt: Office, ella: int
) -> None:
    apply_theme(qapp, "light", scale)
    record = CareRecord(ella, LegalStatus.CARE_ORDER, starts=TODAY, ends=TODAY, review_on=TODAY)
    answer = AnswerDialog(None, [(1, "Joanne Marsh, mother"), (None, "The child's own wish")], tuple(Audience), TODAY)
    answer.runs_out.setChecked(True)
    for dialog in (answer, CareDialog(None, ella, record, TODAY)):
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        settle()
        assert walk(dialog) == []
        assert mnemonics(dialog) == []
    card = care_of(qtbot, slt, ella)
    card.show_button.click()
    settle()
    assert walk(card) == []
    assert mnemonics(card) == []
