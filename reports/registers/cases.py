"""The register of cases: references, clauses, outcomes and days, and never what was said (M2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from app.domain.letters import language_words
from app.services.case_register import DecisionsMade
from app.services.cases import Cases
from app.services.office import Office
from app.store.reads.case_outcomes import DecisionMade
from reports.kit.model import Block, Cell, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, days_of, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Register of cases"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    day_of = days_of(office, period)
    rows: list[tuple[Cell, ...]] = []
    for line in office.ask(Cases()):
        if day_of(line.opened_at) not in period:
            continue
        taken: timedelta | None = line.decided_at - line.opened_at if line.decided_at else None
        rows.append(
            (
                line.reference,
                line.clause,
                line.about_role.words,
                day_of(line.opened_at),
                line.status.words,
                line.outcome.words if line.outcome else "None yet",
                taken,
                line.ends_on or line.review_on,
            )
        )
    return (
        Heading("Cases opened in the period", clauses=("M2",)),
        Text("The headteacher alone decides. Whom a case concerns, and what it says, stands only in the case."),
        Table(
            "Cases",
            "Cases by reference",
            columns(
                "Case",
                "Clause",
                "About",
                ("Opened", Holds.DATE),
                "State",
                "Outcome",
                ("Until decided", Holds.DURATION),
                ("Ends or is reviewed", Holds.DATE),
            ),
            tuple(sorted(rows, key=lambda row: str(row[0]))),
            empty="No case was opened in this period.",
        ),
        Heading("Decisions made in the period, and what followed", clauses=("M2", "P2", "P9")),
        Text(
            "A decision is replaced, never overwritten. Links end in the same moment as the decision; in ClassDojo "
            "somebody does it by hand and says so. An appeal is heard by somebody other than the person who decided."
        ),
        Table(
            "Decisions",
            "Decisions by case, with links, letters and appeals",
            columns(
                "Case",
                ("Decided", Holds.DATE),
                "Outcome",
                ("Links ended", Holds.COUNT),
                ("Done in ClassDojo", Holds.DATE),
                "Letter in",
                "Appeal",
                ("Let back", Holds.DATE),
            ),
            tuple(_decision(one, day_of) for one in office.ask(DecisionsMade(period.first, period.last))),
            empty="No decision was made in this period.",
        ),
    )


def _decision(one: DecisionMade, day_of: Callable[[datetime], date]) -> tuple[Cell, ...]:
    appeal = "None"
    if one.appealed_on is not None:
        appeal = one.appeal.words if one.appeal else "To be heard"
    return (
        one.reference,
        day_of(one.decided_at),
        f"{one.outcome.words} (replaced)" if one.replaced else one.outcome.words,
        one.links_ended,
        day_of(one.in_classdojo_at) if one.in_classdojo_at else None,
        ", ".join(dict.fromkeys(language_words(code) for code in one.letters)),
        appeal,
        day_of(one.let_back_at) if one.let_back_at else None,
    )


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
