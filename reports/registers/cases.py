"""The register of cases: references, clauses, outcomes and days, and never what was said (M2)."""

from __future__ import annotations

from datetime import timedelta

from app.services.cases import Cases
from app.services.office import Office
from reports.kit.model import Block, Cell, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Register of cases"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    rows: list[tuple[Cell, ...]] = []
    for line in office.ask(Cases()):
        if line.opened_at.date() not in period:
            continue
        taken: timedelta | None = line.decided_at - line.opened_at if line.decided_at else None
        rows.append(
            (
                line.reference,
                line.clause,
                line.about_role.words,
                line.opened_at.date(),
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
            tuple(_decision(one, office) for one in office.ask(DecisionsMade(period.first, period.last))),
            empty="No decision was made in this period.",
        ),
    )


def _decision(one: DecisionMade, office: Office) -> tuple[Cell, ...]:
    appeal = "None"
    if one.appealed_on is not None:
        appeal = one.appeal.words if one.appeal else "To be heard"
    return (
        one.reference,
        one.decided_at.date(),
        f"{one.outcome.words} (replaced)" if one.replaced else one.outcome.words,
        one.links_ended,
        one.in_classdojo_at.date() if one.in_classdojo_at else None,
        ", ".join(dict.fromkeys(language_words(code) for code in one.letters)),
        appeal,
        one.let_back_at.date() if one.let_back_at else None,
    )


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
