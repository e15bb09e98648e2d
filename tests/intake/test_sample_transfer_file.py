"""The common transfer file among the samples, to the last contact."""

from __future__ import annotations

from datetime import date

from app.domain.incoming import RegisterReading, SchoolNumber
from app.intake.read import read_register
from tests.intake.files import TODAY, told
from tests.shared import shared


def reading(school: SchoolNumber | None = None) -> RegisterReading:
    path = shared("samples", "ctf", "3729901_CTF_3722038_001.xml")
    return read_register([path], today=TODAY, school=school)


def test_counts_source_and_version() -> None:
    found = reading()
    assert (found.format, found.rows, len(found.pupils), found.rejected) == ("ctf", 2, 2, ())
    assert found.detail == "Common transfer file 25.0"
    assert found.source_school == "Example Infant School 372/9901"
    assert told(found.warnings) == [(2, "relationship")]
    assert found.covers == frozenset()


def test_a_pupil_with_everything() -> None:
    ella = reading().pupils[0]
    assert (ella.upn, ella.first, ella.last, ella.born) == ("R201100018042", "Eleanor", "Marsh", date(2019, 2, 11))
    assert (ella.preferred, ella.middle, ella.year, ella.sex, ella.in_care) == ("Ella", "Rose", "3", "F", False)
    assert (ella.address, ella.postcode, ella.class_name) == ("4 Example Row, Thrybergh", "S65 0AA", None)
    mother, stepfather = ella.guardians
    assert (mother.title, mother.name, mother.relationship, mother.responsibility) == (
        "Mrs", "Mrs Joanne Marsh", "PAM", True,
    )  # fmt: skip
    assert mother.relationship_words == "mother"
    assert (mother.address, mother.postcode, mother.phones) == (ella.address, ella.postcode, ("07400 000001",))
    assert (stepfather.relationship, stepfather.responsibility, stepfather.order) == ("STP", False, 2)


def test_a_pupil_in_care_and_a_contact_of_unknown_kind() -> None:
    zoe = reading().pupils[1]
    assert (zoe.upn, zoe.first, zoe.last, zoe.year, zoe.sex) == ("T20110001804V", "Zoë", "O'Neill", "R", "F")
    assert (zoe.in_care, zoe.care_authority) == (True, "372")
    social_worker, other = zoe.guardians
    assert (social_worker.relationship, social_worker.responsibility) == ("SWR", True)
    assert (other.name, other.relationship, other.responsibility) == ("Lynn Hart", "XYZ", None)


def test_meant_for_this_school_or_for_another() -> None:
    assert told(reading(SchoolNumber("372", "2038")).warnings) == [(2, "relationship")]
    other = reading(SchoolNumber("372", "2039")).warnings[0]
    assert other.field == "DestSchool"
    assert "372/2038" in other.reason
    assert "372/2039" in other.reason
