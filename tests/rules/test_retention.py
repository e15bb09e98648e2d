"""When a record's day has come: bounds, school years, month ends, and that the two ways of saying it agree (K4)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Refused
from app.domain.retention import (
    RULES,
    Kept,
    check_line,
    keep_words,
    last_kept,
    newest_due,
    ranges,
    school_year_end,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(1, 120)
KINDS = st.sampled_from(list(Kept))


@pytest.mark.parametrize(
    ("kind", "day", "months", "kept_through"),
    [
        (Kept.ITEMS, date(2024, 10, 3), 12, date(2026, 8, 31)),
        (Kept.ITEMS, date(2025, 8, 31), 12, date(2026, 8, 31)),
        (Kept.ITEMS, date(2025, 9, 1), 12, date(2027, 8, 31)),
        (Kept.DRAFTS, date(2025, 11, 23), 12, date(2026, 11, 23)),
        (Kept.DRAFTS, date(2025, 11, 30), 3, date(2026, 2, 28)),
        (Kept.CASES, date(2020, 2, 29), 72, date(2026, 2, 28)),
    ],
)
def test_how_long_a_record_is_kept(kind: Kept, day: date, months: int, kept_through: date) -> None:
    assert last_kept(kind, day, months) == kept_through


@given(KINDS, MONTHS, DAYS, st.integers(-800, 800))
def test_all_up_to_the_newest_due_day_are_due_and_none_after(kind: Kept, months: int, today: date, off: int) -> None:
    newest = newest_due(kind, months, today)
    day = newest + timedelta(days=off)
    assert (last_kept(kind, day, months) < today) == (day <= newest)


@given(KINDS, DAYS, MONTHS, MONTHS)
def test_more_months_never_make_anything_due_sooner(kind: Kept, day: date, few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert last_kept(kind, day, few) <= last_kept(kind, day, more)


@given(DAYS)
def test_a_school_year_ends_in_august_within_a_year(day: date) -> None:
    end = school_year_end(day)
    assert (end.month, end.day) == (8, 31)
    assert timedelta(0) <= end - day <= timedelta(days=365)


@pytest.mark.parametrize(
    ("kind", "months", "why", "said"),
    [
        (Kept.ITEMS, 0, "Because", "Choose between 1 and 240 months for messages, posts and points."),
        (Kept.CASES, 11, "Because", "Choose between 12 and 240 months"),
        (Kept.DRAFTS, 241, "Because", "Choose between 1 and 240 months"),
        (Kept.DRAFTS, 12, "  ", "Say why it is kept so long."),
        (Kept.DRAFTS, 12, "x" * 301, "The reason is too long"),
        (Kept.ACTIVITY, 12, "Because", "kept whole"),
    ],
)
def test_a_line_out_of_bounds_is_refused_with_what_to_do(kind: Kept, months: int, why: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_line(kind, months, why)


@given(KINDS.filter(lambda kind: kind is not Kept.ACTIVITY), st.data())
def test_every_line_within_bounds_is_taken(kind: Kept, data: st.DataObject) -> None:
    months = data.draw(st.integers(RULES[kind].least, RULES[kind].most))
    check_line(kind, months, "The governors said so.")
    assert len(keep_words(kind, months)) <= 120


@given(st.lists(st.integers(1, 60), max_size=40))
def test_runs_of_numbers_hold_just_those_numbers(numbers: list[int]) -> None:
    runs = ranges(numbers)
    assert [n for first, last in runs for n in range(first, last + 1)] == sorted(set(numbers))
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(runs))
