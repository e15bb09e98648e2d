"""Fields that every register format shares, judged the same way whatever file they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.incoming import Sighting
from app.domain.upn import UpnVerdict, read_upn
from app.intake.dates import HOW_TO, read_date
from app.intake.gathering import Gathering
from app.intake.text import looks_garbled
from app.intake.values import SCHOOL_YEARS, has_letters, is_nothing, read_year

LONGEST_NAME = 120
_EARLIEST = 1900
_YOUNGEST, _OLDEST = 2, 12
_FORMULA = ("=", "+", "@", "-")
_RUN_TOGETHER = re.compile(r"\d.*[,;]|[,;].*\d")
_PRIMARY_YEARS = frozenset(SCHOOL_YEARS)


@dataclass(slots=True)
class RowFaults:
    """One row's reasons for being left out, and what could be read of it all the same."""

    first: str = ""
    last: str = ""
    born: date | None = None
    upn: str | None = None
    faults: list[tuple[str, str]] | None = None

    def add(self, name: str, reason: str) -> None:
        """Note a reason. The row will be left out."""
        if self.faults is None:
            self.faults = []
        self.faults.append((name, reason))

    @property
    def sighting(self) -> Sighting:
        """What is left to know the pupil by."""
        return Sighting(self.first or None, self.last or None, self.born, self.upn)


def plain_name(name: str) -> bool:
    """Whether a name is plain letters, with nothing to remark on."""
    return name.isascii() and name.isalpha() and len(name) <= LONGEST_NAME


def judge_names(row: RowFaults, gathering: Gathering, file: str, number: int) -> None:
    """A pupil needs a first and a last name with letters in them. Anything else is kept as written."""
    for name, label in ((row.first, "first name"), (row.last, "last name")):
        if not name:
            row.add(label, f"The {label} is missing.")
        elif not has_letters(name):
            row.add(label, f'The {label} "{name[:40]}" has no letters.')
        elif len(name) > LONGEST_NAME:
            row.add(label, f"The {label} has {len(name)} characters, which is more than any name.")
        elif _RUN_TOGETHER.search(name):
            row.add(label, f'The {label} "{name[:40]}" holds figures and commas, so it is more than a name.')
        elif name[0] in _FORMULA:
            gathering.warn(file, number, label, f'"{name}" looks like a formula. It was kept as plain text.')
        elif looks_garbled(name):
            gathering.warn(file, number, label, f'"{name}" looks garbled. Correct it here or in the file.')


def judge_birth(row: RowFaults, text: str, today: date, *, month_first: bool = False) -> None:
    """A birth date that is there must be a day in the past since 1900."""
    reading = read_date(text, today, month_first=month_first)
    if reading.date is None:
        row.add("date of birth", f'The date of birth "{text.strip()[:40]}" {reading.problem}. {HOW_TO}')
    elif reading.date > today:
        row.add("date of birth", f'The date of birth "{text.strip()}" is in the future.')
    elif reading.date.year < _EARLIEST:
        row.add("date of birth", f'The date of birth "{text.strip()}" cannot be right.')
    else:
        row.born = reading.date


def judge_upn(row: RowFaults, text: str, gathering: Gathering, file: str, number: int) -> None:
    """A UPN of the wrong shape leaves the row out; one with the wrong check letter is kept with a warning."""
    if is_nothing(text):
        return
    reading = read_upn(text)
    if reading.verdict is UpnVerdict.WRONG_SHAPE:
        row.add(
            "UPN",
            f'The UPN "{text.strip()[:40]}" is not one: it should be a letter and 12 digits. Correct it or leave it '
            "empty.",
        )
        return
    row.upn = reading.upn
    if reading.verdict is UpnVerdict.WRONG_LETTER:
        gathering.warn(
            file,
            number,
            "UPN",
            f"The UPN {reading.upn} should begin with {reading.expected}. It was kept: check it against the source.",
        )


def judge_year(text: str, gathering: Gathering, file: str, number: int) -> str | None:
    """The year, as written where it is none of a primary school's, and then with a warning."""
    if text in _PRIMARY_YEARS:
        return text
    if is_nothing(text):
        return None
    year = read_year(text)
    if year is None:
        gathering.warn(file, number, "year", f'"{text.strip()[:40]}" is not a school year. It was left out.')
    elif year not in _PRIMARY_YEARS:
        gathering.tally(
            file,
            number,
            "year",
            f"Year {year} is not one of a primary school's. The pupil was kept: check that this is the right file.",
            "{count} pupils are in years that a primary school does not have. They were kept: check that this is the "
            "right file.",
        )
    return year


def are_primary_years(texts: Iterable[str]) -> bool:
    """Whether all are years of a primary school, written as the program writes them."""
    return _PRIMARY_YEARS.issuperset(texts)


def are_primary_births(births: Iterable[date | None], today: date) -> bool:
    """Whether every pupil with a birth date is plainly of primary age."""
    years = {born.year for born in births if born is not None}
    return all(today.year - _OLDEST <= year < today.year - _YOUNGEST for year in years)


def judge_age(born: date | None, year: str | None, today: date, gathering: Gathering, file: str, number: int) -> None:
    """Say where a birth date does not suit a primary school, unless the year has said so already."""
    if born is None or (year is not None and year not in _PRIMARY_YEARS):
        return
    if today.year - _OLDEST <= born.year < today.year - _YOUNGEST:
        return
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not _YOUNGEST <= age <= _OLDEST:
        gathering.tally(
            file,
            number,
            "date of birth",
            f"The date of birth makes the pupil {age} years old. The pupil was kept: check the date.",
            "{count} pupils are younger or older than primary age by their dates of birth. They were kept: check that "
            "this is the right file.",
        )
