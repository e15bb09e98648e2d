"""The table of what an import would do, and the chips that filter it."""

from __future__ import annotations

from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.screens.imports.plan_lines import (
    CHANGED,
    DOUBT,
    KEPT,
    LEAVER,
    LOOK,
    MOVES,
    NEW,
    OUT,
    REJECTED,
    PlanLine,
)

_TONES = {
    DOUBT: ("undecided", Tone.WARN),
    NEW: ("add", Tone.GOOD),
    CHANGED: ("edit", Tone.INFO),
    MOVES: ("edit", Tone.INFO),
    KEPT: ("quiet", Tone.QUIET),
    REJECTED: ("stop", Tone.STOP),
    LEAVER: ("removed", Tone.WARN),
    LOOK: ("warn", Tone.WARN),
    OUT: ("quiet", Tone.QUIET),
}


def plan_table() -> Table[PlanLine]:
    """Outcome, who, what. Nothing is sorted or held: a line is made when it is painted."""
    return Table(
        "What bringing this in would do",
        (
            Column("Outcome", text=lambda line: line.outcome, chip=outcome_chip, width=140, sortable=False),
            Column("Who", text=lambda line: line.who, strong=True, width=140, sortable=False),
            Column("What", text=lambda line: line.what, stretch=True, least=130, sortable=False),
        ),
        empty=("imports", "There is nothing in these files to bring in."),
    )


def outcome_chip(line: PlanLine) -> Chip:
    """The outcome of a line."""
    icon, tone = _TONES.get(line.outcome, ("quiet", Tone.QUIET))
    return Chip(icon, line.outcome, tone)
