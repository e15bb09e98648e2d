"""The rows of a class list: pupils, rejections with their reasons, and rows that are about no pupil.

Rows are judged one by one where something is wrong with them and column by column where nothing is, which keeps a
school of any size within a second.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from itertools import compress

from app.domain.bulk import Remembered
from app.domain.upn import is_sound
from app.intake.adults import Column
from app.intake.columns import ListColumns
from app.intake.dates import HOW_TO, either_way, order_of
from app.intake.fields import (
    RowFaults,
    judge_birth,
    judge_names,
    judge_upn,
    plain_name,
)
from app.intake.gathering import Gathering
from app.intake.list_facts import LONGEST_CLASS, FactsReader, Told
from app.intake.table import TOO_LONG, HeadedTable, Row, padded
from app.intake.values import clean_cells, clean_column, split_child, tidy

_HELPER = re.compile(
    r"\W*(?:required|optional|mandatory|free text|e\.?g\.?\b|for example|example|must be|enter\b|format|dd[/-]mm|"
    r"yyyy|numeric|\d+ digits|valid\b|please\b|text\b|date\b)",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"\W*(?:grand total|total|number of|count|printed|report|page \d|end of|confidential)\b", re.I)
_HELPER_ROWS = 3
_STRONG = 2


class ListReader:
    """Reads the rows of one list into a gathering, a stretch at a time."""

    def __init__(self, table: HeadedTable, columns: ListColumns, gathering: Gathering, today: date) -> None:
        self._table = table
        self._columns = columns
        self._gathering = gathering
        self._today = today
        self._width = len(table.headings)
        self._file = table.file
        there = columns.columns
        self._at = {name: listed[0] for name, listed in there.items()}
        self._facts = FactsReader(table.file, columns, gathering, today)
        self._read_columns = sorted(
            {column for listed in there.values() for column in listed}
            | {column for slot in columns.adults for listed in slot.columns.values() for column in listed}
        )
        self._folded_headings = [heading.casefold() for heading in table.headings]
        self._parted_names = "first" in there and "last" in there
        self._born = self._at.get("born", self._width)
        self._order = order_of(self._birth_texts())
        self._unsure = self._order.american and self._order.month_first >= _STRONG
        self._births = Remembered(self._sure_birth)
        self._plain_names = Remembered(plain_name)

    def _birth_texts(self) -> set[str]:
        born = self._born
        return {cells[born] for _, cells in self._table.rows if len(cells) > born} if born < self._width else set()

    def take_class_from_sheet(self) -> None:
        """Let the sheet's name be the class."""
        self._facts.sheet_class = tidy(self._table.sheet or "")[:LONGEST_CLASS] or None

    def read(self, start: int, rows: Sequence[Row]) -> None:
        """A stretch of rows, the first of which is row `start` below the headings."""
        about = [row for place, row in enumerate(rows, start=start) if not self._is_no_pupil(place, row[1])]
        if about:
            self._gathering.rows += len(about)
            fitted = [self._fitted(cells) for _, cells in about]
            blank = [""] * self._width
            columns: Sequence[Column] = [
                clean_column(column) for column in zip(*(cells or blank for cells in fitted), strict=True)
            ]
            too_long = frozenset(place for place, cells in enumerate(fitted) if cells is None)
            numbers, columns, told = self._judged(about, columns, too_long)
            if numbers:
                self._facts.add(numbers, columns, told)

    def _fitted(self, cells: list[str]) -> list[str] | None:
        """A row as wide as the headings; None where there is content beyond them."""
        return cells if len(cells) == self._width else padded(clean_cells(cells), self._width)

    def _judged(
        self, rows: Sequence[Row], columns: Sequence[Column], too_long: Container[int]
    ) -> tuple[list[int], Sequence[Column], Told]:
        """The numbers, columns and facts of the rows that have no fault. Only rows that are not plain are looked at."""
        told = self._plainly_told(columns, len(rows))
        keep = [True] * len(rows)
        for place in told.unsure():
            number, cells = rows[place]
            own = None if place in too_long else [column[place] for column in columns]
            row = self._judge(own, cells, number)
            if row.faults:
                self._gathering.reject(self._file, number, row.faults, row.sighting, self._said(cells))
                keep[place] = False
            else:
                told.put(place, row)
        numbers = [number for number, _ in rows]
        if all(keep):
            return numbers, columns, told
        return list(compress(numbers, keep)), [list(compress(each, keep)) for each in columns], told.only(keep)

    def _plainly_told(self, columns: Sequence[Column], count: int) -> Told:
        """What the columns say of each row where there is nothing to remark on; None where somebody has to look."""
        if not self._parted_names or self._born == self._width:
            return Told.nothing(count)
        plain = self._plain_names
        firsts, lasts = columns[self._at["first"]], columns[self._at["last"]]
        births = [self._births[text] for text in columns[self._born]]
        texts = columns[self._at["upn"]] if "upn" in self._at else [""] * count
        upns = [text if is_sound(text) else None for text in texts]
        sure = [
            plain[first] and plain[last] and born is not None and (upn is not None or not text)
            for first, last, born, upn, text in zip(firsts, lasts, births, upns, texts, strict=True)
        ]
        return Told(list(firsts), list(lasts), births, upns, sure)

    def _said(self, cells: list[str]) -> list[tuple[str, str]]:
        """A row as its columns were read, field by field, as written."""
        named = [(name, listed) for name, listed in self._columns.columns.items()]
        named += [
            (f"{slot.key}.{name}", listed) for slot in self._columns.adults for name, listed in slot.columns.items()
        ]
        told = [
            (name, ", ".join(text for column in listed if column < len(cells) and (text := cells[column].strip())))
            for name, listed in named
        ]
        if self._facts.sheet_class is not None:
            told.append(("class", self._facts.sheet_class))
        return [(name, text) for name, text in told if text]

    def _is_no_pupil(self, place: int, cells: list[str]) -> bool:
        """Blank in every column that is read, a row of explanations, repeated headings, or a line under the list."""
        width = len(cells)
        if place >= _HELPER_ROWS and self._born < width and cells[self._born].strip()[:1].isdigit():
            return False
        read = [text for column in self._read_columns if column < width and (text := cells[column].strip())]
        filled = [text for cell in cells if (text := cell.strip())]
        if not read and len(filled) <= self._width:
            return True
        if place < _HELPER_ROWS and sum(1 for text in filled if _HELPER.match(text)) * 2 > len(filled):
            return True
        if len(filled) <= 2 and _FOOTER.match(filled[0]):
            return True
        return len(read) > 1 and all(
            cells[column].strip().casefold() in ("", self._folded_headings[column])
            for column in self._read_columns
            if column < width
        )

    def _names(self, cells: list[str]) -> tuple[str, str]:
        if self._parted_names:
            first, last = cells[self._at["first"]], cells[self._at["last"]]
            if first or last or "name" not in self._at:
                return first, last
        if "name" in self._at:
            return split_child(cells[self._at["name"]])
        return cells[self._at.get("first", 0)], cells[self._at.get("last", 0)]

    def _judge(self, fitted: list[str] | None, cells: list[str], number: int) -> RowFaults:
        if fitted is None:
            row = RowFaults(*self._names((clean_cells(cells) + [""] * self._width)[: self._width]))
            row.add("columns", TOO_LONG)
            return row
        row = RowFaults(*self._names(fitted))
        if not (plain_name(row.first) and plain_name(row.last)):
            judge_names(row, self._gathering, self._file, number)
        if not self._parted_names and row.first and row.last:
            self._say_parted(number)
        has_birth = self._born < self._width
        if has_birth:
            self._judge_born(row, fitted[self._born])
        upn = self._at.get("upn")
        if upn is not None and fitted[upn]:
            judge_upn(row, fitted[upn], self._gathering, self._file, number)
        if not has_birth and row.upn is None and not row.faults:
            row.add("UPN", "The row has neither a date of birth nor a UPN, so the pupil cannot be told apart.")
        return row

    def _judge_born(self, row: RowFaults, text: str) -> None:
        row.born = self._births[text]
        if row.born is not None:
            return
        if not text:
            row.add("date of birth", "The date of birth is missing.")
        elif self._unsure and either_way(text):
            row.add(
                "date of birth",
                f'The date of birth "{text}" could be read two ways, since others in the file put the month first '
                f'("{self._order.example.strip()}"). {HOW_TO}',
            )
        else:
            judge_birth(row, text, self._today)

    def _sure_birth(self, text: str) -> date | None:
        """A birth date that nothing is to be said of."""
        row = RowFaults()
        if text and not (self._unsure and either_way(text)):
            judge_birth(row, text, self._today)
        return row.born

    def _say_parted(self, number: int) -> None:
        self._gathering.tally(
            self._file,
            number,
            "name",
            "First and last name stand in one column and were parted by the program. Check them.",
            "{count} names stand in one column and were parted into first and last by the program. Check them.",
        )
