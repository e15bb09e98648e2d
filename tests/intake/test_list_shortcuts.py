"""A list that is read down its columns says what it says read row by row."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intake import class_list, values
from tests.intake.files import read_csv

CELLS = {
    "UPN": ["", "-", "R201100018042", "A201100018042", "r2011 0001 8042", "T20110001804V", "x"],
    "Forename": ["Ella", "Zoë", "Zoe\u0308", "=1", "", "  Ann  May ", "E1", "A" * 130],
    "Surname": ["Marsh", "O'Neill", "", "van der Berg", "Marsh\u00a0Day"],
    "Date of birth": ["11/02/2019", "2019-02-11", "31/02/2019", "", "02/28/2018", "01/02/2018", "01/01/1950"],
    "Year group": ["3", "R", "Year 4", "", "9", "abcdefghijk"],
    "Class": ["Oak", "", "x" * 90, "-"],
    "Postcode": ["S10 1AA", "s101aa", "", "nope"],
    "In care": ["yes", "no", "", "perhaps"],
    "Contact 1 name": ["Joanne Marsh", "Mrs Jo Marsh", "Mr & Mrs Khan", "Jo and", "Marsh", "", "=Jo Marsh", "Jo  Kay"],
    "Contact 1 relationship": ["Mother", "", "z" * 70],
    "Contact 1 email": ["jo@marsh.example", "", "a@kay.example; b@kay.example", "not one", "x" * 199 + "@y.example"],
    "Contact 1 phone": ["07700 900123", "7700900123", "", "07700900123; 01632 960001", "call mum"],
    "Contact 1 postcode": ["S10 1AA", "", "bad"],
}


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list with anything in its cells, and rows that are too short, too long or about nobody."""
    some = draw(st.lists(st.sampled_from(sorted(CELLS)[3:]), unique=True, max_size=6))
    headings = list(dict.fromkeys(["Forename", "Surname", "Date of birth", *some]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    for _ in range(draw(st.integers(0, 7))):
        row = [draw(st.sampled_from(CELLS[heading])) for heading in headings]
        odd = draw(st.sampled_from(["", "", "", "short", "long", "blank", "total"]))
        shapes = {"short": row[:2], "long": [*row, "more"], "blank": [""] * len(row), "total": ["Total"]}
        writer.writerow(shapes.get(odd, row))
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@settings(max_examples=100, deadline=None)
@given(lists())
def test_how_many_rows_are_read_at_a_time_makes_no_difference(folder: Path, words: str) -> None:
    at_once = read_csv(folder, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(class_list, "_STRETCH", 1)
        one_by_one = read_csv(folder, words)
    assert sorted(one_by_one.warnings, key=str) == sorted(at_once.warnings, key=str)
    assert replace(one_by_one, warnings=()) == replace(at_once, warnings=())
    assert at_once.rows == len(at_once.pupils) + len(at_once.rejected)


@given(st.lists(st.text(alphabet="ab -n/?A\u00e9e\u0301\u00a0\t\u200b", max_size=6) | st.sampled_from(["tbc", "N/A"])))
def test_a_column_is_cleaned_as_its_cells_are(cells: list[str]) -> None:
    assert list(values.clean_column(cells)) == [values.clean_cells([cell])[0] for cell in cells]


@given(
    st.text(alphabet="abdAn \u00e9.,&-", max_size=9)
    | st.sampled_from(["Mrs Day", "Jo and", "And Jo", "Dr Who", "Jo Mr"])
)
def test_two_plain_words_are_split_as_any_name(name: str) -> None:
    plain = values.two_plain_words(name)
    if plain is not None:
        assert values.split_adult(name) == (None, *plain)
