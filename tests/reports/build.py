"""Small documents to render."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from reports.kit.model import Block, Cell, Column, Document, Kind, Masthead, Share, Table

NOW = datetime(2026, 11, 23, 15, 36, tzinfo=UTC)


def masthead(school: str = "Larkfield Primary School", title: str = "A report") -> Masthead:
    """A masthead of an invented school."""
    return Masthead(school, title, "Autumn term 2026", "Policy version 3", NOW, "Mrs Holt", "ab" * 32, "For leaders")


def document(*blocks: Block) -> Document:
    """A document with these blocks."""
    return Document(masthead(), blocks)


def typed_table(rows: int = 3) -> Table:
    """A table with a column of every kind."""
    columns = (
        Column("Name"),
        Column("Count", Kind.COUNT),
        Column("Number", Kind.NUMBER),
        Column("Share", Kind.SHARE),
        Column("Day", Kind.DATE),
        Column("Moment", Kind.MOMENT),
        Column("Length", Kind.DURATION),
    )
    made: list[tuple[Cell, ...]] = [
        (
            f"Row {place}",
            place * 1000,
            place + 0.25,
            Share(place % 7, 7 if place % 2 else 200),
            date(2026, 10, 6) + timedelta(days=place),
            NOW + timedelta(hours=place),
            timedelta(minutes=35 * place),
        )
        for place in range(1, rows + 1)
    ]
    total: tuple[Cell, ...] = ("All", 6000, None, Share(1, 3), "", "", "")
    return Table("Typed", "One of each", columns, tuple(made), total, note="A note below.")


def names_table(*names: str) -> Table:
    """A table of texts and counts."""
    rows = tuple((name, place, name) for place, name in enumerate(names))
    return Table("Names", "Names and counts", (Column("Name"), Column("Count", Kind.COUNT), Column("Again")), rows)
