"""The PDF: whole, findable, usable by a screen reader, the same bytes for the same report."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.kit.boxes import HeadingBox
from reports.kit.fonts import FontBook
from reports.kit.model import (
    Block,
    Callout,
    Contents,
    Document,
    Heading,
    NewPage,
    Note,
    Notes,
    Share,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)
from reports.kit.model import Kind as Holds
from reports.kit.paper import pdf_of, write_pdf
from tests.reports.build import document, masthead, names_table, typed_table
from tests.reports.hostile import HOSTILE
from tests.reports.paper_reader import Paper

WHOLE = document(
    Heading("First", 1, ("T8", "P6")),
    Tiles("Key figures", (Tile("Items", 1234, detail="all of them"), Tile("In time", Share(3, 4), Holds.SHARE))),
    Notes((Note("says this.", "Checks."), Note("and that."))),
    Callout("Waiting", ("One thing.", "Another."), Tone.WARN),
    NewPage(),
    Contents(),
    Heading("Second", 1),
    Heading("Within the second", 2, ("K1",)),
    Text("A paragraph."),
    typed_table(),
)


def test_it_says_in_its_properties_what_it_is_and_in_which_language() -> None:
    paper = Paper(pdf_of(WHOLE)[0])
    facts = paper.reader.metadata
    assert facts is not None
    assert facts.title == "A report, Autumn term 2026"
    assert facts.author == "Larkfield Primary School"
    assert "Audit head abab" in (facts.subject or "")
    assert facts.creation_date_raw == "D:20261123153600"
    assert paper.root["/Lang"] == "en-GB"
    assert paper.root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert paper.root["/MarkInfo"]["/Marked"].value is True


def test_every_page_says_whose_it_is_when_it_was_made_and_which_of_how_many_it_is() -> None:
    data, pages = pdf_of(WHOLE)
    texts = [page.extract_text() for page in Paper(data).reader.pages]
    assert len(texts) == pages == 2
    for number, text in enumerate(texts, start=1):
        assert "Larkfield Primary School" in text
        assert "A report" in text
        assert "Autumn term 2026" in text
        assert "Generated Mon 23 Nov 2026, 15:36 by Mrs Holt" in text
        assert "Audit head " + "ab" * 32 in text
        assert f"Page {number} of 2" in text


def test_headings_are_bookmarks_contents_and_elements() -> None:
    paper = Paper(pdf_of(WHOLE)[0])
    assert paper.bookmarks() == ["First", "Second", "Within the second"]
    tree = paper.tree()
    assert [node.whole for node in tree.all("H1")] == ["First", "Second"]
    assert [node.whole for node in tree.all("H2")] == ["Within the second"]
    assert [node.whole for node in tree.all("TOCI")] == ["First 1", "Second 2", "Within the second 2"]
    assert len(paper.reader.pages[1]["/Annots"]) == 3  # type: ignore[arg-type]


def test_a_heading_without_the_level_above_it_is_no_stumbling_block() -> None:
    assert Paper(pdf_of(document(Heading("Deep", 3), Heading("High", 1)))[0]).bookmarks() == ["Deep", "High"]


def test_a_screen_reader_hears_every_part_in_order() -> None:
    tree = Paper(pdf_of(WHOLE)[0]).tree()
    assert [kid.role for kid in tree.kids] == [
        *("P", "Title", "P", "P", "H1", "P", "P", "P", "L", "P", "L", "P", "TOC", "H1", "H2", "P", "P", "Table", "P")
    ]
    assert [node.whole for node in tree.all("LBody")] == ["Checks. says this.", "and that.", "One thing.", "Another."]
    assert "Items 1,234 all of them" in [node.whole for node in tree.all("P")]
    assert "Waiting To do" in [node.whole for node in tree.all("P")]


def test_nothing_is_drawn_outside_the_tree_but_decoration() -> None:
    assert Paper(pdf_of(WHOLE)[0]).unmarked() == 0


def test_all_fonts_are_embedded_and_none_is_a_stand_in() -> None:
    fonts = Paper(pdf_of(WHOLE)[0]).fonts()
    assert all(fonts.values())
    assert any("SourceSansPro-Regular" in name for name in fonts)
    assert any("SourceSansPro-Semibold" in name for name in fonts)
    assert not any("Helvetica" in name for name in fonts)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pdf_of(WHOLE) == pdf_of(WHOLE)


@pytest.mark.parametrize("others", [None, []], ids=["this computer's fonts", "no other font"])
def test_hostile_text_passes_as_text(others: list[Path] | None) -> None:
    first, name = HOSTILE[0], "=Evil <i>School</i> \x00👍"
    blocks: list[Block] = [
        Heading(first, 2),
        *map(Text, HOSTILE),
        Callout("x", HOSTILE, Tone.STOP),
        names_table(*HOSTILE),
    ]
    data, _ = pdf_of(Document(masthead(name, first), tuple(blocks)), FontBook(others))
    paper = Paper(data)
    tree = paper.tree()
    paragraphs = [node.whole for node in tree.all("P")]
    for text in (
        "<b>bold</b> & <para> </font> &amp; &#0;",
        "=1+1",
        "NUL bell escape[31m delete",
        "evil right isolated",
    ):
        assert text in paragraphs
    assert "=Evil <i>School</i> [thumbs up sign]" in paragraphs
    assert paper.unmarked() == 0
    if others == []:
        assert "[3 letters that no font here can show]" not in paragraphs
        assert any("letters that no font here can show" in text for text in paragraphs)
    else:
        assert "שלום עולם, כיתה 5 (א)" in paragraphs


def test_a_long_word_and_a_long_text_are_cut_with_a_note() -> None:
    text = Paper(pdf_of(document(Text("z" * 30_000)))[0]).text()
    assert "(cut here: 30,000 characters in all)" in text


def test_an_empty_table_says_so_in_its_own_sentence() -> None:
    empty = Table("None", "Nothing here", typed_table().columns, (), empty="No case was open.")
    paper = Paper(pdf_of(document(empty))[0])
    assert "Table 1. Nothing here No case was open." in paper.text()
    assert not paper.tree().all("Table")


def test_an_empty_document_is_one_truthful_page() -> None:
    data, pages = pdf_of(document())
    assert pages == 1
    assert "Page 1 of 1" in Paper(data).text()


def test_a_callout_that_would_not_fit_a_page_becomes_a_list() -> None:
    data, pages = pdf_of(
        document(Callout("Very long", tuple(f"Item {place}. " * 12 for place in range(60)), Tone.WARN))
    )
    assert pages > 1
    assert "Item 59." in Paper(data).text()


def test_clauses_stand_beside_a_heading_or_below_it_where_they_do_not_fit() -> None:
    book = FontBook()
    few = HeadingBox(book, Heading("Short", 2, ("T8",)), 400, "a")
    many = HeadingBox(book, Heading("Short", 2, tuple(f"T{place}" for place in range(14))), 400, "b")
    assert not few.chips_below
    assert many.chips_below
    assert many.height > few.height


def test_it_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    assert write_pdf(WHOLE, path) == 2
    assert path.read_bytes() == pdf_of(WHOLE)[0]
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]
