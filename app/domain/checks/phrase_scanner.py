"""Looking for every phrase of the lexicons at once: a look-up for each word, a search only where that calls for one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.checks.lexicon import Entry
from app.domain.checks.phrase_index import Call, PhraseIndex, Prospects, Seen
from app.domain.checks.phrases import CHILD, TWO, Phrase
from app.domain.checks.words import word_set
from app.domain.content import AuthorRole, Kind

if TYPE_CHECKING:
    from app.domain.checks.reading import Reading

_ENDS = re.compile(r"[.!?;] ")
_DENIAL = word_set("not never no without nobody none nothing neither hardly")
_ASKING = word_set(
    "is are was were am do does did can could would should will may might has have shall what how when where "
    "why who which whose"
)
_MOST_HITS = 40
_REACH = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the entry it belongs to, and where it stands in the plain form of the text."""

    entry: Entry
    start: int
    end: int
    sentence: tuple[int, int]


_MOST_KEPT = 4
_kept: list[tuple[tuple[Entry, ...], PhraseScanner]] = []


def scanner_of(entries: tuple[Entry, ...]) -> PhraseScanner:
    """The scanner of these entries. It knows nothing of any school, so that one serves every register there is."""
    for known, scanner in _kept:
        if known is entries:
            return scanner
    made = PhraseScanner(entries)
    _kept.append((entries, made))
    del _kept[:-_MOST_KEPT]
    return made


class PhraseScanner:
    """Finds phrases. Built once from all entries; remembers which words lead where."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._indexes: dict[tuple[AuthorRole, Kind], PhraseIndex] = {}

    def scan(self, reading: Reading) -> list[Hit]:
        """The phrases that stand in an item's text and whose exceptions do not, in the lexicons' order."""
        prospects, seen = self._first_look(reading)
        index = prospects.index
        calls = prospects.calls(seen, reading.words.text, children=reading.most_named, owned=reading.may_own)
        if calls and not reading.may_name_a_pair:
            calls = [call for call in calls if not index.targets[call[1]][0].pair]
        if not calls:
            return []
        text = reading.plain.text
        hits: list[Hit] = []
        for number, begins in sorted(_beginnings(calls, reading.plain.words).items()):
            entry, phrase = index.targets[number]
            if _stands(phrase, text, begins) and not (entry.pair and not reading.names_a_pair):
                hits += _found(entry, phrase, text, begins)
        return hits

    def _first_look(self, reading: Reading) -> tuple[Prospects, Seen]:
        """The reading's own, unless this is not the scanner of its school."""
        school, item = reading.school, reading.item
        if school.scanner is self:
            return reading.prospects, reading.seen
        prospects = school.prospects_among(self.index_for(item.author.role, item.kind))
        return prospects, prospects.look(reading.words.words)

    def index_for(self, role: AuthorRole, kind: Kind) -> PhraseIndex:
        """The phrases that may count in items of a kind by one sort of writer."""
        index = self._indexes.get((role, kind))
        if index is None:
            index = self._indexes[role, kind] = PhraseIndex(self._entries, role, kind)
        return index


_ANYWHERE: frozenset[str] = frozenset()


def _beginnings(calls: Iterable[Call], plain_words: list[str]) -> dict[int, frozenset[str]]:
    """The phrases called for by words that stand there after all, each with the words it may begin with there."""
    present = set(plain_words)
    if CHILD in present and plain_words.count(CHILD) > 1:
        present.add(TWO)
    beginnings: dict[int, frozenset[str]] = {}
    for word, number, _, first in calls:
        if word in present:
            if first is None:
                beginnings[number] = _ANYWHERE
            elif beginnings.get(number) is not _ANYWHERE:
                begins = first & present
                if begins:
                    beginnings[number] = beginnings.get(number, _ANYWHERE) | begins
    return beginnings


def _stands(phrase: Phrase, text: str, beginning: Collection[str]) -> bool:
    """Whether a phrase stands anywhere, told with the least work."""
    pattern = phrase.search.pattern
    if not beginning:
        return pattern.search(text) is not None
    for word in beginning:
        sought = f" {word} "
        place = text.find(sought)
        while place >= 0:
            if pattern.match(text, place) is not None:
                return True
            place = text.find(sought, place + 1)
    return False


def _found(entry: Entry, phrase: Phrase, text: str, beginning: Collection[str]) -> list[Hit]:
    hits: list[Hit] = []
    for match in _matches(phrase, text, beginning):
        if not hits and not _fits_the_text(entry, text):
            break
        start, end = match.start() + 1, match.end()
        sentence = _sentence(text, start, end)
        if _fits_the_sentence(entry, text, start, sentence):
            hits.append(Hit(entry, start, end, sentence))
        if len(hits) >= _MOST_HITS:
            break
    return hits


def _matches(phrase: Phrase, text: str, beginning: Collection[str]) -> Iterator[re.Match[str]]:
    """The places where a phrase stands, which begin with one of these words; no words: anywhere."""
    pattern = phrase.search.pattern
    if not beginning:
        yield from pattern.finditer(text)
        return
    done = 0
    for place in _places(text, beginning):
        if place >= done:
            match = pattern.match(text, place)
            if match is not None:
                yield match
                # One may begin within another only where nothing else than these words could ever begin it.
                done = 0 if phrase.leads else match.end()


def _places(text: str, words: Collection[str]) -> list[int]:
    """Where the spaces before these words stand in a plain text, in order."""
    places = []
    for word in words:
        sought = f" {word} "
        place = text.find(sought)
        while place >= 0:
            places.append(place)
            place = text.find(sought, place + 1)
    return sorted(places) if len(words) > 1 else places


def _fits_the_text(entry: Entry, text: str) -> bool:
    if entry.unless_anywhere is not None and entry.unless_anywhere.pattern.search(text):
        return False
    return all(guard.search.pattern.search(text) is not None for guard in entry.with_anywhere)


def _fits_the_sentence(entry: Entry, text: str, start: int, sentence: tuple[int, int]) -> bool:
    first, last = sentence
    if any(guard.search.pattern.search(text, first - 1, last) is None for guard in entry.with_):
        return False
    if entry.unless is not None and entry.unless.pattern.search(text, first - 1, last):
        return False
    if entry.asked is not None and _is_asked(text[first:last]) is not entry.asked:
        return False
    return not (entry.denied is False and not _DENIAL.isdisjoint(text[first:start].split(" ")[-6:]))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a match, from its first word to its end mark, cut where it is very long."""
    edge = max(1, start - _REACH)
    first = max(text.rfind(mark, edge, start) for mark in (". ", "! ", "? ", "; "))
    last = _ENDS.search(text, end)
    return first + 2 if first >= 0 else edge, min(last.end() if last is not None else len(text), end + _REACH)


def _is_asked(sentence: str) -> bool:
    """A question: it ends with the mark, or opens with a word that asks."""
    return sentence.endswith("? ") or sentence.split(" ", 1)[0] in _ASKING
