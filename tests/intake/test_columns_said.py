"""What a person says of columns is what is read, for every file with those headings and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.columns_said import Area, ColumnsSaid, compared, headings_digest, said_of
from app.domain.problems import Unreadable
from app.intake.look import FIELDS, guesses_for, look_at_tables
from app.intake.read import read_feed, read_register
from reports.kit.merge import sheet_of
from tests.intake.files import TODAY, written
from tests.shared import shared

WORDS = st.text("abAB _éÉ1", max_size=6)


def said(area: Area, headings: str, meanings: str) -> tuple[ColumnsSaid, ...]:
    return (ColumnsSaid(area, compared(headings.split(",")), tuple(meanings.split(","))),)


@given(st.lists(WORDS, max_size=6))
def test_headings_are_known_again_whatever_their_capitals_and_spaces(headings: list[str]) -> None:
    other = [f"  {heading.upper().replace(' ', '_')} " for heading in headings] + ["", " "]
    assert compared(other) == compared(headings)
    assert headings_digest(other) == headings_digest(headings)
    word = ColumnsSaid(Area.REGISTER, compared(headings), ())
    assert said_of([word], other) is (word if compared(headings) else None)


def test_every_column_is_what_was_said_and_the_rest_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Surname,Forename,Born,Home,Mobile,Work,Note\n"
                   "Ella,Marsh,11/02/2019,S65 0AA,07700 900001,01632 960001,x@y.example\n")  # fmt: skip
    words = said(
        Area.REGISTER, "surname,FORENAME,born,home,mobile,work,note",
        "first,last,born,postcode,mother.phone,mother.phone,",
    )  # fmt: skip
    found = read_register([path], mapping=words, today=TODAY)
    (ella,) = found.pupils
    assert (ella.first, ella.last, ella.postcode) == ("Ella", "Marsh", "S65 0AA")
    assert [(adult.phones, adult.email) for adult in ella.guardians] == [(("07700 900001", "01632 960001"), None)]
    assert {guess.because for guess in found.columns} == {"your word"}


def test_headings_that_mean_nothing_are_headings_once_it_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Autumn list\n\na,b,c\nElla,Marsh,11/02/2019\n")
    with pytest.raises(Unreadable):
        read_register([path], today=TODAY)
    found = read_register([path], mapping=said(Area.REGISTER, "a,b,c", "first,last,born"), today=TODAY)
    assert [(pupil.first, pupil.row) for pupil in found.pupils] == [("Ella", 4)]


def test_other_files_are_guessed_as_before(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Forename,Surname,DOB\nElla,Marsh,11/02/2019\n")
    words = said(Area.REGISTER, "a,b,c", "last,first,born")
    assert read_register([path], mapping=words, today=TODAY) == read_register([path], today=TODAY)


def test_messages_by_word(tmp_path: Path) -> None:
    path = written(tmp_path, "m.csv", "Wer,Wann,Was\nMrs Holt,6/10/2026 14:00,Hello Ella\n")
    found = read_feed([path], mapping=said(Area.MESSAGES, "wer,wann,was", "from,sent,text"), today=TODAY)
    assert [(item.author_name, item.text) for item in found.items] == [("Mrs Holt", "Hello Ella")]
    workbook = tmp_path / "m.xlsx"
    workbook.write_bytes(sheet_of("Messages", ("Wer", "Wann", "Was"), [("Mrs Holt", "6/10/2026 14:00", "Hello Ella")]))
    again = read_feed([workbook], mapping=said(Area.MESSAGES, "wer,wann,was", "from,sent,text"), today=TODAY)
    assert [item.text for item in again.items] == ["Hello Ella"]


def test_points_by_word(tmp_path: Path) -> None:
    path = written(tmp_path, "p.csv", "Name,Kind,Shouting,Sum\nElla M,2,1,1\n")
    words = said(Area.POINTS, "name,kind,shouting,sum", "pupil,skill,taken,total")
    (total,) = read_feed([path], mapping=words, today=TODAY).points
    assert [(each.skill, each.weight, each.count) for each in total.skills] == [("Kind", 1, 2), ("Shouting", -1, 1)]
    assert (total.total, total.removed) == (1, 1)
    with pytest.raises(Unreadable, match="hold the pupils"):
        read_feed([path], mapping=said(Area.POINTS, "name,kind,shouting,sum", ",skill,taken,total"), today=TODAY)


def test_what_is_said_to_be_something_else_is_not_taken_for_a_class_list(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Forename,Surname,DOB\nElla,Marsh,11/02/2019\n")
    with pytest.raises(Unreadable):
        read_register([path], mapping=said(Area.MESSAGES, "forename,surname,dob", "from,text,sent"), today=TODAY)


@pytest.mark.parametrize(
    ("name", "area", "meanings"),
    [
        ("class-lists/valid.csv", Area.REGISTER, 15),
        ("class-lists/class-list-import-template.xlsx", Area.REGISTER, 15),
        ("classdojo/points_en.csv", Area.POINTS, 3),
        ("classdojo/points_es_semicolon.csv", Area.POINTS, 3),
    ],
)
def test_looks_at_other_peoples_tables(name: str, area: Area, meanings: int) -> None:
    (look,) = look_at_tables(shared("samples", *name.split("/")), TODAY)
    assert look.area is area
    assert sum(bool(each) for each in look.meanings) >= meanings
    assert {each for each in look.meanings if each} <= set(FIELDS[area]) | {"mother.email"}


@pytest.mark.parametrize("name", ["ctf", "oneroster-1p1", "sds-uk"])
def test_files_with_fixed_columns_offer_none(name: str) -> None:
    for path in sorted(shared("samples", name).iterdir()):
        assert look_at_tables(path, TODAY) == ()
    assert look_at_tables(shared("samples", name), TODAY) == ()


def test_what_nobody_recognises_can_still_be_said(tmp_path: Path) -> None:
    (look,) = look_at_tables(written(tmp_path, "a.csv", "Vor,Nach,Tag\nElla,Marsh,11/02/2019\n"), TODAY)
    assert (look.area, look.meanings, look.rows) == (None, ("", "", "born"), 1)
    assert guesses_for(Area.MESSAGES, ("Von", "Text"), (), TODAY) == ("", "text")
    assert guesses_for(Area.POINTS, ("Kind", "Lesen (1)", "Total"), (), TODAY) == ("pupil", "skill", "total")
    assert look_at_tables(written(tmp_path, "b.txt", "Mrs Holt, 14:05: Hello\nJo, 14:06: Hi\n"), TODAY) == ()
    assert look_at_tables(written(tmp_path, "c.csv", "one\ntwo\n"), TODAY) == ()
