"""Names in every way that people write them, against a small oracle: the pupil it was written for, and nobody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check
from app.domain.checks.register import ClassEntry, PupilEntry, Register, SchoolEntry, StaffEntry
from app.domain.content import Media
from app.services.checking import shipped_lexicons
from tests.rules.a_school import REFUSED, item, pupils_found

_HANDS = Path(__file__).parent / "hands"


def _lines(name: str) -> list[str]:
    return (_HANDS / name).read_text(encoding="utf-8").splitlines()


_FIRSTS, _LASTS, _NOBODY = _lines("first_names.txt"), _lines("surnames.txt"), _lines("names_nobody.txt")
_PUPILS = tuple(
    PupilEntry(
        id=f"p{number}", first=first, last=_LASTS[number % len(_LASTS)], class_id=f"c{number % 4}", permissions=REFUSED
    )
    for number, first in enumerate(_FIRSTS)
)
_LINES = (
    "Well done {} for a super poem today.",
    "{} read to the whole class.",
    "Today in maths we watched {} explain fractions, and everybody clapped.",
    "Star of the week is {}!",
    "Thank you {} and Mrs Whitlow for tidying.",
)
_PLAIN_LINES = (*_LINES[:3], "Here is {} with his rocket.", "Great work from {} this week.", "{} and Mrs Whitlow dug.")


@cache
def engine() -> Engine:
    """The engine of a school whose children bear every kind of name."""
    classes = tuple(ClassEntry(f"c{n}", name, "2") for n, name in enumerate(("Heron", "Otter", "Willow", "Kestrel")))
    staff = (StaffEntry("s1", "Mrs Whitlow", "teacher", ("c1",)),)
    school = SchoolEntry(name="Larkrise Primary School", phone=None, email=None, postcode=None)
    return Engine(Register(school, classes, staff, _PUPILS, ()), shipped_lexicons())


def _bare(name: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", name) if not unicodedata.combining(part))


def _tag(first: str, last: str) -> str:
    return "#" + re.sub(r"[ '\-]", "", f"{first}{last}")


_FULL: dict[str, Callable[[str, str], str]] = {
    "plain": lambda f, n: f"{f} {n}",
    "possessive": lambda f, n: f"{f} {n}'s",
    "curly possessive": lambda f, n: f"{f} {n}’s",
    "capitals": lambda f, n: f"{f} {n}".upper(),
    "small": lambda f, n: f"{f} {n}".lower(),
    "no accents": lambda f, n: _bare(f"{f} {n}"),
    "accents apart": lambda f, n: unicodedata.normalize("NFD", f"{f} {n}"),
    "curly": lambda f, n: f"{f} {n}".replace("'", "’"),
    "backtick": lambda f, n: f"{f} {n}".replace("'", "`"),
    "prime": lambda f, n: f"{f} {n}".replace("'", "′"),
    "no apostrophe": lambda f, n: f"{f} {n}".replace("'", ""),
    "hard hyphen": lambda f, n: f"{f} {n}".replace("-", "‑"),
    "dash": lambda f, n: f"{f} {n}".replace("-", "–"),
    "hyphen left out": lambda f, n: f"{f} {n}".replace("-", " "),
    "hyphen closed up": lambda f, n: f"{f} {n}".replace("-", ""),
    "middle initial": lambda f, n: f"{f} J. {n}",
    "middle name": lambda f, n: f"{f} Beatrix {n}",
    "tag": _tag,
    "two spaces": lambda f, n: f"{f}  {n}",
    "hard space": lambda f, n: f"{f}\u00a0{n}",
    "hidden mark": lambda f, n: f"{f}\u200b {n}",
    "dotted": lambda f, n: f"{f}.{n}",
    "in brackets": lambda f, n: f"{f} ({n})",
    "in quotes": lambda f, n: f"“{f} {n}”",
    "bold": lambda f, n: f"*{f} {n}*",
}


@pytest.mark.parametrize("form", _FULL)
@settings(max_examples=40, deadline=None)
@given(pupil=st.sampled_from(_PUPILS), line=st.sampled_from(_LINES))
def test_a_full_name_is_found_however_it_is_written(form: str, pupil: PupilEntry, line: str) -> None:
    text = line.format(_FULL[form](pupil.first, pupil.last))
    assert pupils_found(item(text, class_id=pupil.class_id), Check.SURNAME, engine()) == {pupil.id}


@settings(max_examples=60, deadline=None)
@given(pupil=st.sampled_from(_PUPILS), mark=st.sampled_from(("", ".", "'s", "’s")), line=st.sampled_from(_LINES))
def test_an_initial_is_found(pupil: PupilEntry, mark: str, line: str) -> None:
    letter = next(character for character in pupil.last if character.isalpha()).upper()
    text = line.format(f"{pupil.first} {letter}{mark}")
    entry = item(text, class_id=pupil.class_id)
    assert pupils_found(entry, Check.INITIAL, engine()) == {pupil.id}
    assert pupils_found(entry, Check.SURNAME, engine()) == set()


@settings(max_examples=150, deadline=None)
@given(
    pupil=st.sampled_from(_PUPILS), form=st.sampled_from((str, str.upper, _bare)), line=st.sampled_from(_PLAIN_LINES)
)
def test_a_first_name_is_a_pupils_where_a_person_is_meant(
    pupil: PupilEntry, form: Callable[[str], str], line: str
) -> None:
    text = line.format(form(pupil.first))
    entry = item(text, class_id=pupil.class_id, media=(Media.PHOTO,))
    assert pupils_found(entry, Check.NO_PERMISSION, engine()) == {pupil.id}


@settings(max_examples=150, deadline=None)
@given(pupil=st.sampled_from(_PUPILS), form=st.sampled_from(sorted(_FULL)), line=st.sampled_from(_LINES))
def test_what_is_underlined_is_the_name_as_written(pupil: PupilEntry, form: str, line: str) -> None:
    written = _FULL[form](pupil.first, pupil.last)
    text = line.format(written)
    found = [f for f in engine().check(item(text, class_id=pupil.class_id)) if f.check is Check.SURNAME]
    start, end = found[0].span or (0, 0)
    marked = text[start:end]
    assert marked in written
    assert len(marked) >= len(written) - 4


@pytest.mark.parametrize(
    ("written", "pupil"),
    [
        ("Christoper", "Christopher"),
        ("Chrisopher", "Christopher"),
        ("Chritsopher", "Christopher"),
        ("Sebastien", "Sebastian"),
        ("Issabella", "Isabella"),
        ("Agnieska", "Agnieszka"),
        ("Oluwasuen", "Oluwaseun"),
        ("Mohamed", "Mohammed"),
    ],
)
def test_one_letter_wrong_in_a_long_name(written: str, pupil: str) -> None:
    meant = next(entry for entry in _PUPILS if entry.first == pupil)
    entry = item(f"Here is {written} with his rocket.", class_id=meant.class_id, media=(Media.PHOTO,))
    assert pupils_found(entry, Check.NO_PERMISSION, engine()) == {meant.id}


def test_a_name_broken_over_two_lines_by_a_mail_program() -> None:
    text = "Today the whole class listened while Christopher\nWalker told them about the lighthouse."
    meant = next(entry for entry in _PUPILS if entry.first == "Christopher")
    text = text.replace("Walker", meant.last)
    assert pupils_found(item(text, class_id=meant.class_id), Check.SURNAME, engine()) == {meant.id}
    listed = f"Christopher\n{meant.last}\nMia"
    assert pupils_found(item(listed, class_id=meant.class_id), Check.SURNAME, engine()) == set()


@pytest.mark.parametrize("class_id", ["c0", "c1", "c2", "c3"])
def test_words_that_are_not_used_as_names_name_nobody(class_id: str) -> None:
    found = {
        text: finding.why
        for text in _NOBODY
        for finding in engine().check(item(text, class_id=class_id, media=(Media.PHOTO,)))
        if finding.check in (Check.NO_PERMISSION, Check.SURNAME, Check.INITIAL)
    }
    assert found == {}
