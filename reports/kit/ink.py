"""The pen that draws on a page: text, rules, areas and patterns, each piece told apart for screen readers.

Distances are points; `y` grows upwards from the page's foot, as in PDF. What is drawn outside a `tagged` piece is
decoration, which a screen reader passes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import starmap
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.kit import bidi
from reports.kit.fonts import Face, FontBook
from reports.kit.palette import TEXT, rgb
from reports.kit.tags import Element, Tree, literal

Point = tuple[float, float]
_MOST_KEPT = 50_000


class Pen:
    """Draws on the pages of one canvas, in order. `page` is the number of the page, from 1."""

    def __init__(self, canvas: Canvas, book: FontBook) -> None:
        self.canvas = canvas
        self.book = book
        self.tree = Tree()
        self.page = 1
        self.pages = 1
        self.page_of: dict[str, int] = {}
        self._ops: list[str] = []
        self._coded: dict[tuple[str, Face, float, str], str] = {}
        self._in_piece = self._has_text = False

    def end_page(self) -> None:
        """Finishes the page and turns to the next."""
        self.canvas.addLiteral("\n".join(self._ops))
        self._ops.clear()
        self.canvas.showPage()
        self.tree.end_page()
        self.page += 1

    def begin(self, element: Element) -> None:
        """What is drawn from here to `end` is a piece of the element."""
        self._ops.append(f"/{element.role} <</MCID {self.tree.content(element)}>> BDC")
        self._in_piece, self._has_text = True, False

    def end(self) -> None:
        """Ends the piece that was begun."""
        self._ops.append("EMC")
        self._in_piece = self._has_text = False
        self._outline = -1

    def mark(self) -> int:
        """How far this page is drawn, for `since`."""
        return len(self._ops)

    def since(self, mark: int) -> tuple[str, ...]:
        """What was drawn since a mark."""
        return tuple(self._ops[mark:])

    def again(self, drawn: Iterable[str], elements: Iterable[Element]) -> None:
        """Draw the same once more: each element takes one piece, and they begin at the same number on the page."""
        for element in elements:
            self.tree.content(element)
        self._ops += drawn

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside is a piece of the element."""
        self.begin(element)
        try:
            yield
        finally:
            self.end()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face = Face.REGULAR,
        size: float = 10,
        colour: str = TEXT,
        joined: bool = False,
    ) -> None:
        """One line of shown text with its beginning at x, standing on y.

        Within one piece, a space parts it from the text before, so that no two lines' words run together for a screen
        reader; not where it is `joined` to that text.
        """
        if not text:
            return
        if self._in_piece:
            if self._has_text and not joined:
                self._ops.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {self._drawn(' ', face, size, colour)} ET")
            self._has_text = True
        drawn = self._drawn(text, face, size, colour)
        piece = f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {drawn} ET"
        if not self._in_piece:
            self._ops.append(f"/Artifact BMC {piece} EMC")
        elif not text.isascii() and bidi.has_right_to_left(text):
            self._ops.append(f"/Span <</ActualText {literal(text)}>> BDC {piece} EMC")
        else:
            self._ops.append(piece)

    def text_right(
        self, x: float, y: float, text: str, face: Face = Face.REGULAR, size: float = 10, colour: str = TEXT
    ) -> None:
        """One line of shown text that ends at x."""
        self.text(x - self.book.width(text, face, size), y, text, face, size, colour)

    def text_centred(
        self, x: float, y: float, text: str, face: Face = Face.REGULAR, size: float = 10, colour: str = TEXT
    ) -> None:
        """One line of shown text with its middle at x."""
        self.text(x - self.book.width(text, face, size) / 2, y, text, face, size, colour)

    def area(self, x: float, y: float, width: float, height: float, colour: str, edge: str | None = None) -> None:
        """A filled rectangle from its lower left corner, with an edge of half a point where one is named."""
        how = "B" if edge else "f"
        stroke = f"{_rgb(edge)} RG 0.5 w " if edge else ""
        self._add(f"q {stroke}{_rgb(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re {how} Q")

    def areas(self, boxes: Iterable[tuple[float, float, float, float]], colour: str) -> None:
        """Filled rectangles in one go: left, lower edge, width, height of each."""
        path = " ".join(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re" for x, y, width, height in boxes)
        self._add(f"q {_rgb(colour)} rg {path} f Q")

    def squares(self, x: float, y: float, step: float, bars: Iterable[tuple[int, int, int]], colour: str) -> None:
        """Stretches of squares of one size, from the upper left corner: row downwards, first square, how many."""
        path = " ".join(starmap(_square, bars))
        self._add(f"q {step:.4f} 0 0 {step:.4f} {x:.3f} {y:.3f} cm {_rgb(colour)} rg {path} f Q")

    def rounded(
        self, x: float, y: float, width: float, height: float, radius: float, colour: str, edge: str | None = None
    ) -> None:
        """A filled rectangle with rounded corners."""
        r, k = min(radius, width / 2, height / 2), 0.4477
        right, top, c = x + width, y + height, min(radius, width / 2, height / 2) * k
        path = (
            f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
            f"{right - c:.2f} {y:.2f} {right:.2f} {y + c:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - c:.2f} {right - c:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l "
            f"{x + c:.2f} {top:.2f} {x:.2f} {top - c:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + c:.2f} {x + c:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
        )
        stroke = f"{_rgb(edge)} RG 0.75 w " if edge else ""
        self._add(f"q {stroke}{_rgb(colour)} rg {path} {'B' if edge else 'f'} Q")

    def rule(self, start: Point, end: Point, colour: str, width: float = 0.5, dash: str = "") -> None:
        """A straight line; `dash` as in PDF ("3 2")."""
        self.trace((start, end), colour, width, dash)

    def trace(self, points: Sequence[Point], colour: str, width: float = 1, dash: str = "") -> None:
        """A line through the points."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if place else 'm'}" for place, (x, y) in enumerate(points))
        self._add(f"q {_rgb(colour)} RG {width:g} w 1 J 1 j [{dash}] 0 d {path} S Q")

    def shape(self, points: Sequence[Point], colour: str) -> None:
        """A filled shape with straight sides."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if place else 'm'}" for place, (x, y) in enumerate(points))
        self._add(f"q {_rgb(colour)} rg {path} h f Q")

    @contextmanager
    def within(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn inside shows only within the rectangle."""
        self._ops.append(f"q {x:.2f} {y:.2f} {width:.2f} {height:.2f} re W n")
        try:
            yield
        finally:
            self._ops.append("Q")

    def link(self, x: float, y: float, width: float, height: float, anchor: str) -> None:
        """A place to click that leads to an anchor."""
        self.canvas.linkRect("", anchor, (x, y, x + width, y + height), relative=0, thickness=0)

    def anchor(self, name: str, y: float, title: str, level: int) -> None:
        """A place that links and bookmarks lead to, entered in the document's outline.

        An outline cannot leave a level out, so a heading without one of the level above stands a level higher there.
        """
        self._outline = level = min(level, self._outline + 1)
        self.canvas.bookmarkHorizontal(name, 0, y)
        self.canvas.addOutlineEntry(title, name, level, closed=level > 0)

    def _add(self, piece: str) -> None:
        self._ops.append(piece if self._in_piece else f"/Artifact BMC {piece} EMC")

    def _drawn(self, text: str, face: Face, size: float, colour: str) -> str:
        return self._coded.get((text, face, size, colour)) or self._code(text, face, size, colour)

    def _code(self, text: str, face: Face, size: float, colour: str) -> str:
        document: Any = self.canvas._doc  # type: ignore[attr-defined]
        runs, _ = self.book.runs(text, face)
        pieces = [piece for font, part in runs for piece in _pieces(font, part, document)]
        coded = f"{_rgb(colour)} rg " + " ".join(f"{font} {size:g} Tf {codes} Tj" for font, codes in pieces)
        if len(self._coded) >= _MOST_KEPT:
            self._coded.clear()
        self._coded[text, face, size, colour] = coded
        return coded


@cache
def _square(row: int, at: int, count: int) -> str:
    return f"{at} {-1 - row} {count} 1 re"


def _pieces(font: TTFont, text: str, document: Any) -> list[tuple[str, str]]:
    return [
        (font.getSubsetInternalName(subset, document), f"<{codes.hex()}>")
        for subset, codes in font.splitString(text, document)
    ]


def _rgb(colour: str) -> str:
    return "{:.3f} {:.3f} {:.3f}".format(*rgb(colour))
