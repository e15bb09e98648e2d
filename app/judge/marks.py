"""The marks that the judge gives chances for, the checks it weighs and the office's topics, and where each applies."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.checks.finding import Check, Finding
from app.domain.checks.lexicon import OFFICE_TOPICS
from app.domain.content import AuthorRole, Item, Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """A check, and for the office's its topic."""

    check: Check
    topic: str = ""

    @property
    def label(self) -> str:
        """Its name in tables: "personal", "office:absence"."""
        return f"{self.check.value}:{self.topic}" if self.topic else self.check.value


MARKS: tuple[Mark, ...] = (
    Mark(Check.SENSITIVE),
    Mark(Check.PERSONAL),
    Mark(Check.ABUSE),
    Mark(Check.COMPARE),
    Mark(Check.RESHARE),
    Mark(Check.SAFEGUARDING),
    *(Mark(Check.OFFICE, topic) for topic in OFFICE_TOPICS),
    Mark(Check.CONTACT),
)
"""The marks in the order of the weights' columns."""


def applies(mark: Mark, item: Item) -> bool:
    """Whether a mark can stand on such an item at all, by who wrote it and where (policy T5, T9, T10, P7, P10)."""
    role, kind = item.author.role, item.kind
    if mark.check in (Check.SENSITIVE, Check.CONTACT):
        return kind.is_open
    if mark.check is Check.PERSONAL:
        return role is not AuthorRole.PUPIL and kind is not Kind.PORTFOLIO
    if mark.check is Check.OFFICE:
        return role is AuthorRole.PARENT and kind in (Kind.MESSAGE, Kind.COMMENT)
    return True


def is_of(finding: Finding, mark: Mark) -> bool:
    """Whether a finding says a mark."""
    return finding.check is mark.check and (not mark.topic or mark.topic in finding.topics)
