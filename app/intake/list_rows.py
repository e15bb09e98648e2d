"""The rows of a class list: pupils, rejections with their reasons, and rows that are about no pupil.

Rows are judged one by one where something is wrong with them and column by column where nothing is, which keeps a
school of any size within a second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.domain.incoming import IncomingGuardian, IncomingPupil
from app.intake.adults import AdultReader, Column, Once, join_addresses
from app.intake.columns import ListColumns
from app.intake.dates import HOW_TO, either_way, order_of
from app.intake.fields import RowFaults, judge_age, judge_birth, judge_names, judge_upn, judge_year, plain_name
from app.intake.gathering import Gathering
from app.intake.table import TOO_LONG, HeadedTable, Row, padded
from app.intake.values import clean_cells, read_postcode, read_sex, read_yes_no, split_child, tidy

_HELPER = re.compile(
    r"\W*(?:required|optional|mandatory|free text|e\.?g\.?\b|for example|example|must be|enter\b|format|dd[/-]mm|"
    r"yyyy|numeric|\d+ digits|valid\b|please\b|text\b|date\b)",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"\W*(?:grand total|total|number of|count|printed|report|page \d|end of|confidential)\b", re.I)
_HELPER_ROWS = 3
_STRONG = 2
LONGEST_CLASS = 80


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
        self._address = there.get("address", [])
        self._adults = [AdultReader(slot, table.file, gathering) for slot in columns.adults]
        self._read_columns = sorted(
            {column for listed in there.values() for column in listed}
            | {column for slot in columns.adults for listed in slot.columns.values() for column in listed}
        )
        self._folded_headings = [heading.casefold() for heading in table.headings]
        self._sheet_class: str | None = None
        self._parted_names = "first" in there and "last" in there
        self._born = self._at.get("born", self._width)
        self._order = order_of(cells[self._born] for _, cells in table.rows if len(cells) > self._born < self._width)
        self._unsure = self._order.american and self._order.month_first >= _STRONG
        self._births: dict[str, date] = {}
        self._sexes = Once(read_sex)

    def take_class_from_sheet(self) -> None:
        """Let the sheet's name be the class."""
        self._sheet_class = tidy(self._table.sheet or "")[:LONGEST_CLASS] or None

    def read(self, start: int, rows: Sequence[Row]) -> None:
        """A stretch of rows, the first of which is row `start` below the headings."""
        numbers: list[int] = []
        kept: list[list[str]] = []
        judged: list[RowFaults] = []
        for place, (number, cells) in enumerate(rows, start=start):
            if self._is_no_pupil(place, cells):
                continue
            self._gathering.rows += 1
            fitted = padded(clean_cells(cells), self._width)
            row = self._judge(fitted, cells, number)
            if row.faults or fitted is None:
                self._gathering.reject(self._file, number, row.faults or [], row.sighting, self._said(cells))
                continue
            numbers.append(number)
            kept.append(fitted)
            judged.append(row)
        if kept:
            self._add(numbers, list(zip(*kept, strict=True)), judged)

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
        if self._sheet_class is not None:
            told.append(("class", self._sheet_class))
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
        known = self._births.get(text)
        if known is not None:
            row.born = known
        elif not text:
            row.add("date of birth", "The date of birth is missing.")
        elif self._unsure and either_way(text):
            row.add(
                "date of birth",
                f'The date of birth "{text}" could be read two ways, since others in the file put the month first '
                f'("{self._order.example.strip()}"). {HOW_TO}',
            )
        else:
            judge_birth(row, text, self._today)
            if row.born is not None:
                self._births[text] = row.born

    def _add(self, numbers: list[int], columns: Sequence[Column], judged: Sequence[RowFaults]) -> None:
        """Make pupils of the rows that have no fault."""
        count = len(numbers)
        nothing: list[None] = [None] * count
        years = self._years(columns, numbers)
        for row, year, number in zip(judged, years, numbers, strict=True):
            judge_age(row.born, year, self._today, self._gathering, self._file, number)
        classes = self._classes(columns, numbers)
        sex = self._one(columns, "sex")
        guardians = [reader.read(columns, numbers) for reader in self._adults]
        self._gathering.pupils += map(
            IncomingPupil,
            [self._file] * count,
            numbers,
            [row.first for row in judged],
            [row.last for row in judged],
            [row.born for row in judged],
            [row.upn for row in judged],
            self._texts(columns, "preferred", count),
            self._texts(columns, "preferred_last", count),
            self._texts(columns, "middle", count),
            years,
            classes,
            [self._sexes[text] for text in sex] if sex is not None else nothing,
            join_addresses([columns[column] for column in self._address], count),
            self._postcodes(columns, numbers),
            self._care(columns, numbers),
            self._texts(columns, "care_authority", count),
            self._texts(columns, "former_upn", count),
            nothing,
            _together(guardians, count),
            [(name,) if name else () for name in classes],
        )

    def _one(self, columns: Sequence[Column], name: str) -> Column | None:
        return columns[self._at[name]] if name in self._at else None

    def _texts(self, columns: Sequence[Column], name: str, count: int) -> list[str | None]:
        column = self._one(columns, name)
        return [text or None for text in column] if column is not None else [None] * count

    def _years(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "year")
        if column is None:
            return [None] * len(numbers)
        return [
            judge_year(text, self._gathering, self._file, number) if text else None
            for text, number in zip(column, numbers, strict=True)
        ]

    def _classes(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "class")
        if column is None:
            return [self._sheet_class] * len(numbers)
        for text, number in zip(column, numbers, strict=True):
            if not text:
                self._say_classless(number)
        return [text[:LONGEST_CLASS] or None for text in column]

    def _postcodes(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "postcode")
        if column is None:
            return [None] * len(numbers)
        postcodes = [read_postcode(text) if text else None for text in column]
        for text, postcode, number in zip(column, postcodes, numbers, strict=True):
            if text and postcode is None:
                told = f'"{text[:40]}" is not a postcode. It was left out.'
                self._gathering.warn(self._file, number, "postcode", told)
        return postcodes

    def _care(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[bool | None]:
        column = self._one(columns, "in_care")
        if column is None:
            return [None] * len(numbers)
        said = [read_yes_no(text) if text else None for text in column]
        for text, in_care, number in zip(column, said, numbers, strict=True):
            if text and in_care is None:
                self._gathering.warn(
                    self._file,
                    number,
                    "in care",
                    "Whether the pupil is in care is neither yes nor no. It was left as not known: settle it on the "
                    "pupil's page before any picture is shared.",
                )
        return said

    def _say_parted(self, number: int) -> None:
        self._gathering.tally(
            self._file,
            number,
            "name",
            "First and last name stand in one column and were parted by the program. Check them.",
            "{count} names stand in one column and were parted into first and last by the program. Check them.",
        )

    def _say_classless(self, number: int) -> None:
        self._gathering.tally(
            self._file,
            number,
            "class",
            "The pupil is in no class. They were kept without one.",
            "{count} pupils are in no class. They were kept without one.",
        )


def _together(guardians: Sequence[Sequence[IncomingGuardian | None]], count: int) -> list[tuple[IncomingGuardian, ...]]:
    """Each row's adults, in the columns' order."""
    if not guardians:
        return [()] * count
    return [tuple(adult for adult in adults if adult is not None) for adults in zip(*guardians, strict=True)]
