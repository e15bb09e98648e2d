"""Sums over the report's rows, each made in one place so that no two parts of the report can differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.domain.checks.finding import Check
from app.domain.content import Kind
from reports.monitoring.data import FindingCount, MonitoringData, ReplyState, Thread, Verdict

Row = TypeVar("Row")
Key = TypeVar("Key")


def summed(rows: Iterable[Row], key: Callable[[Row], Key], figure: Callable[[Row], int]) -> Counter[Key]:
    """A figure of the rows, added up for each key."""
    sums: Counter[Key] = Counter()
    for row in rows:
        sums[key(row)] += figure(row)
    return sums


def classes_of(data: MonitoringData, named: Iterable[str | None]) -> list[str | None]:
    """The school's classes in their own order, then any other that is named, then the whole school if it is."""
    found = set(named)
    others = sorted(name for name in found if name is not None and name not in data.facts.classes)
    return [*data.facts.classes, *others, *([None] if None in found else [])]


def items_of(data: MonitoringData, *kinds: Kind) -> int:
    """How many items there are, of these kinds or of all."""
    return sum(row.items for row in data.items if not kinds or row.kind in kinds)


def posts_of(data: MonitoringData) -> int:
    """How many class and school stories there are."""
    return sum(row.items for row in data.items if row.kind.is_post)


def verdicts_of(rows: Iterable[FindingCount]) -> Counter[Verdict]:
    """Findings by verdict."""
    return summed(rows, lambda row: row.verdict, lambda row: row.findings)


def judged(verdicts: Counter[Verdict]) -> int:
    """How many findings somebody has judged."""
    return verdicts.total() - verdicts[Verdict.WAITING]


def findings_of(data: MonitoringData, check: Check) -> Counter[Verdict]:
    """One check's findings by verdict."""
    return verdicts_of(row for row in data.findings if row.check is check)


def states_of(threads: Iterable[Thread]) -> Counter[ReplyState]:
    """Threads by how they stand."""
    return Counter(thread.state for thread in threads)


def due(states: Counter[ReplyState]) -> int:
    """Threads whose time for a reply has been used or has run out: the whole that the share in time is of (P6)."""
    return states[ReplyState.IN_TIME] + states[ReplyState.LATE] + states[ReplyState.OVERDUE]
