"""Looked-after children: what is written, kept behind the next, opened by leaders alone, and what others see of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.domain.care import CareRecord, LegalStatus
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Problem, Refused
from app.domain.roles import Role
from app.services.care import (
    BarPictures,
    LookAtCare,
    LookAtCareDocument,
    LookAtCareFile,
    RecordCare,
)
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil
from app.services.today import Today
from app.store.vault import Vault, new_vault
from tests.conftest import QUICK, OfficeOf, StandingClock
from tests.services.rows import a_guardian, a_pupil

TODAY = date(2026, 11, 23)
DAY = date(2026, 9, 10)


@pytest.fixture
def vault(home: Path) -> Vault:
    return new_vault(home, QUICK)[0]


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(made, "PNG")
    return made.getvalue()


def allowed(pupil: int, **more: object) -> CareRecord:
    record = CareRecord(pupil, LegalStatus.SECTION_20, decides="Mother", images_allowed=True)
    return replace(record, **more)  # type: ignore[arg-type]


def shown(office: Office, pupil: int) -> bool:
    return office.ask(Pupil(pupil)).line.rulings[MediaKind.PHOTOGRAPH].allowed


@pytest.fixture
def ella(clerk: Office) -> int:
    pupil = a_pupil(clerk)
    mother = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    return pupil


def test_earlier_records_are_kept_as_they_were(slt: Office, ella: int, clock: StandingClock) -> None:
    slt.perform(RecordCare(CareRecord(ella, LegalStatus.INTERIM_ORDER, "Calder", starts=DAY)))
    clock.later(days=30)
    slt.perform(RecordCare(CareRecord(ella, LegalStatus.CARE_ORDER, "Calder", images_allowed=False, starts=DAY)))
    seen = slt.perform(LookAtCareFile(ella))
    assert [entry.record.status for entry in seen.entries] == [LegalStatus.CARE_ORDER, LegalStatus.INTERIM_ORDER]
    assert seen.entries[0].recorded_at - seen.entries[1].recorded_at == timedelta(days=30)
    assert seen.entries[0].recorded_by == "Pat Senior leader"
    assert seen.newest == seen.entries[0].record


def test_only_leaders_can_allow_images_and_only_in_somebodys_name(clerk: Office, slt: Office, ella: int) -> None:
    with pytest.raises(Refused, match="Only senior leaders"):
        clerk.perform(RecordCare(allowed(ella)))
    with pytest.raises(Refused, match="who decides"):
        slt.perform(RecordCare(allowed(ella, decides=" ")))
    with pytest.raises(Refused, match="legal status"):
        slt.perform(RecordCare(allowed(ella, status=LegalStatus.UNKNOWN)))
    with pytest.raises(Refused, match="end before it begins"):
        slt.perform(RecordCare(allowed(ella, starts=DAY, ends=DAY - timedelta(days=1))))
    with pytest.raises(Problem, match="no longer in the register"):
        slt.perform(RecordCare(CareRecord(999)))
    assert slt.perform(LookAtCare(ella)) is None
    slt.perform(RecordCare(allowed(ella)))
    assert shown(clerk, ella)


def test_a_flag_from_the_office_bars_again_and_loses_nothing(clerk: Office, slt: Office, ella: int) -> None:
    slt.perform(RecordCare(allowed(ella, authority="Calder")))
    assert shown(clerk, ella)
    clerk.perform(RecordCare(CareRecord(ella)))
    assert not shown(clerk, ella)
    seen = slt.perform(LookAtCare(ella))
    assert seen is not None
    assert (seen.authority, seen.images_allowed) == ("Calder", None)
    slt.perform(RecordCare(allowed(ella, authority="Calder")))
    assert shown(clerk, ella)


def test_a_leaders_own_bar_and_a_care_record_each_stand_alone(slt: Office, clerk: Office, ella: int) -> None:
    slt.perform(BarPictures(ella, True, "A reason"))
    slt.perform(RecordCare(allowed(ella)))
    assert not shown(clerk, ella)
    seen = slt.perform(LookAtCareFile(ella))
    assert (seen.bar, seen.bar_why) == (True, "A reason")
    slt.perform(BarPictures(ella, False, "It is over"))
    assert shown(clerk, ella)
    slt.perform(RecordCare(replace(allowed(ella), images_allowed=False)))
    slt.perform(BarPictures(ella, False))
    assert not shown(clerk, ella)
    with pytest.raises(NotAllowed):
        clerk.perform(BarPictures(ella, False))
    with pytest.raises(Problem, match="no longer"):
        slt.perform(BarPictures(999, True))


def test_the_document_is_sealed_and_opened_by_leaders_alone(office_of: OfficeOf, vault: Vault, ella: int) -> None:
    slt, clerk = office_of(Role.SLT), office_of(Role.OFFICE)
    slt.vault = clerk.vault = vault
    with pytest.raises(Problem, match="No document was kept"):
        slt.perform(LookAtCareDocument(ella))
    slt.perform(RecordCare(CareRecord(ella, LegalStatus.CARE_ORDER), picture()))
    opened = slt.perform(LookAtCareDocument(ella))
    assert (opened.content, opened.kind.mime) == (picture(), "image/png")
    (file,) = (place for place in vault.evidence.rglob("*") if place.is_file())
    assert picture()[:40] not in file.read_bytes()
    was = slt.perform(LookAtCare(ella))
    assert was is not None
    slt.perform(RecordCare(replace(was, authority="Calder")))
    assert slt.perform(LookAtCareDocument(ella)).id == opened.id, "a new record keeps the document"
    with pytest.raises(NotAllowed):
        clerk.perform(LookAtCareDocument(ella))
    with pytest.raises(Refused, match="a text"):
        slt.perform(RecordCare(was, b"just words"))
    assert len([place for place in vault.evidence.rglob("*") if place.is_file()]) == 1


def test_reviews_that_are_due_stand_on_today_for_those_allowed(
    office_of: OfficeOf, clerk: Office, slt: Office, ella: int
) -> None:
    late, soon, far, gone = ella, a_pupil(slt, "Tom"), a_pupil(slt, "Una"), a_pupil(slt, "Vik")
    for pupil, days, ends in (
        (late, -3, None),
        (soon, 10, None),
        (far, 60, None),
        (gone, 5, TODAY - timedelta(days=1)),
    ):
        record = CareRecord(pupil, LegalStatus.CARE_ORDER, review_on=TODAY + timedelta(days=days), ends=ends)
        slt.perform(RecordCare(record))

    def due(role: Role) -> list[tuple[str, str]]:
        lines = office_of(role).ask(Today()).due
        return [(line.lens, line.tone) for line in lines if "restricted record" in line.what]

    for role in (Role.SLT, Role.SAFEGUARDING, Role.HEADTEACHER):
        assert due(role) == [(f"pupil:{late}", "stop"), (f"pupil:{soon}", "warn")]
    assert due(Role.OFFICE) == []
    words = repr(clerk.ask(Today())).lower()
    assert "looked" not in words
    assert "care" not in words
