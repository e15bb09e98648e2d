"""Tables on paper: columns as wide as their contents need, rows as high as their longest cell, nothing ever clipped.

A table that is too wide for the page is first set smaller, then broken into bands of columns that each repeat the
first. One that is too long goes on over the pages with its headings repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.kit import bidi, palette
from reports.kit.boxes import BODY
from reports.kit.clean import cut
from reports.kit.columns import PAD, shared_widths
from reports.kit.flow import Box
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.model import Cell, Column, Kind, Table
from reports.kit.numbers import written
from reports.kit.tags import Element

LONGEST_CELL = 1_500
WHOLE_UP_TO = 375.0
"""A table no higher than half a page is not torn: the space it leaves is the lesser evil."""
MOST_LINES = 36
"""A higher row would not leave room for its headings on a page."""
_SIZES = (9.0, 8.2, 7.6)
_LEADING = 1.28
_ROW_PAD = 6.0
_TITLE, _CAPTION_GAP = 10.0, 19.0

_COLUMN_HEAD = "/A <</O/Table/Scope/Column>>"
_ROW_HEAD = "/A<</O/Table/Scope/Row>>"
_NOTHINGS = (("0",), ("0%",), ("–",))

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A table set in type: its columns' widths, and each row's lines and height."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    size: float
    head: tuple[Lines, ...]
    head_height: float
    rows: list[tuple[Lines, ...]]
    heights: list[float]
    total: bool
    """Whether the last row is the total."""


def tables_of(book: FontBook, table: Table, width: float, number: int) -> list[Box]:
    """The boxes that a table becomes: one, or several where its columns do not fit side by side."""
    title = book.shown(f"Table {number}. {cut(table.title, 300)}", Face.SEMIBOLD)
    if not table.rows:
        return [EmptyBox(book, title, table.empty, width)]
    every = [*table.rows, table.total] if table.total else list(table.rows)
    cells = [
        [_shown(book, row[place], column, Face.REGULAR) for row in every] for place, column in enumerate(table.columns)
    ]
    boxes: list[Box] = []
    for places, size in _bands(book, table, cells, width):
        part = _set(book, table, cells, places, size, width)
        note = table.note if places[-1] == len(table.columns) - 1 else None
        boxes.append(GridBox(book, part, title if not boxes else f"{title} (further columns)", note, width))
    return boxes


def _shown(book: FontBook, cell: Cell, column: Column, face: Face) -> str:
    return book.shown(cut(written(cell, column.kind), LONGEST_CELL), face)


def _natural(book: FontBook, column: Column, cells: list[str], size: float) -> tuple[float, float]:
    """The smallest width a column can bear without breaking words, and the width that lets each cell be one line."""
    head = book.shown(column.title, Face.SEMIBOLD)
    widest = max((book.width(cell, Face.SEMIBOLD, size) for cell in set(cells) if len(cell) < 200), default=0.0)
    if any(len(cell) >= 200 or "\n" in cell for cell in cells):
        widest = max(widest, 400.0)
    words = {word for cell in set(cells) for word in cell[:400].split()} if column.kind is Kind.TEXT else set(cells)
    longest = max((book.width(word, Face.SEMIBOLD, size) for word in words), default=0.0)
    head_word = max((book.width(word, Face.SEMIBOLD, size) for word in head.split()), default=0.0)
    least = max(head_word, min(longest, 110.0) if column.kind is Kind.TEXT else longest)
    return least + 2 * PAD, max(widest, least, min(book.width(head, Face.SEMIBOLD, size), least * 1.6)) + 2 * PAD


def _bands(book: FontBook, table: Table, cells: list[list[str]], width: float) -> list[tuple[tuple[int, ...], float]]:
    """Which columns stand side by side, and at what size."""
    every = tuple(range(len(table.columns)))
    least: list[float] = []
    for size in _SIZES:
        least = [_natural(book, table.columns[place], cells[place], size)[0] for place in every]
        if sum(least) <= width:
            return [(every, size)]
    bands: list[list[int]] = [[0]]
    for place in every[1:]:
        if len(bands[-1]) > 1 and sum(least[other] for other in bands[-1]) + least[place] > width:
            bands.append([0])
        bands[-1].append(place)
    return [(tuple(band), _SIZES[-1]) for band in bands]


def _set(
    book: FontBook, table: Table, cells: list[list[str]], places: tuple[int, ...], size: float, width: float
) -> Set:
    columns = tuple(table.columns[place] for place in places)
    natural = [_natural(book, table.columns[place], cells[place], size) for place in places]
    widths = _parted(columns, natural, width) or shared_widths([column.kind for column in columns], natural, width)
    total = table.total is not None
    set_columns = [_set_column(book, cells[place], widths[order], size, total) for order, place in enumerate(places)]
    rows = list(zip(*set_columns, strict=True))
    leading = size * _LEADING
    heights = [max(map(len, row)) * leading + _ROW_PAD for row in rows]
    head = tuple(
        tuple(wrap(book, column.title, Face.SEMIBOLD, size, wide - 2 * PAD))
        for column, wide in zip(columns, widths, strict=True)
    )
    head_height = max(map(len, head)) * leading + _ROW_PAD
    return Set(columns, widths, size, head, head_height, rows, heights, total)


def _parted(
    columns: tuple[Column, ...], natural: Sequence[tuple[float, float]], width: float
) -> tuple[float, ...] | None:
    """The widths that the columns ask for; None where one does not ask, or its words would break."""
    parts = [column.part for column in columns if column.part is not None]
    widths = tuple(part * width / sum(parts) for part in parts)
    wide_enough = len(parts) == len(columns) and all(
        wide >= least for wide, (least, _) in zip(widths, natural, strict=True)
    )
    return widths if wide_enough else None


def _set_column(book: FontBook, cells: list[str], wide: float, size: float, total: bool) -> list[Lines]:
    """Each cell's lines; like cells are broken once."""
    room = wide - 2 * PAD
    known = {cell: _cell_lines(book, cell, Face.REGULAR, size, room) for cell in set(cells)}
    lines = [known[cell] for cell in cells]
    if total:
        lines[-1] = _cell_lines(book, cells[-1], Face.SEMIBOLD, size, room)
    return lines


def _cell_lines(book: FontBook, cell: str, face: Face, size: float, room: float) -> Lines:
    lines = wrap(book, cell, face, size, room)
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    note = wrap(book, f"… (cut here: {len(cell):,} characters in all)", face, size, room)
    return (*lines[: MOST_LINES - len(note)], *note)


class GridBox(Box):
    """A table, or the part of one from row `start` up to `end`."""

    def __init__(self, book: FontBook, part: Set, title: str, note: str | None, width: float) -> None:
        self.set, self.width = part, width
        self.title = wrap(book, title, Face.SEMIBOLD, _TITLE, width)
        self.note = wrap(book, cut(note, 2_000), Face.REGULAR, 8.5, width) if note else []
        self.book, self.element = book, list[Element]()
        self.sums = [0.0, *accumulate(part.heights)]
        self._take(0, len(part.rows))

    def _take(self, start: int, end: int) -> None:
        self.start, self.end, self.above = start, end, 16
        self.last = end == len(self.set.rows)
        title = len(self.title) * 13 + 6
        note = len(self.note) * 11.5 + 5 if self.note and self.last else 0
        self.frame = title + self.set.head_height
        self.height = self.frame + self.sums[end] - self.sums[start] + note + 4

    @property
    def least(self) -> float:
        """The whole of a short table; else title, headings and a few rows."""
        if self.height <= WHOLE_UP_TO:
            return self.height
        few = min(self.start + 4, self.end)
        return self.frame + self.sums[few] - self.sums[self.start] + 4

    def split(self, room: float) -> tuple[Box, Box] | None:
        """After the last row that fits; never so that the total, or one row, is left alone."""
        limit = self.sums[self.start] + room - self.frame - 4
        fit = self.start
        while fit < self.end and self.sums[fit + 1] <= limit:
            fit += 1
        fit = min(fit, max(self.end - 3, self.start + 1))
        if fit <= self.start or (fit - self.start < 2 and self.end - self.start > 3):
            return None
        return self._part(self.start, fit), self._part(fit, self.end)

    def _part(self, start: int, end: int) -> GridBox:
        part = GridBox.__new__(GridBox)
        part.__dict__.update(self.__dict__)
        if start and not self.title[-1].endswith("(continued)"):
            part.title = wrap(self.book, " ".join(self.title) + " (continued)", Face.SEMIBOLD, _TITLE, self.width)
        part._take(start, end)
        return part

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws title, headings, rows and note; its parts stay one table for a screen reader."""
        first = not self.element
        if first:
            self.element.append(Element("Table", pen.tree.root))
        if first:
            with pen.tagged(Element("Caption", self.element[0])):
                self._draw_title(pen, x, top)
        else:
            self._draw_title(pen, x, top)
        base = self._draw_head(pen, x, top - len(self.title) * 13 - 6, first)
        for place in range(self.start, self.end):
            base = self._draw_row(pen, x, base, place)
        if self.note and self.last:
            with pen.tagged(Element("P", pen.tree.root)):
                for order, line in enumerate(self.note):
                    pen.text(x, base - 14 - order * 11.5, line, Face.REGULAR, 8.5, palette.TEXT_QUIET)

    def _draw_title(self, pen: Pen, x: float, top: float) -> None:
        for order, line in enumerate(self.title):
            pen.text(x, top - _TITLE - order * 13, line, Face.SEMIBOLD, _TITLE)

    def _draw_head(self, pen: Pen, x: float, top: float, first: bool) -> float:
        """Draws the headings; on later pages they are decoration, already known to a screen reader."""
        leading = self.set.size * _LEADING
        foot = top - self.set.head_height
        row = Element("TR", self.element[0]) if first else None
        left = x
        for column, wide, lines in zip(self.set.columns, self.set.widths, self.set.head, strict=True):
            base = foot + 4.5 + (len(lines) - 1) * leading
            if row is not None:
                with pen.tagged(Element("TH", row, _COLUMN_HEAD)):
                    self._draw_lines(pen, left, base, wide, column.kind, lines, Face.SEMIBOLD, palette.TEXT_QUIET)
            else:
                self._draw_lines(pen, left, base, wide, column.kind, lines, Face.SEMIBOLD, palette.TEXT_QUIET)
            left += wide
        pen.rule((x, foot), (x + sum(self.set.widths), foot), palette.ACCENT, 1)
        return foot

    def _draw_row(self, pen: Pen, x: float, top: float, place: int) -> float:
        part = self.set
        total = part.total and place == len(part.rows) - 1
        face = Face.SEMIBOLD if total else Face.REGULAR
        foot = top - part.heights[place]
        base = top - part.size - 2.2
        row = Element("TR", self.element[0])
        left = x
        for order, (column, wide, lines) in enumerate(zip(part.columns, part.widths, part.rows[place], strict=True)):
            head = order == 0 and column.kind is Kind.TEXT
            quiet = not total and lines in _NOTHINGS
            pen.begin(Element("TH", row, _ROW_HEAD) if head else Element("TD", row))
            self._draw_lines(
                pen, left, base, wide, column.kind, lines, face, palette.TEXT_QUIET if quiet else palette.TEXT
            )
            pen.end()
            left += wide
        strong = total or (part.total and place == len(part.rows) - 2)
        pen.rule((x, foot), (left, foot), palette.LINE_STRONG if strong else palette.LINE, 0.6 if strong else 0.4)
        return foot

    def _draw_lines(
        self,
        pen: Pen,
        left: float,
        base: float,
        wide: float,
        kind: Kind,
        lines: Lines,
        face: Face,
        colour: str,
    ) -> None:
        size = self.set.size
        leftward = kind in (Kind.TEXT, Kind.DATE, Kind.MOMENT)
        for line in lines:
            if leftward and (line.isascii() or not bidi.starts_right_to_left(line)):
                pen.text(left + PAD, base, line, face, size, colour)
            else:
                pen.text_right(left + wide - PAD, base, line, face, size, colour)
            base -= size * _LEADING


class EmptyBox(Box):
    """A table without rows: its title, and the sentence that says so."""

    def __init__(self, book: FontBook, title: str, sentence: str, width: float) -> None:
        self.title = wrap(book, title, Face.SEMIBOLD, _TITLE, width)
        self.lines = wrap(book, sentence, Face.REGULAR, BODY, width)
        self.above, self.height = 16, len(self.title) * 13 + len(self.lines) * 14 + 4

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws both."""
        with pen.tagged(Element("P", pen.tree.root)):
            for place, line in enumerate(self.title):
                pen.text(x, top - _TITLE - place * 13, line, Face.SEMIBOLD, _TITLE)
        base = top - len(self.title) * 13 - 13
        with pen.tagged(Element("P", pen.tree.root)):
            for place, line in enumerate(self.lines):
                pen.text(x, base - place * 14, line, Face.REGULAR, BODY, palette.TEXT_QUIET)
