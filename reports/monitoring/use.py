"""What the service is for (H): how much was posted, said and awarded, and for what."""

from __future__ import annotations

from datetime import date

from app.domain.content import Kind
from app.domain.days import monday_of
from reports.kit import numbers
from reports.kit.model import Block, Callout, Cell, Chart, Column, Heading, Shape, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData
from reports.monitoring.findings import family_findings
from reports.monitoring.shape import added, counts
from reports.monitoring.words import FAMILIES, class_words

NONE = "Nothing was brought in for this period."
_NOT_POINTS = tuple(kind for kind in Kind if kind is not Kind.POINTS)


def use(data: MonitoringData) -> list[Block]:
    """The sections of the family H."""
    return [
        Heading(FAMILIES["H"]),
        Heading("How it was used", 2, ("H1", "H9", "H10", "H11", "T6", "T7", "P13")),
        *_by_week(data),
        _by_kind(data),
        Callout(
            "Read these figures as they are meant",
            (
                "The number of posts varies with what happens in school, from week to week and between year groups "
                "(P13). No figure here is a target, and classes stand in the school's own order: this is not a ranking "
                "of classes or of staff.",
            ),
        ),
        _by_class(data),
        Heading("Points for the School Ways", 2, ("H8", "M4")),
        *_points(data),
        *family_findings(data, "H"),
    ]


def _weeks(data: MonitoringData) -> list[date]:
    """The period's weeks that have begun."""
    today = monday_of(data.facts.generated_at.date())
    sent = {row.week for row in data.items}
    return [week for week in data.period.weeks() if week <= today or week in sent]


def _by_week(data: MonitoringData) -> list[Block]:
    sums = tally.summed(data.items, lambda row: (row.week, row.kind), lambda row: row.items)
    columns = (Column("Week of", Holds.DATE), *counts(*(kind.words for kind in Kind), "All"))
    rows: list[tuple[Cell, ...]] = []
    if data.items:
        for week in _weeks(data):
            figures = [sums[week, kind] for kind in Kind]
            rows.append((week, *figures, sum(figures)))
    table = Table(
        "Items by week",
        "Items by week and kind",
        columns,
        tuple(rows),
        added(rows, columns),
        empty=NONE,
    )
    chart = Chart(
        "Posts, comments, messages and portfolio entries by week",
        Shape.COLUMNS,
        table,
        "Week of",
        tuple(kind.words for kind in _NOT_POINTS),
        _busiest(data),
    )
    return [chart, table] if rows else [table]


def _busiest(data: MonitoringData) -> str:
    sums = tally.summed(
        (row for row in data.items if row.kind is not Kind.POINTS), lambda row: row.week, lambda row: row.items
    )
    if not sums.total():
        return "Only points awards were brought in; they are in the table."
    week = max(sorted(sums), key=lambda each: sums[each])
    return (
        f"The fullest week began on {numbers.day(week)}, with {numbers.counted(sums[week], 'item')}. "
        "Points awards are not drawn; the table has them."
    )


def _by_kind(data: MonitoringData) -> Table:
    columns = (
        Column("Kind"),
        *counts("Items", "With pictures or work"),
        Column("Share with pictures or work", Holds.SHARE),
    )
    items = tally.summed(data.items, lambda row: row.kind, lambda row: row.items)
    pictures = tally.summed(data.items, lambda row: row.kind, lambda row: row.pictures)
    rows: list[tuple[Cell, ...]] = [
        (kind.words, items[kind], pictures[kind], Share(pictures[kind], items[kind]))
        for kind in (Kind if data.items else ())
    ]
    total = ("All", items.total(), pictures.total(), Share(pictures.total(), items.total()))
    return Table(
        "Items by kind", "Items by kind, and how many carry pictures or work", columns, tuple(rows), total, empty=NONE
    )


def _by_class(data: MonitoringData) -> Table:
    sums = tally.summed(data.items, lambda row: (row.class_name, row.kind), lambda row: row.items)
    columns = (Column("Class"), *counts(*(kind.words for kind in Kind), "All"))
    rows: list[tuple[Cell, ...]] = []
    for name in tally.classes_of(data, (row.class_name for row in data.items)) if data.items else []:
        figures = [sums[name, kind] for kind in Kind]
        rows.append((class_words(name), *figures, sum(figures)))
    return Table(
        "Items by class",
        "Items by class and kind",
        columns,
        tuple(rows),
        added(rows, columns),
        empty=NONE,
    )


def _points(data: MonitoringData) -> list[Block]:
    removals = sum(row.removals for row in data.points)
    awards = sum(row.awards for row in data.points)
    if not awards:
        says = "No points award is on record for this period."
    elif removals:
        says = (
            f"{numbers.opening(awards, 'award is', 'awards are')} on record. "
            f"{numbers.capital(numbers.done(removals, 'is', 'are'))} below zero, which the policy does not allow: "
            "points are never taken away."
        )
    else:
        says = f"{numbers.opening(awards, 'award is', 'awards are')} on record, none of them below zero."
    return [Text(says), _by_way(data), _ways_by_class(data)]


def _whole(points: float) -> int | float:
    return int(points) if points == int(points) else points


def _ways(data: MonitoringData) -> list[str]:
    return list(dict.fromkeys(row.way for row in data.points))


def _by_way(data: MonitoringData) -> Table:
    columns = (
        Column("School Way"),
        *counts("Awards", "Points", "Below zero"),
        Column("Share of awards", Holds.SHARE),
    )
    whole = sum(row.awards for row in data.points)
    rows: list[tuple[Cell, ...]] = []
    for way in _ways(data):
        own = [row for row in data.points if row.way == way]
        awards = sum(row.awards for row in own)
        points = _whole(sum(row.points for row in own))
        rows.append((way, awards, points, sum(row.removals for row in own), Share(awards, whole)))
    return Table(
        "Points by School Way",
        "Points by School Way",
        columns,
        tuple(rows),
        added(rows, columns),
        empty="No points award is on record for this period.",
    )


def _ways_by_class(data: MonitoringData) -> Table:
    ways = _ways(data)
    sums = tally.summed(data.points, lambda row: (row.class_name, row.way), lambda row: row.awards)
    columns = (Column("Class"), *counts(*ways, "All awards"))
    rows: list[tuple[Cell, ...]] = []
    for name in tally.classes_of(data, (row.class_name for row in data.points)) if ways else []:
        figures = [sums[name, way] for way in ways]
        rows.append((class_words(name), *figures, sum(figures)))
    return Table(
        "Awards by class",
        "Awards by class and School Way",
        columns,
        tuple(rows),
        added(rows, columns),
        empty="No points award is on record for this period.",
    )
