"""The place for a second reader: something that looks at an item after the rules and corrects their topic findings.

The rules stand alone. A judge may add findings, or take some away, and gives its reasons in each finding's `why`; the
engine keeps it from touching what is a matter of fact (names, permissions, hours, people, points).
"""

from __future__ import annotations

from collections.abc import Sequence
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


class Judge(Protocol):
    """Reads an item with what the rules found, and says which topic findings should stand."""

    def judge(self, reading: Reading, found: Sequence[Finding]) -> Sequence[Finding]:
        """The topic findings that should stand, of checks in `JUDGED` only; the rest are kept as they are."""
        ...
