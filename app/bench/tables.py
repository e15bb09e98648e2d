"""Tables on paper: the kit's own, tagged for screen readers, beside reportlab's LongTable with the same cells.

The kit breaks a cell that is too long into lines; so that the peer does too, its cells of text are Paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from app.bench.race import Race, Result, Runner, Watch, if_there, peer_module
from app.bench.school import NOW, scratch_folder
from app.bench.town import children
from reports.kit.model import Column, Document, Heading, Kind, Masthead, Table
from reports.kit.paper import write_pdf

ROWS = 3_000
GOAL = 2.0
_HEADINGS = ("Surname", "First name", "Class", "Date of birth", "Guardian", "E-mail", "Postcode", "Points")

Row = tuple[str, str, str, str, str, str, str, int]


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """One long table over many pages."""
    count = max(60, round(ROWS * scale))
    rows = _rows(count)
    with scratch_folder() as folder:
        peer, notes = if_there(lambda: _long_table(rows))
        race = Race(_paper(rows, folder / "ours.pdf"), peer, count, count, ("Schoolgate", "LongTable of Paragraphs"))
        own, other = race.run(rounds)
    yield Result("report", f"a table of {count:,} rows and {len(_HEADINGS)} columns", own, other, GOAL, notes=notes)


def _rows(count: int) -> list[Row]:
    return [
        (
            child.last, child.first, child.class_name, f"{child.born:%d/%m/%Y}",
            " ".join(child.guardians[0][:2]), child.guardians[0][2], child.postcode, child.number % 90,
        )
        for child in children(count)
    ]  # fmt: skip


def _paper(rows: list[Row], file: Path) -> Runner:
    columns = tuple(Column(name, Kind.COUNT if name == "Points" else Kind.TEXT) for name in _HEADINGS)
    masthead = Masthead("Benchmark Primary School", "Pupils", "Autumn 2026", "1", NOW, "Head", "0" * 64)

    def run(watch: Watch) -> None:
        with watch.running():
            table = Table("Pupils", "Pupils", columns, tuple(rows))
            write_pdf(Document(masthead, (Heading("Pupils"), table)), file)
        assert file.stat().st_size > len(rows)

    return run


def _long_table(rows: list[Row]) -> Runner:
    platypus, colors = peer_module("reportlab.platypus"), peer_module("reportlab.lib.colors")
    pages = peer_module("reportlab.lib.pagesizes")
    plain = peer_module("reportlab.lib.styles").ParagraphStyle("plain", fontSize=8, leading=10)
    paragraph = platypus.Paragraph
    style = [
        ("FONTSIZE", (0, 0), (-1, -1), 8),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
        ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
    ]

    def run(watch: Watch) -> None:
        with watch.running():
            written = io.BytesIO()
            cells = [[paragraph(escape(cell), plain) if type(cell) is str else cell for cell in row] for row in rows]
            table = platypus.LongTable([_HEADINGS, *cells], repeatRows=1)
            table.setStyle(platypus.TableStyle(style))
            platypus.SimpleDocTemplate(written, pagesize=pages.A4).build([table])
        assert len(written.getvalue()) > len(rows)

    return run
