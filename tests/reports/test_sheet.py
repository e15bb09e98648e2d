"""The spreadsheet: real types, no formula, named tables, ready to filter and to print."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reports.kit.model import (
    Block,
    Callout,
    Chart,
    Column,
    Document,
    Heading,
    Kind,
    Note,
    Notes,
    Shape,
    Share,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)
from reports.kit.sheet import HEAD_ROW, sheet_names, table_name, write_xlsx, xlsx_of
from tests.reports.build import document, masthead, names_table, typed_table
from tests.reports.hostile import HOSTILE
from tests.reports.sheet_reader import parts, workbook

TYPED = typed_table()
WHOLE = document(
    Heading("What it shows", 1, ("T8",)),
    Tiles("Key figures", (Tile("Items", 12), Tile("In time", Share(3, 4), Kind.SHARE, "of four"))),
    Notes((Note("three rows.", "Rows."),)),
    Callout("Waiting", ("One thing.",), Tone.WARN),
    Chart("Counts", Shape.BARS, TYPED, "Name", ("Count", "Number"), "It grows."),
    Chart("By day", Shape.COLUMNS, TYPED, "Day", ("Count",), "It grows."),
    Chart("As lines", Shape.LINES, TYPED, "Name", ("Count", "Number"), "It grows."),
    TYPED,
)
SCHEMA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(data: bytes, name: str) -> Any:
    return workbook(data)[name]


def test_cells_hold_the_types_that_the_figures_have() -> None:
    row = sheet_of(xlsx_of(WHOLE), "Typed")[HEAD_ROW + 1]
    values = [cell.value for cell in row]
    assert values[:4] == ["Row 1", 1000, 1.25, pytest.approx(1 / 7)]
    assert values[4] == datetime(2026, 10, 7)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert values[5] == datetime(2026, 11, 23, 16, 36)  # noqa: DTZ001
    assert values[6] == timedelta(minutes=35)
    assert [cell.number_format for cell in row] == [
        "@",
        "#,##0",
        "#,##0.0",
        '"1 of 7"',
        "ddd d mmm yyyy",
        "ddd d mmm yyyy hh:mm",
        "[h]:mm",
    ]


def test_a_percentage_shows_as_on_paper_and_sorts_as_a_number() -> None:
    shares = (Share(1, 300), Share(299, 300), Share(150, 300), Share(0, 0), Share(3, 4))
    table = Table("S", "S", (Column("A"), Column("Share", Kind.SHARE)), tuple(("x", share) for share in shares))
    cells = [row[1] for row in sheet_of(xlsx_of(document(table)), "S").iter_rows(min_row=HEAD_ROW + 1)]
    assert [cell.number_format for cell in cells if cell.value is not None] == [
        '"under 1%"',
        '"over 99%"',
        "0%",
        '"3 of 4"',
    ]
    assert cells[3].value is None
    assert cells[2].value == 0.5


def test_headings_are_frozen_filtered_styled_and_repeated_in_print() -> None:
    sheet = sheet_of(xlsx_of(WHOLE), "Typed")
    assert sheet.freeze_panes == f"B{HEAD_ROW + 1}"
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    table = sheet.tables["Table_Typed"]
    assert table.ref == f"A{HEAD_ROW}:G{HEAD_ROW + 3}"
    assert table.autoFilter.ref == table.ref
    assert [column.name for column in table.tableColumns] == [column.title for column in TYPED.columns]
    assert sheet.cell(HEAD_ROW, 1).font.bold
    assert sheet.cell(HEAD_ROW, 1).fill.fgColor.rgb == "000b5f66"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "Page &P of &N" in sheet.oddFooter.right.text


def test_the_total_stands_below_the_table_in_bold_and_the_note_after_it() -> None:
    sheet = sheet_of(xlsx_of(WHOLE), "Typed")
    total = sheet[HEAD_ROW + 4]
    assert [cell.value for cell in total[:2]] == ["All", 6000]
    assert total[1].font.bold
    assert sheet.cell(HEAD_ROW + 6, 1).value == "A note below."


def test_the_cover_says_what_it_is_and_leads_to_each_worksheet() -> None:
    book = workbook(xlsx_of(WHOLE))
    assert book.sheetnames == ["Cover", "What it says", "Charts", "Key figures", "Typed"]
    cover = {row[0].value: row[1].value for row in book["Cover"].iter_rows(max_col=2)}
    assert cover["School"] == "Larkfield Primary School"
    assert cover["Period"] == "Autumn term 2026"
    assert cover["Generated"] == "Mon 23 Nov 2026, 15:36"
    assert cover["Audit head"] == "ab" * 32
    links = [cell.hyperlink.location for row in book["Cover"].iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Key figures'!A1", "'Typed'!A1"]
    assert book.properties.title == "A report, Autumn term 2026"


def test_what_it_says_stands_in_the_workbook_too() -> None:
    words = [row[0].value for row in sheet_of(xlsx_of(WHOLE), "What it says").iter_rows() if row[0].value]
    assert words == [
        "What it says",
        "What it shows [T8]",
        "• Rows. three rows.",
        "To do: Waiting",
        "• One thing.",
    ]


def test_key_figures_are_a_table_of_their_own() -> None:
    sheet = sheet_of(xlsx_of(WHOLE), "Key figures")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1)]
    assert rows == [["Items", 12, None], ["In time", 0.75, "of four"]]


def test_charts_are_native_and_draw_from_the_cells() -> None:
    charts = parts(xlsx_of(WHOLE), ".xml")
    drawn = [text for name, text in charts.items() if name.startswith("xl/charts/")]
    assert len(drawn) == 3
    assert all(re.search(r"<(c:)?f>'Typed'!\$B\$5:\$B\$7</", text) for text in drawn)
    assert sum("barChart" in text for text in drawn) == 2
    assert sum("lineChart" in text for text in drawn) == 1


def test_a_bar_begins_at_zero() -> None:
    drawn = [text for name, text in parts(xlsx_of(WHOLE), ".xml").items() if name.startswith("xl/charts/")]
    assert all(re.search(r'<(c:)?min val="0"', text) for text in drawn)


def hostile_book() -> bytes:
    table = names_table(*HOSTILE)
    head = masthead("=cmd|' /C calc'!A0", "+Evil & <b>")
    blocks: tuple[Block, ...] = (Heading("=1+1"), *map(Text, HOSTILE), Callout("-x", HOSTILE), table)
    return xlsx_of(Document(head, blocks))


def test_no_cell_is_a_formula_or_an_error_whatever_the_text_begins_with() -> None:
    data = hostile_book()
    for name, text in parts(data, ".xml").items():
        if name.startswith("xl/worksheets/"):
            assert not list(ElementTree.fromstring(text).iter(f"{SCHEMA}f")), name
    book = workbook(data)
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    quoted = {cell.value for row in book["Names"].iter_rows() for cell in row if cell.quotePrefix}
    assert {"=1+1", "-5", "@SUM(A1)", "+44 7700 900123"} <= quoted


def test_hostile_text_is_kept_as_text_and_what_xml_forbids_is_left_out() -> None:
    sheet = sheet_of(hostile_book(), "Names")
    texts = [sheet.cell(HEAD_ROW + 1 + place, 1).value or "" for place in range(len(HOSTILE))]
    assert texts[0] == HOSTILE[0]
    assert texts[7] == "evil right isolated"
    assert texts[8:12] == list(HOSTILE[8:12])
    assert texts[12] == "NUL bell escape[31m delete"
    assert len(texts[13]) == 32_767
    assert texts[13].endswith("(cut here: 100,000 characters in all)")
    assert texts[17] == "\N{REPLACEMENT CHARACTER} lone surrogate"


def test_an_empty_table_has_its_headings_and_its_sentence() -> None:
    empty = Table("None", "Nothing here", TYPED.columns, (), empty="No case was open.")
    sheet = sheet_of(xlsx_of(document(empty)), "None")
    assert sheet.cell(HEAD_ROW, 2).value == "Count"
    assert sheet.cell(HEAD_ROW + 1, 1).value == "No case was open."
    assert not sheet.tables


def test_worksheet_names_are_allowed_and_no_two_are_alike() -> None:
    long = "A name that is much too long for a worksheet"
    names = sheet_names([long, long, "a/b:c*[d]?", "A B C  D", "", "'quoted'", "History"])
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", table_name("What & why (2)"))


def test_two_tables_of_one_name_are_refused_before_anything_is_written() -> None:
    with pytest.raises(ValueError, match="same name"):
        document(TYPED, names_table("x"), typed_table())


def test_a_large_table_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    write_xlsx(document(typed_table(5_000)), path)
    sheet = workbook(path.read_bytes())["Typed"]
    assert sheet.cell(HEAD_ROW + 5_000, 2).value == 5_000_000
    assert [each.name for each in tmp_path.iterdir()] == ["large.xlsx"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_sees_the_same(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(hostile_book())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    third = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", third, "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (sheet,) = tmp_path.glob("*.csv")
    text = sheet.read_text(encoding="utf-8")
    assert '"=HYPERLINK(""http://evil.example"",""click"")"' in text
    assert "=1+1" in text
