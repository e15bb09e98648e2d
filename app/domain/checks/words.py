"""A text taken apart into words, folded for comparison, with what stood between them and where each came from."""

from __future__ import annotations

import re
from functools import cached_property

from app.domain.naming import Folded, fold_with_origins


def word_set(text: str) -> frozenset[str]:
    """The words of a text written out for reading, as a set."""
    return frozenset(text.split())


_WORD = re.compile(r"\d+(?:[.:,]\d+)*[^\W\d_]*|[^\W_]+(?:'[^\W_]+)*")
_CUT = re.compile(f"({_WORD.pattern})")
_SENTENCE_END = re.compile(r"[.!?\n:;•·*|]|[-–—] |[^\x00-\u2fff]")
_HARD_END = re.compile(r"[.!?\n;]")


def folded_words(folded: str) -> list[str]:
    """The words of a folded text, in order."""
    return _WORD.findall(folded)


class Words:
    """The words of one text in order. Positions are word numbers unless a name says otherwise."""

    __slots__ = ("__dict__", "folded", "gaps", "words")

    def __init__(self, text: str) -> None:
        self.folded: Folded = fold_with_origins(text)
        parts = _CUT.split(self.folded.text)
        self.words: list[str] = parts[1::2]
        self.gaps: list[str] = parts[::2]
        """What stands before each word, and after the last."""

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in the folded text."""
        starts, at = [], 0
        for gap, word in zip(self.gaps, self.words, strict=False):
            at += len(gap)
            starts.append(at)
            at += len(word)
        return starts

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends in the folded text."""
        return [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

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
        return self.folded.original[self.folded.origin(self.starts[place])].isupper()

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

    @cached_property
    def is_lower_case(self) -> bool:
        """The writer uses no capitals (the first word apart), so that their absence says nothing."""
        rest = self.folded.original[self.folded.origin(self.starts[1]) :] if len(self.words) > 1 else ""
        return not any(character.isupper() for character in rest)

    @cached_property
    def is_all_shouted(self) -> bool:
        """The whole text is in capitals, so that they say nothing."""
        return self.folded.original.isupper()
