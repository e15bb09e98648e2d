"""Who may write: no pupils (policy H6), and of adults only staff and linked guardians (policy P4)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading
from app.domain.checks.register import LinkState
from app.domain.content import AuthorRole

_STANDING = {
    LinkState.INVITED: "has been invited but is not linked yet",
    LinkState.SUSPENDED: "is suspended",
    LinkState.REMOVED: "has been removed",
}


def pupil_author(reading: Reading) -> list[Finding]:
    """A pupil wrote a message or a comment."""
    if not reading.is_talk or reading.item.author.role is not AuthorRole.PUPIL:
        return []
    why = f"A pupil wrote this {reading.item.kind.value}. Pupils may not send messages or comments."
    return [Finding(Check.PUPIL_AUTHOR, "H6", why)]


def outsider(reading: Reading) -> list[Finding]:
    """A message or a comment from an adult who is neither staff nor a guardian whose link stands."""
    author, school = reading.item.author, reading.school
    if not reading.is_talk or author.role not in (AuthorRole.PARENT, AuthorRole.UNKNOWN):
        return []
    if author.id is not None and (author.id in school.linked or author.id in school.staff):
        return []
    guardian = school.guardians.get(author.id) if author.id is not None else None
    if guardian is None:
        why = "The writer is neither a member of staff nor a guardian in the register."
    else:
        why = f"The writer is a guardian in the register who {_STANDING[guardian.link]}."
    return [Finding(Check.OUTSIDER, "P4", why)]
