"""The monitoring report says what the figures say, in both forms alike, and is truthful when there are none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from app.domain.checks.finding import Check
from reports.kit.model import Callout, Chart, Document, Heading, Notes, Table, Text, Tone
from reports.kit.paper import pdf_of
from reports.kit.sheet import xlsx_of
from reports.monitoring import compose, gather
from reports.monitoring.data import (
    CaseCount,
    FindingCount,
    MonitoringData,
    Referral,
    ReplyState,
    Thread,
    Verdict,
)
from reports.monitoring.summary import sentences, to_do
from reports.monitoring.words import CHECKS
from reports.period import Period
from tests.reports.paper_reader import Paper
from tests.reports.sample import AUTUMN, Answers, empty_data, sample_data
from tests.reports.sheet_reader import SheetTable, tables

FULL, EMPTY = sample_data(), empty_data()
BOTH = pytest.mark.parametrize("data", [FULL, EMPTY], ids=["full", "empty"])


def words_of(document: Document) -> str:
    """Every sentence of a document."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Text):
            found.append(block.text)
        elif isinstance(block, Notes):
            found += [f"{note.lead} {note.text}" for note in block.items]
        elif isinstance(block, Callout):
            found += [block.title, *block.items]
    return "\n".join(found)


def said(data: MonitoringData, lead: str) -> str:
    """The front page's sentence under a lead."""
    return next(note.text for note in sentences(data) if note.lead == lead)


def table_of(data: MonitoringData, name: str) -> Table:
    """One of the report's tables."""
    return next(table for table in compose(data).tables() if table.name == name)


# Both forms


@BOTH
def test_every_figure_is_the_same_on_paper_and_in_the_spreadsheet(data: MonitoringData) -> None:
    document = compose(data)
    paper = [paper_table(node) for node in Paper(pdf_of(document)[0]).tree().all("Table")]
    sheets = [table for table in tables(xlsx_of(document)) if table.rows and table.title != "Key figures"]
    assert [table.title for table in sheets] == [table.title for table in paper]
    for on_paper, in_sheet in zip(paper, sheets, strict=True):
        assert in_sheet.head == on_paper.head
        assert [as_paper(row) for row in in_sheet.rows] == [as_paper(row) for row in on_paper.rows], on_paper.title


@BOTH
def test_key_figures_are_the_same_on_paper_and_in_the_spreadsheet(data: MonitoringData) -> None:
    document = compose(data)
    told = [node.whole for node in Paper(pdf_of(document)[0]).tree().all("P")]
    (sheet,) = [table for table in tables(xlsx_of(document)) if table.title == "Key figures"]
    assert len(sheet.rows) == 8
    for label, value, detail in sheet.rows:
        words = f"{label} {value or '–'} {detail}".replace("\N{NO-BREAK SPACE}", " ")
        assert words in told


def paper_table(node: object) -> SheetTable:
    """A table of the PDF's structure tree in the shape in which the spreadsheet's are read."""
    from tests.reports.paper_reader import Node

    assert isinstance(node, Node)
    head, *rows = node.all("TR")
    title = node.all("Caption")[0].whole.split(". ", 1)[1]
    return SheetTable(
        title,
        tuple(cell.whole for cell in head.kids),
        tuple(tuple(cell.whole for cell in row.kids) for row in rows),
    )


def as_paper(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row in one writing: nothing to measure as an empty cell, lengths of time in hours and minutes."""
    return tuple(_length("" if cell == "–" else cell) for cell in row)


def _length(cell: str) -> str:
    parts = cell.replace("\N{NO-BREAK SPACE}", " ").split()
    if len(parts) in (2, 4) and parts[1] in ("min", "h") and parts[0].isdigit():
        hours = int(parts[0]) if parts[1] == "h" else 0
        minutes = int(parts[-2]) if parts[-1] == "min" else 0
        return f"{hours}:{minutes:02}"
    return cell


@BOTH
def test_the_front_page_is_one_page_and_the_contents_begin_the_next(data: MonitoringData) -> None:
    pages = [page.extract_text() for page in Paper(pdf_of(compose(data))[0]).reader.pages]
    assert "shows" in pages[0]
    assert "Families and staff." in pages[0]
    assert pages[1].find("Contents") < pages[1].find("How to read this report")
    assert "Contents" not in pages[0]


@BOTH
def test_it_can_be_read_by_a_screen_reader_and_has_no_loose_text(data: MonitoringData) -> None:
    paper = Paper(pdf_of(compose(data))[0])
    assert paper.unmarked() == 0
    assert paper.bookmarks()[-1].startswith("Appendix B")
    assert all(node.whole for node in paper.tree().all("TH"))


def test_it_has_at_least_two_charts_with_their_figures_in_words() -> None:
    figures = Paper(pdf_of(compose(FULL))[0]).tree().all("Figure")
    assert len(figures) == len([block for block in compose(FULL).blocks if isinstance(block, Chart)]) >= 2
    assert all(any(letter.isdigit() for letter in figure.alt) for figure in figures)


# What it says


def test_gathering_asks_for_the_period_and_keeps_what_it_is_given() -> None:
    reads = Answers(FULL)
    data = gather(reads, AUTUMN)
    assert reads.asked == [AUTUMN]
    assert data == FULL
    assert isinstance(data.items, tuple)


def test_an_empty_period_is_said_to_be_empty_and_not_to_be_in_order() -> None:
    words = words_of(compose(EMPTY))
    assert "The records therefore say nothing about content, replies or hours." in words
    assert "No pupil is on roll in the records." in words
    assert "Nothing is waiting" not in words
    assert "100%" not in Paper(pdf_of(compose(EMPTY))[0]).text()


def test_a_quiet_school_with_records_is_told_that_nothing_waits() -> None:
    judged = tuple(replace(row, verdict=Verdict.UPHELD) for row in FULL.findings)
    people = replace(FULL.people, without_acceptance=0, staff_silent=0)
    data = replace(FULL, findings=judged, referrals=(), threads=(), cases=(), gaps=(), samples=(), people=people)
    assert not to_do(data)
    callouts = [block for block in compose(data).blocks if isinstance(block, Callout)]
    assert callouts[0].tone is Tone.GOOD


def test_the_sentences_count_what_the_rows_hold() -> None:
    verdicts: Counter[Verdict] = Counter()
    for row in FULL.findings:
        verdicts[row.verdict] += row.findings
    words = said(FULL, "Checks.")
    assert f"{verdicts.total()} findings were made" in words
    assert f"{verdicts[Verdict.UPHELD]} were upheld" in words
    assert f"{verdicts[Verdict.FALSE_ALARM]} were false alarms" in words
    items = sum(row.items for row in FULL.items)
    assert said(FULL, "Use.").startswith(f"{items:,} items were brought in:")


def test_small_numbers_stay_counts_in_sentences() -> None:
    findings = (
        FindingCount(Check.SURNAME, "T8", "Oak", Verdict.UPHELD, 1),
        FindingCount(Check.HOURS, "T1", "Oak", Verdict.WAITING, 3),
    )
    words = said(replace(FULL, findings=findings), "Checks.")
    assert words == (
        "4 findings were made and 1 of 4 judged: one was upheld, none led to advice and none was a false alarm. "
        "Most often upheld: pupil named with surname (1)."
    )
    assert "%" not in words


@pytest.mark.parametrize(
    ("referrals", "words"),
    [
        ((), "Possible signs"),
        ((Referral(None, True),), "How long they took was not recorded."),
        ((Referral(12, True),), "One referral was made to the safeguarding lead, 12 min after the finding."),
        (
            (Referral(20, True), Referral(20, False)),
            "2 referrals were made to the safeguarding lead, each 20 min after",
        ),
        ((Referral(6, True), Referral(70, True)), "half within 38 min of the finding, the longest after 1 h 10 min."),
    ],
)
def test_safeguarding_is_told_in_counts_and_minutes(referrals: tuple[Referral, ...], words: str) -> None:
    told = said(replace(FULL, referrals=referrals), "Safeguarding.").replace("\N{NO-BREAK SPACE}", " ")
    assert words.casefold() in told.casefold()


def test_a_possible_sign_of_harm_that_waits_comes_first_and_is_urgent() -> None:
    harm = FindingCount(Check.SAFEGUARDING, "K1", "Oak", Verdict.WAITING, 1)
    data = replace(FULL, findings=(harm,))
    assert to_do(data)[0] == "Judge one possible sign of harm at once (K1)."
    callout = next(block for block in compose(data).blocks if isinstance(block, Callout))
    assert callout.tone is Tone.STOP


def test_replies_are_a_share_of_those_that_were_due() -> None:
    threads = (
        *(Thread("Oak", ReplyState.IN_TIME, 2.0) for _ in range(3)),
        Thread("Oak", ReplyState.LATE, 30.0),
        Thread("Elm", ReplyState.OVERDUE),
        Thread("Elm", ReplyState.RUNNING),
        Thread("Elm", ReplyState.OTHERWISE),
    )
    data = replace(FULL, threads=threads)
    assert said(data, "Replies.") == (
        "3 of 5 had a reply within 24 hours on working days. One was late and one is past the time with no reply. "
        "Half of those answered had a reply within 2.0 working hours."
    )
    assert said(replace(FULL, threads=threads[-2:]), "Replies.") == "2 threads need a reply; none is due yet."


def test_a_case_without_an_outcome_waits_for_the_headteacher() -> None:
    data = replace(FULL, cases=(CaseCount("Open", None, 2), CaseCount("Closed", "Advice", 1)))
    assert "Decide 2 cases without an outcome (M2)." in to_do(data)
    assert said(data, "Cases.") == ("3 breach cases were opened or open in the period; 2 of 3 without an outcome yet.")


# Its sections


@BOTH
def test_the_number_of_posts_is_said_not_to_be_a_ranking(data: MonitoringData) -> None:
    assert "this is not a ranking" in words_of(compose(data))
    assert "(P13)" in words_of(compose(data))


def test_every_clause_stands_in_the_appendix_with_its_sections() -> None:
    rows = {row[0]: row for row in table_of(FULL, "Clauses").rows}
    assert list(rows) == [line.code for line in FULL.clauses]
    assert rows["P6"][2] == "4.1"
    assert rows["T8"][2] == "3.3"
    assert rows["H12"][2] == "Not in this report"
    assert rows["H4"][3] is None
    assert rows["T9"][3] == 0
    numbers = {block.text.split(" ", 1)[0] for block in compose(FULL).blocks if isinstance(block, Heading)}
    sections = {place for row in rows.values() for place in str(row[2]).split(", ") if place[0].isdigit()}
    assert sections <= numbers


def test_a_finding_under_an_unknown_clause_is_not_lost() -> None:
    strange = FindingCount(Check.ABUSE, "T99", "Oak", Verdict.UPHELD, 5)
    rows = table_of(replace(FULL, findings=(*FULL.findings, strange)), "Findings under T").rows
    assert ("T99", "Not in the policy in force", 5, 5, 0, 0, 0) in rows


def test_findings_add_up_by_check_by_class_and_by_clause() -> None:
    whole = sum(row.findings for row in FULL.findings)
    for name in ("Findings by check", "Findings by check and class", "Findings by class"):
        table = table_of(FULL, name)
        titles = [column.title for column in table.columns]
        place = titles.index("All") if "All" in titles else titles.index("Findings")
        assert table.total is not None
        assert table.total[place] == whole
    families = [table_of(FULL, f"Findings under {family}") for family in "HTPMK"]
    assert sum(int(str(row[2])) for table in families for row in table.rows) == whole


def test_every_check_has_words() -> None:
    assert set(CHECKS) == set(Check)
    assert len(set(CHECKS.values())) == len(CHECKS)


def test_a_class_that_is_no_longer_in_the_list_and_the_whole_school_are_counted_last() -> None:
    moved = replace(FULL.items[0], class_name="Old name")
    table = table_of(replace(FULL, items=(*FULL.items, moved)), "Items by class")
    assert [row[0] for row in table.rows] == [*FULL.facts.classes, "Old name", "No one class"]


def test_weeks_that_have_not_begun_are_left_out_and_silent_weeks_are_not() -> None:
    weeks = [row[0] for row in table_of(FULL, "Items by week").rows]
    assert weeks[0] == date(2026, 8, 31)
    assert weeks[-1] == date(2026, 11, 23)
    silent = next(row for row in table_of(FULL, "Items by week").rows if row[0] == date(2026, 10, 26))
    assert silent[-1] == 0


def test_no_sheet_and_no_sentence_names_anybody() -> None:
    data = compose(FULL)
    head = data.masthead
    assert "Names nobody." in head.audience
    assert not any("guardian" in table.columns[0].title.casefold() for table in data.tables())


# The period


def test_a_period_that_ends_before_it_begins_is_refused_in_a_sentence() -> None:
    from app.domain.problems import Problem

    with pytest.raises(Problem, match="Give the earlier day first"):
        Period(date(2026, 10, 2), date(2026, 10, 1))


def test_a_period_names_itself_and_its_weeks() -> None:
    assert AUTUMN.words == "Autumn term 2026: Tue 1 Sep 2026 to Fri 18 Dec 2026"
    assert Period(date(2026, 10, 6), date(2026, 10, 6)).words == "Tue 6 Oct 2026"
    assert AUTUMN.slug == "2026-09-01-to-2026-12-18"
    assert Period(date(2026, 10, 6), date(2026, 10, 12)).weeks() == (date(2026, 10, 5), date(2026, 10, 12))
    assert date(2026, 12, 18) in AUTUMN
    assert date(2026, 12, 19) not in AUTUMN
