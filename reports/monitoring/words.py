"""What the report calls things: checks, clauses' families, kinds of media, classes."""

from __future__ import annotations

from app.domain.checks.finding import Check
from app.domain.checks.register import LinkState, PermissionState

CHECKS: dict[Check, str] = {
    Check.SAFEGUARDING: "Possible sign of harm",
    Check.REPORTED: "Reported by a person",
    Check.NO_PERMISSION: "Picture or work without permission",
    Check.SENSITIVE: "Private matter in an open place",
    Check.CONTACT: "Private contact details in an open place",
    Check.SURNAME: "Pupil named with surname",
    Check.INITIAL: "Initial that is not needed",
    Check.PERSONAL: "Personal talk",
    Check.ABUSE: "Insult, threat or abuse",
    Check.COMPARE: "Pupils compared",
    Check.RESHARE: "Shared, or to be shared, elsewhere",
    Check.OFFICE: "Matter for the school office",
    Check.HOURS: "Staff message outside hours",
    Check.OUTSIDER: "Adult who is not linked",
    Check.PUPIL_AUTHOR: "Written by a pupil",
    Check.POINTS_REMOVED: "Points taken away",
}
"""The checks in the order in which a leader should look at them."""

FAMILIES = {
    "H": "What the service is for",
    "T": "What staff keep to",
    "P": "What families keep to",
    "M": "Monitoring and decisions",
    "K": "What the law asks",
}

KINDS = {"photograph": "Photographs", "recording": "Recordings", "work_sample": "Work samples"}

PERMISSIONS: dict[PermissionState, str] = {
    PermissionState.GIVEN: "Given",
    PermissionState.REFUSED: "Refused",
    PermissionState.WITHDRAWN: "Withdrawn",
    PermissionState.UNDECIDED: "Undecided",
    PermissionState.CONFLICT: "In conflict",
}

LINKS: dict[LinkState, str] = {
    LinkState.LINKED: "Linked",
    LinkState.INVITED: "Invited, not linked yet",
    LinkState.SUSPENDED: "Suspended",
    LinkState.REMOVED: "Removed",
}

NO_CLASS = "No one class"
"""Stands for items that belong to no class: school stories, and messages whose class the source did not tell."""


def class_words(name: str | None) -> str:
    """How a class is named in a table."""
    return NO_CLASS if name is None else name


def kind_words(kind: str) -> str:
    """How a kind of media is named in a table."""
    return KINDS.get(kind, kind.replace("_", " ").capitalize())
