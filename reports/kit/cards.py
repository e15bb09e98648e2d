"""Cards to cut out, eight to an A4 page: a name, steps, a code in large letters and its QR, dashed lines to cut along.

Cards meet at the cut lines, so that one cut parts two of them, and everything keeps clear of the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.kit import palette
from reports.kit.cutting import HEIGHT, WIDTH, cut_pdf, smaller
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.qr import QUIET, bars
from reports.kit.tags import Element, literal

ACROSS, DOWN = 2, 4
EACH_PAGE = ACROSS * DOWN
WIDE, TALL = WIDTH / ACROSS, HEIGHT / DOWN
_CLEAR = 22.0
"""Points that everything keeps from the cut lines: printers leave about 12 white, and hands do not cut straight."""
_QR = 104.0


@dataclass(frozen=True, slots=True)
class CutCard:
    """One card. `steps` are short: three fit."""

    head: str
    name: str
    below: str
    steps: tuple[str, ...]
    code: str
    qr: str


def cards_pdf(
    cards: Sequence[CutCard], *, title: str, author: str, made: datetime, book: FontBook | None = None
) -> tuple[bytes, int]:
    """The cards as the bytes of a PDF, and how many pages it has. The same cards give the same bytes."""
    none = (_CLEAR, "There is no card to print.")
    return cut_pdf(cards, EACH_PAGE, _page, none, title=title, author=author, made=made, book=book)


def _page(pen: Pen, cards: Sequence[CutCard]) -> None:
    _cuts(pen, len(cards))
    for place, card in enumerate(cards):
        row, column = divmod(place, ACROSS)
        _Card(pen, card, column * WIDE, HEIGHT - row * TALL).draw()


def _cuts(pen: Pen, count: int) -> None:
    """Dashed lines between cards, and below the last row of a page that is not full."""
    rows = -(-count // ACROSS)
    foot = HEIGHT - rows * TALL
    for row in range(1, rows + (1 if rows < DOWN else 0)):
        pen.rule((0, HEIGHT - row * TALL), (WIDTH, HEIGHT - row * TALL), palette.LINE_STRONG, 0.7, "4 4")
    pen.rule((WIDE, foot), (WIDE, HEIGHT), palette.LINE_STRONG, 0.7, "4 4")


class _Card:
    """One card, its upper left corner at a point."""

    def __init__(self, pen: Pen, card: CutCard, left: float, top: float) -> None:
        self.pen, self.card = pen, card
        self.left, self.right = left + _CLEAR, left + WIDE - _CLEAR
        self.top, self.foot = top - _CLEAR, top - TALL + _CLEAR
        self.root = Element("Sect", pen.tree.root)

    def draw(self) -> None:
        """Head, name, class, steps at the left; code and QR at the right."""
        card, room = self.card, self.right - self.left
        words = room - _QR - 12
        y = self.top - 8
        self._line("P", card.head, y, Face.REGULAR, 8.5, room, palette.TEXT_QUIET)
        y -= 25
        self._line("H1", card.name, y, Face.BOLD, 20, room, palette.ACCENT)
        y -= 15
        self._line("P", card.below, y, Face.REGULAR, 10, words)
        y -= 20
        for number, step in enumerate(card.steps, start=1):
            y = self._step(number, step, y, words)
        self._code(words)
        self._qr()

    def _line(
        self, role: str, text: str, y: float, face: Face, size: float, room: float, colour: str = palette.TEXT
    ) -> None:
        """One line, in smaller letters where it is too long."""
        shown, size = smaller(self.pen.book, text, face, size, room)
        with self.pen.tagged(Element(role, self.root)):
            self.pen.text(self.left, y, shown, face, size, colour)

    def _step(self, number: int, step: str, y: float, room: float) -> float:
        pen = self.pen
        with pen.tagged(Element("P", self.root)):
            pen.text(self.left, y, f"{number}.", Face.SEMIBOLD, 9, palette.ACCENT)
            for line in wrap(pen.book, step, Face.REGULAR, 9, room - 12):
                pen.text(self.left + 12, y, line, Face.REGULAR, 9)
                y -= 11.5
        return y - 1.5

    def _code(self, room: float) -> None:
        """At the foot, in letters that a six-year-old can copy."""
        self._line("P", "My code", self.foot + 22, Face.REGULAR, 8.5, room, palette.TEXT_QUIET)
        self._line("P", self.card.code, self.foot + 2, Face.BOLD, 19, room, palette.TEXT)

    def _qr(self) -> None:
        side, dark = bars(self.card.qr)
        pen, step = self.pen, _QR / (side + 2 * QUIET)
        x, y = self.right - _QR, self.foot - 6
        with pen.tagged(Element("Figure", self.root, f"/Alt {literal('QR code for signing in')}")):
            pen.area(x, y, _QR, _QR, palette.PAPER)
            pen.areas(
                [
                    (x + (at + QUIET) * step, y + _QR - (row + QUIET + 1) * step, count * step, step)
                    for row, at, count in dark
                ],
                "#000000",
            )
