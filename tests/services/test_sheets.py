"""Class lists: issued only when something that matters changed, acknowledged by each member of staff (T8, T11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.permissions import Answer, MediaKind
from app.domain.problems import Refused
from app.domain.roles import Role
from app.domain.sheets import (
    Sheet,
    SheetLine,
    SheetState,
    acknowledged_of,
    changes,
    lines_of,
    said_by,
    sheet_digest,
)
from app.services.acceptance import RecordAcceptance
from app.services.care import BarPictures
from app.services.leavers import RecordLeaver
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.sheets import (
    AcknowledgeSheet,
    ClassSheets,
    IssueClassSheet,
    IssueOutdated,
    SheetIssues,
    forget_on_lists,
)
from app.services.today import Today
from app.store.reads.monitoring import MonitoringFigures
from app.store.tables.audit import AuditRow
from app.store.tables.people import PupilRow
from app.store.tables.policy import AcceptanceRow, ClassSheetRow
from app.store.tables.school import StaffClassRow, StaffRow
from tests.conftest import OfficeOf, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)
YES = Answer.GIVEN


def a_teacher(office: Office, name: str, *classes: int) -> int:
    with office.database.writing() as session:
        row = StaffRow(name=name)
        session.add(row)
        session.flush()
        session.add_all([StaffClassRow(staff_id=row.id, class_id=class_id) for class_id in classes])
        return row.id


def say(office: Office, pupil: int, answer: Answer = YES, kind: MediaKind = MediaKind.PHOTOGRAPH) -> None:
    mother = a_guardian(office, pupil)
    office.perform(RecordPermission(pupil, mother, kind, answer, TODAY))


def of(office: Office, class_id: int | None) -> Sheet:
    sheet = office.ask(ClassSheets()).of(class_id)
    assert sheet is not None
    return sheet


def test_a_list_says_the_permitted_name_and_may_or_may_not(clerk: Office) -> None:
    willow = a_class(clerk)
    ella, other = a_pupil(clerk, "Ella", "Marsh", willow), a_pupil(clerk, "Ella", "Khan", willow)
    a_pupil(clerk, "Oscar", "Reed", willow)
    say(clerk, ella)
    say(clerk, other, Answer.REFUSED)
    sheet = of(clerk, willow)
    assert [(line.name, line.may) for line in sheet.lines] == [
        ("Ella K", (False, False, False)),
        ("Ella M", (True, False, False)),
        ("Oscar", (False, False, False)),
    ]
    assert sheet.lines[1].of(MediaKind.PHOTOGRAPH)
    assert sheet.barred_of == {MediaKind.PHOTOGRAPH: 2, MediaKind.RECORDING: 3, MediaKind.WORK_SAMPLE: 3}
    assert "Marsh" not in repr(sheet)
    assert "2018" not in repr(sheet)


def test_a_list_is_issued_again_only_when_something_that_matters_changed(clerk: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    say(clerk, pupil)
    assert of(clerk, willow).words == "Never issued"
    assert clerk.perform(IssueClassSheet(willow)) == 1
    with pytest.raises(Refused, match="since issue 1"):
        clerk.perform(IssueClassSheet(willow))
    with clerk.database.writing() as session:
        row = session.get(PupilRow, pupil)
        assert row is not None
        row.postcode, row.upn, row.born = "S60 1AA", "R201100018042", date(2018, 9, 4)
    say(clerk, pupil)
    assert not of(clerk, willow).state.needs_issue
    say(clerk, pupil, Answer.REFUSED)
    assert of(clerk, willow).words == "Changed since issue 1"
    assert clerk.perform(IssueClassSheet(willow)) == 2


@pytest.mark.parametrize("change", ["bar", "joined", "left", "namesake", "moved"])
def test_what_makes_a_list_out_of_date(change: str, head: Office) -> None:
    willow, oak = a_class(head), a_class(head, "Oak")
    pupil = a_pupil(head, class_id=willow)
    a_pupil(head, "Oscar", "Reed", willow)
    say(head, pupil)
    head.perform(IssueOutdated())
    if change == "bar":
        head.perform(BarPictures(pupil, True))
    elif change == "joined":
        a_pupil(head, "Idris", "Cole", willow)
    elif change == "left":
        head.perform(RecordLeaver(pupil, TODAY))
    elif change == "namesake":
        a_pupil(head, "Ella", "Khan", willow)
    else:
        with head.database.writing() as session:
            row = session.get(PupilRow, pupil)
            assert row is not None
            row.class_id = oak
    due = {sheet.name for sheet in head.ask(ClassSheets()).outdated}
    assert due == {"Willow", "Whole school"} | ({"Oak"} if change == "moved" else set())


def test_a_permission_that_runs_out_makes_the_list_out_of_date_by_itself(clerk: Office, clock: StandingClock) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    mother = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, YES, TODAY, expires_on=date(2026, 11, 30)))
    clerk.perform(IssueClassSheet(willow))
    clock.later(days=7)
    assert not of(clerk, willow).state.needs_issue
    clock.later(days=1)
    assert of(clerk, willow).state is SheetState.OUTDATED


def test_a_class_is_cleared_once_all_its_staff_have_read_the_newest_list(clerk: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    holt, dean = a_teacher(clerk, "Mrs Holt", willow), a_teacher(clerk, "Mr Dean", willow)
    clerk.perform(IssueClassSheet(willow))
    assert of(clerk, willow).words == "Not yet cleared"
    clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    assert [reader.name for reader in of(clerk, willow).outstanding] == ["Mr Dean"]
    clerk.perform(AcknowledgeSheet(willow, (dean,), TODAY))
    assert of(clerk, willow).cleared
    assert acknowledged_of(clerk.ask(ClassSheets()).sheets) == (2, 2)
    say(clerk, pupil)
    assert not of(clerk, willow).cleared
    clerk.perform(IssueClassSheet(willow))
    assert len(of(clerk, willow).outstanding) == 2


def test_last_years_list_clears_nobody_in_september(clerk: Office, clock: StandingClock) -> None:
    willow = a_class(clerk)
    a_pupil(clerk, class_id=willow)
    holt = a_teacher(clerk, "Mrs Holt", willow)
    clerk.perform(IssueClassSheet(willow))
    clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    assert of(clerk, willow).cleared
    clock.later(days=290)
    assert of(clerk, willow).words == "Last year's list"
    assert clerk.perform(IssueClassSheet(willow)) == 2
    assert of(clerk, willow).state is SheetState.WAITING


def test_a_class_without_staff_is_never_cleared(clerk: Office) -> None:
    willow = a_class(clerk)
    a_pupil(clerk, class_id=willow)
    clerk.perform(IssueClassSheet(willow))
    assert of(clerk, willow).state is SheetState.WAITING
    assert clerk.ask(ClassSheets()).waiting == 1


def test_the_whole_schools_list_is_for_staff_without_a_class(clerk: Office) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    a_pupil(clerk, class_id=willow)
    a_pupil(clerk, "Oscar", "Reed", oak)
    a_teacher(clerk, "Mrs Holt", willow)
    coach = a_teacher(clerk, "Mr Ashe")
    assert clerk.perform(IssueOutdated()) == 3
    whole = of(clerk, None)
    assert len(whole.lines) == 2
    assert [reader.name for reader in whole.readers] == ["Mr Ashe"]
    clerk.perform(AcknowledgeSheet(None, (coach,), TODAY))
    assert of(clerk, None).cleared
    board = clerk.ask(ClassSheets())
    assert [sheet.name for sheet in board.pages_of(None)] == ["Oak", "Willow"]
    assert [sheet.name for sheet in board.pages_of(oak)] == ["Oak"]


def test_bad_acknowledgements_are_refused(clerk: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    holt, stranger = a_teacher(clerk, "Mrs Holt", willow), a_teacher(clerk, "Mr Ashe")
    with pytest.raises(Refused, match="Issue the new list"):
        clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    clerk.perform(IssueClassSheet(willow))
    for staff, day, words in (
        ((holt,), date(2026, 11, 24), "lies ahead"),
        ((holt,), date(2026, 11, 20), "issued after"),
        ((), TODAY, "Nobody"),
        ((holt, stranger), TODAY, "does not tie"),
    ):
        with pytest.raises(Refused, match=words):
            clerk.perform(AcknowledgeSheet(willow, staff, day))
    assert of(clerk, willow).outstanding, "nothing was recorded of the pair"
    clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    with pytest.raises(Refused, match="already"):
        clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    say(clerk, pupil)
    with pytest.raises(Refused, match="no longer holds"):
        clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))


def test_nothing_to_issue_is_refused(clerk: Office) -> None:
    empty = a_class(clerk)
    assert of(clerk, empty).words == "No pupils"
    with pytest.raises(Refused, match="no pupils"):
        clerk.perform(IssueClassSheet(empty))
    with pytest.raises(Refused, match="no longer in use"):
        clerk.perform(IssueClassSheet(999))
    assert clerk.perform(IssueOutdated()) == 0


def test_two_children_whom_the_list_cannot_tell_apart_are_pointed_out(clerk: Office) -> None:
    willow = a_class(clerk)
    first = a_pupil(clerk, "Ella", "Marsh", willow)
    a_pupil(clerk, "Ella", "Moss", willow)
    assert of(clerk, willow).alike == ()
    say(clerk, first)
    assert of(clerk, willow).alike == ("Ella M",)


def test_the_audit_names_no_child_and_the_report_counts_the_same(office_of: OfficeOf) -> None:
    clerk = office_of(Role.OFFICE)
    willow = a_class(clerk)
    a_pupil(clerk, class_id=willow)
    holt, _ = a_teacher(clerk, "Mrs Holt", willow), a_teacher(clerk, "Mr Dean", willow)
    clerk.perform(IssueClassSheet(willow))
    clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    with clerk.database.reading() as session:
        lines = session.execute(select(AuditRow.verb, AuditRow.subject, AuditRow.detail)).all()
        people = MonitoringFigures(session, TODAY, TODAY, clerk.clock()).people()
    assert [(verb, subject) for verb, subject, _ in lines][-2:] == [
        ("sheet.issued", f"class:{willow}"),
        ("sheet.acknowledged", f"class:{willow}"),
    ]
    assert "Ella" not in repr(lines)
    assert (people["sheets_due"], people["sheets_missing"]) == (2, 1)


def test_a_digest_knows_no_order_and_every_difference() -> None:
    one, two = SheetLine(1, "Oak", "Ella", (True, False, True)), SheetLine(2, "Oak", "Oscar", (True, True, True))
    assert sheet_digest([one, two]) == sheet_digest([two, one])
    others = [
        [one],
        [one, SheetLine(2, "Oak", "Oscar", (True, True, False))],
        [one, SheetLine(2, "Oak", "Oskar", (True, True, True))],
        [one, SheetLine(3, "Oak", "Oscar", (True, True, True))],
        [one, SheetLine(2, "Elm", "Oscar", (True, True, True))],
    ]
    assert len({sheet_digest(lines) for lines in [[one, two], *others]}) == 6


def test_each_issue_is_kept_with_what_it_said_and_who_read_it(clerk: Office, clock: StandingClock) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    ella, ruby = a_pupil(clerk, "Ella", "Marsh", willow), a_pupil(clerk, "Ruby", "Reed", willow)
    holt = a_teacher(clerk, "Mrs Holt", willow)
    clerk.perform(IssueClassSheet(willow))
    clerk.perform(AcknowledgeSheet(willow, (holt,), TODAY))
    assert of(clerk, willow).changed == ()
    clock.later(days=1)
    say(clerk, ella)
    a_pupil(clerk, "Ella", "Khan", willow)
    with clerk.database.writing() as session:
        row = session.get(PupilRow, ruby)
        assert row is not None
        row.class_id = oak
    assert [(change.name, change.words) for change in of(clerk, willow).changed] == [
        ("Ella K", "new on the list"),
        ("Ella M", "photographs: may be shown now"),
        ("Ella M", "was called Ella"),
        ("Ruby", "no longer on the list"),
    ]
    clerk.perform(IssueClassSheet(willow))
    assert of(clerk, willow).changed == ()
    newest, first = clerk.ask(SheetIssues(willow))
    assert (newest.number, newest.read, newest.issued_on) == (2, (), TODAY + timedelta(days=1))
    assert (first.number, first.issued_by, first.read) == (1, "Pat Office", (("Mrs Holt", TODAY),))
    assert clerk.ask(SheetIssues(oak)) == ()


def test_a_deleted_child_goes_from_what_earlier_issues_said(clerk: Office) -> None:
    willow = a_class(clerk)
    ella, omar = a_pupil(clerk, "Ella", "Marsh", willow), a_pupil(clerk, "Omar", "Ward", willow)
    clerk.perform(IssueClassSheet(willow))
    clerk.perform(IssueClassSheet(None))
    with clerk.database.writing() as session:
        forget_on_lists(session, ella)
    with clerk.database.reading() as session:
        said = session.scalars(select(ClassSheetRow.said)).all()
    assert [[line.pupil_id for line in lines_of(one or "")] for one in said] == [[omar], [omar]]
    assert not of(clerk, willow).state.needs_issue


def test_today_says_which_lists_to_issue_again(clerk: Office) -> None:
    willow = a_class(clerk)
    a_pupil(clerk, "Ella", "Marsh", willow)
    assert not [line for line in clerk.ask(Today()).due if line.area == "sheets"], "none was issued yet"
    clerk.perform(IssueClassSheet(willow))
    a_pupil(clerk, "Omar", "Ward", willow)
    (line,) = [line for line in clerk.ask(Today()).due if line.area == "sheets"]
    assert (line.what, line.lens) == ("1 class list is to issue again", "outdated")


_LINES = st.lists(
    st.builds(SheetLine, st.integers(1, 6), st.sampled_from(["Oak", "Ash"]), st.text(max_size=5),
              st.tuples(st.booleans(), st.booleans(), st.booleans())),
    unique_by=lambda line: line.pupil_id,
)  # fmt: skip


@given(_LINES, _LINES)
def test_changes_are_told_just_where_the_digest_differs(before: list[SheetLine], now: list[SheetLine]) -> None:
    assert list(lines_of(said_by(before))) == before
    assert bool(changes(before, now)) == (sheet_digest(before) != sheet_digest(now))


def test_a_list_is_acknowledged_on_its_own_page_only(clerk: Office) -> None:
    holt = a_teacher(clerk, "Mrs Holt", a_class(clerk))
    with pytest.raises(Refused, match="Open Class lists"):
        clerk.perform(RecordAcceptance("class_sheet", TODAY, "paper", staff_id=holt))
    with clerk.database.reading() as session:
        assert session.scalars(select(AcceptanceRow)).all() == []
