"""Breach cases: the ladder of outcomes, and what a decision must carry (M2, P2, P9)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from app.domain.problems import Refused


class CaseStatus(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """How the status is named on screens."""
        return {
            CaseStatus.OPEN: "To be decided",
            CaseStatus.DECIDED: "Decided",
            CaseStatus.APPEALED: "Under appeal",
            CaseStatus.CLOSED: "Closed",
        }[self]


class Outcome(StrEnum):
    """The ladder: from nothing to removal."""

    NO_ACTION = "no_action"
    ADVICE = "advice"
    REMINDER = "reminder"
    WARNING = "warning"
    RESTRICTION = "restriction"
    SUSPENSION = "suspension"
    REMOVAL = "removal"

    @property
    def words(self) -> str:
        """How the outcome is named on screens and in letters."""
        return {
            Outcome.NO_ACTION: "No action",
            Outcome.ADVICE: "Advice",
            Outcome.REMINDER: "Reminder of the policy",
            Outcome.WARNING: "Written warning",
            Outcome.RESTRICTION: "Restriction",
            Outcome.SUSPENSION: "Suspension",
            Outcome.REMOVAL: "Removal from the service",
        }[self]

    @property
    def ends_link(self) -> bool:
        """The person is taken off the service, for a time or for good."""
        return self in (Outcome.SUSPENSION, Outcome.REMOVAL)


class Outside(StrEnum):
    """To whom a case can go beside the school's own leaders."""

    GOVERNORS = "governors"
    AUTHORITY = "authority"
    LADO = "lado"
    POLICE = "police"
    OTHER = "other"

    @property
    def words(self) -> str:
        """How it is named on screens and in the timeline."""
        return {
            Outside.GOVERNORS: "Governing body",
            Outside.AUTHORITY: "Local authority",
            Outside.LADO: "LADO, for an allegation against staff",
            Outside.POLICE: "Police",
            Outside.OTHER: "Somebody else",
        }[self]


REFERRED_OUT = "referred out"
"""The kind of the line that a case's timeline gets when it goes to somebody outside."""

NEEDS_DATE = frozenset({Outcome.RESTRICTION, Outcome.SUSPENSION, Outcome.REMOVAL})
"""Outcomes that may not stand without an end or a review date."""


def check_decision(outcome: Outcome, reasons: str, ends_on: date | None, review_on: date | None, today: date) -> None:
    """Refuse a decision without reasons, or a lasting one without a later end or review date."""
    if not reasons.strip():
        raise Refused("A decision needs its reasons: the family may ask for them. Write them and decide again.")
    if outcome in NEEDS_DATE and ends_on is None and review_on is None:
        raise Refused(f"{outcome.words} needs an end date or a review date. Set one and decide again.")
    for day, name in ((ends_on, "end"), (review_on, "review")):
        if day is not None and day <= today:
            raise Refused(f"The {name} date lies in the past. Choose a later day.")


def check_referral(on: date, why: str, today: date) -> None:
    """Refuse a referral outside the school on a day to come, or without a word on why."""
    if on > today:
        raise Refused("The day of the referral lies ahead. Enter the day on which it was made.")
    if not why.strip():
        raise Refused("A referral needs a sentence on why it was made. Write one and note it again.")
