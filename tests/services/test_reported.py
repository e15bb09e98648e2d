"""Reporting a message (T2): by anybody, known again, opened anew, and never past the safeguarding lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind
from app.domain.incoming import IncomingItem
from app.domain.problems import Problem, Refused
from app.domain.review import FindingState, Reason, Verdict
from app.domain.roles import Role
from app.services.accounts import AddAccount, found_school, sign_in
from app.services.evidence import ItemEvidence
from app.services.office import Office
from app.services.reported import ReportMessage
from app.services.review import (
    GiveVerdict,
    ItemToReview,
    ReceiveReferral,
    ReferToSafeguarding,
    ReviewQueue,
    SafeguardingList,
)
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow, ReportedRow
from tests.conftest import NOW, PASSWORD, QUICK, OfficeOf
from tests.pictures import picture
from tests.services.rows import a_guardian, a_pupil, everything

WORDS = "You lot are a disgrace and I will say so to everyone"
SENT = NOW - timedelta(hours=2)


def reported(office: Office, **how: object) -> int:
    told: dict[str, object] = {
        "reporter": "Mrs Holt",
        "text": WORDS,
        "author_name": "Dean Pike",
        "sent_at": SENT,
        **how,
    }
    return office.perform(ReportMessage(**told)).item_id  # type: ignore[arg-type]


def test_anybody_reports_and_it_stands_in_the_queue_with_who_and_when(
    slt: Office, clerk: Office, office_of: OfficeOf
) -> None:
    item = reported(clerk, author_role=AuthorRole.PARENT, why="It frightened the class.")
    (line,) = slt.ask(ReviewQueue())
    assert (line.item_id, line.author, Check.REPORTED in line.checks) == (item, "Dean Pike", True)
    shown = slt.ask(ItemToReview(item))
    card = next(card for card in shown.findings if card.check is Check.REPORTED)
    assert card.why == "Reported by Mrs Holt on Mon 23 Nov 2026, 09:30. It frightened the class."
    assert (card.clause, card.state) == ("T2", FindingState.OPEN)
    assert [(report.reporter, report.recorded_by) for report in shown.around.reports] == [("Mrs Holt", "Pat Office")]
    assert {role for role in Role if office_of(role).may(ReportMessage)} == set(Role)


def test_the_writer_is_found_in_the_register_and_the_checks_run(slt: Office, clerk: Office) -> None:
    guardian = a_guardian(slt, a_pupil(slt), "Joanne")
    item = reported(clerk, author_name="Joanne Marsh", text="Ella Marsh is a little liar and you know it")
    with slt.database.reading() as session:
        assert session.get_one(ItemRow, item).guardian_id == guardian
    assert len(slt.ask(ItemToReview(item)).findings) > 1


def test_a_new_report_of_a_decided_item_opens_it_and_overwrites_nothing(slt: Office, clerk: Office) -> None:
    item = reported(clerk)
    for card in slt.ask(ItemToReview(item)).findings:
        slt.perform(GiveVerdict(card.id, Verdict.FALSE_ALARM, Reason.MISREAD))
    assert slt.ask(ReviewQueue()) == ()
    assert reported(clerk, reporter="Mr Ali", sent_at=SENT + timedelta(minutes=7)) == item
    assert [line.item_id for line in slt.ask(ReviewQueue())] == [item]
    states = sorted(c.state for c in slt.ask(ItemToReview(item)).findings if c.check is Check.REPORTED)
    assert states == [FindingState.FALSE_ALARM, FindingState.OPEN]
    assert reported(slt, reporter="Mrs Okoro") == item, "a third report adds no third finding"
    with slt.database.reading() as session:
        found = session.scalar(select(func.count()).select_from(FindingRow).where(FindingRow.check == "reported"))
        assert (found, session.scalar(select(func.count()).select_from(ReportedRow))) == (2, 3)


def test_the_same_words_another_week_are_another_message(clerk: Office) -> None:
    first = reported(clerk, sent_at=SENT - timedelta(days=9))
    assert reported(clerk) != first
    assert reported(clerk, text="ok then") != reported(clerk, text="ok then.")


def test_a_message_that_went_to_the_lead_goes_there_again_and_nowhere_else(
    slt: Office, clerk: Office, office_of: OfficeOf
) -> None:
    lead = office_of(Role.SAFEGUARDING)
    item = reported(clerk)
    slt.perform(ReferToSafeguarding(item))
    again = clerk.perform(ReportMessage("Mr Quill", WORDS, "Dean Pike", sent_at=SENT, why="disgrace again"))
    assert again.item_id == item
    assert slt.ask(ReviewQueue()) == ()
    assert "disgrace" not in everything(slt)
    newest = lead.ask(SafeguardingList())[0]
    read = lead.perform(ReceiveReferral(newest.id))
    assert (read.text, "disgrace again" in read.note) == (WORDS, True)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"text": "  "}, "nothing to look at"),
        ({"reporter": " "}, "who reports it"),
        ({"reported_at": NOW + timedelta(hours=1)}, "later than now"),
        ({"sent_at": NOW, "reported_at": NOW - timedelta(hours=1)}, "Check both times"),
        ({"files": (b"x",) * 11}, "At most 10 files"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(clerk: Office, how: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        reported(clerk, **how)
    with clerk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 0


def test_a_message_without_a_time_is_kept_and_a_sign_of_harm_is_said_at_once(slt: Office, clerk: Office) -> None:
    done = clerk.perform(ReportMessage("Mrs Holt", "My stepdad hits me every night and I am scared", sent_at=None))
    assert done.harm
    assert slt.ask(ReviewQueue())[0].checks[0] is Check.SAFEGUARDING


def test_an_email_is_taken_with_its_own_words_and_time(slt: Office, clerk: Office) -> None:
    mail = IncomingItem("a.eml", 1, Kind.MESSAGE, "Complaint\n\nThis is a shambles", author_name="D Pike", sent_at=SENT)
    item = clerk.perform(ReportMessage("Mrs Holt", mail=mail)).item_id
    shown = slt.ask(ItemToReview(item)).item
    assert (shown.text, shown.author, shown.sent_at) == ("Complaint\n\nThis is a shambles", "D Pike", SENT)


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """A school with a folder, so that files can be kept: the headteacher and a senior leader."""
    home = tmp_path / "school"
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    head = sign_in(home, "head", PASSWORD)
    head.perform(AddAccount("slt", "Tunde", Role.SLT, PASSWORD))
    slt = sign_in(home, "slt", PASSWORD)
    yield head, slt
    slt.close()
    head.close()


def test_a_screenshot_alone_is_enough_and_is_shown_to_who_reviews(on_disk: tuple[Office, Office]) -> None:
    head, slt = on_disk
    done = slt.perform(ReportMessage("Mrs Holt", files=(picture("PNG"),)))
    assert (done.kept, done.again) == (1, False)
    (file,) = slt.ask(ItemEvidence(done.item_id))
    assert file.kind.mime == "image/png"
    assert slt.perform(ReportMessage("Mr Ali", files=(picture("PNG"),))).item_id == done.item_id
    slt.perform(ReferToSafeguarding(done.item_id))
    slt.perform(ReportMessage("Mr Ali", files=(picture("PNG"),)))
    assert slt.ask(ItemEvidence(done.item_id)) == ()
    assert len(head.ask(ItemEvidence(done.item_id))) == 1, "the same picture is kept once"


def test_a_program_is_not_kept_and_neither_is_the_report(on_disk: tuple[Office, Office]) -> None:
    _, slt = on_disk
    with pytest.raises(Refused, match="Programs are not kept"):
        slt.perform(ReportMessage("Mrs Holt", WORDS, files=(b"MZ" + b"\0" * 200,)))
    assert slt.ask(ReviewQueue()) == ()


def test_a_school_in_memory_says_that_no_file_can_be_kept(clerk: Office) -> None:
    with pytest.raises(Problem, match="no file can be kept"):
        reported(clerk, files=(picture("PNG"),))
