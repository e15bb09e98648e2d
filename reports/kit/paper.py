"""A report as a PDF: A4, a head and a foot on every page, bookmarks, and a structure that a screen reader can use."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports.kit import palette
from reports.kit.boxes import HeadingBox, NoteBox, TextBox
from reports.kit.charts import chart_of
from reports.kit.clean import cut, harmless
from reports.kit.flow import Box, Placed, paginate
from reports.kit.fonts import Face, FontBook, base_font
from reports.kit.grid import tables_of
from reports.kit.ink import Pen
from reports.kit.model import (
    Block,
    Callout,
    Chart,
    Contents,
    Document,
    Heading,
    NewPage,
    Note,
    Notes,
    Table,
    Text,
    Tiles,
)
from reports.kit.numbers import moment
from reports.kit.panels import CalloutBox, ContentsBox, TilesBox
from reports.kit.tags import Element
from reports.kit.title import TitleBox
from reports.kit.whole import written_whole

WIDTH, HEIGHT = A4
SIDE = 51.0
TOP, BOTTOM = 62.0, 58.0
LANGUAGE = "en-GB"

# Page streams stay binary: writing them out as letters costs a tenth of the time and a quarter of the size.
rl_config.useA85 = 0


def write_pdf(document: Document, path: Path, book: FontBook | None = None) -> int:
    """Writes the report there, whole or not at all, and returns how many pages it has.

    Raises `Problem` where the file cannot be written.
    """
    data, pages = pdf_of(document, book)
    with written_whole(path) as place:
        place.write_bytes(data)
    return pages


def pdf_of(document: Document, book: FontBook | None = None) -> tuple[bytes, int]:
    """The report as the bytes of a PDF, and how many pages it has. The same report gives the same bytes."""
    book = book or FontBook()
    width = WIDTH - 2 * SIDE
    title = TitleBox(book, document.masthead, width)
    room = HEIGHT - TOP - BOTTOM
    pages = paginate(_boxes(book, document.blocks, width), HEIGHT - 34 - BOTTOM - title.height, room)
    target = io.BytesIO()
    pen = Pen(_canvas(document, target), book)
    pen.pages = len(pages)
    pen.page_of = {
        box.anchor: number
        for number, page in enumerate(pages, start=1)
        for box, _ in page
        if isinstance(box, HeadingBox)
    }
    for number, page in enumerate(pages, start=1):
        _draw_page(pen, document, title if number == 1 else None, page)
    pen.tree.hang(pen.canvas)
    pen.canvas.save()
    return target.getvalue(), len(pages)


def _canvas(document: Document, target: io.BytesIO) -> Canvas:
    head = document.masthead
    canvas = canvas_of(
        target,
        title=f"{head.title}, {head.period}",
        author=head.school,
        subject=f"{head.title} of {head.school}, {head.period}. Audit head {head.audit_head}.",
        made=head.generated_at,
    )
    catalog: Any = canvas._doc.Catalog  # type: ignore[attr-defined]
    catalog.showOutline()
    return canvas


def canvas_of(target: io.BytesIO, *, title: str, author: str, subject: str, made: datetime) -> Canvas:
    """An empty A4 document that says what it is, and is the same bytes for the same content."""
    canvas = Canvas(
        target,
        pagesize=A4,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=base_font(),  # type: ignore[arg-type]  # the stub takes it for a number
        lang=LANGUAGE,
    )
    canvas.setTitle(_fact(title))
    canvas.setAuthor(_fact(author))
    canvas.setSubject(_fact(subject))
    canvas.setCreator("Schoolgate")
    canvas.setProducer("Schoolgate")
    canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d%H%M%S}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _fact(text: str) -> str:
    return cut(harmless(text).replace("\n", " "), 400)


def _boxes(book: FontBook, blocks: tuple[Block, ...], width: float) -> list[Box]:
    headings = [
        HeadingBox(book, block, width, f"h{place}") for place, block in enumerate(blocks) if isinstance(block, Heading)
    ]
    waiting = iter(headings)
    made: list[Box] = []
    tables = charts = 0
    new_page = False
    for block in blocks:
        if isinstance(block, NewPage):
            new_page = True
            continue
        boxes: list[Box]
        if isinstance(block, Heading):
            boxes = [next(waiting)]
        elif isinstance(block, Contents):
            boxes = [ContentsBox(book, block, headings, width)]
        elif isinstance(block, Table):
            tables += 1
            boxes = tables_of(book, block, width, tables)
        elif isinstance(block, Chart):
            charts += 1
            boxes = [chart_of(book, block, width, charts)]
        else:
            boxes = _prose(book, block, width)
        if made and _introduces(made, boxes):
            made[-1].sticks = True
        if boxes and new_page:
            boxes[0].breaks, new_page = True, False
        made.extend(boxes)
    return made


def _introduces(made: list[Box], boxes: list[Box]) -> bool:
    """Whether the last box is a heading's few words, which stay with the table or chart that they introduce."""
    if len(made) < 2 or not boxes or isinstance(boxes[0], TextBox | NoteBox | HeadingBox):
        return False
    text = made[-1]
    return isinstance(text, TextBox) and len(text.lines) < 6 and isinstance(made[-2], HeadingBox)


def _prose(book: FontBook, block: Text | Notes | Tiles | Callout, width: float) -> list[Box]:
    if isinstance(block, Text):
        return [TextBox(book, block, width)]
    if isinstance(block, Tiles):
        return [TilesBox(book, block, width)]
    if isinstance(block, Notes):
        return _list(book, block.items, width)
    box = CalloutBox(book, block, width)
    if box.height <= 480:
        return [box]
    return _list(book, (Note("", block.title), *(Note(item) for item in block.items)), width)


def _list(book: FontBook, items: tuple[Note, ...], width: float) -> list[Box]:
    parent: list[Element] = []
    return [NoteBox(book, note, width, parent, place == 0) for place, note in enumerate(items)]


def _draw_page(pen: Pen, document: Document, title: TitleBox | None, page: list[Placed]) -> None:
    top = HEIGHT - TOP
    if title is None:
        _draw_head(pen, document)
    else:
        title.draw(pen, SIDE, HEIGHT - 34)
        top = HEIGHT - 34 - title.height
    for box, below in page:
        box.draw(pen, SIDE, top - below)
    _draw_foot(pen, document)
    pen.end_page()


def _draw_head(pen: Pen, document: Document) -> None:
    head, base = document.masthead, HEIGHT - 36
    right = pen.book.shown(cut(head.period, 70))
    room = WIDTH - 2 * SIDE - pen.book.width(right, Face.REGULAR, 8.5) - 20
    left = _fitting(pen.book, f"{head.title} · {head.school}", Face.SEMIBOLD, 8.5, room)
    pen.text(SIDE, base, left, Face.SEMIBOLD, 8.5, palette.ACCENT)
    pen.text_right(WIDTH - SIDE, base, right, Face.REGULAR, 8.5, palette.TEXT_QUIET)
    pen.rule((SIDE, base - 7), (WIDTH - SIDE, base - 7), palette.LINE)


def _draw_foot(pen: Pen, document: Document) -> None:
    head, base = document.masthead, 32.0
    page = f"Page {pen.page} of {pen.pages}"
    room = WIDTH - 2 * SIDE - 90
    made = f"Generated {moment(head.generated_at)} by {head.generated_by}"
    audit = f"Audit head {head.audit_head}"
    pen.rule((SIDE, base + 13), (WIDTH - SIDE, base + 13), palette.LINE)
    pen.text(SIDE, base, _fitting(pen.book, made, Face.REGULAR, 8, room), Face.REGULAR, 8, palette.TEXT_QUIET)
    pen.text(SIDE, base - 10.5, _fitting(pen.book, audit, Face.REGULAR, 7, room), Face.REGULAR, 7, palette.TEXT_QUIET)
    pen.text_right(WIDTH - SIDE, base, page, Face.SEMIBOLD, 8.5, palette.TEXT)


def _fitting(book: FontBook, text: str, face: Face, size: float, room: float) -> str:
    """As much of the text as fits on one line; the whole stands on the first page."""
    text = book.shown(cut(text.replace("\n", " "), 200), face)
    while len(text) > 1 and book.width(text, face, size) > room:
        text = text[:-2].rstrip() + "…"
    return text
