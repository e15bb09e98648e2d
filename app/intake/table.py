"""Tables out of text: which sign parts the columns, which row holds the headings, rows too short or too long.

Rows keep the numbers a spreadsheet shows. Cells are text and nothing else: what looks like a formula stays as written.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.incoming import Remark
from app.domain.problems import Unreadable

SEPARATORS = (",", ";", "\t", "|")
_HEADING_ROWS = 30
_NARROW = 4
"""In a table of so few columns a long text with commas cannot be told from rows run together."""
_HINT = re.compile("sep=(.)\r?\n", re.IGNORECASE)
"""The line Excel writes to say what parts the columns; it shows no row for it."""
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as text: numbered rows, blank ones included, and rows that could not be told apart."""

    file: str
    rows: list[Row]
    broken: tuple[Remark, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class HeadedTable:
    """A table whose headings were found. `rows` are those below them, without blank ones."""

    file: str
    headings: tuple[str, ...]
    heading_row: int
    rows: list[Row]
    broken: tuple[Remark, ...] = ()
    sheet: str | None = None


def read_table(name: str, text: str) -> Table:
    """Part a text into rows and cells.

    Raises Unreadable where a quotation mark is opened and never closed, since everything after it would be lost.
    """
    hint = _HINT.match(text)
    separator = hint[1] if hint else _separator(text)
    text = text[hint.end() :] if hint else text
    if '"' not in text:
        return Table(name, _plain_rows(name, text, separator))
    if text.count('"') % 2:
        _check_closed(name, text, separator)
    rows: list[Row] = []
    broken: list[Remark] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    previous = width = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if reader.line_num - previous > 1 and _ran_together(cells, separator, width):
                broken.append(Remark(name, number, None, _RAN_TOGETHER))
            else:
                rows.append((number, cells))
                width = max(width, len(cells))
            previous = reader.line_num
    except csv.Error as fault:
        raise Unreadable(_NO_COLUMNS.format(name=name)) from fault
    return Table(name, rows, tuple(broken))


def _plain_rows(name: str, text: str, separator: str) -> list[Row]:
    """Rows of a text without quotation marks, in which no cell can hold a line break."""
    try:
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1))
    except csv.Error as fault:
        raise Unreadable(_NO_COLUMNS.format(name=name)) from fault


_NO_COLUMNS = "{name} cannot be parted into columns. Save it again as CSV (UTF-8)."
_RAN_TOGETHER = (
    "Several rows run together here, because a quotation mark stands in the wrong place. Open the file, correct the "
    "mark and bring it in again."
)


def _separator(text: str) -> str:
    """The sign that parts most of the first rows into the same number of columns, more columns being better."""
    sample = "".join(text[:64_000].splitlines(keepends=True)[:40])
    best, best_score = ",", (0, 0)
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        try:
            widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
        except csv.Error:
            continue
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if wide and (score := max((count * (width > 1), width) for count, width in wide)) > best_score:
            best, best_score = separator, score
    return best


def _check_closed(name: str, text: str, separator: str) -> None:
    """Raise Unreadable where the last quoted cell is never closed. A lone mark inside a cell is harmless."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for _ in reader:
            number += 1
    except csv.Error as fault:
        if "unexpected end of data" in str(fault):
            raise Unreadable(
                f"{name} cannot be read: the quotation mark opened in row {number + 1} is never closed. Open the file, "
                "correct that row and save it again."
            ) from fault


def _ran_together(cells: Sequence[str], separator: str, width: int) -> bool:
    """A row over several lines, each of them with as many separators as a row has, is several rows in one."""
    lines = [line for line in separator.join(cells).splitlines() if line.strip()]
    return width > _NARROW and len(lines) > 1 and all(line.count(separator) >= width - 1 for line in lines)


def find_headings(table: Table, score: Callable[[Sequence[str]], float]) -> HeadedTable | None:
    """The table under its headings: the first of the best-scoring rows near the top; None where none scores."""
    best: tuple[float, int] | None = None
    for place, (_, cells) in enumerate(table.rows[:_HEADING_ROWS]):
        points = score(cells)
        if points > 0 and (best is None or points > best[0]):
            best = points, place
    if best is None:
        return None
    place = best[1]
    number, cells = table.rows[place]
    headings = tuple(" ".join(cell.split()) for cell in cells)
    rows = [row for row in table.rows[place + 1 :] if _is_filled(row[1])]
    return HeadedTable(table.file, headings, number, rows, table.broken, table.sheet)


def _is_filled(cells: Sequence[str]) -> bool:
    if cells and cells[0] and not cells[0].isspace():
        return True
    return any(cell and not cell.isspace() for cell in cells)


def padded(cells: list[str], width: int) -> list[str] | None:
    """The cells at exactly the headings' width; None where there is content beyond them, which shifts columns."""
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if len(cells) > width:
        return None if any(cell and not cell.isspace() for cell in cells[width:]) else cells[:width]
    return cells


TOO_LONG = (
    "The row has more cells than there are headings, so its columns may have shifted. A cell with a comma in it "
    "probably lacks its quotation marks."
)
