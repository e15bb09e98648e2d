"""Texts made to break a reader: they are checked like any other, without error and in time that grows with length."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.services.checking import shipped_lexicons
from tests.rules.a_school import item, register, usual_engine

_LONG = 1_000_000
_PIECES = [
    "\x00",
    "\u202e",
    "e\u0301",
    "👩‍👩‍👧 ",
    "07700 ",
    "0 ",
    "1,2.3:",
    "freya ",
    "Freya Ashdown, ",
    "#FreyaAshdown",
    "@a",
    "a.",
    "f*",
    "f u ",
    "he is ",
    "((((",
    '"',
    "'",
    "A",
    "ﷺ",
    "not ",
    "14 larch rise ",
    "on facebook ",
    "will ",
    "?",
    "\n",
    "/",
    " at x dot ",
]


def _well_formed(entry: Item, findings: tuple[Finding, ...]) -> bool:
    spans = [finding.span for finding in findings if finding.span is not None]
    inside = all(0 <= first < last <= len(entry.text) for first, last in spans)
    return inside and all(finding.why and finding.clause for finding in findings)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)),
    kind=st.sampled_from(Kind),
    role=st.sampled_from(AuthorRole),
)
def test_any_text_is_checked_and_spans_lie_within_it(text: str, kind: Kind, role: AuthorRole) -> None:
    entry = item(text, kind, Author(role, None), media=(Media.PHOTO,))
    assert _well_formed(entry, usual_engine().check(entry))


def _seconds(text: str) -> float:
    """Processor time that checking a text takes, as a post by staff and as a comment by a parent."""
    began = time.process_time()
    for kind, role in ((Kind.CLASS_STORY, AuthorRole.STAFF), (Kind.COMMENT, AuthorRole.PARENT)):
        entry = item(text, kind, Author(role, None))
        assert _well_formed(entry, usual_engine().check(entry))
    return time.process_time() - began


@pytest.mark.parametrize("piece", _PIECES)
def test_time_grows_with_the_length_and_not_with_its_square(piece: str) -> None:
    short, long = (piece * (size // len(piece) + 1) for size in (4_000, 64_000))
    _seconds(short)
    assert _seconds(long) < 60 * max(_seconds(short), 0.02)


def test_a_megabyte_is_checked() -> None:
    text = "".join(_PIECES) + " The beans we sowed in March are taller than the gate. "
    assert _seconds((text * (_LONG // len(text) + 1))[:_LONG]) > 0


def test_the_same_item_gives_the_same_findings() -> None:
    entry = item("Freya Ashdown and Toby Q, ring me on 07700 900123", media=(Media.PHOTO,))
    first = usual_engine().check(entry)
    assert first == usual_engine().check(entry)
    assert first == Engine(register(), shipped_lexicons()).check(entry)


def test_register_and_lexicons_can_be_handed_to_another_process() -> None:
    copied = pickle.loads(pickle.dumps((register(), shipped_lexicons())))
    entry = item("Freya Ashdown")
    assert Engine(*copied).check(entry) == usual_engine().check(entry)


def test_lone_surrogates_are_no_stumbling_block() -> None:
    entry = item("Freya Ashdown \ud83d")
    assert [finding.pupils for finding in usual_engine().check(entry)] == [("freya",)]
