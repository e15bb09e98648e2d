"""School days, working hours, closures and summer time (policy T1, P5), and the clock for replies (policy P6).

Every instant that carries an offset is turned to the school's own clock; one without is taken as that clock's time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.checks.register import SchoolEntry
from app.domain.problems import Problem

REPLY_TARGET = timedelta(hours=24)
"""How soon a message should be answered, counted on working days only (policy P6)."""

WHOLE_DAY = timedelta(hours=24)
"""What one working day counts for against a target that is given in hours on working days."""

_DAY = timedelta(days=1)
_FARTHEST = timedelta(days=366 * 20)


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
    _opened: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The stretches of days that were asked for before; none on a day without school."""
    _whole: dict[date, timedelta] = field(default_factory=dict, init=False, repr=False, compare=False)
    """How long these days are, all in all."""

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

    @property
    def working_day(self) -> timedelta:
        """How long the school is open on a working day, by the clock on the wall."""
        return _since_midnight(self.closes) - _since_midnight(self.opens)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants: only time from opening to closing on school days counts.

        Nothing where the end is not after the start.
        """
        here, there = self.local(start), self.local(end)
        begin, finish = here.astimezone(UTC), there.astimezone(UTC)
        # One day more at either end: where clocks go back over midnight, a later instant has an earlier date.
        first, last = max(here.toordinal() - 1, 1), min(there.toordinal() + 1, date.max.toordinal())
        total = timedelta()
        for number in range(first, last + 1):
            day = date.fromordinal(number)
            if first + 3 <= number <= last - 3:
                total += self._length_of(day)
                continue
            for opens, closes in self._stretches(day):
                total += max(min(finish, closes) - max(begin, opens), timedelta())
        return total

    def allowance(self, within: timedelta = REPLY_TARGET) -> timedelta:
        """The working time that "within 24 hours on working days" leaves: one whole working day (policy P6).

        So a message of Tuesday at ten is answered in time until Wednesday at ten, one of Friday at four until Monday at
        four, and one sent at night or at a weekend counts from the next opening.
        """
        return self.working_day * (within / WHOLE_DAY)

    def in_time(self, sent: datetime, answered: datetime, within: timedelta = REPLY_TARGET) -> bool:
        """Whether a reply keeps the target (policy P6)."""
        return self.working_time(sent, answered) <= self.allowance(within)

    def reply_due(self, sent: datetime, within: timedelta = REPLY_TARGET) -> datetime:
        """The instant, by the school's clock, when the time for a reply is used up (policy P6).

        At closing time that is the next opening: nobody is asked to write at night. Raises Problem where the school has
        no working day ahead.
        """
        begin, left = self.local(sent).astimezone(UTC), self.allowance(within)
        if self.working_day <= timedelta():
            raise Problem("The school's calendar has no working hours. Check when it opens and closes.")
        day = self.local(sent).date() - _DAY
        while True:
            for opens, closes in self._stretches(day):
                starts = max(opens, begin)
                if starts + left < closes:
                    return (starts + left).astimezone(self.zone)
                left -= max(closes - starts, timedelta())
            day = self.next_school_day(day)

    def _stretches(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        known = self._opened.get(day)
        if known is None:
            known = open_hours(self.zone, day, self.opens, self.closes) if self.is_school_day(day) else ()
            self._opened[day] = known
        return known

    def _length_of(self, day: date) -> timedelta:
        known = self._whole.get(day)
        if known is None:
            known = sum((closes - opens for opens, closes in self._stretches(day)), timedelta())
            self._whole[day] = known
        return known


@lru_cache(maxsize=4096)
def open_hours(zone: ZoneInfo, day: date, opens: time, closes: time) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of a day, in UTC, in which the clock on the wall stands from opening to closing time.

    One stretch as a rule. Where the clocks change meanwhile, an hour that is left out is not counted, and one that
    comes twice is counted twice.
    """
    since, until = datetime.combine(day, opens, UTC), datetime.combine(day, closes, UTC)
    found = []
    for starts, ends, offset in _same_offset(zone, day):
        piece = max(starts, since - offset), min(ends, until - offset)
        if piece[0] < piece[1]:
            found.append(piece)
    return tuple(found)


def _same_offset(zone: ZoneInfo, day: date) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """All of a day and its nights, wherever on earth, cut where the clocks change: from, to, offset from UTC."""
    noon = datetime.combine(day, time(12), UTC)
    try:
        marks = [noon + timedelta(hours=hours) for hours in range(-30, 31, 6)]
    except OverflowError:
        return
    begins, offset = marks[0], _offset(zone, marks[0])
    for before, after in pairwise(marks):
        now = _offset(zone, after)
        if now != offset:
            change = _change(zone, before, after, offset)
            yield begins, change, offset
            begins, offset = change, now
    yield begins, marks[-1], offset


def _change(zone: ZoneInfo, before: datetime, after: datetime, offset: timedelta) -> datetime:
    """The first second at which the offset is another one."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
