"""What a measurement says: a few lines for people, a document for programs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from typing import Any

from app.bench.memory import MEGABYTE
from app.bench.race import Result, Side

MET, MISSED, OPEN = "met", "MISSED", "not compared"


def lines_of(result: Result) -> list[str]:
    """One result: what was done, how each side did, the ratio beside its goal."""
    lines = [f"{result.job}: {result.what}"]
    sides = [result.product, *([result.peer] if result.peer is not None else [])]
    wide = max(len(side.name) for side in sides)
    lines += [f"    {side.name:{wide}}  {_speed(side)}" for side in sides]
    ratio = result.ratio()
    if result.promise is not None:
        own, most = result.product, result.promise
        lines.append(
            f"    {_duration(own.each(by_processor=True))} by processor time, {result.peak / MEGABYTE:,.0f} MB held; "
            f"goal at most {most.seconds:g} s and {most.memory / MEGABYTE:,.0f} MB: {verdict_of(result)}"
        )
    if ratio is not None:
        way = "slower, goal at most" if result.slower else "faster, goal at least"
        by_processor = result.ratio(by_processor=True)
        other = f" ({by_processor:,.2f}x by processor time)" if by_processor and not result.parallel else ""
        lines.append(f"    {ratio:,.2f}x {way} {result.goal:,g}x: {verdict_of(result)}{other}")
    return [*lines, *(f"    {note}" for note in result.notes)]


def verdict_of(result: Result) -> str:
    """Whether the goal was met, in a word. Either clock will do: the one on the wall suffers from busy neighbours."""
    met = result.meets()
    if met is None:
        return OPEN
    return MET if met or result.meets(by_processor=True) else MISSED


def document_of(results: Sequence[Result], scale: float, rounds: int) -> dict[str, Any]:
    """Everything measured, with the computer it was measured on."""
    return {
        "python": platform.python_version(),
        "platform": sys.platform,
        "processors": _processors(),
        "scale": scale,
        "rounds": rounds,
        "results": [
            {
                "job": result.job,
                "what": result.what,
                "product": _side(result.product),
                "peer": None if result.peer is None else _side(result.peer),
                "ratio": _rounded(result.ratio()),
                "ratio_by_processor": _rounded(result.ratio(by_processor=True)),
                "goal": result.goal,
                "ratio_is": "times slower" if result.slower else "times faster",
                "met": None if result.meets() is None else verdict_of(result) == MET,
                "peak_bytes": result.peak or None,
                "goal_seconds": result.promise.seconds if result.promise else None,
                "goal_bytes": result.promise.memory if result.promise else None,
                "notes": list(result.notes),
            }
            for result in results
        ],
    }


def _processors() -> int:
    import os

    return os.cpu_count() or 1


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "units": side.units,
        "seconds": [round(run, 6) for run in side.wall],
        "processor_seconds": [round(run, 6) for run in side.cpu],
        "median_seconds_each": side.each(),
    }


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 3)


def _speed(side: Side) -> str:
    each = side.each()
    if side.units == 1:
        return _duration(each)
    return f"{_duration(each * side.units)} for {side.units:,}, {_duration(each)} each"


def _duration(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:,.2f} s"
    return f"{seconds * 1e3:,.2f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:,.2f} µs"
