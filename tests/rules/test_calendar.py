"""School days, working hours, summer time and the clock for replies (policy T1, P5, P6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import REPLY_TARGET, SchoolCalendar, zone_named
from app.domain.problems import Problem

_LONDON = ZoneInfo("Europe/London")
_WEEK = frozenset({0, 1, 2, 3, 4})
_HALF_TERM = (date(2026, 10, 26), date(2026, 10, 30), "half term")
_CALENDAR = SchoolCalendar(_LONDON, _WEEK, time(8), time(17), (_HALF_TERM,))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=_LONDON)


def test_school_days_leave_out_weekends_and_closures() -> None:
    assert _CALENDAR.is_school_day(date(2026, 10, 23))
    assert not _CALENDAR.is_school_day(date(2026, 10, 24))
    assert not _CALENDAR.is_school_day(date(2026, 10, 26))
    assert _CALENDAR.closure(date(2026, 10, 30)) == "half term"
    assert _CALENDAR.next_school_day(date(2026, 10, 23)) == date(2026, 11, 2)


def test_working_time_counts_open_hours_only() -> None:
    assert _CALENDAR.working_time(_at("2026-10-06 16:00"), _at("2026-10-07 09:00")) == timedelta(hours=2)
    assert _CALENDAR.working_time(_at("2026-10-23 16:00"), _at("2026-11-02 09:00")) == timedelta(hours=2)
    assert _CALENDAR.working_time(_at("2026-10-24 10:00"), _at("2026-10-25 10:00")) == timedelta()
    assert _CALENDAR.working_time(_at("2026-10-07 10:00"), _at("2026-10-06 10:00")) == timedelta()


def test_a_reply_is_due_a_working_day_later() -> None:
    assert _CALENDAR.reply_time(_at("2026-10-09 16:00"), _at("2026-10-12 16:00")) == REPLY_TARGET
    assert _CALENDAR.reply_due(_at("2026-10-09 16:00")) == _at("2026-10-12 16:00")
    assert _CALENDAR.reply_due(_at("2026-10-10 20:00")) == _at("2026-10-13 00:00")
    assert _CALENDAR.reply_due(_at("2026-10-23 12:00")) == _at("2026-11-02 12:00")


def test_summer_time_is_the_school_s_own() -> None:
    assert _CALENDAR.is_inside(datetime(2026, 10, 23, 16, 0, tzinfo=UTC))
    assert not _CALENDAR.is_inside(datetime(2026, 10, 23, 16, 1, tzinfo=UTC))
    assert _CALENDAR.is_inside(datetime(2026, 11, 2, 16, 30, tzinfo=UTC))
    sundays = SchoolCalendar(_LONDON, frozenset({6}), time(0), time(23, 59), ())
    assert sundays.reply_time(_at("2026-10-25 00:00"), _at("2026-10-26 00:00")) == timedelta(hours=25)


def test_a_time_without_an_offset_is_the_school_s() -> None:
    assert _CALENDAR.local(datetime(2026, 7, 1, 9, 0)).utcoffset() == timedelta(hours=1)  # noqa: DTZ001


def test_the_ends_of_time_do_not_break_it() -> None:
    assert not _CALENDAR.is_inside(datetime.min.replace(tzinfo=UTC))
    assert isinstance(_CALENDAR.is_inside(datetime.max.replace(tzinfo=UTC)), bool)
    with pytest.raises(Problem):
        SchoolCalendar(_LONDON, frozenset(), time(8), time(17)).next_school_day(date(2026, 10, 6))


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(Problem, match="Larkrise/Nowhere"):
        zone_named("Larkrise/Nowhere")


_INSTANTS = st.datetimes(min_value=datetime(2026, 10, 19), max_value=datetime(2026, 11, 6)).map(  # noqa: DTZ001
    lambda instant: instant.replace(second=0, microsecond=0, tzinfo=UTC)
)


@settings(max_examples=30, deadline=None)
@given(_INSTANTS, _INSTANTS)
def test_working_time_agrees_with_counting_minutes(one: datetime, other: datetime) -> None:
    start, end = sorted((one, other))
    end = min(end, start + timedelta(days=5))
    minutes = 0
    minute = start
    while minute < end:
        here = minute.astimezone(_LONDON)
        minutes += _CALENDAR.is_school_day(here.date()) and time(8) <= here.time() < time(17)
        minute += timedelta(minutes=1)
    assert _CALENDAR.working_time(start, end) == timedelta(minutes=minutes)


@settings(max_examples=60)
@given(_INSTANTS)
def test_what_is_due_lies_one_target_ahead(sent: datetime) -> None:
    due = _CALENDAR.reply_due(sent)
    assert due >= sent
    assert _CALENDAR.reply_time(sent, due) == REPLY_TARGET


@given(_INSTANTS, _INSTANTS, _INSTANTS)
def test_the_clock_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    for clock in (_CALENDAR.working_time, _CALENDAR.reply_time):
        assert clock(first, middle) + clock(middle, last) == clock(first, last)
