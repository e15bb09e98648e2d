"""Single values: names, addresses, numbers, yes and no."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake import values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07700 900123", "07700 900123"),
        ("7700900123", "07700900123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("(01632) 960001", "(01632) 960001"),
        ("Mob: 07700 900123", "07700 900123"),
        ("01632 960001 ext 12", "01632 960001 ext 12"),
        ("01632 960001 (home)", "01632 960001"),
        ("7.70E+09", None),
        ("12345", None),
        ("ring school", None),
        ("0770090012345678", None),
    ],
)
def test_telephone_numbers(text: str, number: str | None) -> None:
    assert values.read_phone(text) == number


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("jo@marsh.example", ["jo@marsh.example"]),
        (" jo@marsh.example ", ["jo@marsh.example"]),
        ("Jo <jo@marsh.example>", ["jo@marsh.example"]),
        ("jo@marsh.example; dean@kay.example", ["jo@marsh.example", "dean@kay.example"]),
        ("jo@marsh", []),
        ("invalid", []),
        ("jo at marsh.example", []),
    ],
)
def test_email_addresses(text: str, emails: list[str]) -> None:
    assert values.read_emails(text) == emails


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("s651ab", "S65 1AB"), ("S65  1AB", "S65 1AB"), ("W1D 2LT", "W1D 2LT"), ("invalid", None), ("90210", None)],
)
def test_postcodes(text: str, postcode: str | None) -> None:
    assert values.read_postcode(text) == postcode


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("true", True), ("1", True), ("Y", True), ("T", True), ("Yes", True)),
        *(("false", False), ("0", False), ("N", False), ("F", False), ("no", False)),
        *(("maybe", None), ("", None), ("2019-01-01", None)),
    ],
)
def test_yes_and_no(text: str, said: bool | None) -> None:
    assert values.read_yes_no(text) is said


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(("Year 3", "3"), ("Y3", "3"), ("03", "3"), ("3", "3"), ("Year Group 4", "4"), ("12", "12"), ("99", "99")),
        *(("Reception", "R"), ("YR", "R"), ("Year R", "R"), ("F2", "R"), ("0", "R"), ("Nursery", "N2"), ("N1", "N1")),
        *(("KG", "KG"), ("undergraduate", None)),
    ],
)
def test_school_years(text: str, year: str | None) -> None:
    assert values.read_year(text) == year


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Mrs Joanne Marsh", ("Mrs", "Joanne", "Marsh")),
        ("Marsh, Joanne", (None, "Joanne", "Marsh")),
        ("Marsh, Mrs Joanne", ("Mrs", "Joanne", "Marsh")),
        ("Marsh, Mrs", ("Mrs", None, "Marsh")),
        ("Mrs Khan", ("Mrs", None, "Khan")),
        ("Khan", (None, None, "Khan")),
        ("Mr & Mrs Khan", (None, None, "Mr & Mrs Khan")),
        ("Joanne Marsh and Dean Kay", (None, None, "Joanne Marsh and Dean Kay")),
        ("Dr. A. O'Neill", ("Dr", "A.", "O'Neill")),
        ("Piet van der Berg", (None, "Piet", "van der Berg")),
    ],
)
def test_adults_names(name: str, parts: tuple[str | None, str | None, str | None]) -> None:
    assert values.split_adult(name) == parts


@pytest.mark.parametrize(
    ("text", "code"), [("Polish", "pl"), ("urdu", "ur"), ("PL", "pl"), ("Klingon", None), ("zz", None), ("", None)]
)
def test_languages(text: str, code: str | None) -> None:
    assert values.read_language(text) == code


@given(st.text(max_size=60))
def test_tidy_text_is_visible_composed_and_stays_tidy(text: str) -> None:
    tidied = values.tidy(text)
    assert tidied == values.tidy(tidied)
    assert tidied == unicodedata.normalize("NFC", tidied)
    assert all(character.isprintable() or character == "\u200d" for character in tidied)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_cleaning_a_row_is_tidying_every_cell_and_emptying_those_that_say_nothing(cells: list[str]) -> None:
    cleaned = values.clean_cells(cells)
    assert len(cleaned) == len(cells)
    assert [text for text in cleaned if text] == [
        tidied for cell in cells if (tidied := values.tidy(cell)) and tidied not in values._NOTHING_WRITTEN
    ]


@given(st.text(max_size=40))
def test_no_reader_stumbles(text: str) -> None:
    assert all("@" in email for email in values.read_emails(text))
    assert values.read_sex(text) in ("M", "F", None)
    assert len(values.read_year(text) or "") <= 8
    assert all(part.strip() for part in values.split_phones(text))
    title, first, last = values.split_adult(text)
    assert title is None or first is not None or last is not None
    assert any(values.split_child(text)) or not values.tidy(text).strip(", ")
