"""What the judge sees of a text: names made neutral, word pieces, grams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.reading import Reading
from app.domain.checks.school import School
from app.domain.content import AuthorRole, Kind
from app.judge.grams import GramTable, learn_table, pieces_of, runs_of
from app.judge.marks import MARKS, applies
from app.judge.wording import Wording, plain_of, wording_of
from app.judge.wordpiece import WordPieces
from app.services.checking import shipped_lexicons
from tests.judge.a_desk import an_item, register

SCHOOL = School(register(), shipped_lexicons())


def wording(text: str) -> Wording:
    return wording_of(Reading(an_item(text), SCHOOL))


def test_names_become_neutral_and_stay_apart() -> None:
    seen = wording("Freya's hat is bigger than Tobias's, says Mrs Oakes, and Freya agrees.")
    assert seen.written_text() == "Sam's hat is bigger than Alex's, says Mrs Oakes, and Sam agrees."
    assert "freya" not in seen.plain_text()
    assert "mrs smith" in seen.plain_text()
    assert seen.plain_text().startswith("sam 's hat is bigger than alex")


def test_a_surname_goes_with_the_name() -> None:
    assert "ashdown" not in wording("Well done Freya Ashdown for the song").written_text().lower()


def test_words_can_be_left_out() -> None:
    seen = wording("one two three four")
    assert seen.plain_text(left_out=(1, 2)) == "one four"
    assert seen.written_text(left_out=(1, 2)) == "one four"
    assert seen.plain_text(within=(1, 3)) == "two three"


@given(st.text(max_size=200))
def test_any_text_has_a_wording(text: str) -> None:
    reading = Reading(an_item(text), SCHOOL)
    seen = wording_of(reading)
    assert len(seen) == len(reading.words)
    assert len(seen.written) == len(seen)
    if not reading.mentions and len(seen):
        assert seen.written_text() == reading.words.folded.original


def test_pieces_are_the_longest_known() -> None:
    names = "[CLS] [SEP] [UNK] un ##like ##ly ! cafe"
    pieces = WordPieces({name: number for number, name in enumerate(names.split())})
    assert pieces.cut("Unlikely!", 20) == [0, 3, 4, 5, 6, 1]
    assert pieces.cut("café zzz", 20) == [0, 7, 2, 1]
    assert pieces.cut("un " * 50, 8) == [0, 3, 3, 3, 3, 3, 3, 1]


def test_pieces_are_numbered_as_listed() -> None:
    assert WordPieces.of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "hello"]).cut("hello", 8) == [2, 4, 3]


def test_runs_and_pieces() -> None:
    assert runs_of(["a", "b", "c"]) == ["a", "b", "c", "a b", "b c", "a b c"]
    assert pieces_of("ab") == [" a", "ab", "b ", " ab", "ab ", " ab "]


@given(st.lists(st.text(alphabet="abc ", max_size=30), min_size=3, max_size=8))
def test_rows_have_length_one_in_each_kind(texts: list[str]) -> None:
    runs, pieces, rarity = learn_table(texts)
    table = GramTable(runs, pieces, rarity)
    for text in texts:
        row = table.row(text)
        for numbers in (range(len(runs)), range(len(runs), len(table))):
            square = sum(row[number] ** 2 for number in numbers if number in row)
            assert square == pytest.approx(1) or square == 0


@given(
    st.lists(
        st.sampled_from(("Ella", "Ella Marsh's", "Mrs Holt", "Willow", "well", "ill", ". ", "? ", "£5")), max_size=12
    )
)
def test_the_whole_wording_is_that_of_its_places(words: list[str]) -> None:
    reading = Reading(an_item(" ".join(words)), SCHOOL)
    if reading.words.words:
        assert plain_of(reading) == wording_of(reading).plain_text()


def test_rare_grams_weigh_more() -> None:
    runs, _, rarity = learn_table(["late again", "late again", "late late", "dentist", "dentist"])
    assert rarity[runs.index("dentist")] > rarity[runs.index("late")]


@pytest.mark.parametrize(
    ("label", "kind", "role", "can"),
    [
        ("sensitive", Kind.MESSAGE, AuthorRole.PARENT, False),
        ("sensitive", Kind.COMMENT, AuthorRole.PUPIL, True),
        ("personal", Kind.COMMENT, AuthorRole.PUPIL, False),
        ("personal", Kind.PORTFOLIO, AuthorRole.STAFF, False),
        ("office:absence", Kind.MESSAGE, AuthorRole.STAFF, False),
        ("office:absence", Kind.MESSAGE, AuthorRole.PARENT, True),
        ("safeguarding", Kind.POINTS, AuthorRole.STAFF, True),
    ],
)
def test_where_a_mark_can_stand(label: str, kind: Kind, role: AuthorRole, can: bool) -> None:
    mark = next(mark for mark in MARKS if mark.label == label)
    assert applies(mark, an_item("x", kind=kind, role=role)) is can
