"""Letters on paper: school, words, two ways to do it side by side, a code and its QR.

Each letter begins on a page of its own and fits on it, unless a school's own words are very long: then it goes on.

Everything that letters of one language share is broken into lines and coded once; only the names and the code are new.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports.kit import palette
from reports.kit.fonts import Face, FontBook, base_font
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.qr import QUIET, bars
from reports.kit.tags import Element, literal

WIDTH, HEIGHT = A4
SIDE, TOP = 62.0, 64.0
BODY, LEADING = 11.0, 16.0
_GUTTER = 28.0
_FLOOR = 60.0
"""Nothing of the letter stands lower; below it there is room for a note."""
_QR = 118.0
_INDENT = 18.0
"""How far steps stand behind their numbers."""

# Page streams stay binary: writing them out as letters costs a third of the time.
rl_config.useA85 = 0

_MOST_KEPT = 500
_ANCHOR = "\u200f"
"""Says that a line runs from right to left, whatever it begins with."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to do it: a heading and numbered steps."""

    heading: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, with every field filled in."""

    language: str
    leftwards: bool
    """The language runs from right to left."""
    school: str
    day: str
    title: str
    greeting: str
    opening: str
    ways: tuple[Way, Way]
    code_label: str
    code: str
    qr: str
    until: str
    closing: str
    signed: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of a letter that has no code. `leftwards` may differ from the letter's: a reason in another language."""

    text: str
    leftwards: bool
    heading: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PlainLetter:
    """A letter of paragraphs alone, with every field filled in."""

    language: str
    leftwards: bool
    school: str
    day: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    note: str = ""


def letters_pdf(letters: Iterable[Letter | PlainLetter], title: str, book: FontBook | None = None) -> tuple[bytes, int]:
    """The letters as the bytes of a PDF, and how many there are."""
    book = book or FontBook()
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=base_font(),  # type: ignore[arg-type]  # the stub takes it for a number
        lang="en-GB",
    )
    canvas.setTitle(title)
    canvas.setCreator("Schoolgate")
    canvas.setProducer("Schoolgate")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    writer = _Writer(Pen(canvas, book))
    count = 0
    for letter in letters:
        if isinstance(letter, PlainLetter):
            writer.write_plain(letter)
        else:
            writer.write(letter)
        count += 1
    if not count:
        writer.pen.text(SIDE, HEIGHT - TOP, "There is no letter to print.", Face.REGULAR, BODY)
        writer.pen.end_page()
    writer.pen.tree.hang(canvas)
    canvas.save()
    return target.getvalue(), count


class _Writer:
    """Writes letter after letter. `_y` is the line on which the next words stand."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self._lines: dict[tuple[str, Face, float, float], list[str]] = {}
        self._drawn: dict[tuple[object, ...], tuple[tuple[str, ...], list[str], float]] = {}
        """Both ways as they were drawn: most letters of a language have the same, and many in the same place."""
        self._leftwards = False
        self._y = 0.0
        self._floor = _FLOOR
        self._root: Element = pen.tree.root

    def write(self, letter: Letter) -> None:
        self._leftwards = letter.leftwards
        says = f"/Lang {literal(letter.language)}"
        self._root = Element("Sect", self.pen.tree.root, says)
        whole = WIDTH - 2 * SIDE
        self._head(letter)
        self._y = HEIGHT - TOP - 66
        self._passage("H1", letter.title, SIDE, whole, Face.BOLD, 17, 22, palette.ACCENT)
        self._y -= 14
        self._passage("P", letter.greeting, SIDE, whole)
        self._y -= 6
        self._passage("P", letter.opening, SIDE, whole)
        self._y -= 14
        self._ways(letter.ways, (whole - _GUTTER) / 2)
        self._y -= 14
        self._code(letter, whole)
        self._y -= 24
        self._passage("P", letter.closing, SIDE, whole)
        self._y -= 14
        self._passage("P", letter.signed, SIDE, whole, Face.SEMIBOLD)
        self._end(letter.note)

    def write_plain(self, letter: PlainLetter) -> None:
        self._leftwards = letter.leftwards
        self._root = Element("Sect", self.pen.tree.root, f"/Lang {literal(letter.language)}")
        whole = WIDTH - 2 * SIDE
        self._head(letter)
        self._y = HEIGHT - TOP - 66
        self._passage("H1", letter.title, SIDE, whole, Face.BOLD, 17, 22, palette.ACCENT)
        self._y -= 14
        for part in letter.paragraphs:
            self._leftwards = part.leftwards
            if part.heading:
                self._y -= 6
                self._keep_together(3 * LEADING)
                self._passage("H2", part.text, SIDE, whole, Face.SEMIBOLD, 12.5, 19)
                continue
            for piece in filter(None, (line.strip() for line in part.text.splitlines())):
                self._passage("P", piece, SIDE, whole, Face.SEMIBOLD if part.strong else Face.REGULAR)
            self._y -= 8
        self._end(letter.note)

    def _end(self, note: str) -> None:
        if note:
            self._leftwards = False
            self._y, self._floor = 40, 0
            self._passage("Note", note, SIDE, WIDTH - 2 * SIDE, Face.ITALIC, 8.5, 11, palette.TEXT_QUIET)
            self._floor = _FLOOR
        self.pen.end_page()

    def _next_page(self) -> None:
        self.pen.end_page()
        self._y = HEIGHT - TOP

    def _keep_together(self, height: float) -> None:
        """Go on a new page where this much does not fit below."""
        if self._y - height < self._floor:
            self._next_page()

    def _head(self, letter: Letter | PlainLetter) -> None:
        pen, base = self.pen, HEIGHT - TOP
        self._y = base
        whole = WIDTH - 2 * SIDE
        self._leftwards = False
        self._passage("P", letter.school, SIDE, whole - 110, Face.SEMIBOLD, 13, 16)
        with pen.tagged(Element("P", self._root)):
            pen.text_right(WIDTH - SIDE, base, pen.book.shown(letter.day), Face.REGULAR, 10, palette.TEXT_QUIET)
        pen.rule((SIDE, base - 26), (WIDTH - SIDE, base - 26), palette.LINE_STRONG)
        self._leftwards = letter.leftwards

    def _ways(self, ways: tuple[Way, Way], width: float) -> None:
        self._keep_together(max(self._way_height(way, width) for way in ways))
        pen, top = self.pen, self._y
        key = (ways, self._leftwards, top, pen.tree.next_piece)
        known = self._drawn.get(key)
        if known is not None:
            drawn, roles, self._y = known
            pen.again(drawn, [Element(role, self._root) for role in roles])
            return
        page, mark, first, ends = pen.page, pen.mark(), len(self._root.kids), []
        for place, way in enumerate(ways):
            left = SIDE + place * (width + _GUTTER)
            if self._leftwards:
                left = WIDTH - SIDE - width - place * (width + _GUTTER)
            self._y = top
            self._passage("H2", way.heading, left, width, Face.SEMIBOLD, 12.5, 19)
            self._y -= 2
            for number, step in enumerate(way.steps, start=1):
                self._step(number, step, left, width)
            ends.append(self._y)
        self._y = min(ends)
        roles = [kid.role for kid in self._root.kids[first:] if isinstance(kid, Element)]
        if pen.page == page and len(self._drawn) < _MOST_KEPT:
            self._drawn[key] = pen.since(mark), roles, self._y

    def _way_height(self, way: Way, width: float) -> float:
        steps = sum(15 * len(self._broken(step, Face.REGULAR, BODY, width - _INDENT)) + 3 for step in way.steps)
        return 21.0 * len(self._broken(way.heading, Face.SEMIBOLD, 12.5, width)) + steps

    def _step(self, number: int, step: str, left: float, width: float) -> None:
        start = left if self._leftwards else left + _INDENT
        self._passage("P", step, start, width - _INDENT, leading=15, mark=f"{number}.")
        self._y -= 3

    def _code(self, letter: Letter, whole: float) -> None:
        pen, height = self.pen, _QR + 24
        self._keep_together(height - BODY)
        top = self._y + BODY
        pen.rounded(SIDE, top - height, whole, height, 8, palette.SURFACE, palette.LINE_STRONG)
        square = SIDE + 14 if self._leftwards else SIDE + whole - _QR - 14
        self._qr(letter.qr, square, top - 12 - _QR, f"QR: {letter.code}")
        left = SIDE + 22 + (_QR if self._leftwards else 0)
        room = whole - _QR - 44
        self._y = top - 40
        self._passage("P", letter.code_label, left, room, Face.SEMIBOLD, 12, 18)
        self._y -= 16
        with pen.tagged(Element("P", self._root)):
            draw = pen.text_right if self._leftwards else pen.text
            draw(left + room if self._leftwards else left, self._y, letter.code, Face.BOLD, 26, palette.ACCENT_STRONG)
        self._y -= 28
        if letter.until:
            self._passage("P", letter.until, left, room)
        self._y = top - height

    def _qr(self, content: str, x: float, y: float, says: str) -> None:
        side, dark = bars(content)
        step = _QR / (side + 2 * QUIET)
        figure = Element("Figure", self._root, f"/Alt {literal(says)}")
        pen = self.pen
        with pen.tagged(figure):
            pen.area(x, y, _QR, _QR, palette.PAPER)
            pen.squares(x + QUIET * step, y + _QR - QUIET * step, step, dark, "#000000")

    def _passage(
        self,
        role: str,
        text: str,
        left: float,
        width: float,
        face: Face = Face.REGULAR,
        size: float = BODY,
        leading: float = LEADING,
        colour: str = palette.TEXT,
        mark: str = "",
    ) -> None:
        """A paragraph from the current line downwards, on the side that the language begins at.

        A `mark`, such as a step's number, stands out from it on that side.
        """
        lines = self._broken(text, face, size, width)
        pen = self.pen
        while lines:
            fit = int((self._y - self._floor) // leading) + 1
            if fit < 1:
                self._next_page()
                continue
            with pen.tagged(Element(role, self._root)):
                if mark and self._leftwards:
                    pen.text_right(left + width + _INDENT, self._y, mark, Face.SEMIBOLD, size, palette.ACCENT)
                elif mark:
                    pen.text(left - _INDENT, self._y, mark, Face.SEMIBOLD, size, palette.ACCENT)
                mark = ""
                for line in lines[:fit]:
                    if self._leftwards:
                        pen.text_right(left + width, self._y, _ANCHOR + line, face, size, colour)
                    else:
                        pen.text(left, self._y, line, face, size, colour)
                    self._y -= leading
            lines = lines[fit:]

    def _broken(self, text: str, face: Face, size: float, width: float) -> list[str]:
        """The text in lines. What letters of one language share is broken once."""
        key = (text, face, size, width)
        lines = self._lines.get(key)
        if lines is None:
            lines = self._lines[key] = wrap(self.pen.book, text, face, size, width)
        return lines
