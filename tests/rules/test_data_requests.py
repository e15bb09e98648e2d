"""One calendar month, weekends and bank holidays, a clock that pauses, one extension (K3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.data_requests import (
    Clock,
    State,
    days_paused,
    due_on,
    extension_faults,
    pause_faults,
)
from app.domain.leaving import months_after
from app.domain.problems import Refused
from app.store.reads.school_days import bank_holidays

HOLIDAYS = frozenset(day for day, _, _ in bank_holidays(2024, 2028))
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, Boxing Day (in lieu on Monday), a weekend
        (date(2026, 1, 31), date(2026, 3, 2)),  # no 31 February; the 28th is a Saturday
        (date(2024, 1, 30), date(2024, 2, 29)),
        (date(2025, 3, 31), date(2025, 4, 30)),
        (date(2026, 3, 3), date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 7, 24), date(2026, 8, 24)),  # the summer holidays do not count
    ],
)
def test_a_month_later_or_the_next_working_day(received: date, due: date) -> None:
    assert due_on(received, HOLIDAYS) == due


def test_an_extension_gives_two_months_more_and_a_pause_its_days() -> None:
    assert due_on(date(2026, 9, 3), HOLIDAYS, extended=True) == date(2026, 12, 3)
    assert due_on(date(2026, 9, 3), HOLIDAYS, paused=5) == date(2026, 10, 8)
    assert due_on(date(2026, 9, 3), HOLIDAYS, paused=5, extended=True) == date(2026, 12, 8)


@given(DAYS, st.integers(0, 90), st.booleans())
def test_it_is_due_on_a_working_day_never_before_the_month_is_over(received: date, paused: int, extended: bool) -> None:
    due = due_on(received, HOLIDAYS, paused=paused, extended=extended)
    bare = months_after(received, 3 if extended else 1) + timedelta(days=paused)
    assert due.weekday() < 5
    assert due not in HOLIDAYS
    assert bare <= due <= bare + timedelta(days=5)
    skipped = [bare + n * DAY for n in range((due - bare).days)]
    assert all(day.weekday() > 4 or day in HOLIDAYS for day in skipped), "no working day is given away"


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_more_pause_and_more_time_are_never_sooner(received: date, one: int, more: int) -> None:
    assert due_on(received, HOLIDAYS, paused=one) <= due_on(received, HOLIDAYS, paused=one + more)
    assert due_on(received, HOLIDAYS, paused=one) < due_on(received, HOLIDAYS, paused=one, extended=True)
    assert due_on(received, HOLIDAYS) <= due_on(received + DAY, HOLIDAYS)


@given(DAYS, st.integers(-40, 40), st.booleans())
def test_what_waits_for_the_person_is_never_overdue(due: date, ahead: int, paused: bool) -> None:
    clock = Clock(date(2023, 12, 1), due, due - DAY if paused else None)
    today = due + timedelta(days=ahead)
    state = clock.state(today)
    if paused:
        assert (state, clock.left(today)) == (State.PAUSED, None)
    else:
        assert (state is State.OVERDUE) == (ahead > 0)
        assert (state is State.SOON) == (-7 <= ahead <= 0)
        assert clock.left(today) == -ahead
    assert clock.in_time is None


@given(DAYS, st.integers(-30, 30))
def test_an_answer_on_the_last_day_is_in_time(due: date, late: int) -> None:
    clock = Clock(date(2023, 12, 1), due, None, due + timedelta(days=late))
    assert clock.in_time == (late <= 0)
    assert clock.state(due + timedelta(days=90)) is State.CLOSED


def test_days_that_a_pause_takes() -> None:
    assert days_paused(date(2026, 11, 2), date(2026, 11, 9), TODAY) == 7
    assert days_paused(date(2026, 11, 2), date(2026, 11, 2), TODAY) == 0
    with pytest.raises(Refused, match="lies ahead"):
        days_paused(date(2026, 11, 2), TODAY + DAY, TODAY)
    with pytest.raises(Refused, match="before it was paused"):
        days_paused(date(2026, 11, 2), date(2026, 11, 1), TODAY)


def test_days_on_which_a_clock_cannot_stop() -> None:
    received = date(2026, 11, 2)
    pause_faults(received, received, None, TODAY)
    for on, last, words in (
        (TODAY + DAY, None, "lies ahead"),
        (received - DAY, None, "before the request came in"),
        (date(2026, 11, 5), date(2026, 11, 9), "running again only after"),
    ):
        with pytest.raises(Refused, match=words):
            pause_faults(on, received, last, TODAY)


def test_more_time_needs_a_reason_told_within_the_first_month() -> None:
    received, first = date(2026, 10, 19), date(2026, 11, 19)
    extension_faults(first, received, first, TODAY, "There are three requests.")
    for told, why, words in (
        (first, " ", "Write the reason"),
        (first + DAY, "Much", "first month was over"),
        (received - DAY, "Much", "before the request came in"),
        (TODAY + DAY, "Much", "lies ahead"),
    ):
        with pytest.raises(Refused, match=words):
            extension_faults(told, received, first, TODAY, why)
