"""What every register shares: the school, the period, and blocks that were made from the records at one moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.services.office import Office
from app.services.reporting import SchoolAsReported, SchoolOf
from reports.kit.model import Block, Column, Document, Masthead, Text
from reports.kit.model import Kind as Holds
from reports.kit.numbers import day
from reports.period import Period

LEADERS_ONLY = "For senior leaders."
SCHOOL_ONLY = "For the school's own use."


@dataclass(frozen=True, slots=True)
class Register:
    """A register's blocks, frozen as they were when it was gathered."""

    title: str
    audience: str
    period: Period
    school: SchoolAsReported
    blocks: tuple[Block, ...]


class Reads:
    """Asks the records through the office's door."""

    def __init__(self, office: Office, period: Period) -> None:
        self.office, self.period = office, period
        self._school = office.ask(SchoolOf(period.first, period.last))

    def facts(self) -> SchoolAsReported:
        """The school, and who makes the report when."""
        return self._school


def days_of(office: Office, period: Period) -> Callable[[datetime], date]:
    """From a moment to the school's own day: just after midnight in summer, UTC still says yesterday."""
    zone = office.ask(SchoolOf(period.first, period.last)).at.tzinfo
    return lambda moment: moment.astimezone(zone).date()


def gatherer(
    title: str, audience: str, blocks: Callable[[Office, Period], tuple[Block, ...]]
) -> Callable[[Reads, Period], Register]:
    """How a register is gathered: once, into blocks."""

    def gather(reads: Reads, period: Period) -> Register:
        return Register(title, audience, period, reads.facts(), blocks(reads.office, period))

    return gather


def compose(data: Register) -> Document:
    """The register as a document."""
    school = data.school
    policy = "No policy is recorded"
    if school.policy is not None:
        policy = f"Policy version {school.policy[0]}, in force since {day(school.policy[1])}"
    head = Masthead(
        school=school.name,
        title=data.title,
        period=data.period.words,
        policy=policy,
        generated_at=school.at,
        generated_by=school.by,
        audit_head=school.audit_head,
        audience=data.audience,
    )
    left_out = (Text(school.destroyed, quiet=True),) if school.destroyed else ()
    return Document(head, (*data.blocks, *left_out))


def columns(*titles: str | tuple[str, Holds]) -> tuple[Column, ...]:
    """Columns by their headings; text where nothing else is said."""
    return tuple(Column(one) if isinstance(one, str) else Column(*one) for one in titles)
