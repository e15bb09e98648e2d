"""The four roles a person can sign in with (policy H5: who may see and do what)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person is in the school."""

    OFFICE = "office"
    SLT = "slt"
    SAFEGUARDING = "safeguarding"
    HEADTEACHER = "headteacher"

    @property
    def words(self) -> str:
        """How the role is named on screens."""
        return {
            Role.OFFICE: "Office",
            Role.SLT: "Senior leader",
            Role.SAFEGUARDING: "Safeguarding lead",
            Role.HEADTEACHER: "Headteacher",
        }[self]


EVERYONE = frozenset(Role)
LEADERS = frozenset({Role.SLT, Role.SAFEGUARDING, Role.HEADTEACHER})
HEAD = frozenset({Role.HEADTEACHER})
SAFEGUARDERS = frozenset({Role.SAFEGUARDING, Role.HEADTEACHER})
