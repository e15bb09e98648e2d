"""Points by School Way and class, and what was taken away (H8, M4)."""

from __future__ import annotations

from app.services.figures import PointsOf
from app.services.office import Office
from reports.kit.model import Block, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring.shape import added
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Points by School Way"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    rows = office.ask(PointsOf(period.first, period.last))
    shown = columns(
        "School Way", "Class", ("Awards", Holds.COUNT), ("Points", Holds.COUNT), ("Taken away", Holds.COUNT)
    )
    cells = [
        (way, class_name or "No class", awards, int(points) if float(points).is_integer() else points, removals)
        for way, class_name, awards, points, removals in rows
    ]
    return (
        Heading("Points", clauses=("H8", "M4")),
        Text("Points reward the School Ways and are never taken away. Classes differ in size: this is no league."),
        Table(
            "Points",
            "Points by School Way and class",
            shown,
            tuple(cells),
            added(cells, shown),
            empty="No point was awarded in this period.",
        ),
    )


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
