"""Pages are filled so that what belongs together stays together, and tables are never clipped."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.kit.columns import PAD, shared_widths
from reports.kit.flow import Box, paginate
from reports.kit.fonts import Face, FontBook
from reports.kit.grid import GridBox, tables_of
from reports.kit.model import Chart, Column, Heading, Kind, Shape, Table, Text
from reports.kit.paper import HEIGHT, SIDE, WIDTH, pdf_of
from tests.reports.build import document, names_table, typed_table
from tests.reports.hostile import HOSTILE
from tests.reports.paper_reader import Paper

BOOK = FontBook()
ROOM = WIDTH - 2 * SIDE


@dataclass
class Block(Box):
    """A box of a given height, in lines of one point that it may be broken between."""

    height: float
    sticks: bool = False
    splits: bool = False
    clings: bool = False
    above: float = 2

    @property
    def least(self) -> float:
        return min(self.height, 2) if self.splits else self.height

    def split(self, room: float) -> tuple[Box, Box] | None:
        fit = int(room)
        if not self.splits or fit < 2 or fit >= self.height:
            return None
        return Block(fit, splits=True), Block(self.height - fit, splits=True)


BLOCKS = st.lists(
    st.builds(Block, st.integers(1, 30).map(float), sticks=st.booleans(), splits=st.booleans(), clings=st.booleans()),
    max_size=40,
)


@given(BLOCKS)
def test_nothing_is_lost_and_nothing_overflows(blocks: list[Block]) -> None:
    for block in blocks:
        block.sticks = block.sticks and block.height < 8
        block.clings = block.clings and block.height < 8
    pages = paginate(blocks, 40, 60)
    placed = [box for page in pages for box, _ in page]
    assert sum(box.height for box in placed) == sum(block.height for block in blocks)
    for number, page in enumerate(pages):
        ends = [below + box.height for box, below in page]
        assert max(ends, default=0) <= (60 if number else 40)
        assert all(later >= end for (_, later), end in zip(page[1:], ends, strict=False))


def test_a_heading_is_never_the_last_on_a_page() -> None:
    pages = paginate([Block(35), Block(4, sticks=True), Block(10)], 50, 50)
    assert [[box.height for box, _ in page] for page in pages] == [[35], [4, 10]]


@pytest.mark.parametrize("splits", [True, False])
def test_what_closes_a_section_is_never_alone_on_a_page(splits: bool) -> None:
    pages = paginate([Block(20), Block(16, splits=splits), Block(4, clings=True), Block(3, clings=True)], 45, 60)
    heights = [[box.height for box, _ in page] for page in pages]
    assert heights == ([[20, 12], [4, 4, 3]] if splits else [[20], [16, 4, 3]])


def test_a_long_box_begins_under_its_heading_and_goes_on() -> None:
    pages = paginate([Block(4, sticks=True), Block(100, splits=True)], 50, 50)
    assert len(pages) == 3
    assert pages[0][0][0].height == 4
    assert sum(box.height for page in pages for box, _ in page) == 104


def test_a_box_that_asks_for_it_begins_a_page() -> None:
    second = Block(5)
    second.breaks = True
    assert len(paginate([Block(5), second], 50, 50)) == 2


WISHES = st.lists(
    st.tuples(st.sampled_from(Kind), st.floats(10, 60), st.floats(0, 300)).map(lambda t: (t[0], (t[1], t[1] + t[2]))),
    min_size=1,
    max_size=8,
)


@given(WISHES)
def test_columns_never_get_less_than_they_can_bear_nor_more_than_the_page(
    wishes: list[tuple[Kind, tuple[float, float]]],
) -> None:
    natural = [wish for _, wish in wishes]
    widths = shared_widths([kind for kind, _ in wishes], natural, ROOM)
    assert sum(widths) <= ROOM + 0.01
    assert all(wide >= least - 0.01 for wide, (least, _) in zip(widths, natural, strict=True))


CELLS = st.text("abcdef ghi -<&=é", max_size=60)


@given(st.lists(st.tuples(CELLS, st.integers(0, 10**7), CELLS, CELLS), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_every_line_of_every_cell_fits_its_column(rows: list[tuple[str, int, str, str]]) -> None:
    columns = (Column("A"), Column("Rather long heading", Kind.COUNT), Column("C"), Column("D"))
    for box in tables_of(BOOK, Table("T", "T", columns, tuple(rows)), ROOM, 1):
        assert isinstance(box, GridBox)
        for lines in (*box.set.rows, box.set.head):
            for wide, cell in zip(box.set.widths, lines, strict=True):
                assert all(BOOK.width(line, Face.REGULAR, box.set.size) <= wide - 2 * PAD + 0.02 for line in cell)


def drawn_outside(data: bytes) -> list[str]:
    """Texts that stand, in part, outside the page's own margins."""
    paper = Paper(data)
    found = []
    for page in range(len(paper.reader.pages)):
        for start, end, line, text in paper.edges(page):
            inside = start >= SIDE - 1 and end <= WIDTH - SIDE + 1 and 15 <= line <= HEIGHT - 30
            if text.strip() and not inside:
                found.append(text)
    return found


def test_a_table_with_too_many_columns_is_broken_into_bands_that_repeat_the_first() -> None:
    columns = (Column("Class"), *(Column(f"Figure {place}", Kind.COUNT) for place in range(40)))
    rows = tuple((f"Class {row}", *range(row, row + 40)) for row in range(6))
    data, _ = pdf_of(document(Table("Wide", "Very wide", columns, rows)))
    assert not drawn_outside(data)
    tables = Paper(data).tree().all("Table")
    assert len(tables) > 1
    heads = [[cell.whole for cell in table.all("TR")[0].kids] for table in tables]
    assert all(head[0] == "Class" for head in heads)
    assert [title for head in heads for title in head[1:]] == [f"Figure {place}" for place in range(40)]


def test_a_table_of_5000_rows_is_whole_over_many_pages_with_its_headings_repeated() -> None:
    data, pages = pdf_of(document(Heading("Rows"), typed_table(5_000)))
    paper = Paper(data)
    assert pages == len(paper.reader.pages) > 100
    assert data.count(b"<</S/TR/") == 5_002
    assert data.count(b"<</S/Table/") == 1
    middle, last = (paper.reader.pages[place].extract_text() for place in (pages // 2, pages - 1))
    for text in (middle, last):
        assert "(continued)" in text
        assert "Moment" in text
    assert "5,000,000" in last


def test_a_table_over_several_pages_stays_one_table_for_a_screen_reader() -> None:
    data, pages = pdf_of(document(typed_table(120)))
    assert pages > 1
    (table,) = Paper(data).tree().all("Table")
    rows = table.all("TR")
    assert [cell.role for cell in rows[0].kids] == ["TH"] * 7
    assert [cell.role for cell in rows[1].kids] == ["TH"] + ["TD"] * 6
    assert [row.kids[0].whole for row in rows[1:-1]] == [f"Row {place}" for place in range(1, 121)]
    assert [cell.whole for cell in rows[100].kids][:3] == ["Row 100", "100,000", "100.3"]


def test_a_row_higher_than_a_page_is_cut_with_a_note() -> None:
    data, _ = pdf_of(document(names_table("y" * 90_000, "after")))
    assert not drawn_outside(data)
    text = Paper(data).text()
    assert "cut here: 90,000 characters" in text
    assert "after" in text


def test_hostile_text_stays_within_the_margins_everywhere() -> None:
    table = names_table(*HOSTILE)
    chart = Chart("Chart " + HOSTILE[0], Shape.BARS, table, "Name", ("Count",), HOSTILE[9])
    data, _ = pdf_of(document(Heading(HOSTILE[8]), *map(Text, HOSTILE), chart, table))
    assert not drawn_outside(data)


@pytest.mark.parametrize("shape", list(Shape))
def test_charts_stay_within_the_page_and_say_their_figures(shape: Shape) -> None:
    columns = (Column("Week"), Column("One", Kind.COUNT), Column("Two", Kind.COUNT))
    table = Table("T", "T", columns, tuple((f"Week {place}", place * 3, 40 - place) for place in range(30)))
    data, _ = pdf_of(document(Chart("A chart", shape, table, "Week", ("One", "Two"), "It grows."), table))
    assert not drawn_outside(data)
    (figure,) = Paper(data).tree().all("Figure")
    assert "A chart. It grows. Week 0: One 0, Two 40; Week 1: One 3, Two 39" in figure.alt


def test_a_chart_without_figures_says_so() -> None:
    table = Table("T", "T", (Column("A"), Column("B", Kind.COUNT)), (("x", 0),))
    data, _ = pdf_of(document(Chart("Chart", Shape.BARS, table, "A", ("B",), "Nothing.")))
    assert "There is nothing to draw: no figure is above zero." in Paper(data).text()
    assert not Paper(data).tree().all("Figure")


def test_short_tables_are_not_torn_and_the_words_before_them_come_along() -> None:
    filler = [Text("Filler. " * 40) for _ in range(11)]
    table = typed_table(5)
    data, _ = pdf_of(document(*filler, Heading("Section", 2), Text("A few words."), table))
    paper = Paper(data)
    pages = [page.extract_text() for page in paper.reader.pages]
    home = next(number for number, text in enumerate(pages) if "Section" in text)
    assert "A few words." in pages[home]
    assert "Row 5" in pages[home]
