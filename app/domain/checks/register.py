"""The school as the checks see it: who is who, what is allowed, when the school is open.

It is built from the store, or read from a register file; either way it is one frozen value, so a scan can be handed
to another process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class PermissionState(StrEnum):
    """What stands on record for one kind of media; only `given` permits (policy T12)."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"


class LinkState(StrEnum):
    """How a guardian stands to the messaging service (policy P4)."""

    LINKED = "linked"
    INVITED = "invited"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SchoolEntry:
    """The school's name, its published contacts, its zone, hours and closed days (policy T1, P5)."""

    name: str
    phone: str | None = None
    email: str | None = None
    postcode: str | None = None
    timezone: str = "Europe/London"
    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """Open weekdays, Monday is 0."""
    opens: time = time(8, 0)
    closes: time = time(17, 0)
    closed: tuple[tuple[date, date, str], ...] = ()
    """Closed from, to (both inclusive), and why."""


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A class: its name and its national-curriculum year ("N1", "N2", "R", "1" to "6")."""

    id: str
    name: str
    year: str | None = None


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """A member of staff as named on the service ("Mrs Holt")."""

    id: str
    name: str
    role: str = "teacher"
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PupilEntry:
    """A pupil: names, class, what is permitted, and whether the authority looks after them (policy T11)."""

    id: str
    first: str
    last: str
    class_id: str | None
    preferred: str | None = None
    permissions: dict[str, PermissionState] = field(default_factory=dict)
    """By kind: photograph, recording, work_sample. A kind that is absent counts as undecided."""
    in_care: bool = False
    care_permission: bool = False
    school_story: dict[str, PermissionState] | None = None
    """The same for the whole school's page, where it was asked about apart; None: as `permissions`."""


@dataclass(frozen=True, slots=True)
class GuardianEntry:
    """An adult tied to pupils, and how they stand to the service."""

    id: str
    name: str
    pupils: tuple[str, ...] = ()
    link: LinkState = LinkState.INVITED


@dataclass(frozen=True, slots=True)
class Register:
    """Everything the checks need to know about one school."""

    school: SchoolEntry
    classes: tuple[ClassEntry, ...] = ()
    staff: tuple[StaffEntry, ...] = ()
    pupils: tuple[PupilEntry, ...] = ()
    guardians: tuple[GuardianEntry, ...] = ()
