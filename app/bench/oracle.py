"""An oracle for the scan: slow, with no index and no memory, so plain that anybody can see that it is right.

Every pupil is looked for at every word of every text, and every phrase of the lexicons is tried on every text. What it
finds, the checks' own quick search must have found too; that search may find more (a letter wrong, a name run
together), which the oracle knows nothing of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.checks.lexicon import Lexicons
from app.domain.checks.phrase_scanner import PhraseScanner
from app.domain.checks.reading import Reading
from app.domain.checks.register import PupilEntry, Register
from app.domain.checks.school import School
from app.domain.content import Item

_WRITTEN_OUT = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"})
_APOSTROPHES = "’‘ʼ`´"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many places the oracle knew of, and those that the checks missed, in words."""

    known: int
    missed: tuple[str, ...]


def compare(items: Iterable[Item], register: Register, lexicons: Lexicons) -> Verdict:
    """What the checks find in each item, beside what the oracle finds."""
    school = School(register, lexicons)
    known, missed = 0, []
    for item in items:
        for place in (*_names_missed(item, register, school), *_phrases_missed(item, lexicons, school)):
            known += 1
            if place is not None:
                missed.append(place)
    return Verdict(known, tuple(missed))


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters without accents and apostrophes, cut at everything else."""
    decomposed = unicodedata.normalize("NFKD", text).lower().translate(_WRITTEN_OUT)
    kept = "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M"))
    for sign in _APOSTROPHES:
        kept = kept.replace(sign, "'")
    return "".join(sign if sign.isalnum() or sign == "'" else " " for sign in kept).split()


def places_of(pupil: PupilEntry, words: list[str]) -> list[int]:
    """Where the first name and then the surname stand as whole words, whoever's it is."""
    first, last = plain_words(pupil.first), plain_words(pupil.last)
    name = [*first, *last]
    ends = (name[-1], f"{name[-1]}'s")
    return [
        place
        for place in range(len(words) - len(name) + 1)
        if words[place : place + len(name) - 1] == name[:-1] and words[place + len(name) - 1] in ends
    ]


def _names_missed(item: Item, register: Register, school: School) -> Iterable[str | None]:
    words = plain_words(item.text)
    if not words:
        return
    read = Reading(item, school).words
    mentions = school.finder.find(read)
    found = {pupil.entry.id for mention in mentions for pupil in mention.pupils}
    covered = {word.removesuffix("'s") for mention in mentions for word in read.words[mention.first : mention.last]}
    for pupil in register.pupils:
        if places_of(pupil, words):
            yield None if pupil.id in found else f"item {item.id}: {pupil.first} {pupil.last}"
        elif pupil.first.isascii() and pupil.first.isalpha() and pupil.first.lower() in words:
            yield None if pupil.first.lower() in covered else f"item {item.id}: {pupil.first}"


def _phrases_missed(item: Item, lexicons: Lexicons, school: School) -> Iterable[str | None]:
    reading = Reading(item, school)
    found = {id(hit.entry) for hit in PhraseScanner(lexicons.entries).scan(reading)}
    for entry in lexicons.entries:
        bare = not (entry.with_ or entry.with_anywhere or entry.unless or entry.unless_anywhere or entry.by)
        bare = bare and not entry.kind and not entry.pair and entry.asked is None and entry.denied is None
        anywhere = entry.check.value in ("abuse", "safeguarding", "reshare", "compare")
        if bare and anywhere and any(p.search.pattern.search(reading.plain.text) for p in entry.phrases):
            yield None if id(entry) in found else f"item {item.id}: {entry.check} {entry.topic} {entry.note}"
