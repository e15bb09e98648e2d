"""Looking for phrases by their words misses none: compared with every expression tried on every text."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.town import messages, register
from app.domain.checks.lexicon import Entry
from app.domain.checks.phrase_scanner import PhraseScanner
from app.domain.checks.phrases import Phrase
from app.domain.checks.reading import Reading
from app.domain.checks.school import School
from app.domain.content import Author, AuthorRole, Item, Kind
from app.services.engines import shipped_lexicons

_SPOKEN = re.compile(r"[a-z']+")


@cache
def school() -> School:
    return School(register(60), shipped_lexicons())


@cache
def bare() -> list[tuple[Entry, Phrase]]:
    """Every phrase with an entry that asks for nothing else, so that it counts wherever it stands."""
    return [(Entry(e.check, e.topic, e.note, (p,)), p) for e in shipped_lexicons().entries for p in e.phrases]


@cache
def vocabulary() -> list[str]:
    return sorted({word for _, phrase in bare() for word in _SPOKEN.findall(phrase.text)})


def agree(text: str) -> None:
    scanner = PhraseScanner(entry for entry, _ in bare())
    for role, kind in ((AuthorRole.PARENT, Kind.COMMENT), (AuthorRole.PARENT, Kind.MESSAGE)):
        reading = Reading(Item("1", kind, "c1", Author(role, "g1"), None, text), school())
        found = {(id(hit.entry), hit.start, hit.end) for hit in scanner.scan(reading)}
        seen = {entry for entry, _, _ in found}
        for entry, phrase in bare():
            stands = phrase.search.pattern.search(reading.plain.text) is not None
            counts = entry.check.value != "sensitive" or kind.is_open
            assert (id(entry) in seen) is (stands and counts), (phrase.text, text)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_phrase_is_missed_in_any_run_of_their_words(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from([*vocabulary(), "Ella", ".", "?", "2"]), min_size=1, max_size=14))
    agree(" ".join(words))


def test_no_phrase_is_missed_in_what_people_write() -> None:
    for item in list(messages(60, 60)):
        agree(item.text)
