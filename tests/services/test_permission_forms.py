"""The scanned form behind an answer: kept encrypted, shown on request, refused in its own sentence."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from app.domain.permissions import Answer, Audience, Basis, MediaKind
from app.domain.problems import NotAllowed, Problem, Refused, Unreadable
from app.domain.roles import Role
from app.services.office import Office
from app.services.permissions import (
    AskedAudiences,
    PermissionsOf,
    RecordPermission,
    RecordPermissions,
    SetAudiences,
)
from app.services.permissions_forms import AttachForm, LookAtForm, judge_scan, read_scan
from app.store.reads.permissions import SaidLine
from app.store.vault import Vault, new_vault
from tests.conftest import QUICK, OfficeOf
from tests.services.rows import a_guardian, a_pupil, everything

DAY = date(2026, 9, 10)
BOTH = (Audience.CLASS_STORY, Audience.SCHOOL_STORY)


def a_picture(form: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(made, form)
    return made.getvalue()


def a_pdf(password: str = "") -> bytes:
    made, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 300)
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


@pytest.fixture
def vault(home: Path) -> Vault:
    return new_vault(home, QUICK)[0]


@pytest.fixture
def office(office_of: OfficeOf, vault: Vault) -> Office:
    made = office_of(Role.OFFICE)
    made.vault = vault
    return made


def files(vault: Vault) -> list[Path]:
    return [place for place in vault.evidence.rglob("*") if place.is_file()]


def lines(office: Office, pupil: int) -> tuple[SaidLine, ...]:
    return office.ask(PermissionsOf(pupil)).said


@pytest.mark.parametrize("scan", [a_picture(), a_picture("JPEG"), a_pdf()], ids=["png", "jpeg", "pdf"])
def test_one_form_is_kept_with_all_its_answers_and_shown_again(office: Office, vault: Vault, scan: bytes) -> None:
    pupil = a_pupil(office)
    mother = a_guardian(office, pupil)
    said = tuple(
        RecordPermission(pupil, mother, kind, Answer.GIVEN, DAY, audiences=BOTH, basis=Basis.CONSENT)
        for kind in MediaKind
    )
    assert office.perform(RecordPermissions(said, scan)) == 3
    (file,) = files(vault)
    assert scan[:30] not in file.read_bytes()
    found = lines(office, pupil)
    assert [(line.kind, line.audiences, line.has_form, line.basis) for line in reversed(found)] == [
        (kind, BOTH, True, Basis.CONSENT) for kind in MediaKind
    ]
    assert {line.recorded_by for line in found} == {"Pat Office"}
    shown = office.perform(LookAtForm(found[0].ids[0]))
    assert shown.content == scan
    assert "permission.form_seen" in everything(office)


def test_a_form_comes_later_to_answers_that_have_none(office: Office, vault: Vault) -> None:
    pupil, other = a_pupil(office), a_pupil(office, "Tom")
    mother = a_guardian(office, pupil)
    first = office.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    wish = office.perform(RecordPermission(other, None, MediaKind.PHOTOGRAPH, Answer.REFUSED, DAY))
    with pytest.raises(Problem, match="No form was kept"):
        office.perform(LookAtForm(first))
    with pytest.raises(Refused, match="one child"):
        office.perform(AttachForm((first, wish), a_pdf()))
    with pytest.raises(Problem, match="no longer there"):
        office.perform(AttachForm((999,), a_pdf()))
    (line,) = lines(office, pupil)
    office.perform(AttachForm(line.ids, a_pdf()))
    assert lines(office, pupil)[0].has_form
    with pytest.raises(Refused, match="has its form already"):
        office.perform(AttachForm(line.ids, a_pdf()))
    assert len(files(vault)) == 1


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (b"", "is empty"),
        (b"Dear school, yes you may.", "a text"),
        (b"PK\x03\x04" + b"\0" * 40, "packed folder"),
        (b"MZ" + b"\0" * 100, "a program"),
        (b"%PDF-1.7\nnothing of a PDF", "damaged, or a password"),
        (a_pdf("secret"), "damaged, or a password"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "begins as a picture"),
        (a_picture("TIFF"), "begins as a picture \\(TIFF\\)"),
        (b"\0" * (25 * 1024 * 1024 + 1), "larger than 25 MB"),
    ],
    ids=["empty", "text", "zip", "program", "broken-pdf", "locked-pdf", "broken-picture", "tiff", "too-large"],
)
def test_what_is_no_form_has_its_own_sentence_and_nothing_is_recorded(
    office: Office, vault: Vault, scan: bytes, sentence: str
) -> None:
    pupil = a_pupil(office)
    mother = a_guardian(office, pupil)
    with pytest.raises(Refused, match=sentence) as refusal:
        judge_scan(scan)
    assert "Nothing was kept." in refusal.value.sentence
    said = RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY)
    with pytest.raises(Refused, match=sentence):
        office.perform(RecordPermissions((said,), scan))
    assert lines(office, pupil) == ()
    assert files(vault) == []


def test_a_scan_of_200_mb_is_refused_by_its_size_and_never_read(tmp_path: Path) -> None:
    place = tmp_path / "scan.pdf"
    with place.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refused, match="200 MB, and at most 25 MB"):
        read_scan(place)
    place.unlink()
    with pytest.raises(Unreadable, match="cannot be read"):
        read_scan(place)


def test_a_form_whose_answer_is_refused_is_not_left_behind(office: Office, vault: Vault) -> None:
    pupil = a_pupil(office)
    said = RecordPermission(pupil, None, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2027, 1, 1))
    with pytest.raises(Refused, match="lies ahead"):
        office.perform(RecordPermissions((said,), a_pdf()))
    assert files(vault) == []


def test_answers_hold_only_in_the_places_they_were_given_for(clerk: Office, head: Office) -> None:
    pupil = a_pupil(clerk)
    mother = a_guardian(clerk, pupil)
    website = (Audience.WEBSITE,)
    photograph = MediaKind.PHOTOGRAPH
    with pytest.raises(Refused, match="no place"):
        clerk.perform(RecordPermission(pupil, mother, photograph, Answer.GIVEN, DAY, audiences=()))
    clerk.perform(RecordPermission(pupil, mother, photograph, Answer.GIVEN, DAY))
    clerk.perform(RecordPermission(pupil, mother, photograph, Answer.REFUSED, DAY, audiences=website))
    assert clerk.ask(AskedAudiences()) == BOTH
    assert {where for _, where in clerk.ask(PermissionsOf(pupil)).rulings} == set(BOTH)
    head.perform(SetAudiences((*website, Audience.CLASS_STORY)))
    known = clerk.ask(PermissionsOf(pupil))
    assert known.asked == (Audience.CLASS_STORY, Audience.WEBSITE)
    assert known.rulings[photograph, Audience.CLASS_STORY].allowed
    assert known.rulings[photograph, Audience.WEBSITE].words == "Refused"
    with pytest.raises(Refused, match="class story is always"):
        head.perform(SetAudiences(website))
    with pytest.raises(NotAllowed):
        clerk.perform(SetAudiences(BOTH))


def test_a_line_says_whether_it_still_counts(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    mother = a_guardian(clerk, pupil)
    for answer, expires in ((Answer.GIVEN, None), (Answer.WITHDRAWN, None), (Answer.GIVEN, date(2026, 10, 1))):
        clerk.perform(RecordPermission(pupil, mother, MediaKind.RECORDING, answer, DAY, expires_on=expires))
    assert [(line.answer, line.in_force) for line in lines(clerk, pupil)] == [
        (Answer.GIVEN, False),
        (Answer.WITHDRAWN, False),
        (Answer.GIVEN, False),
    ]
    clerk.perform(RecordPermission(pupil, None, MediaKind.RECORDING, Answer.REFUSED, DAY))
    newest = lines(clerk, pupil)[0]
    assert (newest.who, newest.in_force) == ("The child", True)
    with pytest.raises(Problem, match="no longer in the register"):
        clerk.ask(PermissionsOf(999))
