"""From a keystroke to the painted list."""

from __future__ import annotations

from collections.abc import Iterator

from app.bench.race import Result


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """To come."""
    del scale, rounds
    yield from ()
