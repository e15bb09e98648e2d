"""A finding: a reason for a person to look at an item. It never decides anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """The fifteen content checks, and what a person reports (T2)."""

    SURNAME = "surname"
    INITIAL = "initial"
    NO_PERMISSION = "no-permission"
    SENSITIVE = "sensitive"
    CONTACT = "contact"
    PERSONAL = "personal"
    OFFICE = "office"
    ABUSE = "abuse"
    HOURS = "hours"
    COMPARE = "compare"
    RESHARE = "reshare"
    PUPIL_AUTHOR = "pupil-author"
    OUTSIDER = "outsider"
    SAFEGUARDING = "safeguarding"
    POINTS_REMOVED = "points-removed"
    REPORTED = "reported"

    @property
    def words(self) -> str:
        """How the check is named on screens and in reports."""
        return _WORDS[self]


_WORDS: dict[Check, str] = {
    Check.SURNAME: "Surname used",
    Check.INITIAL: "Initial used",
    Check.NO_PERMISSION: "No permission",
    Check.SENSITIVE: "Private matter",
    Check.CONTACT: "Contact details",
    Check.PERSONAL: "Personal matter",
    Check.OFFICE: "Office matter",
    Check.ABUSE: "Abusive language",
    Check.HOURS: "Outside hours",
    Check.COMPARE: "Comparing pupils",
    Check.RESHARE: "Shared elsewhere",
    Check.PUPIL_AUTHOR: "Written by pupil",
    Check.OUTSIDER: "Not linked",
    Check.SAFEGUARDING: "Sign of harm",
    Check.POINTS_REMOVED: "Points taken away",
    Check.REPORTED: "Reported",
}

CONTENT_CHECKS: tuple[Check, ...] = tuple(check for check in Check if check is not Check.REPORTED)
"""What the program itself looks for, in everything that comes in."""


class Severity(StrEnum):
    """How soon somebody should look. Safeguarding stands ahead of everything (K1)."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


SEVERITY: dict[Check, Severity] = {
    Check.SAFEGUARDING: Severity.URGENT,
    Check.NO_PERMISSION: Severity.HIGH,
    Check.SENSITIVE: Severity.HIGH,
    Check.CONTACT: Severity.HIGH,
    Check.ABUSE: Severity.HIGH,
    Check.RESHARE: Severity.HIGH,
    Check.OUTSIDER: Severity.HIGH,
    Check.PUPIL_AUTHOR: Severity.HIGH,
    Check.REPORTED: Severity.HIGH,
    Check.SURNAME: Severity.NORMAL,
    Check.PERSONAL: Severity.NORMAL,
    Check.OFFICE: Severity.NORMAL,
    Check.COMPARE: Severity.NORMAL,
    Check.POINTS_REMOVED: Severity.NORMAL,
    Check.INITIAL: Severity.LOW,
    Check.HOURS: Severity.LOW,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has to say about one item.

    `span` is the half-open range of characters of the item's text that it rests on, None where it rests on none.
    `why` is one plain English sentence for the reviewer. `clause` is the id of the policy's clause (T8, P4, K1).
    """

    check: Check
    clause: str
    why: str
    pupils: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    @property
    def severity(self) -> Severity:
        """How soon somebody should look."""
        return SEVERITY[self.check]
