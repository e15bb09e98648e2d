"""A list for the wall: A4, one list a page, its rows as large as the page allows, a clear yes or no in each column.

Rows are striped and every answer is a word in a shape, so that it reads at arm's length and in black and white.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import A4

from reports.kit import palette
from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.model import Tone
from reports.kit.numbers import moment
from reports.kit.paper import canvas_of
from reports.kit.tags import Element

WIDTH, HEIGHT = A4
SIDE, TOP, FOOT = 45.0, 40.0, 46.0
BAND = 76.0
MOST_ROWS = 40
"""A longer list goes on to a second page: smaller letters could not be read at arm's length."""
_TALLEST, _HEAD = 22.0, 24.0
_SIGN = 25.0
_ACROSS = 3
_COLUMN_HEAD = "/A <</O/Table/Scope/Column>>"
_ROW_HEAD = "/A<</O/Table/Scope/Row>>"


@dataclass(frozen=True, slots=True)
class Roster:
    """One list. `rows` are a name and an answer for each of `columns`; `sign` are the people who sign below it."""

    title: str
    aside: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[bool, ...]], ...]
    notes: tuple[str, ...]
    sign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rosters:
    """Lists for one print-out: whose they are, what they are, when and by whom they were made."""

    school: str
    subject: str
    made_at: datetime
    made_by: str
    lists: tuple[Roster, ...]


def rosters_pdf(rosters: Rosters, book: FontBook | None = None) -> tuple[bytes, int]:
    """The bytes of the PDF, and how many pages it has. The same lists give the same bytes."""
    book = book or FontBook()
    target = io.BytesIO()
    canvas = canvas_of(
        target,
        title=rosters.subject,
        author=rosters.school,
        subject=f"{rosters.subject} of {rosters.school}",
        made=rosters.made_at,
    )
    pen = Pen(canvas, book)
    pages = [(roster, part) for roster in rosters.lists for part in _parts(len(roster.rows))]
    pen.pages = len(pages)
    for roster, (start, end) in pages:
        _Page(pen, rosters, roster, start, end).draw()
        pen.end_page()
    pen.tree.hang(canvas)
    canvas.save()
    return target.getvalue(), len(pages)


def _parts(count: int) -> list[tuple[int, int]]:
    """Where each page of a list begins and ends, the pages evenly filled."""
    pages = max(1, -(-count // MOST_ROWS))
    each = -(-count // pages)
    return [(start, min(start + each, count)) for start in range(0, max(count, 1), max(each, 1))]


class _Page:
    """One page of one list."""

    def __init__(self, pen: Pen, rosters: Rosters, roster: Roster, start: int, end: int) -> None:
        self.pen, self.rosters, self.roster = pen, rosters, roster
        self.rows = roster.rows[start:end]
        self.last = end == len(roster.rows)
        self.goes_on = start > 0
        self.width = WIDTH - 2 * SIDE
        self.notes = [line for note in roster.notes for line in wrap(pen.book, note, Face.REGULAR, 10.5, self.width)]
        self.signers = roster.sign if self.last else ()
        signing = -(-len(self.signers) // _ACROSS) * _SIGN + (22 if self.signers else 0)
        below = len(self.notes) * 14 + 12 + signing
        room = HEIGHT - TOP - BAND - _HEAD - 12 - below - FOOT
        self.tall = min(_TALLEST, room / max(len(self.rows), 1))
        self.size = min(14.5, self.tall * 0.68)
        answer = min(96.0, (self.width * 0.62) / max(len(roster.columns), 1))
        self.lefts = [WIDTH - SIDE - answer * (len(roster.columns) - at) for at in range(len(roster.columns))]
        self.answer = answer

    def draw(self) -> None:
        """Band, table, notes, places to sign, foot."""
        self._band()
        base = self._table(HEIGHT - TOP - BAND - 12)
        base = self._notes(base - 18)
        if self.signers:
            self._places(base - 8)
        self._foot()

    def _band(self) -> None:
        pen, top = self.pen, HEIGHT - TOP
        pen.rounded(SIDE, top - BAND, self.width, BAND, 5, palette.ACCENT)
        head = f"{self.roster.title} (continued)" if self.goes_on else self.roster.title
        size = 28.0
        while size > 14 and pen.book.width(pen.book.shown(head, Face.SEMIBOLD), Face.SEMIBOLD, size) > self.width - 36:
            size -= 1
        with pen.tagged(Element("H1", pen.tree.root)):
            pen.text(SIDE + 18, top - 39, pen.book.shown(head, Face.SEMIBOLD), Face.SEMIBOLD, size, palette.PAPER)
        pen.anchor(f"page{pen.page}", top + 4, head, 0)
        with pen.tagged(Element("P", pen.tree.root)):
            aside = pen.book.shown(f"{self.roster.aside} · {self.rosters.school}")
            pen.text(SIDE + 18, top - 60, aside, Face.REGULAR, 12, palette.PAPER)

    def _table(self, top: float) -> float:
        pen = self.pen
        table = Element("Table", pen.tree.root)
        row = Element("TR", table)
        base = top - _HEAD + 8
        self._cell(Element("TH", row, _COLUMN_HEAD), SIDE + 8, base, "Name on ClassDojo", Face.SEMIBOLD, 11)
        for left, column in zip(self.lefts, self.roster.columns, strict=True):
            self._cell(Element("TH", row, _COLUMN_HEAD), left + 8, base, column, Face.SEMIBOLD, 11)
        foot = top - _HEAD
        pen.rule((SIDE, foot), (WIDTH - SIDE, foot), palette.ACCENT, 1.2)
        for place, (name, answers) in enumerate(self.rows):
            if place % 2:
                pen.area(SIDE, foot - self.tall, self.width, self.tall, palette.SURFACE)
            row = Element("TR", table)
            base = foot - self.tall / 2 - self.size * 0.34
            self._cell(Element("TH", row, _ROW_HEAD), SIDE + 8, base, self._fitting(name), Face.SEMIBOLD, self.size)
            for left, may in zip(self.lefts, answers, strict=True):
                self._answer(Element("TD", row), left, foot, base, may)
            foot -= self.tall
            pen.rule((SIDE, foot), (WIDTH - SIDE, foot), palette.LINE, 0.4)
        return foot

    def _answer(self, cell: Element, left: float, top: float, base: float, may: bool) -> None:
        pen, high = self.pen, self.tall - 4
        with pen.tagged(cell):
            if may:
                pen.text(left + 16, base, "Yes", Face.REGULAR, self.size, palette.INK[Tone.GOOD])
            else:
                pen.rounded(left + 6, top - 2 - high, self.answer - 22, high, 3, palette.INK[Tone.STOP])
                pen.text(left + 16, base, "No", Face.BOLD, self.size, palette.PAPER)

    def _fitting(self, name: str) -> str:
        room = self.lefts[0] - SIDE - 16 if self.lefts else self.width
        return self._shortened(name, Face.SEMIBOLD, self.size, room)

    def _shortened(self, words: str, face: Face, size: float, room: float) -> str:
        shown = self.pen.book.shown(words, face)
        while len(shown) > 2 and self.pen.book.width(shown, face, size) > room:
            shown = shown[:-2].rstrip() + "…"
        return shown

    def _notes(self, base: float) -> float:
        with self.pen.tagged(Element("P", self.pen.tree.root)):
            for line in self.notes:
                self.pen.text(SIDE, base, line, Face.REGULAR, 10.5)
                base -= 14
        return base

    def _places(self, base: float) -> None:
        pen = self.pen
        with pen.tagged(Element("P", pen.tree.root)):
            pen.text(SIDE, base, "I have read this list. Sign, and write the day.", Face.SEMIBOLD, 10.5)
        wide = self.width / _ACROSS
        for place, person in enumerate(self.signers):
            left, down = SIDE + place % _ACROSS * wide, base - 22 - place // _ACROSS * _SIGN
            name = self._shortened(person, Face.REGULAR, 9.5, wide * 0.58)
            with pen.tagged(Element("P", pen.tree.root)):
                pen.text(left, down, name, Face.REGULAR, 9.5, palette.TEXT_QUIET)
            begins = left + pen.book.width(name, Face.REGULAR, 9.5) + 5
            pen.rule((begins, down - 2), (left + wide - 14, down - 2), palette.LINE_STRONG, 0.7)

    def _foot(self) -> None:
        pen, made = self.pen, f"Made {moment(self.rosters.made_at)} by {self.rosters.made_by}. "
        words = pen.book.shown(f"{made}Destroy earlier issues. Keep this out of pupils' and visitors' sight.")
        pen.text(SIDE, 26, words, Face.REGULAR, 8.5, palette.TEXT_QUIET)
        pen.text_right(WIDTH - SIDE, 26, f"Page {pen.page} of {pen.pages}", Face.SEMIBOLD, 8.5, palette.TEXT_QUIET)

    def _cell(self, cell: Element, x: float, base: float, words: str, face: Face, size: float) -> None:
        with self.pen.tagged(cell):
            self.pen.text(x, base, self.pen.book.shown(words, face), face, size)
