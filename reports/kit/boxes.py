"""Headings, paragraphs and lists, laid out for a page."""

from __future__ import annotations

from reports.kit import bidi, palette
from reports.kit.clean import cut
from reports.kit.flow import Box
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import Line, Span, wrap, wrap_spans
from reports.kit.model import Heading, Note, Text
from reports.kit.tags import Element

BODY, LEADING = 10.0, 14.5
LONGEST_TEXT = 20_000
BULLET_INDENT = 13.0

_HEADING = {1: (19.0, 23.0, 26.0), 2: (13.5, 17.0, 20.0), 3: (11.0, 14.5, 14.0)}
"""For each level of heading: size, leading, space above."""


class HeadingBox(Box):
    """A heading with its clauses at the right, or below where they do not fit."""

    def __init__(self, book: FontBook, heading: Heading, width: float, anchor: str) -> None:
        self.heading, self.anchor, self.width = heading, anchor, width
        self.size, self.leading, self.above = _HEADING[heading.level]
        chips = sum(_chip_width(book, clause) + 3 for clause in heading.clauses)
        self.chips_below = chips > width * 0.5
        self.lines = wrap(
            book, cut(heading.text, 300), Face.SEMIBOLD, self.size, width - (0 if self.chips_below else chips + 8)
        )
        self.height = len(self.lines) * self.leading + (18 if self.chips_below else 2)
        self.sticks = True

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the heading, enters it in the outline and lets links lead to it."""
        pen.anchor(self.anchor, top + 4, " ".join(self.lines), self.heading.level - 1)
        colour = palette.ACCENT if self.heading.level == 1 else palette.TEXT
        base = top - self.size
        with pen.tagged(Element(f"H{self.heading.level}", pen.tree.root)):
            for place, line in enumerate(self.lines):
                pen.text(x, base - place * self.leading, line, Face.SEMIBOLD, self.size, colour)
        if self.heading.clauses:
            with pen.tagged(Element("P", pen.tree.root)):
                self._draw_chips(pen, x, base - (len(self.lines) * self.leading if self.chips_below else 0))

    def _draw_chips(self, pen: Pen, x: float, base: float) -> None:
        wide = [_chip_width(pen.book, clause) for clause in self.heading.clauses]
        left = x if self.chips_below else x + self.width - sum(wide) - 3 * (len(wide) - 1)
        for clause, width in zip(self.heading.clauses, wide, strict=True):
            pen.rounded(left, base - 3.5, width, 13, 3, palette.ACCENT_SOFT)
            pen.text(left + 5, base, clause, Face.SEMIBOLD, 8, palette.ACCENT_STRONG)
            left += width + 3


def _chip_width(book: FontBook, clause: str) -> float:
    return book.width(clause, Face.SEMIBOLD, 8) + 10


class TextBox(Box):
    """A paragraph, continued on the next page where it must be, never by a single line."""

    def __init__(self, book: FontBook, block: Text, width: float) -> None:
        self.size, self.leading = (9.0, 12.5) if block.quiet else (BODY, LEADING)
        self.colour = palette.TEXT_QUIET if block.quiet else palette.TEXT
        text = cut(block.text, LONGEST_TEXT)
        self._set(wrap(book, text, Face.REGULAR, self.size, width), width, bidi.starts_right_to_left(text))
        self.element: list[Element] = []
        self.clings = block.closing

    def _set(self, lines: list[str], width: float, leftward: bool) -> None:
        self.lines, self.width, self.leftward = lines, width, leftward
        self.above, self.height = 8, len(lines) * self.leading

    @property
    def least(self) -> float:
        """Two lines, or all of a paragraph that has no more than three."""
        return self.leading * (2 if len(self.lines) > 3 else len(self.lines))

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Between two lines, with at least two on either side."""
        fit = min(int(room / self.leading), len(self.lines) - 2)
        if fit < 2:
            return None
        parts = []
        for lines in (self.lines[:fit], self.lines[fit:]):
            part = TextBox.__new__(TextBox)
            part.__dict__.update(self.__dict__)
            part._set(lines, self.width, self.leftward)
            parts.append(part)
        return parts[0], parts[1]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the lines; the parts of one paragraph stay one paragraph for a screen reader."""
        if not self.element:
            self.element.append(Element("P", pen.tree.root))
        with pen.tagged(self.element[0]):
            for place, line in enumerate(self.lines):
                base = top - self.size - place * self.leading
                if self.leftward:
                    pen.text_right(x + self.width, base, line, Face.REGULAR, self.size, self.colour)
                else:
                    pen.text(x, base, line, Face.REGULAR, self.size, self.colour)


class NoteBox(Box):
    """One item of a list. `parent` holds the list's element, made when the first item is drawn."""

    def __init__(self, book: FontBook, note: Note, width: float, parent: list[Element], first: bool) -> None:
        spans = [Span(note.lead + " ", Face.SEMIBOLD)] if note.lead else []
        self.lines: list[Line] = wrap_spans(
            book, [*spans, Span(cut(note.text, LONGEST_TEXT))], BODY, width - BULLET_INDENT
        )
        self.parent, self.element = parent, list[Element]()
        self.above, self.height = 12 if first else 5, len(self.lines) * LEADING

    @property
    def least(self) -> float:
        """Two lines, or all of an item that has no more than three."""
        return LEADING * (2 if len(self.lines) > 3 else len(self.lines))

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Between two lines, with at least two on either side."""
        fit = min(int(room / LEADING), len(self.lines) - 2)
        if fit < 2:
            return None
        parts = []
        for lines in (self.lines[:fit], self.lines[fit:]):
            part = NoteBox.__new__(NoteBox)
            part.__dict__.update(self.__dict__)
            part.lines, part.height = lines, len(lines) * LEADING
            parts.append(part)
        return parts[0], parts[1]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the bullet once, and the lines."""
        if not self.parent:
            self.parent.append(Element("L", pen.tree.root))
        if not self.element:
            item = Element("LI", self.parent[0])
            with pen.tagged(Element("Lbl", item)):
                pen.text(x + 2, top - BODY, "•", Face.BOLD, BODY, palette.ACCENT)
            self.element.append(Element("LBody", item))
        with pen.tagged(self.element[0]):
            for place, line in enumerate(self.lines):
                draw_spans(pen, x + BULLET_INDENT, top - BODY - place * LEADING, line, BODY)


def draw_spans(pen: Pen, x: float, base: float, line: Line, size: float, colour: str = palette.TEXT) -> None:
    """Draws a line of several faces."""
    for place, span in enumerate(line):
        pen.text(x, base, span.text, span.face, size, colour, joined=place > 0)
        x += pen.book.width(span.text, span.face, size)
