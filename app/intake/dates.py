"""Dates and moments as people and programs write them in British offices.

The day comes before the month. A column is read month first only where the caller allows it and every date in the
column says so, and then the person is told. Nothing is guessed silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {short: place for place, name in enumerate(_NAMES, start=1) for short in (name, name[:3])} | {"sept": 9}
_YEARS = range(1990, 2101)
"""A message from any other year has a wrong date."""
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?", re.DOTALL)
_COMPACT = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})(?:[t ,].*)?", re.DOTALL)
_WORDS = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s./]*([a-z]{3,9})\.?,?[-\s./]*(\d{4}|\d{2})(?:[t ,].*)?"
)
_WORDS_AMERICAN = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[t ,].*)?")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_SERIAL_START = date(1899, 12, 30)
_SERIAL_END = 73_051
"""A spreadsheet's number for 1 January 2100; anything beyond is some other number."""
_TIMED_ISO = re.compile(r"\d{4}-?\d\d-?\d\d[Tt]\d\d")
_TIME = re.compile(
    r"(?<![\d.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?:[:.]([0-5]\d)(?:[.,]\d+)?)?(?![\d.]\d)\s*(?:([ap])\.?m\.?)?",
    re.IGNORECASE,
)
HOW_TO = "Write it as 31/08/2019 or 2019-08-31."


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, or why there is none, as the end of a sentence about the text."""

    date: date | None
    problem: str = ""


def read_date(text: str, today: date, *, month_first: bool = False) -> DateReading:
    """Read one date. Two-digit years later than this year's belong to the last century."""
    return _read(" ".join(text.split()).casefold(), today.year, month_first)


@lru_cache(maxsize=65_536)
def _read(text: str, this_year: int, month_first: bool) -> DateReading:
    if not text:
        return DateReading(None, "is empty")
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        day, month = (int(found[2]), int(found[1])) if month_first else (int(found[1]), int(found[2]))
        if month > 12 >= day:
            if not month_first:
                return DateReading(None, f"has no month {month}: the day comes first")
            return DateReading(None, f"has no month {month}")
        return _made(_year(found[3], this_year), month, day)
    if found := _WORDS.fullmatch(text):
        day_text, word, year_text = found[1], found[2], found[3]
    elif found := _WORDS_AMERICAN.fullmatch(text):
        word, day_text, year_text = found[1], found[2], found[3]
    elif found := _SERIAL.fullmatch(text):
        days = int(found[1])
        if days >= _SERIAL_END:
            return DateReading(None, "is not a date")
        return DateReading(_SERIAL_START + timedelta(days=days))
    else:
        return DateReading(None, "is not a date")
    if word not in _MONTHS:
        return DateReading(None, "is not a date")
    return _made(_year(year_text, this_year), _MONTHS[word], int(day_text))


def _year(text: str, this_year: int) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= this_year % 100 else 1900 + year


def _made(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date(year, month, day))
    except ValueError:
        return DateReading(None, "is not a day in the calendar")


@dataclass(frozen=True, slots=True)
class Order:
    """What the slashed dates of a column say about their order: how many can only be read one way."""

    day_first: int = 0
    month_first: int = 0
    example: str = ""

    @property
    def american(self) -> bool:
        """Some can only be month first, and none can only be day first."""
        return self.month_first > 0 and self.day_first == 0


def order_of(texts: Iterable[str]) -> Order:
    """Weigh a column's dates. Those that can be read both ways, or are written otherwise, say nothing."""
    day_first = month_first = 0
    example = ""
    for text in set(texts):
        found = _NUMBERS.fullmatch(" ".join(text.split()))
        if found is None:
            continue
        one, other = int(found[1]), int(found[2])
        if one > 12 >= other:
            day_first += 1
        elif other > 12 >= one:
            month_first += 1
            example = min(example or text, text)
    return Order(day_first, month_first, example)


def either_way(text: str) -> bool:
    """Whether a slashed date could be read day first or month first, with different results."""
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])


@dataclass(frozen=True, slots=True)
class MomentReading:
    """A moment, aware. `day_only` says that the text gave no time of day, and noon stands for it."""

    moment: datetime | None
    day_only: bool = False


def read_moment(text: str, zone: ZoneInfo, today: date) -> MomentReading:
    """A date with a time; a text without an offset is in the school's zone. No moment where there is no date.

    A date alone becomes noon of that day, so that no rule about hours speaks where nobody knows the hour.
    """
    tidy = " ".join(text.split())
    if (serial := _SERIAL.fullmatch(tidy)) and int(serial[1]) < _SERIAL_END:
        return _from_serial(int(serial[1]), serial[2], zone)
    timed = _TIME.search(tidy) is not None or _TIMED_ISO.match(tidy) is not None
    if timed and (moment := _standard(tidy, zone)) is not None:
        return MomentReading(moment)
    for clock in _TIME.finditer(tidy):
        rest = (tidy[: clock.start()] + " " + tidy[clock.end() :]).replace(" at ", " ").strip(" ,-–")
        day = read_date(rest, today).date
        if day is not None and day.year in _YEARS:
            return MomentReading(datetime.combine(day, _time(clock), zone))
    day = read_date(tidy, today).date
    if day is None or timed or day.year not in _YEARS:
        return MomentReading(None)
    return MomentReading(datetime.combine(day, time(12), zone), day_only=True)


def _from_serial(days: int, fraction: str | None, zone: ZoneInfo) -> MomentReading:
    start = datetime.combine(_SERIAL_START + timedelta(days=days), time(12 if fraction is None else 0))
    seconds = round(float(f"0.{fraction or 0}") * 86_400)
    return MomentReading((start + timedelta(seconds=seconds)).replace(tzinfo=zone), day_only=fraction is None)


def _standard(text: str, zone: ZoneInfo) -> datetime | None:
    """The forms that programs write: ISO 8601 and that of e-mail headers."""
    readers: tuple[Callable[[str], datetime], ...] = (datetime.fromisoformat, parsedate_to_datetime)
    for reader in readers:
        try:
            moment = reader(text)
            if moment.year in _YEARS:
                return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _time(clock: re.Match[str]) -> time:
    hour = int(clock[1])
    half = (clock[4] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(clock[2]), int(clock[3] or 0))


def today_in(zone: ZoneInfo) -> date:
    """Today's date where the school is, for callers who were given none."""
    return datetime.now(UTC).astimezone(zone).date()
