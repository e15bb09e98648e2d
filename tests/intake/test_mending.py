"""Rows that were left out can be mended and brought in again: every column of the list is known again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.enrolment import KnownRegister, plan_register
from app.domain.enrolment_mending import WHY, MendingList, heading_of, mending_list
from app.domain.enrolment_shapes import KnownPupil, Settled, Settlement
from app.domain.incoming import RegisterReading
from app.intake.headings import ADULT_FIELDS, PUPIL_FIELDS, meaning_of
from app.intake.read import read_register
from reports.kit.merge import sheet_of
from tests.intake.files import TODAY, written
from tests.shared import shared

FIELDS = (
    *PUPIL_FIELDS,
    *(
        f"{adult}.{each}"
        for adult in ("guardian1", "guardian2", "mother", "father", "contact3")
        for each in ADULT_FIELDS
    ),
)


@pytest.mark.parametrize("field", FIELDS)
def test_every_heading_is_read_as_the_field_it_stands_for(field: str) -> None:
    meaning = meaning_of(heading_of(field))
    assert meaning is not None
    assert (meaning.key, meaning.loose) == (field, False)


def test_the_reason_is_read_as_nothing() -> None:
    assert meaning_of(WHY) is None


LIST = (
    "Legal forename,Legal surname,DOB,Form,UPN,Mum,Mum mobile,Mum work phone,In care?\n"
    "Ella,Marsh,31/02/2019,Oak,,Joanne Marsh,07700 900001,01632 960001,Yes\n"
    "Oscar,Khan,12/03/2019,Oak,,,,,\n"
    ",Kay,1/5/2018,Elm,X1,,,,\n"
)


def planned(folder: Path, words: str = LIST, known: KnownRegister | None = None) -> tuple[RegisterReading, MendingList]:
    reading = read_register([written(folder, "list.csv", words)], today=TODAY)
    return reading, mending_list(reading, plan_register(reading, known or KnownRegister()))


def brought_back(folder: Path, mended: MendingList, **put_right: str) -> RegisterReading:
    """The list as a workbook, with a cell of its first row put right."""
    first = [put_right.get(heading.replace(" ", "_"), text) for heading, text in zip(*_top(mended), strict=True)]
    path = folder / "mended.xlsx"
    path.write_bytes(sheet_of("Left out", mended.headings, [first, *mended.rows[1:]]))
    return read_register([path], today=TODAY)


def _top(mended: MendingList) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return mended.headings, mended.rows[0]


def test_rejected_rows_keep_their_words_and_say_why(tmp_path: Path) -> None:
    _, mended = planned(tmp_path)
    assert mended.headings == (
        "UPN", "Forename", "Surname", "Date of birth", "Class", "In care", "Mother name", "Mother telephone", WHY,
    )  # fmt: skip
    assert [row[1:4] for row in mended.rows] == [("Ella", "Marsh", "31/02/2019"), ("", "Kay", "1/5/2018")]
    assert mended.rows[0][-2] == "07700 900001, 01632 960001"
    assert "is not a date" in mended.rows[0][-1] or "31/02/2019" in mended.rows[0][-1]


def test_a_mended_list_comes_in(tmp_path: Path) -> None:
    _, mended = planned(tmp_path)
    back = brought_back(tmp_path, mended, Date_of_birth="28/02/2019")
    (ella,) = back.pupils
    assert (ella.first, ella.born, ella.class_name, ella.in_care) == ("Ella", date(2019, 2, 28), "Oak", True)
    assert (ella.guardians[0].name, ella.guardians[0].phones) == ("Joanne Marsh", ("07700 900001", "01632 960001"))
    assert [remark.row for remark in back.rejected] == [3]


def test_rows_in_doubt_and_rows_left_out_are_on_it(tmp_path: Path) -> None:
    known = KnownRegister((KnownPupil(1, "Oscar", "Khan", date(2019, 12, 3)),))
    reading, mended = planned(tmp_path, known=known)
    assert len(mended.rows) == 3
    assert "This may be Oscar Khan" in mended.rows[1][-1]
    out = (Settlement("list.csv", 3, Settled.OUT),)
    plan = plan_register(reading, known, settled=out)
    assert mending_list(reading, plan).rows[1][-1] == "You left this row out."


def test_the_rows_of_somebody_elses_list_come_back(tmp_path: Path) -> None:
    reading = read_register([shared("samples", "class-lists", "invalid_fields.csv")], today=TODAY)
    mended = mending_list(reading, plan_register(reading, KnownRegister()))
    back = brought_back(tmp_path, mended)
    assert len(back.rejected) == len(reading.rejected) == len(mended.rows)
