"""Requests with a date: by people about their own data, and for message histories (M1, K3, H12). Nobody is named."""

from __future__ import annotations

from app.domain.data_requests import State
from app.services.data_request_board import DataRequestLine, DataRequests
from app.services.histories import Histories
from app.services.office import Office
from reports.kit.model import Block, Heading, Table
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Requests"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    return (*_about_data(office, period), *_histories(office, period))


def _about_data(office: Office, period: Period) -> tuple[Block, ...]:
    """The register without who asks: the number is enough to find a request again."""
    lines = [line for line in office.ask(DataRequests()) if line.clock.received in period]
    rows = tuple(
        (
            line.reference,
            line.kind.words,
            line.clock.received,
            line.clock.due,
            "Yes" if line.extended else "",
            line.clock.answered,
            (line.clock.answered - line.clock.received).days if line.clock.answered is not None else None,
            _ended(line),
        )
        for line in sorted(lines, key=lambda line: (line.clock.received, line.id))
    )
    return (
        Heading("Requests by people about their own data", clauses=("K3", "H12")),
        Table(
            "Data requests",
            "Requests to see, correct or delete data, or to object",
            columns(
                "Request",
                "What was asked",
                ("Received", Holds.DATE),
                ("Due", Holds.DATE),
                "Extended",
                ("Answered", Holds.DATE),
                ("Days", Holds.COUNT),
                "State",
            ),
            rows,
            note="The law gives one calendar month, and longer while the school waits for the person.",
            empty="Nobody asked about their own data in this period.",
        ),
    )


def _ended(line: DataRequestLine) -> str:
    if line.result is None:
        return {State.OVERDUE: "Overdue", State.PAUSED: "Paused"}.get(line.state, "Open")
    return line.result.words if line.clock.in_time else f"{line.result.words}, late"


def _histories(office: Office, period: Period) -> tuple[Block, ...]:
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
