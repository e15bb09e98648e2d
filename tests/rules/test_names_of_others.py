"""Pupils who share a name with rulers, heroes, places and characters: told apart by what stands around it (T12)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check
from app.domain.checks.register import ClassEntry, PupilEntry, Register, SchoolEntry, StaffEntry
from app.domain.content import Kind, Media
from app.services.checking import shipped_lexicons
from tests.rules.a_school import REFUSED, item, pupils_found

_HANDS = Path(__file__).parent / "hands"
_SURNAMES = ("Marlowe", "Penhale", "Garrick", "Okoro", "Lister", "Quill", "Tanner", "Brand")
_CLASSES = ("Acorn", "Rowan", "Holly")


def _lines(name: str) -> list[str]:
    return (_HANDS / name).read_text(encoding="utf-8").splitlines()


_NAMES = _lines("names_shared.txt")
_NOBODY = _lines("names_of_others.txt")
_SOMEBODY = [tuple(line.split(" | ", 1)) for line in _lines("names_of_pupils.txt")]


@cache
def engine() -> Engine:
    """The engine of a school whose children are called like half the library. All are in Acorn class."""
    pupils = tuple(
        PupilEntry(first, first, _SURNAMES[at % len(_SURNAMES)], "c0", permissions=REFUSED)
        for at, first in enumerate(_NAMES)
    )
    classes = tuple(ClassEntry(f"c{at}", name, "2") for at, name in enumerate(_CLASSES))
    staff = (StaffEntry("s1", "Mrs Whitlow", "teacher", ("c0",)),)
    school = SchoolEntry(name="Larkrise Primary School", phone=None, email=None, postcode=None)
    return Engine(Register(school, classes, staff, pupils, ()), shipped_lexicons())


def _named(text: str, tagged: tuple[str, ...] = ()) -> set[str]:
    entry = item(text, Kind.CLASS_STORY, class_id="c0", media=(Media.PHOTO,), tagged=tagged)
    return pupils_found(entry, Check.NO_PERMISSION, engine())


@pytest.mark.parametrize("text", _NOBODY)
def test_somebody_or_something_else_is_meant(text: str) -> None:
    assert _named(text) == set()


@pytest.mark.parametrize(("names", "text"), _SOMEBODY)
def test_the_pupil_is_meant_all_the_same(names: str, text: str) -> None:
    assert _named(text) - {"Ella", "Kacper"} == set(names.split()) - {"Ella", "Kacper"}


@pytest.mark.parametrize("name", _NAMES)
def test_every_one_of_these_names_is_a_pupils_where_a_child_does_something(name: str) -> None:
    for text in ("{} showed us the tower.", "Well done {} for a super poem today.", "We loved listening to {} read."):
        assert name in _named(text.format(name)), text


def test_a_tagged_pupil_counts_whoever_else_the_words_mean() -> None:
    assert _named("Skye from Paw Patrol is on the cake.", ("Skye",)) == {"Skye"}
    assert _named("Lucy and Aslan on the window", ("Lucy",)) == {"Lucy"}
