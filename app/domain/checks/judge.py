"""The place for a second reader: something that looks at an item after the rules and corrects their topic findings.

The rules stand alone. A judge may add findings, or take some away, and gives its reasons in each finding's `why`; the
engine keeps it from touching what is a matter of fact (names, permissions, hours, people, points).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading

JUDGED = frozenset(
    {
        Check.SENSITIVE,
        Check.PERSONAL,
        Check.OFFICE,
        Check.ABUSE,
        Check.COMPARE,
        Check.RESHARE,
        Check.SAFEGUARDING,
    }
)
"""The checks that weigh words, on which a judge may have its say."""

MAY_ADD = JUDGED | {Check.CONTACT}
"""The checks that a judge may find where the rules do not: a contact detail may be written as no rule foresees."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a closer reader said of an item once: `said` in its own signs, `of` a digest of all that it had read."""

    said: bytes
    of: bytes


class Judge(Protocol):
    """Reads an item with what the rules found, and says which topic findings should stand."""

    def judge(self, reading: Reading, found: Sequence[Finding], earlier: Kept | None = None) -> Sequence[Finding]:
        """The topic findings that should stand, of checks in `JUDGED`; the rest are kept as they are. It may add those
        of `MAY_ADD`.

        Where a closer reader's word was kept, it counts in place of the judge's own.
        """
        ...

    def fits(self, reading: Reading, kept: Kept) -> bool:
        """Whether what was kept is of the very words that stand there now."""
        ...


class CloseReader(Protocol):
    """Reads items so closely that it is worth keeping what it said."""

    def read(self, readings: Sequence[Reading]) -> list[Kept]:
        """What is to be kept of each. It takes tens of milliseconds for one."""
        ...
