"""The OneRoster and Microsoft bundles among the samples."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from app.domain.incoming import RegisterReading
from app.intake.read import read_register
from tests.intake.files import TODAY, told
from tests.shared import shared


def reading(name: str) -> RegisterReading:
    return read_register([shared("samples", name)], today=TODAY)


def test_oneroster_one_point_one() -> None:
    found = reading("oneroster-1p1")
    assert (found.format, found.detail, found.rows) == ("oneroster", "OneRoster 1.1", 3)
    assert [(pupil.row, pupil.first, pupil.last) for pupil in found.pupils] == [
        (3, "Mary", "Jones"),
        (6, "mmichel", "Jones"),
        (7, "Anna", "Brown"),
    ]
    assert [person.name for person in found.staff] == ["John Doe", "Jim Smith"]
    assert [each.name for each in found.classes] == ["Introduction to Physics"]
    assert [pupil.class_name for pupil in found.pupils] == [None, "Introduction to Physics", None]
    assert found.rejected == ()
    assert [(remark.file, remark.row, remark.field) for remark in found.warnings] == [
        ("users.csv", 3, "adult"),
        ("users.csv", 6, "adult"),
        ("users.csv", 7, "adult"),
        ("users.csv", 5, "role"),
        ("enrollments.csv", 5, "enrolment"),
        ("users.csv", 3, "year"),
        ("users.csv", 3, "date of birth"),
        ("users.csv", 3, "class"),
    ]


def test_only_the_parent_becomes_a_guardian_and_says_nothing_of_responsibility() -> None:
    adults = [adult for pupil in reading("oneroster-1p1").pupils for adult in pupil.guardians]
    assert [(adult.name, adult.relationship, adult.responsibility) for adult in adults] == [
        ("Thomas Jones", "parent", None)
    ]


def test_school_data_sync_two_point_one() -> None:
    found = reading("oneroster-sds")
    assert (found.detail, found.rows, found.rejected) == ("Microsoft School Data Sync 2.1", 4, ())
    assert [(pupil.first, pupil.born, pupil.sex, pupil.class_name) for pupil in found.pupils] == [
        ("Jack", date(2001, 7, 2), "M", "Biology 10"),
        ("Fred", date(2002, 3, 2), "M", "Biology 10"),
        ("Alice", date(2001, 9, 2), "F", "Biology 10"),
        ("Simon", date(2001, 6, 6), "M", "Computer Science 101"),
    ]
    assert [(pupil.first, adult.name, adult.relationship) for pupil in found.pupils for adult in pupil.guardians] == [
        ("Jack", "Jean Craig", "guardian"),
        ("Fred", "Jean Craig", "relative"),
        ("Alice", "Bob Smithee", "guardian"),
    ]
    assert {person.role for person in found.staff} == {"professor", "teacher"}
    assert told(found.warnings) == [(2, "year")]


def test_school_data_sync_uk_format() -> None:
    found = reading("sds-uk")
    assert (found.rows, len(found.pupils), found.rejected) == (22, 22, ())
    assert found.pupils[0].born == date(2000, 4, 2)
    assert found.pupils[2].born == date(1997, 12, 19)
    assert len(found.pupils[0].groups) == 7
    assert found.pupils[0].class_name is None
    assert [person.name for person in found.staff] == ["Craig Beane", "Daisy Todd"]
    assert [(remark.file, remark.field) for remark in found.warnings] == [
        ("Student.csv", "date of birth"),
        ("Student.csv", "year"),
        ("Student.csv", "class"),
    ]
    assert "month first" in found.warnings[0].reason


@pytest.mark.parametrize("name", ["oneroster-1p1", "oneroster-sds", "sds-uk"])
def test_passwords_are_read_nowhere(name: str) -> None:
    text = repr(reading(name))
    assert "ssword" not in text
    assert "P@ss" not in text


@pytest.mark.parametrize("name", ["oneroster-1p1", "oneroster-sds", "sds-uk"])
@pytest.mark.parametrize("inner", ["", "export/"])
def test_a_zip_says_what_its_folder_says(name: str, inner: str, tmp_path: Path) -> None:
    folder = shared("samples", name)
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"{inner}{path.name}")
        archive.writestr("__MACOSX/._users.csv", b"\x00\x05")
    packed = read_register([tmp_path / "bundle.zip"], today=TODAY)
    plain = reading(name)
    assert packed.pupils == plain.pupils
    assert packed.warnings == plain.warnings


def test_the_files_of_a_bundle_chosen_one_by_one_belong_together() -> None:
    folder = shared("samples", "oneroster-sds")
    chosen = [folder / f"{name}.csv" for name in ("users", "roles", "classes", "enrollments", "demographics")]
    found = read_register(chosen, today=TODAY)
    assert found.format == "oneroster"
    assert [pupil.class_name for pupil in found.pupils][:1] == ["Biology 10"]
    assert not any(pupil.guardians for pupil in found.pupils)


def test_a_bundle_chosen_file_by_file_may_hold_its_schools_too() -> None:
    chosen = sorted(shared("samples", "sds-uk").iterdir())
    assert read_register(chosen, today=TODAY).pupils == reading("sds-uk").pupils
