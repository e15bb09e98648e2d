"""The register of decisions: what the headteacher decided, and what followed, by reference alone (M2, P2, P9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.roles import LEADERS
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.case_outcomes import DecisionMade, decisions_made
from app.store.reads.monitoring import MonitoringFigures


@dataclass(frozen=True, slots=True)
class DecisionsMade(Query[tuple[DecisionMade, ...]]):
    """The decisions of a period, `last` included, by the school's own days."""

    first: date
    last: date


@answers(DecisionsMade, roles=LEADERS)
def list_decisions_made(query: DecisionsMade, view: View) -> tuple[DecisionMade, ...]:
    """In the order they were made; no word of a case, and nobody's name."""
    figures = MonitoringFigures(view.session, query.first, query.last, view.now)
    return decisions_made(view.session, figures.starts, figures.ends)
