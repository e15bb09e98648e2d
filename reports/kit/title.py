"""The head of a report's first page: whose it is, what it is, for when, and how it came about."""

from __future__ import annotations

from reports.kit import palette
from reports.kit.clean import cut
from reports.kit.flow import Box
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.model import Masthead
from reports.kit.tags import Element

_PAD = 18.0


class TitleBox(Box):
    """A band in the accent colour with school, title and period, and a line of facts below it."""

    def __init__(self, book: FontBook, head: Masthead, width: float) -> None:
        self.width = width
        inner = width - 2 * _PAD
        self.school = wrap(book, cut(head.school, 150), Face.SEMIBOLD, 11, inner)
        self.title = wrap(book, cut(head.title, 150), Face.SEMIBOLD, 25, inner)
        self.period = wrap(book, cut(head.period, 200), Face.REGULAR, 12, inner)
        self.facts = wrap(
            book, cut(" · ".join(filter(None, (head.policy, head.audience))), 400), Face.REGULAR, 9, width
        )
        self.band = 2 * _PAD + len(self.school) * 15 + len(self.title) * 30 + len(self.period) * 16 - 4
        self.height = self.band + 10 + len(self.facts) * 12.5 + 14

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the band and the facts."""
        pen.rounded(x, top - self.band, self.width, self.band, 5, palette.ACCENT)
        base = top - _PAD - 9
        for role, lines, face, size, step, colour in (
            ("P", self.school, Face.SEMIBOLD, 11.0, 15.0, palette.ACCENT_SOFT),
            ("Title", self.title, Face.SEMIBOLD, 25.0, 30.0, palette.PAPER),
            ("P", self.period, Face.REGULAR, 12.0, 16.0, palette.PAPER),
        ):
            drop = 12.0 if role == "Title" else 0.0
            with pen.tagged(Element(role, pen.tree.root)):
                for line in lines:
                    pen.text(x + _PAD, base - drop, line, face, size, colour)
                    base -= step
        base = top - self.band - 10 - 9
        with pen.tagged(Element("P", pen.tree.root)):
            for line in self.facts:
                pen.text(x, base, line, Face.REGULAR, 9, palette.TEXT_QUIET)
                base -= 12.5
