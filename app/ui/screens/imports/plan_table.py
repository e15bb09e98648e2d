"""The table of what an import would do."""

from __future__ import annotations

from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.screens.imports.plan_lines import CHANGED, KEPT, LEAVER, PlanLine

_TONES = {
    "New": ("add", Tone.GOOD),
    CHANGED: ("edit", Tone.INFO),
    KEPT: ("quiet", Tone.QUIET),
    "Rejected": ("stop", Tone.STOP),
    LEAVER: ("removed", Tone.WARN),
    "Please look": ("warn", Tone.WARN),
}


def plan_table() -> Table[PlanLine]:
    """Outcome, who, what. Enter keeps a change out, or takes it over after all."""
    return Table(
        "What bringing this in would do",
        (
            Column("Outcome", text=lambda line: line.outcome, chip=_chip, width=120),
            Column("Who", text=lambda line: line.who, strong=True, width=150),
            Column("What", text=lambda line: line.what, stretch=True, least=200),
        ),
        key=lambda line: line.key,
        empty=("imports", "There is nothing in these files to bring in."),
    )


def figure_chip(word: str, number: int) -> Chip:
    """A count above the table; one of nothing stands back."""
    icon, tone = _TONES.get(word, ("quiet", Tone.QUIET))
    return Chip(icon, f"{number:,}  {word}", tone if number else Tone.QUIET)


def _chip(line: PlanLine) -> Chip:
    icon, tone = _TONES.get(line.outcome, ("quiet", Tone.QUIET))
    return Chip(icon, line.outcome, tone)
