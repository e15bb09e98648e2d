"""Every report of the catalogue, from an empty school and from the sample school, in both forms alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.annual import Evidence, Judgement
from app.domain.roles import Role
from app.resources import text_of
from app.sample.journey import SampleHome
from app.services.annual_review import AnnualReview, JudgeClause, OpenReview
from app.services.office import Office
from reports.catalogue import REPORTS, Report, report
from reports.governors import FEW, suppressed
from reports.making import READS, make
from tests.reports.paper_reader import Paper
from tests.reports.sheet_reader import tables
from tests.reports.test_monitoring import as_paper, paper_table
from tests.screens.sample import full_school

__all__ = ["full_school"]

EVERY = pytest.mark.parametrize("which", REPORTS, ids=[each.id for each in REPORTS])
CODES = [line["code"] for line in tomllib.loads(text_of("policy", "clauses.toml"))["clause"]]


@pytest.fixture
def sample(full_school: tuple[SampleHome, Path]) -> Iterator[Office]:
    """The sample school's headteacher, who only looks."""
    office = full_school[0].enter(Role.HEADTEACHER)
    yield office
    office.close()


def both(office: Office, which: Report, folder: Path) -> tuple[Paper, list[object]]:
    made = {form: make(office, which, folder / f"{which.id}{form}").path for form in (".pdf", ".xlsx")}
    return Paper(made[".pdf"].read_bytes()), list(tables(made[".xlsx"].read_bytes()))


def test_the_records_are_read_for_every_report() -> None:
    assert set(READS) == {each.id for each in REPORTS}


@EVERY
def test_an_empty_school_gets_a_truthful_report(head: Office, which: Report, tmp_path: Path) -> None:
    paper, _ = both(head, which, tmp_path)
    assert "Larkfield Primary School" in paper.text()
    assert paper.unmarked() == 0
    assert paper.bookmarks()


@EVERY
def test_both_forms_hold_the_same_figures(sample: Office, which: Report, tmp_path: Path) -> None:
    paper, _ = both(sample, which, tmp_path)
    on_paper = [paper_table(node) for node in paper.tree().all("Table")]
    sheets = [table for table in tables((tmp_path / f"{which.id}.xlsx").read_bytes()) if table.rows]
    titles = {table.title for table in on_paper}
    in_sheets = [table for table in sheets if table.title in titles]
    assert [table.title for table in in_sheets] == [table.title for table in on_paper]
    for left, right in zip(on_paper, in_sheets, strict=True):
        assert right.head == left.head
        assert [as_paper(row) for row in right.rows] == [as_paper(row) for row in left.rows], left.title


LONG_AGO = date(2019, 9, 2), date(2019, 10, 25)
NOTHING = {
    "cases": "No case was opened in this period.",
    "breaches": "No personal data breach is recorded for this period.",
    "requests": "No history was asked for in this period.",
    "points": "No point was awarded in this period.",
    "replies": "No message was answered in this period.",
    "sampling": "No look was planned for this period.",
    "links": "No code was given out in this period.",
}
"""What a report says of a period of which the records hold nothing."""


@EVERY
def test_a_period_without_data_makes_a_truthful_report(sample: Office, which: Report, tmp_path: Path) -> None:
    made = {
        form: make(sample, which, tmp_path / f"{which.id}{form}", *LONG_AGO).path.read_bytes()
        for form in (".pdf", ".xlsx")
    }
    said = Paper(made[".pdf"]).text()
    assert "Mon 2 Sep 2019 to Fri 25 Oct 2019" in said
    assert NOTHING.get(which.id, "") in said
    sheets = {table.title: table for table in tables(made[".xlsx"])}
    if which.id == "monitoring":
        (items,) = [row for row in sheets["Key figures"].rows if row[0] == "Items brought in"]
        assert items[1] == "0"
    if which.id == "annual":
        counted = [row for code in ("H1", "T3", "M2") for row in sheets[f"Evidence for {code}"].rows]
        now_only = "Adults with more than one case"
        assert all(row[1] in ("", "0") for row in counted if row[0] != now_only), counted
        assert "none recorded" in said


def test_the_pack_has_a_section_for_every_clause(sample: Office, tmp_path: Path) -> None:
    paper, _ = both(sample, report("annual"), tmp_path)
    marks = " ".join(paper.bookmarks())
    assert all(re.search(rf"\b{code}\b", marks) for code in CODES)


def test_an_action_stands_in_the_pack_and_not_its_words_before_governors(slt: Office, tmp_path: Path) -> None:
    slt.perform(OpenReview())
    slt.perform(JudgeClause("T8", Judgement.PARTLY, "Two.", "Xylophone lessons", "Mrs Holt", date(2027, 1, 20)))
    assert slt.ask(AnnualReview()).judged == 1
    pack, _ = both(slt, report("annual"), tmp_path)
    summary, _ = both(slt, report("governors"), tmp_path)
    assert "Xylophone lessons" in pack.text()
    assert "Xylophone" not in summary.text()
    assert "Partly kept" in summary.text()


def test_governors_read_two_pages(sample: Office, tmp_path: Path) -> None:
    paper, _ = both(sample, report("governors"), tmp_path)
    assert len(paper.reader.pages) == 2


@given(st.integers(0, 400), st.one_of(st.none(), st.integers(0, 400)))
def test_small_counts_are_never_told(count: int, whole: int | None) -> None:
    if whole is not None and whole < count:
        whole, count = count, whole
    told = suppressed(Evidence("x", count, whole)).replace(FEW, "few")
    numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", told)]
    assert not any(0 < number < 5 for number in numbers)
    if whole is not None and 0 < whole - count < 5:
        assert count not in numbers or whole not in numbers
