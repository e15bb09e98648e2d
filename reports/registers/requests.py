"""Requests with a date: message histories asked for from the service (M1, K3)."""

from __future__ import annotations

from app.services.histories import Histories
from app.services.office import Office
from reports.kit.model import Block, Heading, Table
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Requests"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    rows = tuple(
        (line.asked_on, line.due_on, line.received_on, line.state.capitalize(), line.reviewed_on, line.sha256 or "")
        for line in office.ask(Histories())
        if line.asked_on in period
    )
    return (
        Heading("Message histories asked for", clauses=("M1",)),
        Table(
            "Histories",
            "Requests to the service, with the digest of what came",
            columns(
                ("Asked", Holds.DATE),
                ("Due", Holds.DATE),
                ("Came", Holds.DATE),
                "State",
                ("Read", Holds.DATE),
                "SHA-256 of the file",
            ),
            rows,
            empty="No history was asked for in this period.",
        ),
    )


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
