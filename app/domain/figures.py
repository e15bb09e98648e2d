"""Charts that claim no more than their numbers hold: shapes, and when a number is too small to show a trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST_FOR_A_SHARE = 20
"""A share that rests on fewer than this is shown as a dot on its own, never joined into a line."""


class Shape(StrEnum):
    """How a chart is drawn."""

    LINES = "lines"
    """Counts or shares over time."""
    BARS = "bars"
    """Counts that add up, a bar for each label."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one part of every bar: a value for each label, None where there is nothing to show.

    `of` says on how many a share rests; empty for counts. `tone` names the colour.
    """

    name: str
    values: tuple[float | None, ...]
    of: tuple[int, ...] = ()
    tone: str = "accent"

    def firm(self, at: int) -> bool:
        """The value rests on enough to be joined with its neighbours."""
        return self.values[at] is not None and (not self.of or self.of[at] >= LEAST_FOR_A_SHARE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the table behind it. `says` is what a reader should take from it, in a sentence."""

    id: str
    title: str
    says: str
    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False

    @property
    def empty(self) -> bool:
        """Nothing to show: no label, or nothing but gaps and noughts."""
        return not any(value for series in self.series for value in series.values)

    @property
    def notes(self) -> str:
        """What to bear in mind; empty where there is nothing."""
        if self.percent and any(not one.firm(at) for one in self.series for at, v in enumerate(one.values) if v):
            return f"Open dots rest on fewer than {LEAST_FOR_A_SHARE}: do not read a trend into them."
        return ""

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table behind the chart: a row a label, the label first."""
        return tuple(
            (label, *(_cell(one, at, self.percent) for one in self.series)) for at, label in enumerate(self.labels)
        )


def _cell(series: Series, at: int, percent: bool) -> str:
    value = series.values[at]
    if value is None:
        return "–"
    if not percent:
        return f"{value:,.0f}"
    return f"{value:.0f} % of {series.of[at]:,}" if series.of else f"{value:.0f} %"


def joined(series: Series) -> tuple[tuple[int, ...], ...]:
    """Runs of places that may be joined into a line: firm neighbours only."""
    runs: list[list[int]] = []
    for at in range(len(series.values)):
        if not series.firm(at):
            continue
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return tuple(tuple(run) for run in runs)


def stacked(
    counts: Mapping[tuple[str, str], int], labels: Sequence[str], parts: Sequence[tuple[str, str]]
) -> tuple[Series, ...]:
    """Parts of bars from counts by (label, part); `parts` are pairs of part and tone."""
    return tuple(
        Series(part, tuple(float(counts.get((label, part), 0)) for label in labels), tone=tone) for part, tone in parts
    )
