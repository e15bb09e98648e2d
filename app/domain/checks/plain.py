"""The plain form of a text, which phrases are looked for in.

Every word and every mark that ends a sentence stands between single spaces; hurried spellings are written out, "'s" is
a word of its own; a pupil's name becomes CHILD, a colleague's or another titled grown-up's STAFF, a class's CLASS.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mention import Mention
from app.domain.checks.register import Register
from app.domain.checks.words import Words, word_set
from app.domain.naming import fold

CHILD = "CHILD"
STAFF = "STAFF"
CLASS = "CLASS"

_STOP = re.compile(r"(?<!\.)[.](?!\.)|[!?;\n]")
_MARK = re.compile(r"[£$€🖕@#]")
_RUN = re.compile(r"(.)\1{2,}")
_TITLES = word_set("mr mrs miss ms mx dr")
_LONGEST_MEMO = 100_000
_LONGEST_WORD = 40
_BEFORE_BARE_VERB = word_set(
    "be get send pick bring come drop ring call pay have let try do go make see speak keep fetch collect take "
    "ask text tell phone email pop wait meet sort find put give just never not also definitely probably"
)


class PlainText:
    """The plain form of a text and the way back to the words it came from."""

    __slots__ = ("_where", "places", "starts", "text", "words")

    def __init__(self, words: list[str], places: list[int]) -> None:
        self.words = words
        self.places = places
        """For each plain word, the word of the text it came from."""
        self.text = f" {' '.join(words)} "
        self.starts = list(accumulate(map(len, words), _next_start, initial=1))
        """Where each plain word begins in `text`."""
        self._where: dict[str, list[int]] | None = None

    def starts_of(self, words: list[str]) -> list[int]:
        """Where any of these plain words begin, in order."""
        if self._where is None:
            self._where = {}
            for word, start in zip(self.words, self.starts, strict=False):
                self._where.setdefault(word, []).append(start)
        where = self._where
        return where[words[0]] if len(words) == 1 else sorted(start for word in words for start in where[word])

    def word_at(self, position: int) -> int:
        """The word of the text that a position in the plain form came from."""
        return self.places[min(len(self.places), max(1, bisect_right(self.starts, position))) - 1]


def _next_start(start: int, length: int) -> int:
    return start + length + 1


class PlainWriter:
    """Writes texts in plain form. Built once; remembers the words it has met."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        self._same = dict(lexicons.plain)
        self._memo: dict[str, tuple[str, ...]] = {}
        self._staff_words = frozenset(fold(member.name).split()[-1] for member in register.staff if member.name.split())
        self._classes = _class_names(register)
        self._special = _TITLES | self._classes | {f"{name}'s" for name in self._classes} | {"ill"}

    def words_of(self, word: str) -> tuple[str, ...]:
        """The plain words that one folded word stands for."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _LONGEST_MEMO:
                self._memo.clear()
            short = len(word) <= _LONGEST_WORD
            known = self._memo[word] = self._written_out(word) if short else (word.replace("'", ""),)
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
        plain: list[str] = []
        places: list[int] = []
        named = {mention.first: mention for mention in mentions}
        written, gaps = words.words, words.gaps
        place, last = 0, len(written)
        memo = self._memo
        while place < last:
            gap = gaps[place]
            if gap != " ":
                _write_marks(gap, place, plain, places)
            word = written[place]
            if place in named or word in self._special:
                step, following = self._next(words, place, named)
            else:
                step, following = 1, memo.get(word) or self.words_of(word)
            if len(following) == 1:
                plain.append(following[0])
                places.append(place)
            else:
                plain += following
                places += [place] * len(following)
            place += step
        _write_marks(gaps[last], last, plain, places)
        return PlainText(plain, places)

    def _next(self, words: Words, place: int, named: Mapping[int, Mention]) -> tuple[int, tuple[str, ...]]:
        """How many words the next plain ones stand for, and those."""
        mention = named.get(place)
        if mention is not None:
            return mention.last - mention.first, (CHILD, "'s") if mention.possessive else (CHILD,)
        word = words.words[place]
        if word in _TITLES and place + 1 < len(words.words) and self._titled(words, place):
            return 2, (STAFF, "'s") if words.words[place + 1].endswith("'s") else (STAFF,)
        if word in self._classes or word.removesuffix("'s") in self._classes:
            if words.is_capital(place):
                return 1, (CLASS, "'s") if word.endswith("'s") else (CLASS,)
        elif word == "ill" and place + 1 < len(words.words) and words.words[place + 1] in _BEFORE_BARE_VERB:
            return 1, ("i", "will")
        return 1, self._memo.get(word) or self.words_of(word)

    def _titled(self, words: Words, place: int) -> bool:
        name = words.words[place + 1].removesuffix("'s")
        return words.gap(place + 1) in (" ", ". ", ".") and (words.is_capital(place + 1) or name in self._staff_words)


def _write_marks(gap: str, place: int, plain: list[str], places: list[int]) -> None:
    """Write the marks of a gap that phrases care for: one stop at most, money and rude hands."""
    stop = _STOP.search(gap)
    if stop is not None:
        mark = "?" if "?" in gap else stop.group()
        plain.append("." if mark == "\n" else mark)
        places.append(max(0, place - 1))
    for sign in _MARK.findall(gap)[:3]:
        plain.append(sign)
        places.append(max(0, place - 1))


def _class_names(register: Register) -> frozenset[str]:
    names = (fold(entry.name).removeprefix("class ").removesuffix(" class").strip() for entry in register.classes)
    return frozenset(name for name in names if name.isalpha() and name not in ("year", "reception", "nursery"))
