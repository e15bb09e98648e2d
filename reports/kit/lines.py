"""Breaking text into lines that fit: at spaces, else inside the word, never past the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.kit import bidi
from reports.kit.fonts import Face, FontBook


@dataclass(frozen=True, slots=True)
class Span:
    """Some text in one cut of the typeface."""

    text: str
    face: Face = Face.REGULAR


Line = tuple[Span, ...]
_HAIR = 0.01
"""Points by which sums may be off without anything being too wide."""
_NARROW = 0.25
"""Letters are wider than this share of their size, but for a few: a passage of more is not measured as one line."""


def wrap(book: FontBook, text: str, face: Face, size: float, width: float) -> list[str]:
    """The lines of a text in one face, each at most `width` points wide."""
    text = book.shown(text, face)
    may_fit = len(text) * size * _NARROW <= width
    if may_fit and "\n" not in text and book.width(text, face, size) <= width + _HAIR:
        return [text]
    return ["".join(span.text for span in line) for line in wrap_spans(book, [Span(text, face)], size, width)]


def wrap_spans(book: FontBook, spans: Sequence[Span], size: float, width: float) -> list[Line]:
    """The lines of a text in several faces, each at most `width` points wide."""
    breaker = _Breaker(book, size, width)
    for span in spans:
        for place, part in enumerate(book.shown(span.text, span.face).split("\n")):
            if place:
                breaker.end_line()
            breaker.add(part, span.face)
    breaker.end_line()
    return breaker.lines


class _Breaker:
    def __init__(self, book: FontBook, size: float, width: float) -> None:
        self.book, self.size, self.room = book, size, width + _HAIR
        self.lines: list[Line] = []
        self._line: list[tuple[str, Face]] = []
        self._used = 0.0
        self._space = ""

    def add(self, text: str, face: Face) -> None:
        """Takes a text without line ends, word by word; runs of spaces count as one."""
        leftwards = bidi.has_right_to_left(text)
        for place, word in enumerate(text.split(" ")):
            if place:
                self._space = " "
            if word:
                self._word(word, face, leftwards)

    def end_line(self) -> None:
        """Closes the line, though it be empty."""
        merged: list[Span] = []
        for text, face in self._line:
            if merged and merged[-1].face is face:
                merged[-1] = Span(merged[-1].text + text, face)
            else:
                merged.append(Span(text, face))
        self.lines.append(tuple(merged))
        self._line, self._used, self._space = [], 0.0, ""

    def _word(self, word: str, face: Face, leftwards: bool) -> None:
        space = self._space if self._line else ""
        self._space = ""
        if space and leftwards:
            wide = self.book.width(word, face, self.size) + self._widest_space(face)
        else:
            wide = self.book.width(space + word, face, self.size)
        if self._used + wide <= self.room:
            self._put(space + word, face, wide)
            return
        if self._line and space:
            self.end_line()
        for part in self._pieces(word, face):
            wide = self.book.width(part, face, self.size)
            if self._line and self._used + wide > self.room:
                self.end_line()
            self._put(part, face, wide)

    def _widest_space(self, face: Face) -> float:
        """A space takes the font of the word before it, and that of Arabic letters is wider."""
        beside = self.book.width("\u0628 \u0628", face, self.size) - 2 * self.book.width("\u0628", face, self.size)
        return max(beside, self.book.width(" ", face, self.size))

    def _put(self, text: str, face: Face, wide: float) -> None:
        self._line.append((text, face))
        self._used += wide

    def _pieces(self, word: str, face: Face) -> list[str]:
        """The word, or parts of it that each fit a line; at least one letter a part."""
        if self.book.width(word, face, self.size) <= self.room:
            return [word]
        parts: list[str] = []
        part, used = "", 0.0
        for letter in word:
            wide = self.book.width(letter, face, self.size)
            if part and used + wide > self.room:
                parts.append(part)
                part, used = "", 0.0
            part += letter
            used += wide
        return [*parts, part]
