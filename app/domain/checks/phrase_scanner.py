"""Looking for every phrase of the lexicons at once: a look-up for each word, a search only where that calls for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
        plain = reading.plain
        present = frozenset(plain.words)
        leading: dict[int, list[str]] = {}
        memo = index.memo
        for word in present - index.idle:
            led = memo.get(word)
            for number, required in index.led_to(word) if led is None else led:
                for needs in required:
                    if needs.isdisjoint(present):
                        break
                else:
                    words = leading.get(number)
                    if words is None:
                        leading[number] = [word]
                    elif words[-1] != word:
                        words.append(word)
        if not leading:
            return []
        hits: list[Hit] = []
        for number in sorted(leading):
            entry, phrase = index.targets[number]
            if entry.pair and not reading.names_a_pair:
                continue
            starts = plain.starts_of(leading[number]) if phrase.leads else None
            hits += _found(entry, phrase, plain.text, starts)
        return hits

    def _index_for(self, item: Item) -> _Index:
        key = (item.author.role, item.kind)
        index = self._indexes.get(key)
        if index is None:
            index = self._indexes[key] = _Index(entry for entry in self._entries if _is_about(entry, *key))
        return index


_Led = tuple[int, tuple[frozenset[str], ...]]
"""A phrase's number, and the sets of words of each of which a text must hold one besides."""


class _Index:
    """The phrases that may count in one kind of item by one kind of writer, by the words that they need."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.targets = [(entry, phrase) for entry in entries for phrase in entry.phrases]
        self.memo: dict[str, tuple[_Led, ...]] = {}
        self.idle: set[str] = set()
        """Words that were met and lead to nothing."""
        self._words: dict[str, list[_Led]] = {}
        self._stems: dict[str, list[_Led]] = {}
        for number, (entry, phrase) in enumerate(self.targets):
            asked = _asked_of(entry)
            for first, others in phrase.ways:
                led = (number, tuple(sorted((*others, *asked), key=len)))
                for word in first:
                    index = self._stems if word.endswith("*") else self._words
                    index.setdefault(word.rstrip("*"), []).append(led)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def led_to(self, word: str) -> tuple[_Led, ...]:
        """The phrases that a plain word calls for."""
        known = self.memo.get(word)
        if known is not None:
            return known
        if len(self.memo) > _LONGEST_MEMO:
            self.memo.clear()
            self.idle.clear()
        found = list(self._words.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                found += self._stems.get(word[:length], ())
        led = self.memo[word] = tuple(dict.fromkeys(found))
        if not led:
            self.idle.add(word)
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


def _found(entry: Entry, phrase: Phrase, text: str, starts: list[int] | None) -> list[Hit]:
    hits: list[Hit] = []
    for match in _matches(phrase, text, starts):
        if not hits and not _fits_the_text(entry, text):
            break
        start, end = match.start() + 1, match.end()
        sentence = _sentence(text, start, end)
        if _fits_the_sentence(entry, text, start, sentence):
            hits.append(Hit(entry, start, end, sentence))
        if len(hits) >= _MOST_HITS:
            break
    return hits


def _matches(phrase: Phrase, text: str, starts: list[int] | None) -> Iterator[re.Match[str]]:
    pattern = phrase.search.pattern
    if starts is None:
        yield from pattern.finditer(text)
        return
    for start in starts:
        match = pattern.match(text, start - 1)
        if match is not None:
            yield match


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
