"""Which column is which: headings, content, and a person's own map."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problems import Unreadable
from app.intake.headings import meaning_of
from app.intake.mapping import read_mapping
from tests.intake.files import read_csv, told, written


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("CHILD_FIRST_NAME", "first"),
        ("CHILD_PREFERRED_GIVEN_NAME", "preferred"),
        ("CHILD_DATE_OF_BIRTH", "born"),
        ("CHILD_REGISTRATION", "class"),
        ("CHILD_ADDRESS_LINE_1", "address"),
        ("PARENT_1_EMAIL", "guardian1.email"),
        ("Email (Parent 1)", "guardian1.email"),
        ("Parent/carer 2: e-mail address", "guardian2.email"),
        ("Parent1Email", "guardian1.email"),
        ("1st Contact name", "contact1.name"),
        ("Second Parent phone", "guardian2.phone"),
        ("Parent 1 Contact Number", "guardian1.phone"),
        ("Mother's name", "mother.name"),
        ("Dad mobile", "father.phone"),
        ("Emergency Contact 2 Telephone", "contact2.phone"),
        ("Relationship to pupil", "contact.relationship"),
        ("NCyear", "year"),
        ("Year group (NC)", "year"),
        ("D.O.B.", "born"),
        ("DoB", "born"),
        ("Date de naissance", None),
        ("Looked after child", "in_care"),
        ("Surname, Forename", "name"),
        ("Name of child", "name"),
        ("CHILD_NHS_NUMBER", None),
        ("SCHOOL_NAME", None),
        ("Class teacher", None),
        ("Class code", None),
        ("Registration date", None),
        ("Date of admission", None),
        ("Academic year", None),
        ("House", None),
        ("Pupil email", None),
        ("Free school meals", None),
        ("", None),
    ],
)
def test_meanings_of_headings(heading: str, key: str | None) -> None:
    meaning = meaning_of(heading)
    assert (meaning.key if meaning else None) == key


def test_guesses_are_shown_with_how_sure_they_are(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path, "Forename,Surname,Birthday,Home\nElla,Marsh,11/02/2019,S65 0AA\nOscar,Khan,1/1/2019,S65 0AB\n"
    )
    assert [(each.field, each.heading, each.because, each.confidence) for each in found.columns] == [
        ("first", "Forename", "heading", 1.0),
        ("last", "Surname", "heading", 1.0),
        ("born", "Birthday", "heading", 1.0),
        ("postcode", "Home", "content", 0.6),
    ]
    assert told(found.warnings) == [(1, "Home")]


def test_content_finds_birth_dates_and_pupil_numbers_under_unknown_headings(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "Forename,Surname,Geboren,Ref\nElla,Marsh,11/02/2019,R201100018042\n")
    assert (found.pupils[0].upn, str(found.pupils[0].born)) == ("R201100018042", "2019-02-11")
    assert [each.field for each in found.columns if each.because == "content"] == ["born", "upn"]


def test_two_columns_that_may_be_birth_dates_are_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="dates of birth"):
        read_csv(tmp_path, "Forename,Surname,X,Y\nElla,Marsh,11/02/2019,12/02/2019\n")


def test_a_map_decides_against_every_guess(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path,
        "Vorname,Nachname,Forename,Tag,Mail\nElla,Marsh,wrong,11/02/2019,jo@marsh.example\n",
        mapping={"first": "vorname", "LAST": "Nachname", "date of birth": "Tag", "guardian1.email": "Mail"},
    )
    (ella,) = found.pupils
    assert (ella.first, ella.last, str(ella.born), ella.guardians[0].email) == (
        "Ella", "Marsh", "2019-02-11", "jo@marsh.example",
    )  # fmt: skip
    assert {each.because for each in found.columns} == {"map file"}


def test_a_map_written_the_other_way_round_is_understood(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path, "V,N,T\nElla,Marsh,11/02/2019\n", mapping={"V": "first", "N": "last_name", "T": "date_of_birth"}
    )
    assert (found.pupils[0].first, found.pupils[0].last) == ("Ella", "Marsh")


def test_a_map_can_leave_a_field_out(tmp_path: Path) -> None:
    found = read_csv(
        tmp_path, "First,Last,DOB,Class\nElla,Marsh,11/02/2019,Set 3\n", mapping={"class": "", "first": "First"}
    )
    assert found.pupils[0].class_name is None


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"first": "Vorname"}, 'a column "Vorname", which list.csv does not have. It has "First", "Last", "DOB"'),
        ({"shoe size": "First"}, 'a field "shoe size", which is not one of: first, last'),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_what_there_is(
    tmp_path: Path, mapping: dict[str, str], words: str
) -> None:
    with pytest.raises(Unreadable, match="map file") as refusal:
        read_csv(tmp_path, "First,Last,DOB\nElla,Marsh,11/02/2019\n", mapping=mapping)
    assert words in refusal.value.sentence


def test_map_files(tmp_path: Path) -> None:
    assert read_mapping(written(tmp_path, "a.json", '{"first": "Forename", "class": null}')) == {
        "first": "Forename", "class": "",
    }  # fmt: skip
    assert read_mapping(written(tmp_path, "b.json", '\ufeff{"columns": {"born": "DOB"}}')) == {"born": "DOB"}
    for bad in ("[1]", "{", '{"first": 3}', "[" * 100_000):
        with pytest.raises(Unreadable, match=r"should look like|looks like"):
            read_mapping(written(tmp_path, "c.json", bad))


def test_the_same_heading_twice_reads_the_first_filled_column(tmp_path: Path) -> None:
    found = read_csv(tmp_path, "First,Last,DOB,Class,Class\nElla,Marsh,11/02/2019,,Oak\n")
    assert found.pupils[0].class_name == "Oak"
