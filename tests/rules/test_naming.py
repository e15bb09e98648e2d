"""Folding names for comparison, namesakes, and the permitted name (policy T8)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.register import PupilEntry
from app.domain.naming import (
    fold,
    fold_with_origins,
    known_as,
    name_key,
    namesakes,
    permitted_name,
    permitted_names,
)
from tests.rules.a_school import pupil


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("ŁUKASZ", "lukasz"),
        ("Søren Straße", "soren strasse"),
        ("O’Neill", "o'neill"),
        ("Thorne–Smith", "thorne-smith"),
        ("a\u200fb\u00adc", "abc"),
        ("ﬁnn", "finn"),
        ("İnci", "inci"),
        ("Æthel", "aethel"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold_with_origins(text)
    assert folded.text == fold(text)
    places = [folded.origin(place) for place in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    for place, character in zip(places, folded.text, strict=True):
        assert character in fold(text[place])


@given(st.text(max_size=40), st.text(min_size=1, max_size=8), st.text(max_size=40))
def test_the_span_of_a_folded_part_covers_that_part(before: str, middle: str, after: str) -> None:
    folded = fold_with_origins(before + middle + after)
    start, end = len(fold(before)), len(fold(before)) + len(fold(middle))
    if start == end:
        return
    first, last = folded.span(start, end)
    assert fold(middle) in fold(folded.original[first:last])
    assert 0 <= first < last <= len(folded.original)
    assert last == len(folded.original) or not unicodedata.category(folded.original[last]).startswith("M")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more_for_letters(text: str) -> None:
    assert fold(fold(text)) == fold(text) or not text.isascii()


def test_name_key_joins_what_belongs_together() -> None:
    assert name_key("O'Neill") == name_key("O’NEILL") == name_key("o neill") == "oneill"
    assert name_key("Elsie-Mae") == name_key("Elsie Mae") == "elsiemae"


def test_permitted_name_is_the_first_name_and_an_initial_only_beside_a_namesake() -> None:
    garrick, penhale, brand = pupil("isla-g"), pupil("isla-p"), pupil("isla-b")
    assert permitted_name(pupil("freya"), [garrick, penhale]) == "Freya"
    assert permitted_name(garrick, [garrick, penhale, brand]) == "Isla G"
    assert permitted_name(brand, [garrick, penhale, brand]) == "Isla"
    assert permitted_name(pupil("tobias"), [garrick]) == "Toby"


def test_namesakes_go_by_the_same_name_however_spelt() -> None:
    zoe = pupil("zoe")
    other = pupil("hope", first="Zoe")
    called = pupil("will", first="Zoran", preferred="ZOE")
    away = pupil("leo", first="Zoe")
    assert namesakes(zoe, [zoe, other, called, away]) == (other, called)
    assert namesakes(pupil("zoe", class_id=None), [other]) == ()
    assert known_as(called) == "ZOE"


def test_a_surname_without_letters_gives_no_initial() -> None:
    nameless = pupil("isla-g", last="–")
    assert permitted_name(nameless, [nameless, pupil("isla-p")]) == "Isla"


NAMES = st.sampled_from(("Ella", "ella", "Élla", "Sam", "O’Neil", "ONeil", "Zoë"))


@given(st.lists(st.tuples(NAMES, st.sampled_from(("Marsh", "Moss", "Abara", "'")), st.none() | NAMES), max_size=12))
def test_a_whole_class_is_named_as_each_of_its_pupils_is(said: list[tuple[str, str, str | None]]) -> None:
    mates = [PupilEntry(f"p{at}", first, last, "c1", known) for at, (first, last, known) in enumerate(said)]
    assert permitted_names(mates) == {mate.id: permitted_name(mate, mates) for mate in mates}
