"""The yearly review of the policy: evidence for every clause, a judgement on each, what is to be done (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.problems import Refused


class Judgement(StrEnum):
    """How well a clause was kept over the year."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """How it is named on screens and in the pack."""
        return {
            Judgement.KEPT: "Kept",
            Judgement.PARTLY: "Partly kept",
            Judgement.NOT_KEPT: "Not kept",
            Judgement.NOT_APPLICABLE: "Does not apply",
        }[self]

    @property
    def wants_action(self) -> bool:
        """Something must be done before the next review."""
        return self in (Judgement.PARTLY, Judgement.NOT_KEPT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure or fact from the records: what it counts, how many, of how many, and the same a year before.

    `said` stands in place of a number where the evidence is a date or words. `before` is None where last year cannot
    be counted any more: what stands now (permissions, links) was not kept from day to day.
    """

    label: str
    count: float | None = None
    of: int | None = None
    said: str = ""
    unit: str = ""
    before: float | None = None
    now_only: bool = False
    """How it stands today: last year's standing was not kept."""

    @property
    def words(self) -> str:
        """The figure as it is read: "12 of 30", "4.5 hours", "Tue 6 Oct 2026"."""
        if self.said:
            return self.said
        if self.count is None:
            return "none recorded"
        number = f"{self.count:,.0f}" if float(self.count).is_integer() else f"{self.count:,.1f}"
        unit = f" {self.unit}" if self.unit else ""
        return f"{number} of {self.of:,}{unit}" if self.of is not None else f"{number}{unit}"

    @property
    def trend(self) -> str:
        """Against the year before, in words; empty where that is not known."""
        if self.before is None or self.count is None:
            return ""
        if self.count == self.before:
            return "as last year"
        return f"{'up' if self.count > self.before else 'down'} from {self.before:,.0f}"

    @property
    def recorded(self) -> bool:
        """There is something in the records."""
        return bool(self.said) or bool(self.count) or bool(self.of)


NONE_RECORDED = Evidence("Evidence", said="none recorded")
"""What a clause shows for which nothing stands in the records."""


def check_judgement(judgement: Judgement, words: str, action: str, owner: str, due: date | None, today: date) -> None:
    """Raises `Refused` where a judgement does not stand on its own feet.

    Anything but "kept" needs words. "Partly" and "not kept" need an action with somebody who does it and a day ahead.
    """
    if judgement is not Judgement.KEPT and not words.strip():
        raise Refused("Say in a sentence why you judge it so. It stands in the review.")
    if judgement.wants_action:
        if not action.strip() or not owner.strip() or due is None:
            raise Refused("A clause that was not wholly kept needs an action: what is done, by whom, by which day.")
        if due < today:
            raise Refused("The action's day has passed. Choose a day ahead.")
    elif (action.strip() or owner.strip() or due) and not (action.strip() and owner.strip() and due):
        raise Refused("An action needs all three: what is done, by whom, by which day. Or leave all three empty.")
