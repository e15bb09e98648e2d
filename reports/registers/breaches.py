"""The register of personal data breaches: every one, with the decision to report or not (K2)."""

from __future__ import annotations

from app.services.data_breaches import RISKS, DataBreaches
from app.services.office import Office
from reports.kit.model import Block, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, days_of, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Register of data breaches"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    day_of = days_of(office, period)
    rows = tuple(
        (
            line.reference,
            day_of(line.aware_at),
            RISKS.get(line.risk or "", "Not judged yet"),
            {True: "Reported", False: "Not reported", None: "Not decided yet"}[line.reported],
            line.decided_at - line.aware_at if line.decided_at else None,
        )
        for line in office.ask(DataBreaches())
        if day_of(line.aware_at) in period
    )
    return (
        Heading("Personal data breaches", clauses=("K2",)),
        Text(
            "Every breach is recorded, also one that is not reported. Where a risk to people is likely, the ICO is "
            "told within 72 hours of the moment the school became aware. The reasons stand in the register itself."
        ),
        Table(
            "Breaches",
            "Breaches of which the school became aware in the period",
            columns("Reference", ("Aware on", Holds.DATE), "Risk to people", "ICO", ("Until decided", Holds.DURATION)),
            rows,
            empty="No personal data breach is recorded for this period.",
        ),
    )


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
