"""Days and moments in the words that every screen and report uses."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """A day: "Tue 6 Oct 2026". Never the computer's own language."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """A day without weekday and year: "6 Oct"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def moment_words(moment: datetime | None, zone: str) -> str:
    """A moment on the school's own clock: "Tue 6 Oct 2026, 14:41"."""
    if moment is None:
        return "Time not known"
    there = moment.astimezone(ZoneInfo(zone))
    return f"{day_words(there.date())}, {there:%H:%M}"


def age_words(since: datetime, now: datetime) -> str:
    """How long ago, as a glance wants it: "20 min", "3 h", "2 d"."""
    gone = max(now - since, timedelta())
    if gone < timedelta(hours=1):
        return f"{int(gone.total_seconds() // 60)} min"
    if gone < timedelta(days=1):
        return f"{int(gone.total_seconds() // 3600)} h"
    return f"{gone.days} d"
