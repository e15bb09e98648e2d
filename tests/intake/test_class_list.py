"""Class lists in the words and habits of different offices. All people are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.problems import Unreadable
from tests.intake.files import read_csv, told


def test_headings_as_sims_prints_them_under_a_title(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "Pupil list,,,\n\n"
        "UPN,Legal Surname,Legal Forename,Forename,Date of Birth,Year,Reg,Gender,In LEA Care,"
        "Priority 1 Contact Name,Priority 1 Contact Relationship,Priority 1 Contact Mobile,Parental Responsibility\n"
        "R201100018042,Marsh,Eleanor,Ella,11-Feb-2019,Year 3,Rowan,F,No,Mrs Joanne Marsh,Mother,07700 900001,Y\n"
        ', Khan ,Oscar,,12/03/2019,Year 3,Rowan,M,Yes,"Khan, Mr Ali",Father,,N\n'
        "Total: 2,,,\n",
    )
    ella, oscar = found.pupils
    assert (ella.row, ella.first, ella.preferred, ella.last, ella.upn) == (
        4,
        "Eleanor",
        "Ella",
        "Marsh",
        "R201100018042",
    )
    assert (ella.born, ella.year, ella.class_name, ella.sex, ella.in_care) == (
        date(2019, 2, 11),
        "3",
        "Rowan",
        "F",
        False,
    )
    assert (oscar.row, oscar.last, oscar.in_care, oscar.guardians[0].responsibility) == (5, "Khan", True, False)
    assert (oscar.guardians[0].title, oscar.guardians[0].first, oscar.guardians[0].last) == ("Mr", "Ali", "Khan")
    assert (found.rows, found.rejected, found.warnings) == (2, (), ())
    assert found.covers == {"Rowan"}
    assert [(each.name, each.year) for each in found.classes] == [("Rowan", "3")]


def test_headings_as_arbor_and_bromcom_write_them(tmp_path: Path) -> None:
    arbor = read_csv(
        tmp_path,
        "Student: First name;Student: Last name;Student: DOB;Registration form;Primary guardian name;"
        "Primary guardian email\r\nElla;Marsh;2019-02-11;Oak;Joanne Marsh;jo@marsh.example\r\n",
    )
    bromcom = read_csv(
        tmp_path,
        "FirstName\tLastName\tDoB\tTutorGroup\tMotherName\tMumEmail\n"
        "Ella\tMarsh\t11.2.2019\tOak\tJoanne Marsh\tjo@marsh.example\n",
    )
    for found in (arbor, bromcom):
        (ella,) = found.pupils
        assert (ella.first, ella.last, ella.born, ella.class_name) == ("Ella", "Marsh", date(2019, 2, 11), "Oak")
        assert [(adult.first, adult.email) for adult in ella.guardians] == [("Joanne", "jo@marsh.example")]
    assert bromcom.pupils[0].guardians[0].relationship == "Mother"


def test_one_column_for_the_whole_name(tmp_path: Path) -> None:
    found = read_csv(tmp_path, 'Pupil name,DOB\n"Marsh, Ella Rose",11/2/19\nOscar van Dijk,12/3/19\nMadonna,1/1/19\n')
    assert [(pupil.first, pupil.last) for pupil in found.pupils] == [("Ella Rose", "Marsh"), ("Oscar", "van Dijk")]
    assert told(found.rejected) == [(4, "last name")]
    assert told(found.warnings) == [(2, "name")]
    assert found.warnings[0].reason.startswith("2 names stand in one column")


def test_one_row_for_each_contact(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "Forename,Surname,DOB,Contact name,Relationship,Priority\n"
        "Ella,Marsh,11/02/2019,Joanne Marsh,Mother,1\nElla,Marsh,11/02/2019,Dean Kay,Step-father,2\n",
    )
    assert [[(adult.name, adult.relationship, adult.order) for adult in pupil.guardians] for pupil in found.pupils] == [
        [("Joanne Marsh", "Mother", 1)],
        [("Dean Kay", "Step-father", 2)],
    ]


def test_explaining_repeated_and_blank_rows_are_no_pupils(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "First name,Last name,Date of birth,Notes\n"
        "e.g. Ella,e.g. Marsh,DD/MM/YYYY,\n,,,\n\nElla,Marsh,11/02/2019,\n , ,  ,\n"
        "First name,Last name,Date of birth,Notes\n"
        "Oscar,Khan,12/03/2019,\nPrinted on 1 September 2026,,,\n",
    )
    assert (found.rows, [pupil.row for pupil in found.pupils], found.rejected) == (2, [5, 8], ())


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        (",Marsh,11/02/2019", "first name", "missing"),
        ("Ella,,11/02/2019", "last name", "missing"),
        ("Ella,Marsh,", "date of birth", "missing"),
        ("Ella,Marsh,n/a", "date of birth", "missing"),
        ("Ella,Marsh,31/02/2019", "date of birth", "not a day in the calendar"),
        ("Ella,Marsh,02/13/2019", "date of birth", "the day comes first"),
        ("Ella,Marsh,11/02/2127", "date of birth", "in the future"),
        ("Ella,Marsh,24/11/2026", "date of birth", "in the future"),
        ("Ella,Marsh,11/02/1019", "date of birth", "cannot be right"),
        ("Ella,123,11/02/2019", "last name", "no letters"),
        (f"Ella,{'M' * 121},11/02/2019", "last name", "121 characters"),
        ("Ella,Marsh,11/02/2019,Row, Thrybergh", "columns", "more cells"),
    ],
)
def test_reasons_for_leaving_a_row_out(tmp_path: Path, row: str, field: str, words: str) -> None:
    found = read_csv(tmp_path, f"First name,Last name,Date of birth\nMaya,Day,1/5/2018\n{row}\n")
    assert told(found.rejected) == [(3, field)]
    assert words in found.rejected[0].reason
    assert [pupil.first for pupil in found.pupils] == ["Maya"]
    assert found.rows == 2


def test_several_faults_of_a_row_stand_in_one_remark(tmp_path: Path) -> None:
    (remark,) = read_csv(tmp_path, "First name,Last name,Date of birth\nElla,,soon\n").rejected
    assert remark.field == "last name"
    assert "last name is missing" in remark.reason
    assert '"soon" is not a date' in remark.reason


def test_month_first_dates_are_never_read_silently(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,DOB\nElla,Marsh,02/13/2019\nOscar,Khan,04/02/2019\nMaya,Day,12/25/2018\n")
    assert found.pupils == ()
    assert told(found.rejected) == [(2, "date of birth"), (3, "date of birth"), (4, "date of birth")]
    assert "two ways" in found.rejected[1].reason


def test_one_wrong_date_does_not_turn_the_others_round(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,DOB\nElla,Marsh,02/13/2019\nOscar,Khan,04/02/2019\n")
    assert [pupil.born for pupil in found.pupils] == [date(2019, 2, 4)]


def test_pupil_numbers_of_every_quality(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "First,Last,DOB,UPN\nElla,Marsh,11/02/2019,A201100018042\nOscar,Khan,12/03/2019,I201100018042\n"
        "Maya,Day,13/03/2019,n/a\nTom,Pratt,14/03/2019,t20110001804v\n",
    )
    assert [(pupil.first, pupil.upn) for pupil in found.pupils] == [
        ("Ella", "A201100018042"),
        ("Maya", None),
        ("Tom", "T20110001804V"),
    ]
    assert told(found.rejected) == [(3, "UPN")]
    assert told(found.warnings) == [(2, "UPN")]
    assert "begin with R" in found.warnings[0].reason


def test_a_list_without_birth_dates_needs_pupil_numbers(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,UPN,Class\nElla,Marsh,R201100018042,Oak\nOscar,Khan,,Oak\n")
    assert [(pupil.first, pupil.born) for pupil in found.pupils] == [("Ella", None)]
    assert told(found.rejected) == [(3, "UPN")]


def test_adults_in_every_state(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "First,Last,DOB,Parent 1 name,Parent 1 relationship,Parent 1 email,Parent 1 phone\n"
        "A,Marsh,1/1/2019,,Mother,,\n"
        "B,Marsh,1/1/2019,,,,07700900001\n"
        "C,Marsh,1/1/2019,Mr & Mrs Khan,,one@khan.example; two@khan.example,07700 900001 / 01632 960001\n"
        "D,Marsh,1/1/2019,Jo Marsh,,Jo <jo@marsh.example>,7700900002\n"
        "E,Marsh,1/1/2019,Jo Marsh,,jo[at]marsh.example,ring school\n"
        "F,Marsh,1/1/2019,=cmd(),,,\n"
        "G,Marsh,1/1/2019,n/a,-,unknown,tbc\n",
    )
    adults = {
        pupil.first: [(adult.last, adult.email, adult.phones) for adult in pupil.guardians] for pupil in found.pupils
    }
    assert adults == {
        "A": [],
        "B": [(None, None, ("07700900001",))],
        "C": [("Mr & Mrs Khan", "one@khan.example", ("07700 900001", "01632 960001"))],
        "D": [("Marsh", "jo@marsh.example", ("07700900002",))],
        "E": [("Marsh", None, ())],
        "F": [("=cmd()", None, ())],
        "G": [],
    }
    assert told(found.warnings) == [
        (2, "guardian 1"),
        (3, "guardian 1 name"),
        (4, "guardian 1 email"),
        (5, "guardian 1 email"),
        (6, "guardian 1 email"),
        (6, "guardian 1 phone"),
        (7, "guardian 1 name"),
        (5, "guardian 1 phone"),
    ]


def test_a_contact_column_that_says_nothing_about_whose_it_is(tmp_path: Path) -> None:
    alone = read_csv(tmp_path, "First,Last,DOB,Email\nElla,Marsh,11/02/2019,someone@family.example\n")
    assert alone.pupils[0].guardians == ()
    assert told(alone.warnings) == [(1, "Email")]
    beside = read_csv(tmp_path, "First,Last,DOB,Parent name,Mobile\nElla,Marsh,11/02/2019,Jo Marsh,07700 900001\n")
    assert beside.pupils[0].guardians[0].phones == ("07700 900001",)
    childs = read_csv(tmp_path, "First,Last,DOB,Pupil email\nElla,Marsh,11/02/2019,ella@pupil.example\n")
    assert "pupil.example" not in repr(childs)


def test_looked_after_in_other_words_is_left_unknown_with_a_warning(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,DOB,Looked after\nElla,Marsh,11/02/2019,see file\nOscar,Khan,1/1/2019,\n")
    assert [pupil.in_care for pupil in found.pupils] == [None, None]
    assert told(found.warnings) == [(2, "in care")]


def test_years_in_words_and_years_no_primary_school_has(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "First,Last,DOB,Year group\nA,B,1/1/2019,Reception\nC,D,1/1/2019,Y4\nE,F,1/1/2023,Nursery\nG,H,1/1/2012,9\n"
        "I,J,1/1/2019,undergraduate\n",
    )
    assert [pupil.year for pupil in found.pupils] == ["R", "4", "N2", "9", None]
    assert told(found.warnings) == [(6, "year"), (5, "year")]


def test_accents_garbled_names_and_invisible_characters(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,DOB\nSia\u0302n,O\u2019Neill\u200b,1/1/2019\nZoÃ«,Day,1/1/2019\n")
    assert (found.pupils[0].first, found.pupils[0].last) == ("Si\u00e2n", "O\u2019Neill")
    assert told(found.warnings) == [(3, "first name")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Ella,Marsh,11/02/2019\n", "no row names columns"),
        ("First name,Last name,Class\nElla,Marsh,Oak\n", "dates of birth"),
        ("First name,Date of birth\nElla,1/1/2019\n", "last names"),
        ("Name of dish,Price\nPie,2\n", "no row names columns"),
    ],
)
def test_lists_without_the_columns_that_matter_are_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words) as refusal:
        read_csv(tmp_path, content)
    assert refusal.value.sentence.startswith("list.csv cannot be read as a class list")


def test_a_list_with_rows_run_together_covers_no_class(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        'First,Last,DOB,Address,Class,Postcode\nElla,Marsh,11/02/2019,"4 Row,Oak,S65 0AA\n'
        'Oscar,Khan,12/03/2019,5 Row",Oak,S65 0AB\nMaya,Day,13/03/2019,6 Row,Oak,S65 0AB\n',
    )
    assert told(found.rejected) == [(2, None)]
    assert "run together" in found.rejected[0].reason
    assert ([pupil.first for pupil in found.pupils], found.rows) == (["Maya"], 2)
    assert found.covers == frozenset()


def test_an_address_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        'First,Last,DOB,Address,Class\nElla,Marsh,11/02/2019,"4 Row,\nThrybergh",Oak\nMaya,Day,1/5/2018,,Oak\n',
    )
    assert [(pupil.row, pupil.address) for pupil in found.pupils] == [(2, "4 Row, Thrybergh"), (3, None)]
