"""When a pasted message was written, as far as its conversation tells: days without a year, times without a day.

British order; a day without a year is the most recent one that is past, and its day of the week must fit where it is
given. Times alone belong to the day last named; where none is, the conversation is taken to end today, with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = re.compile(r"(?<![\d/.-])(\d{1,2})(?:[:.](\d\d)(?:[:.](\d\d))?)?\s*(?:([ap])\.?\s?m\.?)?(?![\d/-]|\.\d)", re.I)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?\b(?![:.]\d)")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+([a-z]{3,9})\.?(?:,?\s*(\d{4}|'\d\d)(?![:.]\d))?", re.I
)
_MONTH_DAY = re.compile(r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s*(\d{4}|'\d\d)(?![:.]\d))?", re.I)
_BACK = 7
"""How many years back a day of the week is looked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one head says: a day (None: not told), a time (None: not told). `odd`: it says something that cannot be."""

    day: date | None
    at: time | None
    odd: bool = False


def is_american(moments: Iterable[str]) -> bool:
    """Whether slashed days can only be month first: some have a second part beyond twelve, none a first one."""
    pairs = [(int(found[1]), int(found[2])) for text in moments if (found := _NUMBERS.search(text))]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)


def told(text: str, today: date, *, month_first: bool = False) -> Told:
    """Read a head's moment."""
    words = " ".join(text.lower().split())
    day, rest, odd = _day(words, today, month_first)
    at = _time(rest)
    return Told(day, at, odd)


def _day(words: str, today: date, month_first: bool) -> tuple[date | None, str, bool]:
    """The day, what is left of the text, and whether a day was told that is none."""
    if found := _ISO.search(words):
        return *_fixed(int(found[1]), int(found[2]), int(found[3]), words, found), False
    weekday = _weekday(words)
    numbers = (1, 2) if month_first else (2, 1)
    for pattern, order in ((_DAY_MONTH, (2, 1)), (_MONTH_DAY, (1, 2)), (_NUMBERS, numbers)):
        found = pattern.search(words)
        if found is None:
            continue
        month = _month(found[order[0]])
        if month is None:
            continue
        number, year = int(found[order[1]]), found[3]
        rest = words[: found.start()] + " " + words[found.end() :]
        if year:
            made = _made(_full(year.strip("'"), today), month, number)
        else:
            made = _most_recent(month, number, weekday, today)
        return made, rest, made is None
    if "yesterday" in words:
        return today - timedelta(days=1), words.replace("yesterday", " "), False
    if "today" in words:
        return today, words.replace("today", " "), False
    if weekday is not None:
        back = (today.weekday() - weekday) % 7 or 7
        return today - timedelta(days=back), words, False
    return None, words, False


def _fixed(year: int, month: int, day: int, words: str, found: re.Match[str]) -> tuple[date | None, str]:
    return _made(year, month, day), words[: found.start()] + " " + words[found.end() :]


def _weekday(words: str) -> int | None:
    found = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", words)
    return _DAYS.index(found[1]) if found else None


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return _MONTHS.index(text[:3].lower()) + 1 if text[:3].lower() in _MONTHS else None


def _full(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= today.year % 100 + 1 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _most_recent(month: int, day: int, weekday: int | None, today: date) -> date | None:
    past = [made for back in range(_BACK + 1) if (made := _made(today.year - back, month, day)) and made <= today]
    fitting = [made for made in past if weekday is None or made.weekday() == weekday]
    return next(iter(fitting or past), None)


def _time(words: str) -> time | None:
    for found in _TIME.finditer(words):
        half = (found[4] or "").lower()
        if found[2] is None and not half:
            continue
        hour = int(found[1])
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and int(found[2] or 0) < 60 and int(found[3] or 0) < 60:
            return time(hour, int(found[2] or 0), int(found[3] or 0))
    return None


@dataclass(slots=True)
class Clock:
    """Gives the messages of one conversation their moments, in order.

    `day` is the day that the person who pasted it named for times without one.
    """

    zone: ZoneInfo
    today: date
    day: date | None = None
    guessed: bool = False
    """Times stood without any day, and today was taken."""
    _last: time | None = None

    def heading(self, said: Told) -> None:
        """A line of its own that names a day."""
        self.day, self._last = said.day, None

    def moment(self, said: Told) -> datetime | None:
        """When a message was written; noon where only its day is told, None where nothing is."""
        if said.odd or (said.day is None and said.at is None):
            return None
        if said.day is not None:
            self.day = said.day
        elif self.day is None:
            self.day, self.guessed = self.today, True
        elif self._last is not None and said.at is not None and _turns(self._last, said.at):
            self.day += timedelta(days=1)
        self._last = said.at or self._last
        return datetime.combine(self.day, said.at or time(12), self.zone)


def _turns(before: time, after: time) -> bool:
    """From late in the evening to early in the morning: a new day has begun."""
    return before.hour >= 18 and after.hour < 9
