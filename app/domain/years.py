"""Year groups of a primary school and the school years that they move through (H7)."""

from __future__ import annotations

from datetime import date

YEARS: tuple[str, ...] = ("N1", "N2", "R", "1", "2", "3", "4", "5", "6")
"""From Foundation Stage to Year 6, in their order."""
LAST = YEARS[-1]
_RECEPTION = 5
"""Reception begins in the September of the school year in which a child turns five: five years after the cohort's."""
_WORDS = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"}


def spoken_year(year: str | None) -> str:
    """A year group as people say it: "Reception", "Year 3"; another school's own word as it stands."""
    if not year:
        return "No year"
    return _WORDS.get(year, f"Year {year}" if year.isdigit() else year)


def year_after(year: str | None) -> str | None:
    """The year group that follows; None after Year 6, and where the year group is none of ours."""
    if year is None or year not in YEARS[:-1]:
        return None
    return YEARS[YEARS.index(year) + 1]


def first_of(day: date) -> int:
    """The calendar year in which the school year of a day began, 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def year_named(first: int) -> str:
    """A school year's name: "2026/27"."""
    return f"{first}/{(first + 1) % 100:02}"


def usual_year(born: date, first: int) -> str | None:
    """The year group of children of this age in the school year that begins in `first`; None outside our years."""
    place = first - (first_of(born) + _RECEPTION) + YEARS.index("R")
    return YEARS[place] if 0 <= place < len(YEARS) else None


def coming_year(today: date, is_done: bool = False) -> int:
    """The school year that the September assistant prepares: from May on the next one, before that this one.

    `is_done` says that pupils are in that year's groups already; from September to April it is the one after then.
    """
    year = today.year if today.month >= 5 else today.year - 1
    return year + 1 if is_done and not 5 <= today.month <= 8 else year


def earliest(first: int) -> date:
    """The first day on which a school may change to the school year that begins in `first`: 1 June."""
    return date(first, 6, 1)
