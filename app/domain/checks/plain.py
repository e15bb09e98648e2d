"""The plain form of a text, which phrases are looked for in.

Every word and every mark that ends a sentence is followed by one space; hurried spellings are written out, "'s" is a
word of its own; a pupil's name becomes CHILD, a colleague's or another titled grown-up's STAFF, a class's CLASS.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mention import Mention
from app.domain.checks.register import Register
from app.domain.checks.words import Words
from app.domain.naming import fold

CHILD = "CHILD"
STAFF = "STAFF"
CLASS = "CLASS"

_STOP = re.compile(r"(?<!\.)[.](?!\.)|[!?;\n]")
_MARK = re.compile(r"[£$€🖕@#]")
_RUN = re.compile(r"(.)\1{2,}")
_TITLES = frozenset(("mr", "mrs", "miss", "ms", "mx", "dr"))
_LONGEST_MEMO = 100_000
_LONGEST_WORD = 40
_BEFORE_BARE_VERB = frozenset(
    [
        "be",
        "get",
        "send",
        "pick",
        "bring",
        "come",
        "drop",
        "ring",
        "call",
        "pay",
        "have",
        "let",
        "try",
        "do",
        "go",
        "make",
        "see",
        "speak",
        "keep",
        "fetch",
        "collect",
        "take",
        "ask",
        "text",
        "tell",
        "phone",
        "email",
        "pop",
        "wait",
        "meet",
        "sort",
        "find",
        "put",
        "give",
        "just",
        "never",
        "not",
        "also",
        "definitely",
        "probably",
    ]
)


@dataclass(frozen=True, slots=True)
class PlainText:
    """The plain form of a text and the way back to the words it came from."""

    text: str
    starts: tuple[int, ...]
    """Where each plain word begins."""
    places: tuple[int, ...]
    """For each plain word, the word of the text it came from."""

    def word_at(self, position: int) -> int:
        """The word of the text that a position in the plain form came from."""
        return self.places[max(0, bisect_right(self.starts, position) - 1)]


class PlainWriter:
    """Writes texts in plain form. Built once; remembers the words it has met."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        self._same = dict(lexicons.plain)
        self._memo: dict[str, tuple[str, ...]] = {}
        self._staff_words = frozenset(fold(member.name).split()[-1] for member in register.staff if member.name.split())
        self._classes = _class_names(register, lexicons)

    def words_of(self, word: str) -> tuple[str, ...]:
        """The plain words that one folded word stands for."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _LONGEST_MEMO:
                self._memo.clear()
            known = self._memo[word] = (
                self._written_out(word) if len(word) <= _LONGEST_WORD else (word.replace("'", ""),)
            )
        return known

    def _written_out(self, word: str) -> tuple[str, ...]:
        same = self._same.get(word)
        if same is not None:
            return tuple(same.split())
        if word.endswith("'s"):
            return (*self.words_of(word[:-2]), "'s")
        squeezed = _RUN.sub(r"\1", word)
        if squeezed != word and not word[0].isdigit():
            return self.words_of(squeezed)
        return (word.replace("'", ""),)

    def of(self, words: Words, mentions: list[Mention]) -> PlainText:
        """The plain form of a text whose pupils have been found."""
        pieces: list[str] = []
        starts: list[int] = []
        places: list[int] = []
        length = 0
        named = {mention.first: mention for mention in mentions}
        place = 0
        while place < len(words):
            gap = words.gap(place)
            if gap != " ":
                length = _marks(gap, place, pieces, starts, places, length)
            step, plain = self._next(words, place, named)
            for word in plain:
                starts.append(length)
                places.append(place)
                pieces.append(word)
                length += len(word) + 1
            place += step
        _marks(words.gap(len(words)), max(0, len(words) - 1), pieces, starts, places, length)
        return PlainText(" ".join(pieces) + " " if pieces else "", tuple(starts), tuple(places))

    def _next(self, words: Words, place: int, named: Mapping[int, Mention]) -> tuple[int, tuple[str, ...]]:
        """How many words the next plain ones stand for, and those."""
        mention = named.get(place)
        if mention is not None:
            return mention.last - mention.first, (CHILD, "'s") if mention.possessive else (CHILD,)
        word = words.words[place]
        if word in _TITLES and place + 1 < len(words) and self._titled(words, place):
            return 2, (STAFF, "'s") if words.words[place + 1].endswith("'s") else (STAFF,)
        base = word.removesuffix("'s")
        if base in self._classes and words.is_capital(place):
            return 1, (CLASS, "'s") if base != word else (CLASS,)
        if word == "ill" and place + 1 < len(words) and words.words[place + 1] in _BEFORE_BARE_VERB:
            return 1, ("i", "will")
        return 1, self.words_of(word)

    def _titled(self, words: Words, place: int) -> bool:
        name = words.words[place + 1].removesuffix("'s")
        return words.gap(place + 1) in (" ", ". ", ".") and (words.is_capital(place + 1) or name in self._staff_words)


def _marks(gap: str, place: int, pieces: list[str], starts: list[int], places: list[int], length: int) -> int:
    """Write the marks of a gap that phrases care for: one stop at most, money and rude hands."""
    stop = _STOP.search(gap)
    marks = [] if stop is None else [stop.group() if "?" not in gap else "?"]
    marks += _MARK.findall(gap)[:3]
    for mark in marks:
        mark = "." if mark == "\n" else mark
        starts.append(length)
        places.append(max(0, place - 1) if mark in ".!?;" else place)
        pieces.append(mark)
        length += len(mark) + 1
    return length


def _class_names(register: Register, lexicons: Lexicons) -> frozenset[str]:
    names = (fold(entry.name).removeprefix("class ").removesuffix(" class").strip() for entry in register.classes)
    return frozenset(name for name in names if name.isalpha() and name not in ("year", "reception", "nursery"))
