"""Links and codes: codes given out and used, links by state, children without a linked adult (P3, P4, H7)."""

from __future__ import annotations

from collections import Counter

from app.services.codes import CodeLedger
from app.services.figures import LinkedChildren
from app.services.link_exceptions import LinkExceptions
from app.services.link_requests import LinkRequests
from app.services.office import Office
from reports.kit.model import Block, Heading, Table
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import SCHOOL_ONLY, columns, compose, days_of, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Links and codes"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    day_of = days_of(office, period)
    ledger = [line for line in office.ask(CodeLedger()) if day_of(line.issued_at) in period]
    states: Counter[tuple[str, str]] = Counter((line.class_name or "No class", line.state.value) for line in ledger)
    names = sorted({name for name, _ in states})
    kinds = sorted({state for _, state in states})
    linked = office.ask(LinkedChildren())
    asked = Counter(line.state for line in office.ask(LinkRequests()))
    return (
        Heading("Linking codes", clauses=("P3",)),
        Table(
            "Codes",
            "Codes given out in the period, by class and what became of them",
            columns("Class", *((kind.capitalize(), Holds.COUNT) for kind in kinds), ("All", Holds.COUNT)),
            tuple(
                (name, *(states[name, kind] for kind in kinds), sum(states[name, kind] for kind in kinds))
                for name in names
            ),
            empty="No code was given out in this period.",
        ),
        Heading("Linked adults", clauses=("H7", "P4")),
        Table(
            "Linked",
            "Children by class and number of linked adults, today",
            columns("Class", *((one.name, Holds.COUNT) for one in linked.series)),
            tuple(
                (label, *(int(one.values[at] or 0) for one in linked.series)) for at, label in enumerate(linked.labels)
            ),
            empty="There is no child on roll.",
        ),
        Heading("Requests to be linked", clauses=("P4",)),
        Table(
            "Requests",
            "Requests that stand on record, by what became of them",
            columns("State", ("Requests", Holds.COUNT)),
            tuple((str(state).capitalize(), number) for state, number in sorted(asked.items(), key=str)),
            empty="No request is on record.",
        ),
        Table(
            "Exceptions",
            "Exceptions for a third adult",
            columns("What", ("Number", Holds.COUNT)),
            (("Exceptions in force", len(office.ask(LinkExceptions()))),),
        ),
    )


gather = gatherer(TITLE, SCHOOL_ONLY, _blocks)
