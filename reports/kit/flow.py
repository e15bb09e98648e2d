"""Filling pages: what stands together stays together, and what is too long for a page is continued on the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import islice

from reports.kit.ink import Pen


class Box:
    """A piece of the page with a known height. Subclasses draw it, and split it where it may be continued.

    `above` is the space over it (not at a page's top); `sticks` keeps it on the page of what follows, `clings` on the
    page where what it follows ends.
    """

    above: float = 8
    height: float = 0
    sticks: bool = False
    clings: bool = False
    breaks: bool = False
    """Begins a page of its own."""

    @property
    def least(self) -> float:
        """The smallest height worth beginning on a page; the whole where it cannot be continued."""
        return self.height

    def split(self, room: float) -> tuple[Box, Box] | None:
        """What fits in the room, and the rest; None where nothing worth while fits."""
        return None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws it with its upper left corner there."""
        raise NotImplementedError


Placed = tuple[Box, float]
"""A box, and how far below the top of the page's room it stands."""


def paginate(boxes: Iterable[Box], first_room: float, room: float) -> list[list[Placed]]:
    """Pages of placed boxes. The first page has its own room, because the title stands above."""
    waiting = deque(boxes)
    pages: list[list[Placed]] = [[]]
    used = 0.0

    def left() -> float:
        return (first_room if len(pages) == 1 else room) - used

    def place(box: Box) -> None:
        nonlocal used
        used += box.above if pages[-1] else 0
        pages[-1].append((box, used))
        used += box.height

    def turn() -> None:
        nonlocal used
        pages.append([])
        used = 0.0

    while waiting:
        if pages[-1] and (waiting[0].breaks or _together(waiting) > left()):
            turn()
        box = waiting.popleft()
        space = left() - (box.above if pages[-1] else 0) - _clinging(waiting)
        parts = None if box.height <= space else box.split(space)
        if parts is not None:
            place(parts[0])
            waiting.appendleft(parts[1])
            turn()
        elif box.height > space and pages[-1]:
            waiting.appendleft(box)
            turn()
        else:
            place(box)
    return pages


def _clinging(waiting: Iterable[Box]) -> float:
    """The room to leave for the boxes at the front that may not begin a page by themselves."""
    room = 0.0
    for box in waiting:
        if not box.clings:
            break
        room += box.above + box.least
    return room


def _together(waiting: deque[Box]) -> float:
    """The height of the boxes that have to begin on one page: headings, and the first of what they head."""
    needed = 0.0
    for place, box in enumerate(waiting):
        if place and box.breaks:
            break
        needed += box.above + (box.height if box.sticks else box.least)
        if not box.sticks:
            whole = box.least >= box.height
            return needed + (_clinging(islice(waiting, place + 1, None)) if whole else 0)
    return needed
