"""What charts stand on: the scale at the left, the names below, and fills that part without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.kit import palette
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.model import Tone
from reports.kit.numbers import written

_LABEL = 8.5


def round_steps(most: float, about: int = 4) -> list[float]:
    """Round figures from 0 to at least `most`, some `about` steps; whole where the figures are counts."""
    rough = max(most, 1) / about
    size = 10 ** math.floor(math.log10(rough))
    step = next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough)
    if most >= 1:
        step = max(1.0, step if step == int(step) else math.ceil(step))
    return [step * place for place in range(math.ceil(max(most, 1) / step) + 1)]


class Scale:
    """An upright scale with its lines, and the room to its right; `unit` is points for one."""

    def __init__(self, book: FontBook, most: float, x: float, top: float, width: float, height: float) -> None:
        self.steps = round_steps(most)
        self.words = [written(int(step) if step == int(step) else step) for step in self.steps]
        self.book = book
        gutter = max(book.width(word, Face.REGULAR, _LABEL) for word in self.words) + 6
        self.left, self.wide = x + gutter, width - gutter
        self.foot, self.unit = top - height, height / self.steps[-1]

    def draw(self, pen: Pen) -> None:
        """Draws a line and a figure for each step."""
        for step, word in zip(self.steps, self.words, strict=True):
            y = self.foot + step * self.unit
            pen.text_right(self.left - 6, y - 3, word, Face.REGULAR, _LABEL, palette.TEXT_QUIET)
            colour = palette.LINE if step else palette.LINE_STRONG
            pen.rule((self.left, y), (self.left + self.wide, y), colour, 0.5 if step else 0.75)

    def draw_names(self, pen: Pen, names: Sequence[str]) -> None:
        """Draws the names below the foot, leaving some out where they would run into each other."""
        step = self.wide / len(names)
        widest = max(self.book.width(name, Face.REGULAR, _LABEL) for name in names) + 6
        every = max(1, math.ceil(widest / step))
        for place in range(0, len(names), every):
            middle = self.left + (place + 0.5) * step
            pen.text_centred(middle, self.foot - 12, names[place], Face.REGULAR, _LABEL)


def patterned(pen: Pen, order: int, x: float, y: float, width: float, height: float) -> None:
    """A rectangle in a series' own colour and pattern, with a white edge towards its neighbours."""
    style = order % len(palette.SERIES)
    pen.area(x, y, width, height, palette.SERIES[style], palette.PAPER)
    if style in (1, 2, 3):
        with pen.within(x + 0.25, y + 0.25, max(width - 0.5, 0), max(height - 0.5, 0)):
            if style == 2:
                _ruled(pen, x, y, width, height)
            else:
                _slanted(pen, x, y, width, height, rising=style == 1)


def _ruled(pen: Pen, x: float, y: float, width: float, height: float) -> None:
    for row in range(1, int(height / 3) + 1):
        pen.rule((x, y + row * 3), (x + width, y + row * 3), palette.LINE_STRONG, 0.35)


def _slanted(pen: Pen, x: float, y: float, width: float, height: float, rising: bool) -> None:
    gap, colour = (5.0, palette.PAPER) if rising else (6.0, palette.INK[Tone.WARN])
    for place in range(int((width + height) / gap) + 1):
        start = x - height + place * gap
        ends = ((start, y), (start + height, y + height)) if rising else ((start, y + height), (start + height, y))
        pen.rule(ends[0], ends[1], colour, 0.7 if rising else 0.4)
