"""Every report is made, whole and alike in both forms, from a school in which a great deal happened.

`SCHOOLGATE_ITEMS=50000` makes it the full size; how fast that is, and how much memory it takes, `bench report` tells.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bench.busy import fill_busy
from app.bench.making import YEAR
from app.bench.school import scratch_school
from app.services.office import Office
from reports.catalogue import REPORTS, Report
from reports.making import make
from tests.reports.paper_reader import Paper
from tests.reports.sheet_reader import SheetTable, tables
from tests.reports.test_monitoring import as_paper, paper_table

ITEMS = int(os.environ.get("SCHOOLGATE_ITEMS", "1000"))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The headteacher of a school with that many items, checked and judged, with conversations, cases and codes."""
    folder = tmp_path_factory.mktemp("busy")
    with scratch_school(folder) as office:
        fill_busy(office, folder, max(60, ITEMS // 25), ITEMS)
        yield office


def test_there_are_as_many_items(busy: Office) -> None:
    with busy.database.reading() as session:
        count = session.connection().exec_driver_sql("SELECT count(*) FROM item WHERE kind <> 'points'").scalar_one()
        held = session.connection().exec_driver_sql("SELECT count(*) FROM breach_case").scalar_one()
    assert (count, held > 0) == (ITEMS, True)


def whole_tables(paper: Paper) -> dict[str, SheetTable]:
    """The paper's tables by title; the bands of one too wide for the page, each with its first column, put together."""
    whole: dict[str, SheetTable] = {}
    for table in (paper_table(node) for node in paper.tree().all("Table")):
        title = table.title.removesuffix(" (further columns)")
        if title == table.title:
            whole[title] = table
            continue
        first = whole[title]
        assert [row[0] for row in first.rows] == [row[0] for row in table.rows], title
        rows = tuple(left + right[1:] for left, right in zip(first.rows, table.rows, strict=True))
        whole[title] = SheetTable(title, first.head + table.head[1:], rows)
    return whole


@pytest.mark.parametrize("which", REPORTS, ids=[each.id for each in REPORTS])
def test_every_report_is_made_alike_in_both_forms(busy: Office, which: Report, tmp_path: Path) -> None:
    made = {form: make(busy, which, tmp_path / f"{which.id}{form}", *YEAR).path for form in (".pdf", ".xlsx")}
    paper = Paper(made[".pdf"].read_bytes())
    assert "Benchmark Primary School" in paper.text()
    on_paper = whole_tables(paper)
    in_sheets = {table.title: table for table in tables(made[".xlsx"].read_bytes()) if table.title in on_paper}
    assert on_paper
    assert in_sheets.keys() == on_paper.keys()
    for title, left in on_paper.items():
        assert [as_paper(row) for row in in_sheets[title].rows] == [as_paper(row) for row in left.rows], title
