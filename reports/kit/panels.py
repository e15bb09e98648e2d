"""Key figures, callouts and the contents: what stands on a page as one piece."""

from __future__ import annotations

from reports.kit import palette
from reports.kit.boxes import BODY, BULLET_INDENT, HeadingBox
from reports.kit.clean import cut
from reports.kit.flow import Box
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.model import Callout, Contents, Tile, Tiles, Tone
from reports.kit.numbers import written
from reports.kit.tags import Element


class TilesBox(Box):
    """Key figures side by side, at most `ACROSS` in a row."""

    ACROSS, GAP = 4, 8

    def __init__(self, book: FontBook, block: Tiles, width: float) -> None:
        across = self.ACROSS if len(block.items) % 3 or len(block.items) > 6 else 3
        self.across = max(1, min(across, len(block.items)))
        self.tile_width = (width - self.GAP * (self.across - 1)) / self.across
        inner = self.tile_width - 20
        self.tiles = [(tile, self._parts(book, tile, inner)) for tile in block.items]
        self.rows = [self.tiles[at : at + self.across] for at in range(0, len(self.tiles), self.across)]
        self.labels = [max(len(label) for _, (label, _, _) in row) for row in self.rows]
        self.heights = [
            38 + 11.5 * labels + 11.5 * max(len(detail) for _, (_, _, detail) in row)
            for labels, row in zip(self.labels, self.rows, strict=True)
        ]
        self.above, self.height = 12, sum(self.heights) + self.GAP * (len(self.rows) - 1)

    @staticmethod
    def _parts(book: FontBook, tile: Tile, inner: float) -> tuple[list[str], tuple[str, float], list[str]]:
        value = book.shown(cut(written(tile.value, tile.kind), 60), Face.SEMIBOLD)
        size = min(24.0, 24.0 * inner / max(book.width(value, Face.SEMIBOLD, 24), 1))
        detail = wrap(book, cut(tile.detail, 200), Face.REGULAR, 8.8, inner) if tile.detail else []
        return wrap(book, cut(tile.label, 120), Face.SEMIBOLD, 8.8, inner), (value, size), detail

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws each tile: its label, its figure, what to know."""
        for row, height, labels in zip(self.rows, self.heights, self.labels, strict=True):
            for place, (tile, (label, value, detail)) in enumerate(row):
                parts = (label + [""] * (labels - len(label)), value, detail)
                self._draw_tile(pen, x + place * (self.tile_width + self.GAP), top, height, tile, parts)
            top -= height + self.GAP

    def _draw_tile(
        self,
        pen: Pen,
        x: float,
        top: float,
        height: float,
        tile: Tile,
        parts: tuple[list[str], tuple[str, float], list[str]],
    ) -> None:
        label, (value, size), detail = parts
        ink = palette.INK[tile.tone]
        pen.rounded(x, top - height, self.tile_width, height, 4, palette.GROUND[tile.tone])
        pen.area(x, top - height + 4, 2.5, height - 8, ink)
        with pen.tagged(Element("P", pen.tree.root)):
            for place, line in enumerate(label):
                pen.text(x + 11, top - 15 - place * 11.5, line, Face.SEMIBOLD, 8.8, palette.TEXT_QUIET)
            base = top - 15 - len(label) * 11.5 - 12
            pen.text(x + 11, base, value, Face.SEMIBOLD, size, ink)
            for place, line in enumerate(detail):
                pen.text(x + 11, base - 15 - place * 11.5, line, Face.REGULAR, 8.8, palette.TEXT)


class CalloutBox(Box):
    """A title and its sentences on a ground of their own, with the tone said in a word."""

    PAD = 12

    def __init__(self, book: FontBook, block: Callout, width: float) -> None:
        self.block, self.width = block, width
        self.title = wrap(book, cut(block.title, 300), Face.SEMIBOLD, 11, width - 2 * self.PAD - 60)
        self.bullets = len(block.items) > 1
        inner = width - 2 * self.PAD - (BULLET_INDENT if self.bullets else 0)
        self.items = [wrap(book, cut(item, 1_500), Face.REGULAR, BODY, inner) for item in block.items]
        self.above = 14
        lines = sum(map(len, self.items))
        self.height = 2 * self.PAD + len(self.title) * 15 + lines * 14 + 3 * len(self.items) - 1

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws ground, title and sentences."""
        tone = self.block.tone
        ink = palette.INK[tone]
        pen.rounded(x, top - self.height, self.width, self.height, 4, palette.GROUND[tone])
        pen.area(x, top - self.height + 4, 2.5, self.height - 8, ink)
        base = top - self.PAD - 10
        with pen.tagged(Element("P", pen.tree.root)):
            for line in self.title:
                pen.text(x + self.PAD, base, line, Face.SEMIBOLD, 11, ink)
                base -= 15
            word = palette.WORD[tone] if tone is not Tone.PLAIN else ""
            pen.text_right(x + self.width - self.PAD, top - self.PAD - 10, word, Face.SEMIBOLD, 8.8, ink)
        base -= 2
        group = Element("L", pen.tree.root) if self.bullets else pen.tree.root
        for lines in self.items:
            base = self._draw_item(pen, group, x + self.PAD, base, lines) - 3

    def _draw_item(self, pen: Pen, group: Element, x: float, base: float, lines: list[str]) -> float:
        element = Element("P", group)
        if self.bullets:
            item = element
            item.role = "LI"
            with pen.tagged(Element("Lbl", item)):
                pen.text(x + 2, base, "•", Face.BOLD, BODY, palette.INK[self.block.tone])
            element = Element("LBody", item)
            x += BULLET_INDENT
        with pen.tagged(element):
            for line in lines:
                pen.text(x, base, line, Face.REGULAR, BODY)
                base -= 14
        return base


class ContentsBox(Box):
    """The headings of the first two levels with their pages, each a link. A long list goes on over the page."""

    def __init__(
        self, book: FontBook, block: Contents, headings: list[HeadingBox], width: float, *, continued: bool = False
    ) -> None:
        words = f"{block.title}, continued" if continued else block.title
        self._book, self._block = book, block
        self.title, self.width = book.shown(words, Face.SEMIBOLD), width
        self.headings = [heading for heading in headings if heading.heading.level < 3]
        self.above = 16
        self.height = 26 + sum(self._step(heading) for heading in self.headings)

    @property
    def least(self) -> float:
        """The title and a few lines."""
        return 26 + sum(self._step(heading) for heading in self.headings[:4])

    def split(self, room: float) -> tuple[Box, Box] | None:
        """As many lines as fit; a part's own line does not stand last."""
        used, fit = 26.0, 0
        for heading in self.headings:
            used += self._step(heading)
            if used > room:
                break
            fit += 1
        while fit > 1 and self.headings[fit - 1].heading.level == 1:
            fit -= 1
        if fit < 4 or fit == len(self.headings):
            return None
        first = ContentsBox(self._book, self._block, self.headings[:fit], self.width)
        first.title = self.title
        rest = ContentsBox(self._book, self._block, self.headings[fit:], self.width, continued=True)
        return first, rest

    @staticmethod
    def _step(heading: HeadingBox) -> float:
        return 19.0 if heading.heading.level == 1 else 14.5

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws a line for each heading, with dots to its page."""
        with pen.tagged(Element("P", pen.tree.root)):
            pen.text(x, top - 14, self.title, Face.SEMIBOLD, 13.5, palette.TEXT)
        contents = Element("TOC", pen.tree.root)
        base = top - 26
        for heading in self.headings:
            base -= self._step(heading)
            first = heading.heading.level == 1
            face = Face.SEMIBOLD if first else Face.REGULAR
            left = x if first else x + 14
            text, page = " ".join(heading.lines), str(pen.page_of.get(heading.anchor, ""))
            with pen.tagged(Element("TOCI", contents)):
                pen.text(left, base, text, face, BODY)
                pen.text_right(x + self.width, base, page, face, BODY)
            start = left + pen.book.width(text, face, BODY) + 6
            pen.rule((start, base + 1.5), (x + self.width - 16, base + 1.5), palette.LINE_STRONG, 0.6, "0.1 3")
            pen.link(left, base - 3, x + self.width - left, 14, heading.anchor)
