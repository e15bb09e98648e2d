"""The days that a report is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.days import monday_of
from app.domain.problems import Problem
from reports.kit.numbers import day


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both inside; `name` is the school's word for it ("Autumn term 2026")."""

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Problem(
                f"The report was not made: its period ends on {day(self.last)}, before it begins on {day(self.first)}. "
                "Give the earlier day first."
            )

    @property
    def words(self) -> str:
        """How the period is named in a report."""
        days = day(self.first) if self.first == self.last else f"{day(self.first)} to {day(self.last)}"
        return f"{self.name}: {days}" if self.name else days

    @property
    def slug(self) -> str:
        """The period as part of a file's name."""
        return f"{self.first.isoformat()}-to-{self.last.isoformat()}"

    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that the period touches."""
        monday = monday_of(self.first)
        return tuple(monday + timedelta(weeks=place) for place in range((self.last - monday).days // 7 + 1))

    def __contains__(self, when: date) -> bool:
        return self.first <= when <= self.last
