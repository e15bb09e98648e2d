"""Looking for every phrase of the lexicons at once: a look-up for each word, a search only where that calls for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.checks.finding import Check
from app.domain.checks.lexicon import Entry
from app.domain.checks.phrases import Phrase
from app.domain.checks.words import word_set
from app.domain.content import AuthorRole, Item, Kind

if TYPE_CHECKING:
    from app.domain.checks.reading import Reading

_ENDS = re.compile(r"[.!?;] ")
_DENIAL = word_set("not never no without nobody none nothing neither hardly")
_ASKING = word_set(
    "is are was were am do does did can could would should will may might has have shall what how when where "
    "why who which whose"
)
_LONGEST_MEMO = 100_000
_MOST_HITS = 40
_REACH = 400
_ROLES_OF = {
    Check.OFFICE: frozenset({AuthorRole.PARENT}),
    Check.PERSONAL: frozenset({AuthorRole.STAFF, AuthorRole.PARENT, AuthorRole.UNKNOWN}),
}
_KINDS_OF = {
    Check.OFFICE: frozenset({Kind.MESSAGE, Kind.COMMENT}),
    Check.PERSONAL: frozenset(Kind) - {Kind.PORTFOLIO, Kind.POINTS},
    Check.SENSITIVE: frozenset(kind for kind in Kind if kind.is_open),
}
"""Whose words and which items a check is about at all; a check that is not named here is about all."""


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
        self._indexes: dict[tuple[AuthorRole, Kind], _Index] = {}

    def scan(self, reading: Reading) -> list[Hit]:
        """The phrases that stand in an item's text and whose exceptions do not, in the lexicons' order."""
        index = self._index_for(reading.item)
        called_for = index.called_for(reading.may_hold)
        if called_for and not reading.may_name_a_pair:
            called_for = [call for call in called_for if not index.targets[call[1][0]][0].pair]
        if not called_for:
            return []
        plain = reading.plain
        calls = index.standing(called_for, frozenset(plain.words))
        hits: list[Hit] = []
        for number in sorted(calls):
            entry, phrase = index.targets[number]
            if entry.pair and not reading.names_a_pair:
                continue
            hits += _found(entry, phrase, plain.text, calls[number])
        return hits

    def _index_for(self, item: Item) -> _Index:
        key = (item.author.role, item.kind)
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = _Index(entry for entry in self._entries if _is_about(entry, *key))
        return index


_Led = tuple[int, int, bool]
"""A phrase's number, the sets of words of each of which a text must hold one besides (a bit for each), and whether the
phrase then begins with the word that led to it."""


class _Index:
    """The phrases that may count in one kind of item by one kind of writer, by the words that they need."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.targets = [(entry, phrase) for entry in entries for phrase in entry.phrases]
        self._memo = _LedTo(self._led_to)
        self._idle: set[str] = set()
        """Words that were met and lead to nothing."""
        self._words: dict[str, list[_Led]] = {}
        self._stems: dict[str, list[_Led]] = {}
        bits: dict[frozenset[str], int] = {}
        for number, (entry, phrase) in enumerate(self.targets):
            asked = _asked_of(entry)
            for first, others, leads in phrase.ways:
                required = 0
                for needs in (*others, *asked):
                    required |= bits.setdefault(needs, 1 << len(bits))
                for word in first:
                    index = self._stems if word.endswith("*") else self._words
                    index.setdefault(word.rstrip("*"), []).append((number, required, leads))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._bits: dict[str, int] = {}
        for needs, bit in bits.items():
            for word in needs:
                self._bits[word] = self._bits.get(word, 0) | bit
        self._asking = frozenset(self._bits)

    def called_for(self, words: AbstractSet[str]) -> list[tuple[str, _Led]]:
        """The phrases that may stand in a text of these plain words, each with the word that calls for it."""
        loud = words - self._idle
        if not loud:
            return []
        here = self._given_by(words)
        memo = self._memo
        return [(word, led) for word in loud for led in memo[word] if led[1] & here == led[1]]

    def standing(self, called_for: list[tuple[str, _Led]], words: frozenset[str]) -> dict[int, list[str]]:
        """Of those the ones that a text of exactly these words may hold; by their numbers the words that begin them.

        No words where the phrase may begin otherwise.
        """
        here = self._given_by(words)
        calls: dict[int, list[str]] = {}
        anywhere: set[int] = set()
        for word, (number, required, leads) in called_for:
            if word in words and required & here == required:
                beginning = calls.setdefault(number, [])
                if not leads:
                    anywhere.add(number)
                elif word not in beginning:
                    beginning.append(word)
        for number in anywhere:
            calls[number] = []
        return calls

    def _given_by(self, words: AbstractSet[str]) -> int:
        bits, here = self._bits, 0
        for word in words & self._asking:
            here |= bits[word]
        return here

    def _led_to(self, word: str) -> tuple[_Led, ...]:
        """The phrases that a plain word calls for."""
        if len(self._idle) > _LONGEST_MEMO:
            self._idle.clear()
        found = list(self._words.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                found += self._stems.get(word[:length], ())
        if not found:
            self._idle.add(word)
        return tuple(dict.fromkeys(found))


class _LedTo(dict[str, tuple[_Led, ...]]):
    """What the words met lead to; another word is looked up when it is first asked for."""

    def __init__(self, look_up: Callable[[str], tuple[_Led, ...]]) -> None:
        self._look_up = look_up

    def __missing__(self, word: str) -> tuple[_Led, ...]:
        led = self._look_up(word)
        if len(self) > _LONGEST_MEMO:
            self.clear()
        if led:
            self[word] = led
        return led


def _asked_of(entry: Entry) -> tuple[frozenset[str], ...]:
    """Sets of words of each of which a text must hold one, if the entry is to count in it."""
    conditions = (*entry.with_, *entry.with_anywhere)
    return tuple(guard.needs for guard in conditions if guard.needs is not None)


def _is_about(entry: Entry, role: AuthorRole, kind: Kind) -> bool:
    return (
        (not entry.by or role in entry.by)
        and (not entry.kind or kind in entry.kind)
        and role in _ROLES_OF.get(entry.check, (role,))
        and kind in _KINDS_OF.get(entry.check, (kind,))
    )


def _found(entry: Entry, phrase: Phrase, text: str, beginning: list[str]) -> list[Hit]:
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


def _matches(phrase: Phrase, text: str, beginning: list[str]) -> Iterator[re.Match[str]]:
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


def _places(text: str, words: list[str]) -> list[int]:
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
