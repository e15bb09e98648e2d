"""Appeals against a decision: one, within twenty school days, heard by somebody else (M2)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.calendar import SchoolCalendar
from app.domain.problems import Refused

SCHOOL_DAYS = 20
"""School days after the decision on which an appeal can still be made."""


class AppealOutcome(StrEnum):
    """What became of an appeal."""

    STANDS = "stands"
    EASED = "eased"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """How it is named on screens and in letters."""
        return {
            AppealOutcome.STANDS: "The decision stands",
            AppealOutcome.EASED: "The decision is made milder",
            AppealOutcome.WITHDRAWN: "The decision is taken back",
        }[self]


def last_day(decided_on: date, calendar: SchoolCalendar) -> date:
    """The last day on which an appeal can be made."""
    day = decided_on
    for _ in range(SCHOOL_DAYS):
        day = calendar.next_school_day(day)
    return day


def check_appeal(received_on: date, decided_on: date, today: date, calendar: SchoolCalendar) -> None:
    """Refuse an appeal from before the decision, from a day to come, or too late."""
    if received_on > today:
        raise Refused("That day lies ahead. Enter the day on which the appeal came.")
    if received_on < decided_on:
        raise Refused("The appeal is dated before the decision. Check the day.")
    last = last_day(decided_on, calendar)
    if received_on > last:
        raise Refused(
            f"The appeal came after the last day for it, {last.day} {last:%B %Y} ({SCHOOL_DAYS} school days after the "
            "decision). Answer the family in writing; a new decision is open to the headteacher."
        )


def check_hearing(heard_by: str, decided_by: str, reasons: str) -> None:
    """Refuse a hearing by the person who decided, by nobody, or without reasons."""
    if not heard_by.strip():
        raise Refused("Name the person who heard the appeal, such as the chair of governors.")
    if _same(heard_by, decided_by):
        raise Refused("An appeal is heard by somebody else than the person who decided. Name that person.")
    if not reasons.strip():
        raise Refused("An appeal's outcome needs its reasons: the family is told them.")


def _same(one: str, other: str) -> bool:
    titles = {"mr", "mrs", "ms", "miss", "dr", "mx", "headteacher", "the"}

    def words(name: str) -> set[str]:
        return {word for word in name.casefold().replace(".", " ").split() if word not in titles}

    first, second = words(one), words(other)
    return bool(first) and (first <= second or second <= first)
