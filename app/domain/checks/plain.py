"""The plain form of a text, which phrases are looked for in.

Every word and every mark that ends a sentence stands between single spaces; hurried spellings are written out, "'s" is
a word of its own; a pupil's name becomes CHILD, a colleague's or another titled grown-up's STAFF, a class's CLASS.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mention import Mention
from app.domain.checks.phrases import CHILD as CHILD
from app.domain.checks.register import Register
from app.domain.checks.words import Words, word_set
from app.domain.naming import fold

STAFF = "STAFF"
CLASS = "CLASS"

STOPS = (".", "!", "?", ";")
"""What ends a sentence in plain form."""
MARKS = "£$€🖕@#"
"""Signs that are words of their own in plain form."""

_STOP = re.compile(r"(?<!\.)[.](?!\.)|[!?;\n]")
_MARK = re.compile(f"[{MARKS}]")
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

    __slots__ = ("_places", "_starts", "_told", "text", "words")

    def __init__(self, words: list[str], places: list[int] | None, told: Callable[[], list[int]] | None = None) -> None:
        """`told` says the places where they are asked for at last."""
        self.words = words
        self._places = places
        self._told = told
        self.text = f" {' '.join(words)} "
        self._starts: list[int] | None = None

    @property
    def places(self) -> list[int]:
        """For each plain word, the word of the text it came from."""
        if self._places is None:
            self._places = self._told() if self._told is not None else []
        return self._places

    @property
    def starts(self) -> list[int]:
        """Where each plain word begins in `text`."""
        if self._starts is None:
            self._starts = list(accumulate(map(len, self.words), _next_start, initial=1))
        return self._starts

    def word_at(self, position: int) -> int:
        """The word of the text that a position in the plain form came from."""
        return self.places[min(len(self.places), max(1, bisect_right(self.starts, position))) - 1]


def _next_start(start: int, length: int) -> int:
    return start + length + 1


class PlainWriter:
    """Writes texts in plain form; remembers the words it has met. `writer_for` gives the one for a school."""

    def __init__(self, same: Iterable[tuple[str, str]], staff_words: frozenset[str], classes: frozenset[str]) -> None:
        """`same`: words and how they are written out; `staff_words`: surnames; `classes`: names of one word."""
        self._same = dict(same)
        self._memo: dict[str, tuple[str, ...]] = {}
        self._staff_words = staff_words
        self._classes = classes
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

    def forms_of(self, word: str) -> tuple[str, ...]:
        """Every plain word that a folded word may end up as, pupils' names left out."""
        forms = self.words_of(word)
        if word == "ill":
            return (*forms, "i", "will")
        return (*forms, STAFF, CLASS) if word in self._special else forms

    def of(self, words: Words, mentions: list[Mention]) -> PlainText:
        """The plain form of a text whose pupils have been found."""
        if not mentions and self._special.isdisjoint(words.words):
            return PlainText(self._unnamed(words), None, lambda: self._whole(words, mentions)[1])
        plain, places = self._whole(words, mentions)
        return PlainText(plain, places)

    def _unnamed(self, words: Words) -> list[str]:
        """The plain words of a text that names nobody and nothing, without where they came from."""
        plain: list[str] = []
        memo, known_marks, place = self._memo, _known_marks, 0
        for word in words.words:
            gap = words.gaps[place]
            if gap != " ":
                marks = known_marks.get(gap)
                plain += _marks_in(gap) if marks is None else marks
            plain += memo.get(word) or self.words_of(word)
            place += 1
        plain += _marks_in(words.gaps[place])
        return plain

    def _whole(self, words: Words, mentions: list[Mention]) -> tuple[list[str], list[int]]:
        """The plain words, and for each the word it came from."""
        plain: list[str] = []
        places: list[int] = []
        named = {mention.first: mention for mention in mentions}
        written, gaps = words.words, words.gaps
        place, last = 0, len(written)
        memo, known_marks = self._memo, _known_marks
        while place < last:
            gap = gaps[place]
            if gap != " ":
                marks = known_marks.get(gap)
                if marks is None:
                    marks = _marks_in(gap)
                if marks:
                    plain += marks
                    places += [max(0, place - 1)] * len(marks)
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
        marks = _marks_in(gaps[last])
        plain += marks
        places += [max(0, last - 1)] * len(marks)
        return plain, places

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


def writer_for(register: Register, lexicons: Lexicons) -> PlainWriter:
    """The writer for a school. It knows no pupil, so that one serves however often the register changes."""
    staff_words = frozenset(fold(member.name).split()[-1] for member in register.staff if member.name.split())
    return _writer(tuple(lexicons.plain.items()), staff_words, _class_names(register))


_writer = lru_cache(maxsize=4)(PlainWriter)


_known_marks: dict[str, tuple[str, ...]] = {}
_MOST_MARKS, _LONGEST_GAP = 2_000, 12


def _marks_in(gap: str) -> tuple[str, ...]:
    """The marks of a gap that phrases care for: one stop at most, money and rude hands."""
    known = _known_marks.get(gap)
    if known is not None:
        return known
    stop = _STOP.search(gap)
    found = []
    if stop is not None:
        mark = "?" if "?" in gap else stop.group()
        found.append("." if mark == "\n" else mark)
    marks = (*found, *_MARK.findall(gap)[:3])
    if len(gap) <= _LONGEST_GAP and len(_known_marks) < _MOST_MARKS:
        _known_marks[gap] = marks
    return marks


def _class_names(register: Register) -> frozenset[str]:
    names = (fold(entry.name).removeprefix("class ").removesuffix(" class").strip() for entry in register.classes)
    return frozenset(name for name in names if name.isalpha() and name not in ("year", "reception", "nursery"))
