"""What only the desk can measure: its lists, and how soon it is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.bench.race import Result


def measure(job: str, scale: float, rounds: int) -> Iterator[Result]:
    """The results of "search" or "start". Nothing is shown on the screen, for either side."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if job == "start":
        from app.ui.bench import starting

        return starting.measure(scale, rounds)
    from app.ui.bench import searching

    return searching.measure(scale, rounds)
