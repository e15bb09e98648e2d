"""A letter with a code and its QR for each of 600 adults, in ten languages, as one PDF (P3).

The peer says the same words with reportlab's own page layout (platypus) and QR codes by segno, drawn as areas as ours
are, a row's neighbours in one. It leaves out what platypus does not do: the joined letters of right-to-left scripts,
and the marks that let a screen reader read the PDF.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from app.bench.race import Race, Result, Watch, if_there, peer_module
from app.bench.town import children
from app.domain.codes import new_code
from app.domain.letters import LANGUAGES
from app.services.codes import IssuedCode, Recipient
from reports.kit.fonts import Face, own_font
from reports.kit.letter import Letter
from reports.letters.writing import Sender, Writer

LETTERS = 600
GOAL = 3.5
TODAY, LAST_DAY = date(2026, 11, 23), date(2026, 12, 21)
SENDER = Sender("Larkfield Primary School", "01632 960100", "office@larkfield.example")

_BODY, _QR = 11, 118.0


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """The letters of a whole school, from the codes to the bytes of the PDF."""
    count = max(30, round(LETTERS * scale))
    codes = codes_for(count)
    peer, notes = if_there(_peer)
    names = ("Schoolgate", "platypus and segno")

    def product(watch: Watch) -> None:
        with watch.running():
            Writer(SENDER, TODAY).pdf(codes)

    def other(watch: Watch) -> None:
        assert peer is not None
        writer = Writer(SENDER, TODAY)
        with watch.running():
            peer([writer.letter(one.to, one.shown, one.expires_on) for one in codes])

    own, beside = Race(product, other if peer else None, count, count, names).run(rounds)
    yield Result("letters", f"{count:,} code letters with QR, in ten languages", own, beside, GOAL, notes=notes)


def codes_for(count: int) -> list[IssuedCode]:
    """A code for an invented adult of each child, the languages in turn. The same every time."""
    draw = random.Random(2026)
    return [
        IssuedCode(
            Recipient(
                child.number,
                child.number,
                child.first,
                " ".join(child.guardians[0][:2]),
                child.class_name,
                LANGUAGES[at % len(LANGUAGES)],
            ),
            new_code(draw.choice),
            LAST_DAY,
        )
        for at, child in enumerate(children(count))
    ]


Peer = Callable[[Sequence[Letter]], bytes]


@dataclass(frozen=True, slots=True)
class _Styles:
    """The peer's fonts and paragraphs."""

    title: Any
    body: Any
    head: Any
    code: Any
    note: Any


def _peer() -> Peer:
    """The peer, ready: its modules are there and its fonts are read. Raises `PeerAbsent` where one is missing."""
    segno, platypus = peer_module("segno"), peer_module("reportlab.platypus")
    styles = {face: _styles(face) for face in ("Bench", "BenchWide")}
    square = _square(platypus.Flowable, segno)

    def write(letters: Sequence[Letter]) -> bytes:
        target = io.BytesIO()
        paper = platypus.SimpleDocTemplate(
            target, title="Code letters", leftMargin=62, rightMargin=62, topMargin=50, bottomMargin=30
        )
        story: list[Any] = []
        for letter in letters:
            story += _story(platypus, styles["BenchWide" if letter.leftwards else "Bench"], letter, square(letter.qr))
        paper.build(story)
        return target.getvalue()

    return write


def _story(kit: Any, styles: _Styles, letter: Letter, square: Any) -> list[Any]:
    """One letter as platypus takes it: the same words in the same order, the same boxes."""
    escape = peer_module("xml.sax.saxutils").escape

    def said(words: str, style: Any) -> Any:
        return kit.Paragraph(escape(words), style)

    ways = [
        [said(way.heading, styles.head), *(said(f"{at}. {step}", styles.body) for at, step in enumerate(way.steps, 1))]
        for way in letter.ways
    ]
    code = [said(letter.code_label, styles.head), said(letter.code, styles.code), said(letter.until, styles.body)]
    line = ("LINEBELOW", (0, 0), (-1, -1), 0.75, "#8a979a")
    box = ("BOX", (0, 0), (-1, -1), 0.75, "#8a979a")
    return [
        kit.Table([[said(letter.school, styles.head), said(letter.day, styles.note)]], style=[line]),
        kit.Spacer(1, 24),
        said(letter.title, styles.title),
        said(letter.greeting, styles.body),
        said(letter.opening, styles.body),
        kit.Table([ways], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
        kit.Table([[code, square]], colWidths=(340, 130), style=[box]),
        kit.Spacer(1, 12),
        said(letter.closing, styles.body),
        said(letter.signed, styles.head),
        said(letter.note, styles.note),
        kit.PageBreak(),
    ]


def _square(flowable: Any, segno: Any) -> Callable[[str], Any]:
    """Makes a QR code that platypus places, drawn as areas."""

    class Square(flowable):  # type: ignore[misc]  # a peer's class, known only when it is there
        def __init__(self, content: str) -> None:
            super().__init__()
            self.width = self.height = _QR
            self._rows = segno.make(content, error="m", micro=False, boost_error=False).matrix

        def draw(self) -> None:
            step = _QR / (len(self._rows) + 8)
            self.canv.setFillColorRGB(0, 0, 0)
            drawn = self.canv.beginPath()
            for row, signs in enumerate(self._rows):
                at = 0
                for dark, same in groupby(signs):
                    count = len(list(same))
                    if dark:
                        drawn.rect((at + 4) * step, _QR - (row + 5) * step, count * step, step)
                    at += count
            self.canv.drawPath(drawn, stroke=0, fill=1)

    return Square


@cache
def _styles(face: str) -> _Styles:
    fonts, metrics = peer_module("reportlab.pdfbase.ttfonts"), peer_module("reportlab.pdfbase.pdfmetrics")
    styles = peer_module("reportlab.lib.styles")
    for cut, name in ((Face.REGULAR, face), (Face.BOLD, f"{face}-Bold")):
        wide = peer_module("pymupdf_fonts").fontbuffers["figo" if cut is Face.REGULAR else "figbo"]
        file = io.BytesIO(wide()) if face == "BenchWide" else str(own_font(cut))
        metrics.registerFont(fonts.TTFont(name, file))

    def style(name: str, size: float, bold: bool = False) -> Any:
        font = f"{face}-Bold" if bold else face
        right = 2 if face == "BenchWide" else 0
        return styles.ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.45, alignment=right)

    return _Styles(
        style("title", 17, True), style("body", _BODY), style("head", 12.5, True), style("code", 26, True),
        style("note", 8.5),
    )  # fmt: skip
