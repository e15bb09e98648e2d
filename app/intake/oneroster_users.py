"""The people of a OneRoster bundle: what each one's line says, and what they are by all the files together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.intake.values import tidy

PUPILS = frozenset({"student", "pupil", "learner"})
ADULTS = frozenset({"parent", "guardian", "relative", "mother", "father", "carer", "stepparent", "fosterparent"})
STAFF = frozenset(
    {
        "teacher",
        "aide",
        "administrator",
        "proctor",
        "staff",
        "faculty",
        "professor",
        "lecturer",
        "principal",
        "counselor",
    }
    | {
        "districtadministrator",
        "siteadministrator",
        "systemadministrator",
        "orgadmin",
        "adjunct",
        "chair",
        "headteacher",
    }
    | {"coordinator", "instructor", "official", "registrar", "specialist", "tutor", "advisor", "coach", "substitute"}
)
GONE = frozenset({"tobedeleted", "inactive"})
HOME = frozenset({"homeroom", "registration", "form", "tutor"})
_NOT_LETTER = re.compile(r"[^a-z]")


@dataclass(slots=True)
class User:
    """One line of users.csv with everything that other files say of the same person."""

    row: int
    said: dict[str, str]
    roles: set[str] = field(default_factory=set)
    enrolled_as: set[str] = field(default_factory=set)
    year: str | None = None

    @property
    def id(self) -> str:
        """The identifier other files name the person by; empty where there is none."""
        return self.said.get("sourcedId", "")

    @property
    def gone(self) -> bool:
        """Whether the file marks the person as deleted."""
        return word(self.said.get("status")) in GONE

    @property
    def name(self) -> str:
        """The name for a remark; the identifier where there is no name."""
        return tidy(f"{self.said.get('givenName', '')} {self.said.get('familyName', '')}") or self.id

    @property
    def is_pupil(self) -> bool:
        """Whether any file makes them a pupil."""
        return bool(self.roles & PUPILS)

    @property
    def is_staff(self) -> bool:
        """Whether any file makes them staff, and none a pupil."""
        return bool(self.roles & STAFF) and not self.is_pupil

    @property
    def is_adult(self) -> bool:
        """Whether any file makes them a parent or guardian, and none a pupil."""
        return bool(self.roles & ADULTS) and not self.is_pupil


def word(text: str | None) -> str:
    """A role, status or type as it is compared."""
    return _NOT_LETTER.sub("", (text or "").casefold())


def roles_in(text: str | None) -> set[str]:
    """The roles in a cell, which may name several."""
    return {one for part in (text or "").split(",") if (one := word(part))}
