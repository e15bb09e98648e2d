"""Sampling: looks planned and done, their seeds, and what they tell of the checks (M1)."""

from __future__ import annotations

from app.domain.sampling import missed_words
from app.services.monitoring_plan import MonitoringPlan
from app.services.office import Office
from app.services.sampling import DrawsOf
from reports.kit.model import Block, Cell, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, days_of, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Samples drawn"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    terms = [term for term in office.ask(MonitoringPlan()).terms if term[2] <= period.last and term[3] >= period.first]
    day_of = days_of(office, period)
    rows: list[tuple[Cell, ...]] = []
    draws: list[tuple[Cell, ...]] = []
    blocks: list[Block] = [
        Heading("Looks by senior leaders", clauses=("M1",)),
        Text(
            "Items are put in the order of the SHA-256 of “seed:number” and the first of each kind are taken. Whoever "
            "has the seed can draw the same items again."
        ),
    ]
    for id_, name, *_ in terms:
        shown = office.ask(MonitoringPlan(id_))
        for line in shown.lines:
            rows.append((name, line.class_name, line.size, line.drawn, line.seen, line.found, line.due_on))
            for draw in office.ask(DrawsOf(line.id)):
                draws.append(
                    (name, line.class_name, draw.seed, draw.last_item_id, day_of(draw.drawn_at), draw.why or "")
                )
        if shown.figures is not None and shown.figures.looked:
            words = missed_words(shown.figures.missed, shown.figures.unflagged_in_all)
            blocks.append(Text(f"{name}: {words}"))
    blocks += [
        Table(
            "Looks",
            "Looks planned and done",
            columns(
                "Half-term",
                "Class",
                ("Planned", Holds.COUNT),
                ("Drawn", Holds.COUNT),
                ("Looked at", Holds.COUNT),
                ("Findings", Holds.COUNT),
                ("Due", Holds.DATE),
            ),
            tuple(rows),
            empty="No look was planned for this period.",
        ),
        Table(
            "Draws",
            "Every draw with its seed",
            columns(
                "Half-term",
                "Class",
                "Seed",
                ("Items up to number", Holds.COUNT),
                ("Drawn on", Holds.DATE),
                "Why drawn again",
            ),
            tuple(draws),
            empty="Nothing was drawn in this period.",
        ),
    ]
    return tuple(blocks)


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)
