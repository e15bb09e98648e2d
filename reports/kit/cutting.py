"""Papers to cut apart, several to an A4 page: the pages, and lines that always fit."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from reportlab.lib.pagesizes import A4

from reports.kit.fonts import Face, FontBook
from reports.kit.ink import Pen
from reports.kit.paper import canvas_of

WIDTH, HEIGHT = A4
Paper = TypeVar("Paper")


def cut_pdf(
    papers: Sequence[Paper], each_page: int, draw: Callable[[Pen, Sequence[Paper]], None], none: tuple[float, str],
    *, title: str, author: str, made: datetime, book: FontBook | None,
) -> tuple[bytes, int]:  # fmt: skip
    """The bytes of a PDF, and how many pages it has. The same papers give the same bytes.

    `draw` fills one page; `none` is the sentence that stands on a page without any, and how far in it stands.
    """
    target = io.BytesIO()
    canvas = canvas_of(target, title=title, author=author, subject=f"{title} of {author}", made=made)
    pen = Pen(canvas, book or FontBook())
    pages = max(1, -(-len(papers) // each_page))
    pen.pages = pages
    for page in range(pages):
        here = papers[page * each_page : (page + 1) * each_page]
        if here:
            draw(pen, here)
        else:
            pen.text(none[0], HEIGHT - 60, none[1], Face.REGULAR, 11)
        pen.end_page()
    pen.tree.hang(canvas)
    canvas.save()
    return target.getvalue(), pages


def smaller(book: FontBook, text: str, face: Face, size: float, room: float) -> tuple[str, float]:
    """A line in smaller letters where it is too long, shortened only below two thirds of the size."""
    shown, least = book.shown(text, face), size * 0.66
    while size > least and book.width(shown, face, size) > room:
        size -= 0.5
    return shortened(book, shown, face, size, room), size


def shortened(book: FontBook, shown: str, face: Face, size: float, room: float) -> str:
    """As much of a line as there is room for; `shown` is as the font book shows it."""
    while len(shown) > 1 and book.width(shown, face, size) > room:
        shown = shown[:-2].rstrip() + "…"
    return shown
