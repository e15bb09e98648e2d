"""The yearly review as the records give it, read through the office's door at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.annual_review import ReviewShown
from app.services.office import Office
from app.services.reporting import PackOf, SchoolAsReported
from reports.kit.model import Masthead
from reports.kit.numbers import day
from reports.period import Period


@dataclass(frozen=True, slots=True)
class PackData:
    """Everything that the pack and the governors' summary say."""

    period: Period
    school: SchoolAsReported
    review: ReviewShown

    @property
    def policy(self) -> str:
        """The version in words."""
        if self.school.policy is None:
            return "No policy is recorded"
        number, since = self.school.policy
        return f"Policy version {number}, in force since {day(since)}"

    def masthead(self, title: str, audience: str) -> Masthead:
        """What every page carries. A signed review prints the audit's head of its signature."""
        return Masthead(
            school=self.school.name,
            title=title,
            period=self.period.words,
            policy=self.policy,
            generated_at=self.school.at,
            generated_by=self.school.by,
            audit_head=self.review.audit_head or self.school.audit_head,
            audience=audience,
        )


class PackReads:
    """Asks once."""

    def __init__(self, office: Office, period: Period) -> None:
        self._rows = office.ask(PackOf(period.first, period.last))

    def facts(self) -> SchoolAsReported:
        """The school, and who makes the report when."""
        return self._rows.school

    def pack(self, period: Period) -> PackData:
        """The review over the period."""
        return PackData(period, self._rows.school, self._rows.review)


def gather(reads: PackReads, period: Period) -> PackData:
    """The pack's figures as the records stand now."""
    return reads.pack(period)
