"""Class lists read back from paper and spreadsheet: permitted names and may or may not, nothing else (T8, T11)."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.permissions import Answer, MediaKind
from app.domain.problems import Problem
from app.services.care import BarPictures
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.sheets import ClassSheets, IssueOutdated
from app.store.tables.people import PupilRow
from app.store.tables.school import StaffClassRow, StaffRow
from reports.class_sheets import as_pdf, as_xlsx, save
from reports.kit.roster import MOST_ROWS, Roster, Rosters, rosters_pdf
from tests.conftest import NOW
from tests.reports.paper_reader import Paper
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)
FIRST = ("Ada", "Bo", "Cy", "Dev", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo", "Kit", "Liv", "Max", "Nia", "Ola", "Pia")
UPN = "R201100018042"


def a_full_class(office: Office, name: str = "Willow", pupils: int = 30) -> int:
    """A class whose register holds much that a list must not say."""
    class_id = a_class(office, name)
    for place in range(pupils):
        a_pupil(office, f"{FIRST[place % len(FIRST)]}{place}", f"Surname{place}", class_id)
    with office.database.writing() as session:
        first = session.query(PupilRow).filter(PupilRow.class_id == class_id).order_by(PupilRow.id).first()
        assert first is not None
        first.upn, first.born = (UPN if name == "Willow" else None), date(2018, 9, 3)
        staff = StaffRow(name=f"Mrs {name}")
        session.add(staff)
        session.flush()
        session.add(StaffClassRow(staff_id=staff.id, class_id=class_id))
        pupil = first.id
    mother = a_guardian(office, pupil)
    office.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    return class_id


def test_the_paper_says_who_may_be_shown_and_nothing_else(slt: Office) -> None:
    willow = a_full_class(slt)
    barred = a_pupil(slt, "Ezra", "Hollis", willow)
    mother = a_guardian(slt, barred, "Ruth")
    slt.perform(RecordPermission(barred, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
    slt.perform(BarPictures(barred, True))
    slt.perform(IssueOutdated())
    paper = Paper(as_pdf(slt.ask(ClassSheets()), willow))
    text = paper.text()
    assert len(paper.reader.pages) == 1
    rows = {row.kids[0].whole: [cell.whole for cell in row.kids[1:]] for row in paper.tree().all("TR")}
    assert rows["Name on ClassDojo"] == ["Photographs", "Recordings", "Work samples"]
    assert rows["Ada0"] == ["Yes", "No", "No"]
    assert rows["Ezra"] == ["No", "No", "No"]
    assert len(rows) == 32
    assert "Issue 1, Mon 23 Nov 2026" in text
    assert "Mrs Willow" in text
    for secret in (UPN, "2018", "Surname", "Hollis", "Ruth", "care", "barred", "refused", "withdrawn", "undecided"):
        assert secret.lower() not in text.lower()
    assert paper.unmarked() == 0


def test_the_whole_school_is_one_class_a_page(clerk: Office) -> None:
    a_full_class(clerk)
    a_full_class(clerk, "Oak", 22)
    clerk.perform(IssueOutdated())
    paper = Paper(as_pdf(clerk.ask(ClassSheets()), None))
    assert len(paper.reader.pages) == 2
    assert paper.bookmarks() == ["Oak", "Willow"]
    assert "Page 2 of 2" in paper.text()


def test_letters_can_be_read_at_arms_length(clerk: Office) -> None:
    willow = a_full_class(clerk)
    clerk.perform(IssueOutdated())
    names = [edge for edge in Paper(as_pdf(clerk.ask(ClassSheets()), willow)).edges(0) if edge[3] == "Ada0"]
    lines = sorted({round(edge[2], 1) for edge in Paper(as_pdf(clerk.ask(ClassSheets()), willow)).edges(0)})
    assert names[0][1] - names[0][0] > 25, "at 12 points or more these four letters are at least so wide"
    assert lines[0] > 20, "nothing stands off the page"


def test_a_very_long_list_goes_on_rather_than_shrinking() -> None:
    rows = tuple((f"Child {place}", (True, False)) for place in range(MOST_ROWS + 5))
    roster = Roster("Oak", "Issue 1", ("Photographs", "Recordings"), rows, ("No means no.",), ("Mrs Holt",))
    data, pages = rosters_pdf(Rosters("Larkfield", "Lists", NOW, "Pat", (roster,)))
    text = Paper(data).text()
    assert pages == 2
    assert all(name in text for name, _ in rows)
    assert "Oak (continued)" in text
    assert rosters_pdf(Rosters("Larkfield", "Lists", NOW, "Pat", (roster,)))[0] == data


def test_the_spreadsheet_says_the_same(clerk: Office) -> None:
    willow = a_full_class(clerk)
    a_full_class(clerk, "Oak", 3)
    clerk.perform(IssueOutdated())
    book = load_workbook(io.BytesIO(as_xlsx(clerk.ask(ClassSheets()), None)))
    assert {"Oak", "Willow"} <= set(book.sheetnames)
    cells = [[cell.value for cell in row] for row in book["Willow"].iter_rows()]
    assert ["Ada0", "May", "May not", "May not"] in cells
    whole = repr([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    for secret in (UPN, "2018", "Surname"):
        assert secret not in whole
    assert "Oak" not in load_workbook(io.BytesIO(as_xlsx(clerk.ask(ClassSheets()), willow))).sheetnames


def test_a_list_that_no_longer_holds_is_not_printed(clerk: Office, tmp_path: Path) -> None:
    willow = a_full_class(clerk, pupils=2)
    place = tmp_path / "willow.pdf"
    with pytest.raises(Problem, match="Issue the list first"):
        save(clerk, willow, place)
    assert not place.exists()
    clerk.perform(IssueOutdated())
    assert save(clerk, willow, place).read_bytes().startswith(b"%PDF")
    assert save(clerk, None, tmp_path / "all.xlsx").stat().st_size > 1_000
    with pytest.raises(Problem, match="must end in"):
        save(clerk, willow, tmp_path / "willow.txt")
    with pytest.raises(Problem, match="no pupils"):
        save(clerk, a_class(clerk, "Elm"), place)


def test_hostile_names_stay_words(clerk: Office) -> None:
    willow = a_class(clerk)
    a_pupil(clerk, "=1+1", "<b>", willow)
    a_pupil(clerk, "</para>", "x", willow)
    a_pupil(clerk, "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", "x", willow)
    clerk.perform(IssueOutdated())
    board = clerk.ask(ClassSheets())
    assert "</para>" in Paper(as_pdf(board, willow)).text()
    book = load_workbook(io.BytesIO(as_xlsx(board, willow)))
    cells = [cell for row in book["Willow"].iter_rows() for cell in row if str(cell.value).endswith("1+1")]
    assert cells
    assert all(cell.data_type == "s" for cell in cells)
