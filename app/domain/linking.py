"""Who may be joined to a child on the messaging service (P4): the cap, exceptions, bars, leavers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.checks.register import LinkState


class Contact(StrEnum):
    """How far an adult may be in touch with a child. Anything but open stops codes and links."""

    OPEN = "open"
    RESTRICTED = "restricted"
    BARRED = "barred"

    @property
    def words(self) -> str:
        """How it is named on screens, for those who may see why."""
        return {Contact.OPEN: "Open", Contact.RESTRICTED: "Restricted", Contact.BARRED: "Barred"}[self]

    @property
    def stops(self) -> bool:
        """No code may be given to the adult, and no link made."""
        return self is not Contact.OPEN


NOT_TO_BE_LINKED = "May not be linked"
"""All that is said of a bar to those who may not read why."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rule needs to know about an adult and a child."""

    tied: bool
    """The register ties this adult to this child."""
    barred: bool
    """A court order or the school bars contact."""
    on_roll: bool
    """The child has not left."""
    linked_others: int
    """How many other adults are linked to the child now."""
    cap: int = 2
    """How many adults the policy allows for a child."""
    exception: bool = False
    """A senior leader or the headteacher has allowed one adult more, with a reason and a review date."""


@dataclass(frozen=True, slots=True)
class LinkRuling:
    """May they be joined, and every reason against."""

    allowed: bool
    reasons: tuple[str, ...]
    alert: bool = False
    """Somebody in charge must be told at once: a barred adult tried."""
    full: bool = False
    """As many adults are linked as the policy allows; an exception would allow one more."""


def may_link(standing: Standing) -> LinkRuling:
    """The ruling on joining one adult to one child."""
    reasons = []
    if standing.barred:
        reasons.append("Contact with this child is barred.")
    if not standing.tied:
        reasons.append("The register does not name this adult for this child.")
    if not standing.on_roll:
        reasons.append("The child has left the school.")
    full = standing.linked_others >= standing.cap and not standing.exception
    if full:
        reasons.append(
            f"The child already has {standing.linked_others} linked adults, and the policy allows {standing.cap}. "
            "Ask a senior leader for an exception."
        )
    return LinkRuling(not reasons, tuple(reasons), alert=standing.barred, full=full)


LINK_WORDS: dict[LinkState, str] = {
    LinkState.LINKED: "Linked",
    LinkState.INVITED: "Invited",
    LinkState.SUSPENDED: "Suspended",
    LinkState.REMOVED: "Removed",
}


def suspended_words(until: date | None) -> str:
    """A suspended link's chip."""
    return f"Suspended until {until.day} {until:%b}" if until else "Suspended"
