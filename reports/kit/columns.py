"""How a table's columns share the width of the page."""

from __future__ import annotations

from collections.abc import Sequence

from reports.kit.model import Kind

PAD = 4.0
"""The space on either side of a cell, in points."""
_AIR = 62.0
"""As wide as a column of figures likes to be where there is room, so that tables look alike."""


def shared_widths(kinds: Sequence[Kind], natural: Sequence[tuple[float, float]], width: float) -> tuple[float, ...]:
    """Widths that together fill the page, or two thirds of it where that is plenty, in points.

    `natural` gives for each column the least it can bear and the most it wishes for. Columns of figures get what they
    wish and are made alike as far as there is room; text gives way, the longest first, and takes what is left over.
    """
    widths = [wish for _, wish in natural]
    figures = [place for place, kind in enumerate(kinds) if kind is not Kind.TEXT]
    if sum(max(wide, _AIR) for wide in widths) < width * 0.6:
        width *= 2 / 3
    _make_alike(widths, figures, width)
    over = sum(widths) - width
    while over > 0.01:
        bendable = [place for place in range(len(widths)) if widths[place] > natural[place][0] + 0.01]
        if not bendable:
            return tuple(wide * width / sum(widths) for wide in widths)
        over -= _narrow(widths, natural, bendable, over)
    return _filled(kinds, widths, width)


def _make_alike(widths: list[float], figures: list[int], width: float) -> None:
    """Widens the narrow columns of figures, all to one width if there is room, at most to `_AIR`."""
    spare = width - sum(widths)
    for place in sorted(figures, key=lambda each: widths[each]):
        narrow = [other for other in figures if widths[other] <= widths[place] + 0.01]
        higher = [widths[other] for other in figures if widths[other] > widths[place] + 0.01]
        goal = min([*higher, _AIR])
        step = min(goal - widths[place], spare / len(narrow))
        if step <= 0.01:
            continue
        for other in narrow:
            widths[other] += step
        spare -= step * len(narrow)


def _narrow(widths: list[float], natural: Sequence[tuple[float, float]], bendable: list[int], over: float) -> float:
    """Takes from the widest columns, down to the next widest or to what they can bear; returns how much."""
    top = max(widths[place] for place in bendable)
    widest = [place for place in bendable if widths[place] > top - 0.01]
    lower = [widths[place] for place in bendable if widths[place] <= top - 0.01]
    floor = max([top - over / len(widest), *lower])
    taken = 0.0
    for place in widest:
        new = max(floor, natural[place][0])
        taken += widths[place] - new
        widths[place] = new
    return taken


def _filled(kinds: Sequence[Kind], widths: list[float], width: float) -> tuple[float, ...]:
    """Gives what is left over to the text columns, or to all where there is none."""
    spare = width - sum(widths)
    takers = [place for place, kind in enumerate(kinds) if kind is Kind.TEXT] or list(range(len(widths)))
    whole = sum(widths[place] for place in takers)
    for place in takers:
        widths[place] += spare * widths[place] / whole
    return tuple(widths)
