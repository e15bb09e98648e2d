"""Slips to cut apart, two to an A4 page: a name, a few lines with a figure each, a sentence below (P11).

The cut lies in the middle of the page, and everything keeps clear of it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import A4

from reports.kit import palette
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.paper import canvas_of
from reports.kit.tags import Element

WIDTH, HEIGHT = A4
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
    book = book or FontBook()
    target = io.BytesIO()
    canvas = canvas_of(target, title=title, author=author, subject=f"{title} of {author}", made=made)
    pen = Pen(canvas, book)
    pages = max(1, -(-len(slips) // EACH_PAGE))
    pen.pages = pages
    for page in range(pages):
        here = slips[page * EACH_PAGE : (page + 1) * EACH_PAGE]
        if here:
            pen.rule((0, TALL), (WIDTH, TALL), palette.LINE_STRONG, 0.7, "4 4")
        for place, slip in enumerate(here):
            _draw(pen, slip, HEIGHT - place * TALL)
        if not here:
            pen.text(_SIDE, HEIGHT - 60, "There is no slip to print.", Face.REGULAR, 11)
        pen.end_page()
    pen.tree.hang(canvas)
    canvas.save()
    return target.getvalue(), pages


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
        shown = _fitting(pen.book, words, face, size, room - 80)
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
    """One line, in smaller letters where it is too long, shortened only below two thirds of the size."""
    shown, least = pen.book.shown(text, face), size * 0.66
    while size > least and pen.book.width(shown, face, size) > room:
        size -= 0.5
    with pen.tagged(Element(role, root)):
        pen.text(_SIDE, y, _fitting(pen.book, shown, face, size, room), face, size, colour)


def _fitting(book: FontBook, text: str, face: Face, size: float, room: float) -> str:
    shown = book.shown(text, face)
    while len(shown) > 1 and book.width(shown, face, size) > room:
        shown = shown[:-2].rstrip() + "…"
    return shown
