"""The school's calendar from its records: hours, closures, holidays between terms, bank holidays (T1, P5, P6)."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendar import SchoolCalendar, zone_named
from app.domain.school_days import Closure, between_terms
from app.store.tables.school import ClosureRow, SchoolRow, TermRow

_YEARS_BACK, _YEARS_AHEAD = 6, 2


def school_calendar(session: Session, today: date) -> SchoolCalendar:
    """When the school is open. Bank holidays need no entry; a closure that the school entered names the day first."""
    row = session.scalars(select(SchoolRow)).one()
    entered = session.scalars(select(ClosureRow).order_by(ClosureRow.starts))
    closed = [(closure.starts, closure.ends, closure.reason) for closure in entered]
    return SchoolCalendar(
        zone_named(row.timezone),
        frozenset(int(day) for day in row.open_days.split(",") if day),
        row.opens or time(8),
        row.closes or time(17),
        (
            *closed,
            *bank_holidays(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD),
            *between_terms(terms(session)),
        ),
    )


def terms(session: Session) -> tuple[tuple[date, date], ...]:
    """First and last day of every term or half-term that was entered, oldest first."""
    return tuple((row.starts, row.ends) for row in session.scalars(select(TermRow).order_by(TermRow.starts)))


@lru_cache(maxsize=8)
def bank_holidays(first: int, last: int) -> tuple[Closure, ...]:
    """The bank holidays of England and Wales in these years, both included, as GOV.UK lists them."""
    from holidays import country_holidays  # costs a tenth of a second, and not everybody asks

    known = country_holidays("GB", subdiv="ENG", years=range(first, last + 1))
    return tuple((day, day, name) for day, name in sorted(known.items()))
