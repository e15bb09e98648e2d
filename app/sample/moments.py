"""When people write: school days, the hours of staff, the evenings of families, and how long an answer takes."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from random import Random

from app.domain.calendar import SchoolCalendar
from app.sample.people import FIRST_DAY

LAST_DAY = date(2026, 11, 20)
"""The last day on which anybody in the sample school wrote anything."""

_DAY = timedelta(days=1)
_SAME_DAY = re.compile(
    r"\b(today|tonight|tmrw|tomorrow|this morning|morning|out of|just now|not coming)\b", re.IGNORECASE
)
_GREETING = re.compile(r"^(good )?(morning|afternoon|evening)\b", re.IGNORECASE)
_SPANS = {
    "morning": (time(6, 45), time(8, 40)),
    "midday": (time(11, 30), time(14, 50)),
    "afternoon": (time(12, 10), time(16, 50)),
    "evening": (time(17, 10), time(21, 50)),
    "staff": (time(8, 5), time(16, 55)),
    "lesson": (time(9, 10), time(16, 45)),
    "any": (time(7, 20), time(21, 40)),
}


class Moments:
    """Draws instants by the school's own clock."""

    def __init__(self, rng: Random, calendar: SchoolCalendar) -> None:
        self._rng = rng
        self._calendar = calendar
        span = range((LAST_DAY - FIRST_DAY).days + 1)
        self.days = [FIRST_DAY + number * _DAY for number in span]
        self.school_days = [day for day in self.days if calendar.is_school_day(day)]
        self.closed_days = [day for day in self.days if calendar.closure(day)]
        self.weekends = [day for day in self.days if day.weekday() > 4]

    def school_day(self, starts: date, ends: date) -> date:
        """A school day of a season; the nearest one before its end where it has none."""
        days = [day for day in self.school_days if starts <= day <= ends]
        return self._rng.choice(days or [max(day for day in self.school_days if day <= ends)])

    def at(self, day: date, span: str) -> datetime:
        """An instant on a day, in one of the spans above."""
        low, high = _SPANS[span]
        minutes = self._rng.randint(low.hour * 60 + low.minute, high.hour * 60 + high.minute)
        return self.exactly(day, time(minutes // 60, minutes % 60), self._rng.randrange(60))

    def exactly(self, day: date, clock: time, second: int = 0) -> datetime:
        """That very minute of a day."""
        return datetime.combine(day, clock.replace(second=second), self._calendar.zone)

    def family_writes(self, words: str, starts: date, ends: date, span: str | None = None) -> datetime:
        """When a family would send these words: in the morning where they say good morning, and so on."""
        greeting = _GREETING.match(words)
        if greeting:
            return self.at(self.school_day(starts, ends), greeting[2].lower())
        if span is not None:
            return self.at(self.school_day(starts, ends), span)
        if _SAME_DAY.search(words) or self._rng.random() < 0.8:
            return self.at(self.school_day(starts, ends), self._rng.choice(("morning", "afternoon", "evening", "any")))
        days = [day for day in self.days if starts <= day <= ends] or self.days
        return self.at(self._rng.choice(days), "any")

    def answer(self, asked: datetime, urgent: bool) -> datetime | None:
        """When staff answer, within their hours: soon, next day or too late; None for never."""
        chance = self._rng.random()
        if urgent or chance < 0.24:
            when = self._inside(asked + timedelta(minutes=self._rng.randint(3, 25 if urgent else 50)))
        elif chance < 0.60:
            when = self._inside(asked + timedelta(minutes=self._rng.randint(60, 320)))
        elif chance < 0.86:
            when = self._next_days(asked, 1)
        elif chance < 0.93:
            when = self._next_days(asked, self._rng.randint(2, 4))
        else:
            return None
        return when if when.date() <= LAST_DAY else None

    def soon_after(self, earlier: datetime, longest: int = 300) -> datetime | None:
        """A family's next words: minutes or hours later, by day; None after the last day."""
        when = self._calendar.local(earlier + timedelta(minutes=self._rng.randint(4, longest)))
        if not 7 <= when.hour < 22:
            when = self.at(when.date() + (_DAY if when.hour >= 22 else 0 * _DAY), "morning")
        return when if when.date() <= LAST_DAY else None

    def staff_after(self, earlier: datetime) -> datetime | None:
        """The same for staff, within their hours."""
        when = self._inside(earlier + timedelta(minutes=self._rng.randint(5, 200)))
        return when if when.date() <= LAST_DAY else None

    def _inside(self, wanted: datetime) -> datetime:
        here = self._calendar.local(wanted)
        if self._calendar.is_inside(here):
            return here
        morning = time(8, self._rng.randint(5, 55))
        if self._calendar.is_school_day(here.date()) and here.hour < 8:
            return self.exactly(here.date(), morning)
        return self.exactly(self._calendar.next_school_day(here.date()), morning)

    def _next_days(self, asked: datetime, count: int) -> datetime:
        day = asked.date()
        for _ in range(count):
            day = self._calendar.next_school_day(day)
        return self.at(day, "staff")
