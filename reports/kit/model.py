"""What a report is made of, before it is paper or a spreadsheet.

A report composes a `Document` once; `paper` and `sheet` each render that same value, so a figure cannot differ
between the two. Text is text: there is no markup, so nothing in it can be taken for any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, kept as two counts so that small numbers can be shown as they are ("3 of 4")."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} is not a part of {self.whole}")

    @property
    def fraction(self) -> float | None:
        """Between 0 and 1, or None where there is nothing to count."""
        return self.part / self.whole if self.whole else None


Cell = str | int | float | Share | date | datetime | timedelta | None
"""What may stand in a table. None means that there is nothing to measure."""


class Kind(StrEnum):
    """What a column holds: it decides alignment on paper and the type and format in a spreadsheet."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    MOMENT = "moment"
    DURATION = "duration"


class Tone(StrEnum):
    """What a callout or a tile means. It is always said by a word and a sign too, never by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and what it holds.

    `part` is its part of the page's width, from 0 to 1, where like tables that follow each other should look alike;
    without it a column is as wide as what it holds.
    """

    title: str
    kind: Kind = Kind.TEXT
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. `name` is short and unique in the report: it names the worksheet.

    `empty` is the sentence that stands in place of the rows where there are none; `note` stands below them.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    note: str | None = None
    empty: str = "Nothing was recorded in this period."

    def __post_init__(self) -> None:
        every = self.rows if self.total is None else (*self.rows, self.total)
        if any(len(row) != len(self.columns) for row in every):
            raise ValueError(f"a row of the table “{self.name}” does not fit its columns")
        titles = [column.title for column in self.columns]
        if len(set(titles)) != len(titles):
            raise ValueError(f"the table “{self.name}” names two columns alike")

    def place(self, title: str) -> int:
        """Where the column with this heading stands, from 0."""
        return [column.title for column in self.columns].index(title)


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Shape(StrEnum):
    """How a chart is drawn: bars lie (for names), columns stand (for time), lines run (for a trend)."""

    BARS = "bars"
    COLUMNS = "columns"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some columns of a table. Its figures are the table's own; several series are stacked.

    `says` is the one sentence that a reader should take away; it opens the text alternative too.
    """

    title: str
    shape: Shape
    table: Table
    labels: str
    series: tuple[str, ...]
    says: str

    def categories(self) -> list[str]:
        """The names along the chart's axis."""
        place = self.table.place(self.labels)
        return [_category(row[place]) for row in self.table.rows]

    def values(self, series: str) -> list[float]:
        """One series' figures, in the order of the categories; nothing to measure counts as 0."""
        place = self.table.place(series)
        return [_figure(row[place]) for row in self.table.rows]


def _category(cell: Cell) -> str:
    return f"{cell.day} {MONTHS[cell.month - 1]}" if isinstance(cell, date) else str(cell)


def _figure(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3, with the ids of the policy's clauses that its section is about."""

    text: str
    level: int = 1
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `quiet` for what explains rather than tells, `closing` for what stays with what it follows."""

    text: str
    quiet: bool = False
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """An item of a list: `lead` stands out at its beginning."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """A bulleted list."""

    items: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure: what it is, the figure itself, and what to know about it."""

    label: str
    value: Cell
    kind: Kind = Kind.COUNT
    detail: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Tiles:
    """Key figures side by side. `name` names the worksheet that holds them."""

    name: str
    items: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be overlooked: a title and either sentences or a list."""

    title: str
    items: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of headings with their pages."""

    title: str = "Contents"


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Text | Notes | Tiles | Callout | Table | Chart | Contents | NewPage


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every page and the cover sheet carry: whose report, about what, made when and by whom.

    `audit_head` is the hash of the audit's last entry, printed so that later tampering with the records shows.
    """

    school: str
    title: str
    period: str
    policy: str
    generated_at: datetime
    generated_by: str
    audit_head: str
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report."""

    masthead: Masthead
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        names = [name.casefold() for name in self.names()]
        if len(set(names)) != len(names):
            raise ValueError("two tables of the report bear the same name")

    def names(self) -> list[str]:
        """The names of its tables and key figures, in order."""
        return [block.name for block in self.blocks if isinstance(block, Table | Tiles)]

    def tables(self) -> list[Table]:
        """Its tables, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]
