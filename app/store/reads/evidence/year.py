"""A school year of the records, counted in the few ways that the clauses' evidence needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from statistics import median

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.annual import Evidence
from app.domain.content import Kind
from app.store.reads.case_outcomes import DecisionMade, decisions_made
from app.store.reads.monitoring import MonitoringFigures
from app.store.tables.base import Base
from app.store.tables.cases import CaseRow
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow

Shows = Callable[["Year"], tuple[Evidence, ...]]
SHOWS: dict[str, Shows] = {}
"""What each clause shows, by its code."""


def shows(*codes: str) -> Callable[[Shows], Shows]:
    """Enter what some clauses show."""

    def enter(gather: Shows) -> Shows:
        for code in codes:
            if code in SHOWS:
                raise TypeError(f"{code} is entered already")
            SHOWS[code] = gather
        return gather

    return enter


class Year:
    """The records from `first` to `last`, both inclusive, as they stand at `now`."""

    def __init__(self, session: Session, first: date, last: date, now: datetime) -> None:
        self.session, self.first, self.last, self.now = session, first, last, now
        self.figures = MonitoringFigures(session, first, last, now)
        self.today = self.figures.today

    def within(
        self, column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    ) -> ColumnElement[bool]:
        """A moment lies in the year."""
        return (column >= self.figures.starts) & (column < self.figures.ends)

    def day_within(
        self, column: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
    ) -> ColumnElement[bool]:
        """A day lies in the year."""
        return (column >= self.first) & (column <= self.last)

    def count(self, table: type[Base], *where: ColumnElement[bool]) -> int:
        """Rows of a table."""
        return self.session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    @cached_property
    def people(self) -> dict[str, int]:
        """Who has joined and accepted, now."""
        return self.figures.people()

    @cached_property
    def items(self) -> Counter[Kind]:
        """Items by kind."""
        counts: Counter[Kind] = Counter()
        for _, _, kind, number, _ in self.figures.items():
            counts[kind] += number
        return counts

    @cached_property
    def posts(self) -> int:
        """Class and school story posts."""
        return self.items[Kind.CLASS_STORY] + self.items[Kind.SCHOOL_STORY]

    @cached_property
    def findings(self) -> Counter[tuple[str, str, str]]:
        """Findings by check, clause and state."""
        counts: Counter[tuple[str, str, str]] = Counter()
        for check, clause, _, state, number in self.figures.findings():
            counts[check, clause, state] += number
        return counts

    def found(self, check: str | None = None, clause: str | None = None, states: Iterable[str] = ()) -> int:
        """Findings of a check, under a clause, in some states."""
        wanted = frozenset(states)
        return sum(
            number
            for (one, under, state), number in self.findings.items()
            if (check is None or one == check)
            and (clause is None or under == clause)
            and (not wanted or state in wanted)
        )

    def judged(self, name: str, check: str | None = None, clause: str | None = None) -> tuple[Evidence, ...]:
        """Found, upheld or advised, false alarms, waiting: what most content clauses show."""
        return (
            Evidence(f"{name}: findings", self.found(check, clause)),
            Evidence(f"{name}: upheld, or advice given", self.found(check, clause, ("upheld", "advice"))),
            Evidence(f"{name}: false alarms", self.found(check, clause, ("false_alarm",))),
            Evidence(f"{name}: waiting to be judged", self.found(check, clause, ("open",))),
        )

    def cases(self, *clauses: str) -> int:
        """Cases opened in the year, under some clauses or any."""
        where = [self.within(CaseRow.opened_at)]
        if clauses:
            where.append(CaseRow.clause.in_(clauses))
        return self.count(CaseRow, *where)

    @cached_property
    def decisions(self) -> tuple[DecisionMade, ...]:
        """Every decision in a case that was made in the year, and what followed from it."""
        return decisions_made(self.session, self.figures.starts, self.figures.ends)

    def outcomes(self) -> Counter[str]:
        """Decisions in force that were made in the year, by outcome; without those taken back on appeal."""
        return Counter(one.outcome.value for one in self.decisions if one.in_force)

    def finding_posts(self, kind: Kind) -> int:
        """Findings upheld or advised on items of a kind."""
        return (
            self.session.scalar(
                select(func.count())
                .select_from(FindingRow)
                .join(ItemRow, ItemRow.id == FindingRow.item_id)
                .where(ItemRow.kind == kind, self.within(ItemRow.sent_at), FindingRow.state.in_(("upheld", "advice")))
            )
            or 0
        )


def middle(values: Iterable[float], unit: str, label: str) -> Evidence:
    """The median of some values; none recorded where there are none."""
    known = list(values)
    return Evidence(label, round(median(known), 1) if known else None, unit=unit)
