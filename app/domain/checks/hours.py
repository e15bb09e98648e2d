"""Messages and comments that staff send outside the school's hours (policy T1, P5)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading


def hours(reading: Reading) -> list[Finding]:
    """Staff writing before opening, after the closing minute, at a weekend or on a closed day, by the school clock."""
    item, calendar = reading.item, reading.school.calendar
    if item.sent_at is None or not reading.is_talk or not reading.is_by_staff or calendar.is_inside(item.sent_at):
        return []
    here = calendar.local(item.sent_at)
    day = here.date()
    closure = calendar.closure(day)
    if day.weekday() not in calendar.days:
        reason = f"on a {day:%A}, when the school is closed"
    elif closure is not None:
        reason = f"on a day the school is closed ({closure})" if closure else "on a day the school is closed"
    else:
        reason = f"outside the school's hours, {calendar.opens:%H:%M} to {calendar.closes:%H:%M}"
    return [Finding(Check.HOURS, "T1", f"Sent at {here:%H:%M} {reason}.")]
