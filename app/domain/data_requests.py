"""Requests by people about their own data: one calendar month, a clock that may pause, one extension (H12, K3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.leaving import months_after
from app.domain.problems import Refused

SOON = timedelta(days=7)
"""A request that is due within this is shown on Today."""

_MONTHS, _EXTENDED = 1, 3
_DAY = timedelta(days=1)


class Asked(StrEnum):
    """What somebody may ask about their own data (UK GDPR, Articles 15 to 17 and 21)."""

    SEE = "access"
    CORRECT = "correct"
    DELETE = "erasure"
    OBJECT = "object"

    @property
    def words(self) -> str:
        """How the kind is named on screens and in reports."""
        return {
            Asked.SEE: "See their data",
            Asked.CORRECT: "Correct their data",
            Asked.DELETE: "Delete their data",
            Asked.OBJECT: "Object to a use",
        }[self]


class Asker(StrEnum):
    """Who asks."""

    GUARDIAN = "guardian"
    FOR_PUPIL = "pupil"
    STAFF = "staff"
    OTHER = "other"

    @property
    def words(self) -> str:
        """How it is named on screens."""
        return {
            Asker.GUARDIAN: "A guardian, about themselves",
            Asker.FOR_PUPIL: "A pupil, or somebody for a pupil",
            Asker.STAFF: "A member of staff, about themselves",
            Asker.OTHER: "Somebody who is not in the register",
        }[self]


class Identity(StrEnum):
    """How it was made sure that the person is who they say, and may ask."""

    WAITING = "waiting"
    KNOWN = "known"
    DOCUMENT = "document"
    CONTACT = "contact"

    @property
    def words(self) -> str:
        """How it is named on screens."""
        return {
            Identity.WAITING: "Not checked yet",
            Identity.KNOWN: "Known to staff in person",
            Identity.DOCUMENT: "Seen on a document",
            Identity.CONTACT: "Asked back on the contact details in the register",
        }[self]


class Pause(StrEnum):
    """What the school waits for while the clock stands still."""

    IDENTITY = "identity"
    CLARIFICATION = "clarification"

    @property
    def words(self) -> str:
        """How it is named on screens."""
        return {Pause.IDENTITY: "proof of identity", Pause.CLARIFICATION: "what is meant"}[self]


class Result(StrEnum):
    """How a request ended."""

    DONE = "done"
    PART = "part"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"

    @property
    def words(self) -> str:
        """How it is named on screens and in reports."""
        return {
            Result.DONE: "Done as asked",
            Result.PART: "Done in part",
            Result.REFUSED: "Refused",
            Result.WITHDRAWN: "Withdrawn",
            Result.ERASED: "Deleted",
        }[self]


CLOSINGS = (Result.DONE, Result.PART, Result.REFUSED, Result.WITHDRAWN)
"""How somebody may close a request; `ERASED` follows from deleting alone."""


def due_on(received: date, holidays: frozenset[date], *, paused: int = 0, extended: bool = False) -> date:
    """The last day for an answer.

    The same day of the next month, or that month's last day where it has no such day; two months more where it was
    extended; later by the days on which the clock stood still. On a weekend or a bank holiday, the next working day.
    School holidays do not count: the law does not know them.
    """
    day = months_after(received, _EXTENDED if extended else _MONTHS) + paused * _DAY
    while day.weekday() > 4 or day in holidays:
        day += _DAY
    return day


def pause_faults(on: date, received: date, last: date | None, today: date) -> None:
    """Raises `Refused` for a day on which the clock cannot have been stopped. `last`: when it last went on again."""
    if on > today:
        raise Refused("That day lies ahead. Pause the request on the day on which you ask.")
    if on < received:
        raise Refused("The clock cannot stop before the request came in. Check the day.")
    if last is not None and on < last:
        raise Refused("The clock was running again only after that day. Check the day.")


def days_paused(paused_on: date, resumed_on: date, today: date) -> int:
    """How many days the clock stood still. Raises `Refused` for a day ahead, and before the pause."""
    if resumed_on > today:
        raise Refused("That day lies ahead. Let the clock go on when the answer has come.")
    if resumed_on < paused_on:
        raise Refused("The clock cannot go on before it was paused. Check the day.")
    return (resumed_on - paused_on).days


def extension_faults(told_on: date, received: date, first_due: date, today: date, why: str) -> None:
    """Raises `Refused` where the law gives no more time: the person must be told why within the first month."""
    if not why.strip():
        raise Refused("Write the reason, as the person was told: the request is complex, or there are many of them.")
    if told_on > today:
        raise Refused("That day lies ahead. Tell the person first, then extend the request here.")
    if told_on < received:
        raise Refused("The person cannot have been told before the request came in. Check the day.")
    if told_on > first_due:
        raise Refused("The first month was over on that day. More time must be asked for within it.")


class State(StrEnum):
    """Where a request stands on a day."""

    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Clock:
    """The dates of one request. `due` is reckoned without a pause that still lasts."""

    received: date
    due: date
    paused_on: date | None = None
    answered: date | None = None

    def state(self, today: date) -> State:
        """Where it stands. A request that waits for the person is never overdue."""
        if self.answered is not None:
            return State.CLOSED
        if self.paused_on is not None:
            return State.PAUSED
        if self.due < today:
            return State.OVERDUE
        return State.SOON if self.due - today <= SOON else State.OPEN

    def left(self, today: date) -> int | None:
        """Days until it is due, below nothing where it is overdue; None while the clock stands, and once closed."""
        if self.answered is not None or self.paused_on is not None:
            return None
        return (self.due - today).days

    @property
    def in_time(self) -> bool | None:
        """Whether it was answered in time; None while it is open."""
        return None if self.answered is None else self.answered <= self.due
