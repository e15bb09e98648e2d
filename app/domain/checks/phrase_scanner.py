"""Looking for every phrase of the lexicons at once: a look-up for each word, and a search only where that calls for one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.checks.lexicon import Entry
from app.domain.checks.phrases import Phrase

if TYPE_CHECKING:
    from app.domain.checks.reading import Reading

_ENDS = re.compile(r"[.!?;] ")
_DENIAL = frozenset(("not", "never", "no", "without", "nobody", "none", "nothing", "neither", "hardly"))
_ASKING = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "am",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "should",
        "will",
        "may",
        "might",
        "has",
        "have",
        "shall",
        "what",
        "how",
        "when",
        "where",
        "why",
        "who",
        "which",
        "whose",
    ]
)
_LONGEST_MEMO = 100_000
_MOST_HITS = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the entry it belongs to, and where it stands in the plain form of the text."""

    entry: Entry
    phrase: Phrase
    start: int
    end: int
    sentence: tuple[int, int]


class PhraseScanner:
    """Finds phrases. Built once from all entries; remembers which words lead nowhere."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._targets: list[tuple[Entry, Phrase]] = [(entry, phrase) for entry in entries for phrase in entry.phrases]
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for number, (_, phrase) in enumerate(self._targets):
            for word in phrase.needs:
                index = self._stems if word.endswith("*") else self._words
                index.setdefault(word.rstrip("*"), []).append(number)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._memo: dict[str, tuple[int, ...]] = {}

    def _led_to(self, word: str) -> tuple[int, ...]:
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _LONGEST_MEMO:
                self._memo.clear()
            found = list(self._words.get(word, ()))
            for length in self._lengths:
                if length <= len(word):
                    found += self._stems.get(word[:length], ())
            known = self._memo[word] = tuple(dict.fromkeys(found))
        return known

    def scan(self, reading: Reading) -> list[Hit]:
        """The phrases that stand in an item's text and whose exceptions do not."""
        writer, memo = reading.school.plain, self._memo
        candidates: set[int] = set()
        for word in reading.words.words:
            for plain in writer.words_of(word):
                led = memo.get(plain)
                candidates.update(self._led_to(plain) if led is None else led)
        if reading.mentions:
            candidates.update(self._led_to("CHILD"))
        if not candidates:
            return []
        text = reading.plain.text
        present = frozenset(text.split(" "))
        hits: list[Hit] = []
        role, kind = reading.item.author.role, reading.item.kind
        for number in sorted(candidates):
            entry, phrase = self._targets[number]
            if (entry.by and role not in entry.by) or (entry.kind and kind not in entry.kind):
                continue
            if entry.pair and not reading.names_a_pair:
                continue
            if any(needs.isdisjoint(present) for needs in phrase.also):
                continue
            hits += _found(entry, phrase, text)
        return hits


def _found(entry: Entry, phrase: Phrase, text: str) -> list[Hit]:
    hits: list[Hit] = []
    if entry.unless_anywhere is not None and entry.unless_anywhere.search(text):
        return hits
    if any(pattern.search(text) is None for pattern in entry.with_anywhere):
        return hits
    for match in phrase.search.finditer(text):
        sentence = _sentence(text, match.start(), match.end())
        if _counts(entry, text, match.start(), sentence):
            hits.append(Hit(entry, phrase, match.start(), match.end(), sentence))
        if len(hits) >= _MOST_HITS:
            break
    return hits


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [text.rfind(mark, max(0, start - 400), start) for mark in (". ", "! ", "? ", "; ")]
    first = max(before)
    first = first + 2 if first >= 0 else max(0, start - 400)
    last = _ENDS.search(text, end)
    return first, min(last.end() if last is not None else len(text), end + 400)


def _counts(entry: Entry, text: str, start: int, sentence: tuple[int, int]) -> bool:
    first, last = sentence
    if any(pattern.search(text, first, last) is None for pattern in entry.with_):
        return False
    if entry.unless is not None and entry.unless.search(text, first, last):
        return False
    if entry.asked is not None and _is_asked(text[first:last]) is not entry.asked:
        return False
    if entry.denied is False:
        return _DENIAL.isdisjoint(text[first:start].split(" ")[-5:])
    return True


def _is_asked(sentence: str) -> bool:
    """A question: it ends with the mark, or opens with a word that asks."""
    return sentence.endswith("? ") or sentence.split(" ", 1)[0] in _ASKING
