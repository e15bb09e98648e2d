"""A text taken apart into words, folded for comparison, with what stood between them and where each came from."""

from __future__ import annotations

import re
from itertools import accumulate

from app.domain.naming import Folded, fold_with_origins
from app.domain.once import once


def word_set(text: str) -> frozenset[str]:
    """The words of a text written out for reading, as a set."""
    return frozenset(text.split())


_WORD = re.compile(r"\d+(?:[.:,]\d+)*[^\W\d_]*|[^\W_]+(?:'[^\W_]+)*")
_CUT = re.compile(f"({_WORD.pattern})")
_CUT_ASCII = re.compile(r"([a-z][a-z0-9]*(?:'[a-z0-9]+)*|[0-9]+(?:[.:,][0-9]+)*[a-z]*)")
"""The same for folded ASCII, in which it is a third quicker."""
_FIGURE = re.compile(r"\d")
_SENTENCE_END = re.compile(r"[.!?\n:;•·*|]|[-–—] |[^\x00-\u2fff]")
_HARD_END = re.compile(r"[.!?\n;]")


def folded_words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return _WORD.findall(folded)


class Words:
    """The words of one text in order. Positions are word numbers unless a name says otherwise."""

    __slots__ = ("__dict__", "_parts", "folded", "gaps", "text", "words")

    def __init__(self, text: str) -> None:
        self.folded: Folded = fold_with_origins(text)
        self.text = folded = self.folded.text
        """The folded text."""
        self._parts = (_CUT_ASCII if folded.isascii() else _CUT).split(folded)
        self.words: list[str] = self._parts[1::2]
        self.gaps: list[str] = self._parts[::2]
        """What stands before each word, and after the last."""

    @once
    def _edges(self) -> list[int]:
        return list(accumulate(map(len, self._parts)))

    @once
    def starts(self) -> list[int]:
        """Where each word begins in the folded text."""
        return self._edges[:-1:2]

    @once
    def ends(self) -> list[int]:
        """Where each word ends in the folded text."""
        return self._edges[1::2]

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, place: int) -> str:
        """What stands between the word before `place` and the word at `place`; the text's edges count."""
        return self.gaps[place]

    def written(self, place: int) -> str:
        """The word as the writer wrote it."""
        start, end = self.folded.span(self.starts[place], self.ends[place])
        return self.folded.original[start:end]

    def is_capital(self, place: int) -> bool:
        """The word begins with a capital."""
        folded, start = self.folded, self.starts[place]
        return folded.original[folded.origin(start) if folded.turns else start].isupper()

    def is_shouted(self, place: int) -> bool:
        """The word is in capitals throughout, and more than a letter."""
        written = self.written(place)
        return len(written) > 1 and written.isupper()

    def opens_sentence(self, place: int) -> bool:
        """A capital here says nothing: the text, a sentence, a line or a list item begins."""
        return place == 0 or _SENTENCE_END.search(self.gap(place)) is not None

    def sentence(self, place: int) -> tuple[int, int]:
        """The words of the sentence that holds this word, as a half-open range, at most sixty either way."""
        first = last = place
        while first > max(0, place - 60) and not _HARD_END.search(self.gap(first)):
            first -= 1
        last = place + 1
        while last < min(len(self.words), place + 60) and not _HARD_END.search(self.gap(last)):
            last += 1
        return first, last

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the original text that a half-open range of words covers."""
        return self.folded.span(self.starts[first], self.ends[last - 1])

    @once
    def has_figure(self) -> bool:
        """A figure stands somewhere."""
        return _FIGURE.search(self.text) is not None

    @once
    def is_lower_case(self) -> bool:
        """The writer uses no capitals (the first word apart), so that their absence says nothing."""
        rest = self.folded.original[self.folded.origin(self.starts[1]) :] if len(self.words) > 1 else ""
        return not any(character.isupper() for character in rest)

    @once
    def is_all_shouted(self) -> bool:
        """The whole text is in capitals, so that they say nothing."""
        return self.folded.original.isupper()
