"""What is done about a pupil who left, in ClassDojo and here, and when the personal data go (H12, K4)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """What ClassDojo calls the ways of letting a pupil go. Old posts stay in the family's account after two of them."""

    GRADUATE = "graduate"
    REMOVE = "remove"
    ARCHIVE = "archive"

    @property
    def words(self) -> str:
        """As the button in ClassDojo says it."""
        return {Step.GRADUATE: "Graduate", Step.REMOVE: "Remove", Step.ARCHIVE: "Archive"}[self]

    @property
    def means(self) -> str:
        """What it does there, in a sentence."""
        return {
            Step.GRADUATE: "The pupil leaves all classes. The family keeps the old posts in its own account.",
            Step.REMOVE: "The pupil is taken out of the class. Points given there are lost.",
            Step.ARCHIVE: "The whole class is put away. The family keeps the old posts in its own account.",
        }[self]


def months_after(day: date, months: int) -> date:
    """The same day some months later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where one leaver stands."""

    left_on: date
    delete_on: date
    step: Step | None = None
    done_on: date | None = None
    held: str = ""

    @property
    def to_do(self) -> bool:
        """Nobody has said yet that it was done in ClassDojo."""
        return self.done_on is None

    def is_due(self, today: date) -> bool:
        """The day of deletion has come and nothing holds it."""
        return self.delete_on <= today and not self.held

    def against_deleting(self, today: date) -> str:
        """Why the personal data cannot be deleted now; empty where they can."""
        if self.held:
            return f"The record is held: {self.held}"
        if self.delete_on > today:
            return "The date for deletion has not come yet."
        if self.to_do:
            return "Nobody has noted yet that it was done in ClassDojo. Do it there first, then tick it here."
        return ""
