"""School days, working hours, summer time and the clock for replies (policy T1, P5, P6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import REPLY_TARGET, SchoolCalendar, zone_named
from app.domain.problems import Problem
from app.domain.school_days import between_terms, without_term

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


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-10-06 10:00", "2026-10-07 10:00"),
        ("2026-10-09 16:00", "2026-10-12 16:00"),
        ("2026-10-06 20:30", "2026-10-08 08:00"),
        ("2026-10-10 20:00", "2026-10-13 08:00"),
        ("2026-10-06 08:00", "2026-10-07 08:00"),
        ("2026-10-23 12:00", "2026-11-02 12:00"),
    ],
)
def test_24_hours_on_working_days_is_the_same_time_on_the_next_working_day(sent: str, due: str) -> None:
    assert _CALENDAR.reply_due(_at(sent)) == _at(due)
    assert _CALENDAR.in_time(_at(sent), _at(due))
    assert not _CALENDAR.in_time(_at(sent), _at(due) + timedelta(minutes=1))


def test_a_target_of_two_days_leaves_two_working_days() -> None:
    assert _CALENDAR.allowance(REPLY_TARGET * 2) == timedelta(hours=18)
    assert _CALENDAR.reply_due(_at("2026-10-09 16:00"), REPLY_TARGET * 2) == _at("2026-10-13 16:00")


def test_a_school_without_working_hours_is_told_so() -> None:
    never = SchoolCalendar(_LONDON, _WEEK, time(9), time(9))
    with pytest.raises(Problem, match="no working hours"):
        never.reply_due(_at("2026-10-06 10:00"))


def test_an_hour_that_comes_twice_counts_twice_and_one_left_out_not_at_all() -> None:
    nights = SchoolCalendar(_LONDON, frozenset({6}), time(0), time(6))
    assert nights.working_time(_at("2026-10-24 12:00"), _at("2026-10-25 12:00")) == timedelta(hours=7)
    assert nights.working_time(_at("2026-03-28 12:00"), _at("2026-03-29 12:00")) == timedelta(hours=5)


def test_summer_time_is_the_school_s_own() -> None:
    assert _CALENDAR.is_inside(datetime(2026, 10, 23, 16, 0, tzinfo=UTC))
    assert not _CALENDAR.is_inside(datetime(2026, 10, 23, 16, 1, tzinfo=UTC))
    assert _CALENDAR.is_inside(datetime(2026, 11, 2, 16, 30, tzinfo=UTC))


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


_ZONES = st.sampled_from(
    [
        "Europe/London",
        "Europe/Dublin",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Pacific/Apia",
    ]
).map(ZoneInfo)
_CHANGES = st.sampled_from(
    [
        date(2018, 2, 17),
        date(2018, 11, 3),
        date(2011, 12, 29),
        date(2026, 3, 28),
        date(2026, 10, 24),
        date(2026, 4, 4),
        date(2026, 3, 7),
        date(2026, 10, 31),
        date(2026, 7, 14),
    ]
)
"""Days beside a change of the clocks somewhere; one of them when no clock changes."""


@st.composite
def _schools(draw: st.DrawFn) -> tuple[SchoolCalendar, datetime]:
    """A school with hours, days and closures of any sort, and an instant near a change of the clocks."""
    near = draw(_CHANGES)
    opens, closes = sorted(draw(st.tuples(*[st.integers(0, 24 * 60 - 1)] * 2)))
    begins = draw(st.integers(-2, 4))
    lasts = draw(st.integers(0, 2))
    closed = draw(st.sampled_from([(), ((near + timedelta(begins), near + timedelta(begins + lasts), "closed"),)]))
    calendar = SchoolCalendar(
        draw(_ZONES),
        frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        time(opens // 60, opens % 60),
        time(closes // 60, closes % 60),
        closed,
    )
    minutes = draw(st.integers(-24 * 60, 48 * 60))
    return calendar, datetime.combine(near, time(), UTC) + timedelta(minutes=minutes)


def _slowly(calendar: SchoolCalendar, start: datetime, minutes: int) -> int:
    """The oracle: look at the clock on the wall once in every minute."""
    counted = 0
    for passed in range(minutes):
        here = (start + timedelta(minutes=passed)).astimezone(calendar.zone)
        closed = any(first <= here.date() <= last for first, last, _ in calendar.closed)
        open_ = here.weekday() in calendar.days and not closed
        counted += open_ and calendar.opens <= here.time() < calendar.closes
    return counted


@settings(max_examples=60, deadline=None)
@given(_schools(), st.integers(0, 3 * 24 * 60))
def test_working_time_agrees_with_looking_at_the_clock_in_every_minute(
    school: tuple[SchoolCalendar, datetime], minutes: int
) -> None:
    calendar, start = school
    counted = _slowly(calendar, start, minutes)
    assert calendar.working_time(start, start + timedelta(minutes=minutes)) == timedelta(minutes=counted)
    assert calendar.working_time(start + timedelta(minutes=minutes), start) == timedelta()


@settings(max_examples=80, deadline=None)
@given(_schools(), st.integers(1, 48))
def test_what_is_due_is_the_last_moment_in_time(school: tuple[SchoolCalendar, datetime], hours: int) -> None:
    calendar, sent = school
    within = timedelta(hours=hours)
    if calendar.working_day < timedelta(minutes=10):
        return
    due = calendar.reply_due(sent, within)
    assert due >= sent
    assert calendar.working_time(sent, due) == calendar.allowance(within)
    assert calendar.in_time(sent, due, within)
    later = due.astimezone(UTC) + timedelta(minutes=1)  # by the clock on the wall it could be the hour that comes first
    assert not calendar.in_time(sent, later, within)


@given(_INSTANTS, _INSTANTS, _INSTANTS)
def test_the_clock_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    clock = _CALENDAR.working_time
    assert clock(first, middle) + clock(middle, last) == clock(first, last)


_TERMS = ((date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)))


def test_days_between_two_terms_are_a_holiday() -> None:
    assert between_terms(_TERMS) == ((date(2026, 10, 24), date(2026, 11, 1), "between terms"),)
    assert between_terms(_TERMS[:1]) == between_terms(()) == ()


def test_a_term_that_was_not_entered_is_no_holiday() -> None:
    summer = (date(2027, 4, 12), date(2027, 7, 23))
    assert between_terms((*_TERMS, summer)) == between_terms(_TERMS)
    missing = without_term((*_TERMS, summer), date(2026, 12, 1), date(2027, 4, 30))
    assert missing == ((date(2026, 12, 19), date(2027, 4, 11)),)


def test_august_belongs_to_no_term_and_nobody_misses_it() -> None:
    assert without_term(_TERMS, date(2026, 8, 1), date(2026, 11, 30)) == ()
    assert without_term((), date(2026, 8, 30), date(2026, 9, 2)) == ((date(2026, 9, 1), date(2026, 9, 2)),)
