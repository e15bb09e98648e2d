"""The columns of a class list read down, once its rows are judged: years, classes, postcodes, adults; then pupils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from app.domain.bulk import Remembered
from app.domain.incoming import IncomingGuardian, IncomingPupil
from app.intake.adults import AdultReader, Column, join_addresses
from app.intake.columns import ListColumns
from app.intake.fields import RowFaults, are_primary_births, are_primary_years, judge_age, judge_year
from app.intake.gathering import Gathering
from app.intake.values import read_postcode, read_sex, read_yes_no

LONGEST_CLASS = 80


@dataclass(slots=True)
class Told:
    """Who each row of a stretch is about. `sure` is false where the row has to be judged by itself."""

    firsts: list[str]
    lasts: list[str]
    births: list[date | None]
    upns: list[str | None]
    sure: list[bool]

    @classmethod
    def nothing(cls, count: int) -> Told:
        """Every row is yet to be judged."""
        return cls([""] * count, [""] * count, [None] * count, [None] * count, [False] * count)

    def unsure(self) -> list[int]:
        """The places of rows that have to be judged."""
        return [place for place, sure in enumerate(self.sure) if not sure]

    def put(self, place: int, row: RowFaults) -> None:
        """What was found out of one row."""
        self.firsts[place], self.lasts[place] = row.first, row.last
        self.births[place], self.upns[place] = row.born, row.upn

    def only(self, keep: Sequence[bool]) -> Told:
        """The rows that are kept."""
        lists = (self.firsts, self.lasts, self.births, self.upns, self.sure)
        return Told(*(list(compress(each, keep)) for each in lists))  # type: ignore[arg-type]


class FactsReader:
    """Makes pupils of a stretch's columns. `sheet_class` is the class of pupils whose list has no column for it."""

    def __init__(self, file: str, columns: ListColumns, gathering: Gathering, today: date) -> None:
        self._file = file
        self._gathering = gathering
        self._today = today
        self._at = {name: listed[0] for name, listed in columns.columns.items()}
        self._address = columns.columns.get("address", [])
        self._adults = [AdultReader(slot, file, gathering) for slot in columns.adults]
        self.sheet_class: str | None = None
        self._sexes = Remembered(read_sex)
        self._postcodes_read = Remembered(read_postcode)
        self._groups: Remembered[str | None, tuple[str, ...]] = Remembered(lambda name: (name,) if name else ())

    def add(self, numbers: Sequence[int], columns: Sequence[Column], told: Told) -> None:
        """Make pupils of rows that have no fault."""
        count = len(numbers)
        nothing: list[None] = [None] * count
        years = self._years(columns, numbers)
        if not are_primary_births(told.births, self._today):
            for born, year, number in zip(told.births, years, numbers, strict=True):
                judge_age(born, year, self._today, self._gathering, self._file, number)
        classes = self._classes(columns, numbers)
        sex = self._one(columns, "sex")
        guardians = [reader.read(columns, numbers) for reader in self._adults]
        facts = zip(
            [self._file] * count,
            numbers,
            told.firsts,
            told.lasts,
            told.births,
            told.upns,
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
            [self._groups[name] for name in classes],
            strict=True,
        )
        self._gathering.pupils += map(IncomingPupil._make, facts)

    def _one(self, columns: Sequence[Column], name: str) -> Column | None:
        return columns[self._at[name]] if name in self._at else None

    def _texts(self, columns: Sequence[Column], name: str, count: int) -> list[str | None]:
        column = self._one(columns, name)
        return [text or None for text in column] if column is not None else [None] * count

    def _years(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "year")
        if column is None:
            return [None] * len(numbers)
        if are_primary_years(column):
            return list(column)
        return [
            judge_year(text, self._gathering, self._file, number) if text else None
            for text, number in zip(column, numbers, strict=True)
        ]

    def _classes(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "class")
        if column is None:
            return [self.sheet_class] * len(numbers)
        if not all(column):
            for text, number in zip(column, numbers, strict=True):
                if not text:
                    self._say_classless(number)
        return [text[:LONGEST_CLASS] or None for text in column]

    def _postcodes(self, columns: Sequence[Column], numbers: Sequence[int]) -> list[str | None]:
        column = self._one(columns, "postcode")
        if column is None:
            return [None] * len(numbers)
        postcodes = [self._postcodes_read[text] for text in column]
        if None in postcodes:
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
    if not any(None in adults for adults in guardians):
        return list(zip(*guardians, strict=True))
    return [tuple(adult for adult in adults if adult is not None) for adults in zip(*guardians, strict=True)]
