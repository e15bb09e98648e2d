"""`report`."""

from __future__ import annotations

from pathlib import Path

from app.cli.context import Context
from app.domain.problems import Problem
from reports.catalogue import REPORTS
from reports.catalogue import report as named
from reports.making import make


def report(context: Context) -> int:
    """List the reports, or make one as PDF or XLSX."""
    if context.said.list:
        context.answer(
            [{"id": r.id, "title": r.title, "says": r.says, "roles": sorted(r.may_make)} for r in REPORTS],
            [f"{r.id:<16} {r.title}: {r.says}" for r in REPORTS],
        )
        return 0
    if not context.said.id or not context.said.out:
        raise Problem("Say which report and where to: schoolgate report monitoring --out report.pdf")
    wanted, place = named(context.said.id), Path(context.said.out)
    office = context.office()
    try:
        made = make(office, wanted, place, context.said.starts, context.said.ends)
    finally:
        office.close()
    context.answer(
        {
            "report": wanted.id,
            "file": str(place),
            "from": made.starts.isoformat(),
            "to": made.ends.isoformat(),
            "sha256": made.sha256,
        },
        [f"{wanted.title}, {made.starts:%d %b %Y} to {made.ends:%d %b %Y}: {place}"],
    )
    return 0
