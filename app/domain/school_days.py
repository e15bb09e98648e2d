"""Holidays as they follow from term dates, and days that no term date speaks of (M1, P6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

Closure = tuple[date, date, str]
"""First and last day, and why the school is closed."""

_DAY = timedelta(days=1)
LONGEST_HOLIDAY = timedelta(days=56)
"""Days between two terms are a holiday; more of them than this, and a term between was not entered."""


def between_terms(terms: Iterable[tuple[date, date]]) -> tuple[Closure, ...]:
    """The holidays between the terms that are entered, oldest first."""
    return tuple(
        (ended + _DAY, begins - _DAY, "between terms")
        for ended, begins in _gaps(terms)
        if timedelta() < begins - ended - _DAY <= LONGEST_HOLIDAY
    )


def without_term(terms: Iterable[tuple[date, date]], first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The days of a period that lie in no term and in no holiday between terms: no dates were entered for them.

    They are counted as ordinary weeks. August is nobody's term and is left out.
    """
    ordered = sorted(terms)
    known = [*ordered, *((starts, ends) for starts, ends, _ in between_terms(ordered))]
    found: list[tuple[date, date]] = []
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        if day.month == 8 or any(starts <= day <= ends for starts, ends in known):
            continue
        if found and found[-1][1] == day - _DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def _gaps(terms: Iterable[tuple[date, date]]) -> Iterable[tuple[date, date]]:
    """The last day of a term and the first day of the next."""
    reached: date | None = None
    for (_, ended), (begins, _) in pairwise(sorted(terms)):
        reached = ended if reached is None else max(reached, ended)
        yield reached, begins
