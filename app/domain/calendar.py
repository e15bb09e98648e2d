"""School days, working hours, closures and summer time (policy T1, P5), and the clock for replies (policy P6).

Every instant that carries an offset is turned to the school's own clock; one without is taken as that clock's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.checks.register import SchoolEntry
from app.domain.problems import Problem

REPLY_TARGET = timedelta(hours=24)
"""How soon a message should be answered, counted on working days only (policy P6)."""

_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=366 * 20)
_Hours = Callable[[date], tuple[datetime, datetime]]


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises Problem where no zone bears it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise Problem(f'No time zone is called "{name}". Give one such as Europe/London.') from unknown


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """When a school is open: weekdays (Monday is 0), from and to by its own clock, and the days it is closed."""

    zone: ZoneInfo
    days: frozenset[int]
    opens: time
    closes: time
    closed: tuple[tuple[date, date, str], ...] = ()

    @classmethod
    def of(cls, school: SchoolEntry) -> SchoolCalendar:
        """The calendar of a school in a register. Raises Problem for an unknown time zone."""
        return cls(zone_named(school.timezone), school.days, school.opens, school.closes, school.closed)

    def local(self, instant: datetime) -> datetime:
        """The instant by the school's own clock, summer time included."""
        if instant.tzinfo is None:
            return instant.replace(tzinfo=self.zone)
        try:
            return instant.astimezone(self.zone)
        except OverflowError:
            return instant

    def closure(self, day: date) -> str | None:
        """Why the school is closed on a day that would be a working day otherwise, None where it is not."""
        return next((why for start, end, why in self.closed if start <= day <= end), None)

    def is_school_day(self, day: date) -> bool:
        """An open weekday that no closure covers."""
        return day.weekday() in self.days and self.closure(day) is None

    def is_inside(self, instant: datetime) -> bool:
        """Whether staff may be writing then (T1). The whole of the closing minute is still inside."""
        here = self.local(instant)
        minute = here.time().replace(second=0, microsecond=0)
        return self.is_school_day(here.date()) and self.opens <= minute <= self.closes

    def next_school_day(self, day: date) -> date:
        """The first school day after this one. Raises Problem where none follows within twenty years."""
        last = min(date.max - _DAY, day + _FARTHEST) if day < date.max - _FARTHEST else date.max - _DAY
        while day <= last:
            day += _DAY
            if self.is_school_day(day):
                return day
        raise Problem("The school's calendar has no working day ahead. Check its open days and closures.")

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working hours between two instants: only time from opening to closing on school days counts.

        Nothing where the end is not after the start.
        """
        return self._elapsed(start, end, self._open_hours)

    def reply_time(self, start: datetime, end: datetime) -> timedelta:
        """Time between two instants on school days, all their hours counted, other days left out (policy P6).

        A message of Friday at four is a day old on Monday at four. Nothing where the end is not after the start.
        """
        return self._elapsed(start, end, self._whole_day)

    def reply_due(self, sent: datetime, within: timedelta = REPLY_TARGET) -> datetime:
        """The latest instant, by the school's clock, at which a reply still keeps the target (policy P6)."""
        begin, left = self.local(sent), within
        day = begin.date() if self.is_school_day(begin.date()) else self.next_school_day(begin.date())
        while True:
            opens, closes = self._whole_day(day)
            opens = max(opens, begin.astimezone(UTC))
            if opens + left <= closes:
                return (opens + left).astimezone(self.zone)
            left -= max(closes - opens, timedelta())
            day = self.next_school_day(day)

    def _elapsed(self, start: datetime, end: datetime, hours: _Hours) -> timedelta:
        begin, finish = self.local(start), self.local(end)
        total = timedelta()
        for day in self._school_days(begin.date(), finish.date()):
            opens, closes = hours(day)
            overlap = min(finish.astimezone(UTC), closes) - max(begin.astimezone(UTC), opens)
            total += max(overlap, timedelta())
        return total

    def _school_days(self, first: date, last: date) -> Iterator[date]:
        for number in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(number)
            if self.is_school_day(day):
                yield day

    def _open_hours(self, day: date) -> tuple[datetime, datetime]:
        return self._instant(day, self.opens), self._instant(day, self.closes)

    def _whole_day(self, day: date) -> tuple[datetime, datetime]:
        return self._instant(day, time()), self._instant(day + _DAY, time())

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)
