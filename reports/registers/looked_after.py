"""The looked-after summary: counts alone, for leaders (T11)."""

from __future__ import annotations

from app.services.office import Office
from app.services.reporting import CareSummaryOf
from reports.kit.model import Block, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Looked-after children: summary"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    del period
    told = office.ask(CareSummaryOf())
    return (
        Heading("Looked-after children today", clauses=("T11",)),
        Text(
            "Counts alone. Who the children are, and why they may not be shown, stands only in each child's record, "
            "and every look at it is audited."
        ),
        Table(
            "Looked after",
            "Care records and what they lead to",
            columns("What", ("Children", Holds.COUNT)),
            (
                ("Children on roll", told.pupils),
                ("With a care record", told.recorded),
                ("Who may not be pictured, for whatever reason", told.barred),
                ("Whose record is to be reviewed within 60 days, or is overdue", told.reviews_due),
            ),
        ),
    )


gather = gatherer(TITLE, "Restricted: for senior leaders, the safeguarding lead and the headteacher.", _blocks)
