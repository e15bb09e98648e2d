"""Monitoring and decisions (M), and what the law asks (K): looks, cases, acknowledgements, safeguarding."""

from __future__ import annotations

from datetime import timedelta

from app.domain.checks.finding import Check
from reports.kit import numbers
from reports.kit.model import Block, Cell, Column, Heading, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData
from reports.monitoring.findings import family_findings
from reports.monitoring.shape import added, counts
from reports.monitoring.words import FAMILIES, class_words


def decisions(data: MonitoringData) -> list[Block]:
    """The sections of the families M and K."""
    return [
        Heading(FAMILIES["M"]),
        Heading("Looks at class pages", 2, ("M1",)),
        _samples(data),
        Heading("Cases and outcomes", 2, ("M2", "P2", "P9", "T13")),
        Text("The headteacher alone decides what follows a breach. What was said and by whom is not in this report."),
        _cases(data),
        Heading("Staff acknowledgement", 2, ("M3",)),
        Text(_acknowledged(data)),
        *family_findings(data, "M"),
        Heading(FAMILIES["K"]),
        Heading("Safeguarding referrals", 2, ("K1",)),
        Text(
            "A possible sign of harm goes to the safeguarding lead at once, ahead of everything else. Only counts and "
            "times stand here; the safeguarding lead keeps the record."
        ),
        _safeguarding(data),
        *family_findings(data, "K"),
    ]


def _samples(data: MonitoringData) -> Table:
    columns = (Column("Class"), *counts("Planned", "Done", "Overdue", "Items looked at"))
    names = tally.classes_of(data, (row.class_name for row in data.samples)) if data.samples else []
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        own = [row for row in data.samples if row.class_name == name]
        figures = (
            sum(row.planned for row in own),
            sum(row.done for row in own),
            sum(row.overdue for row in own),
            sum(row.seen for row in own),
        )
        rows.append((class_words(name), *figures))
    return Table(
        "Looks at class pages",
        "Looks by senior leaders that fell due in the period",
        columns,
        tuple(rows),
        added(rows, columns),
        "Each look draws items at random, so that nobody chooses what is seen. The seed is kept: the same items can be "
        "drawn again.",
        "No look at class pages fell due in this period.",
    )


def _cases(data: MonitoringData) -> Table:
    columns = (Column("Status"), Column("Outcome"), *counts("Cases"))
    rows: list[tuple[Cell, ...]] = [
        (row.status, row.outcome or "No outcome yet", row.cases) for row in data.cases if row.cases
    ]
    return Table(
        "Cases",
        "Breach cases opened or open in the period, by status and outcome",
        columns,
        tuple(rows),
        added(rows, columns),
        empty="No breach case was open in this period.",
    )


def _acknowledged(data: MonitoringData) -> str:
    people = data.people
    if not people.staff:
        return "No member of staff is in the records."
    if not people.staff_silent:
        return f"All {numbers.count(people.staff)} members of staff have acknowledged the policy in force."
    read = people.staff - people.staff_silent
    return (
        f"{numbers.of(read, people.staff)} members of staff have acknowledged the policy in force; "
        f"{numbers.done(people.staff_silent, 'has', 'have')} not done so yet."
    )


def _safeguarding(data: MonitoringData) -> Table:
    known = [row.minutes for row in data.referrals if row.minutes is not None]
    median = numbers.median(known)
    made, received = len(data.referrals), sum(row.received for row in data.referrals)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Possible signs of harm found by the checks", tally.findings_of(data, Check.SAFEGUARDING).total()),
        ("Referrals made to the safeguarding lead", made),
        (
            "Receipt confirmed by the safeguarding lead",
            Share(received, made),
        ),
        ("Median time from finding to referral", None if median is None else timedelta(minutes=median)),
        ("Longest time from finding to referral", timedelta(minutes=max(known)) if known else None),
    )
    return Table(
        "Safeguarding",
        "Referrals to the safeguarding lead, and how long they took",
        (Column("What"), Column("Figure", Holds.COUNT)),
        rows,
        note=f"Times are known for {numbers.of(len(known), made)} referrals." if data.referrals else None,
    )
