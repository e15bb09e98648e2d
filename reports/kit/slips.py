"""Slips to cut apart, two to an A4 page: a name, a few lines with a figure each, a sentence below (P11).

The cut lies in the middle of the page, and everything keeps clear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.kit import palette
from reports.kit.cutting import HEIGHT, WIDTH, cut_pdf, shortened, smaller
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.tags import Element

EACH_PAGE = 2
TALL = HEIGHT / EACH_PAGE
_SIDE, _CLEAR = 48.0, 36.0
_STEP, _LEAST = 27.0, 14.0
"""Points between two lines, and between lines that have to stand close."""


@dataclass(frozen=True, slots=True)
class CutSlip:
    """One slip. `lines` are words with a figure; `whole` is the last of them and stands out."""

    head: str
    name: str
    below: str
    opening: str
    lines: tuple[tuple[str, str], ...]
    whole: tuple[str, str]
    closing: str


def slips_pdf(
    slips: Sequence[CutSlip], *, title: str, author: str, made: datetime, book: FontBook | None = None
) -> tuple[bytes, int]:
    """The slips as the bytes of a PDF, and how many pages it has. The same slips give the same bytes."""
    none = (_SIDE, "There is no slip to print.")
    return cut_pdf(slips, EACH_PAGE, _page, none, title=title, author=author, made=made, book=book)


def _page(pen: Pen, slips: Sequence[CutSlip]) -> None:
    pen.rule((0, TALL), (WIDTH, TALL), palette.LINE_STRONG, 0.7, "4 4")
    for place, slip in enumerate(slips):
        _draw(pen, slip, HEIGHT - place * TALL)


def _draw(pen: Pen, slip: CutSlip, top: float) -> None:
    root = Element("Sect", pen.tree.root)
    room, foot = WIDTH - 2 * _SIDE, top - TALL + _CLEAR
    y = top - _CLEAR - 8
    _line(pen, root, "P", slip.head, y, Face.REGULAR, 9.5, room, palette.TEXT_QUIET)
    y -= 32
    _line(pen, root, "H1", slip.name, y, Face.BOLD, 26, room, palette.ACCENT)
    y -= 19
    _line(pen, root, "P", slip.below, y, Face.REGULAR, 11, room)
    y -= 28
    with pen.tagged(Element("P", root)):
        for words in wrap(pen.book, slip.opening, Face.REGULAR, 11, room):
            pen.text(_SIDE, y, words, Face.REGULAR, 11)
            y -= 15
    y -= 10
    rows = (*slip.lines, slip.whole)
    step = max(_LEAST, min(_STEP, (y - foot - 26) / max(len(rows), 1)))
    for place, (words, figure) in enumerate(rows):
        last = place == len(rows) - 1
        if last:
            pen.rule((_SIDE, y + step * 0.62), (WIDTH - _SIDE, y + step * 0.62), palette.ACCENT, 1.0)
        size = min(13.0, step - 3)
        face = Face.SEMIBOLD if last else Face.REGULAR
        shown = shortened(pen.book, pen.book.shown(words, face), face, size, room - 80)
        with pen.tagged(Element("P", root)):
            pen.text(_SIDE, y, shown, face, size)
            wide = pen.book.width(figure, Face.SEMIBOLD, size)
            pen.text(WIDTH - _SIDE - wide, y, figure, Face.SEMIBOLD, size, palette.ACCENT)
        y -= step
    _line(pen, root, "P", slip.closing, foot, Face.REGULAR, 9.5, room, palette.TEXT_QUIET)


def _line(
    pen: Pen, root: Element, role: str, text: str, y: float, face: Face, size: float, room: float,
    colour: str = palette.TEXT,
) -> None:  # fmt: skip
    """One line, in smaller letters where it is too long."""
    shown, size = smaller(pen.book, text, face, size, room)
    with pen.tagged(Element(role, root)):
        pen.text(_SIDE, y, shown, face, size, colour)
