"""Checking a draft: rulings without reasons, findings with advice, names put right, no words kept (T8, T12)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event, select

from app.domain.checks.finding import Check
from app.domain.content import Kind, Media
from app.domain.permissions import Answer, Audience, MediaKind
from app.domain.problems import Refused
from app.domain.roles import Role
from app.services.before_posting import CheckDraft, ChildrenToTick, DraftChecked
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.sheets import AcknowledgeSheet, ClassSheets, IssueClassSheet
from app.store.tables.audit import AuditRow
from app.store.tables.monitoring import BeforePostingRow
from app.store.tables.people import PupilRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.school import StaffClassRow, StaffRow
from tests.conftest import NOW, OfficeOf, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil, everything


def allow(office: Office, pupil: int, kind: str = "photograph", answer: str = "given", *, guardian: int = 0) -> None:
    with office.database.writing() as session:
        session.add(
            PermissionRow(
                pupil_id=pupil,
                guardian_id=guardian or None,
                kind=kind,
                answer=answer,
                decided_on=date(2026, 9, 7),
                route="paper",
                recorded_at=NOW,
                recorded_by=1,
            )
        )


def bar(office: Office, pupil: int) -> None:
    with office.database.writing() as session:
        row = session.get(PupilRow, pupil)
        assert row is not None
        row.picture_bar = True


def checks(done: DraftChecked) -> set[Check]:
    return {finding.check for finding in done.findings}


@pytest.fixture
def willow(head: Office) -> int:
    return a_class(head)


def test_a_clean_draft_is_clear_and_the_check_is_recorded_without_its_words(head: Office, willow: int) -> None:
    done = head.perform(CheckDraft("We grew cress on the windowsill this week.", class_id=willow))
    assert done.is_clear
    assert (done.children, done.rewording.changes) == ((), ())
    with head.database.reading() as session:
        row = session.scalars(select(BeforePostingRow)).one()
        assert (row.class_id, row.findings, row.checked_by) == (willow, 0, head.actor.id)
        line = session.scalars(select(AuditRow)).one()
        assert (line.verb, line.subject) == ("draft.checked", f"class:{willow}")
    assert "windowsill" not in everything(head)


def test_a_draft_says_who_may_not_be_shown_and_puts_the_names_right(head: Office, willow: int) -> None:
    ella = a_pupil(head, "Ella", "Marsh", willow)
    oscar = a_pupil(head, "Oscar", "Reed", willow)
    maya = a_pupil(head, "Maya", "Shah", willow)
    allow(head, ella)
    allow(head, maya)
    done = head.perform(
        CheckDraft("Ella Marsh and Oscar built a bridge.", class_id=willow, pupils=(maya,), media=(Media.PHOTO,))
    )
    told = {child.id: child for child in done.children}
    assert set(told) == {ella, oscar, maya}
    assert [told[pupil].stopped for pupil in (ella, oscar, maya)] == [False, True, False]
    assert (told[maya].ticked, told[maya].named, told[oscar].ticked) == (True, False, False)
    assert told[oscar].allowed == ((Media.PHOTO, False),)
    assert done.children[0].id == oscar, "who is stopped stands first"
    assert checks(done) == {Check.SURNAME, Check.NO_PERMISSION}
    assert done.rewording.text == "Ella and Oscar built a bridge."
    assert all(finding.advice for finding in done.findings)


@pytest.mark.parametrize("role", list(Role))
def test_why_a_child_may_not_be_shown_is_said_to_nobody(office_of: OfficeOf, role: Role) -> None:
    office = office_of(role)
    willow = a_class(office)
    barred, refused, undecided, split = (
        a_pupil(office, first, "Marsh", willow) for first in ("Ella", "Oscar", "Maya", "Noah")
    )
    bar(office, barred)
    allow(office, barred)
    allow(office, refused, answer="refused")
    allow(office, split, guardian=a_guardian(office, split, "Joanne"))
    allow(office, split, answer="withdrawn", guardian=a_guardian(office, split, "Peter"))
    pupils = (barred, refused, undecided, split)
    done = office.perform(CheckDraft("Out in the sun.", class_id=willow, pupils=pupils, media=(Media.PHOTO,)))
    assert {child.id for child in done.children if child.stopped} == set(pupils)
    whys = {finding.why.replace(name, "…") for finding in done.findings for name in finding.children}
    assert whys == {"… may not be shown here."}
    assert {finding.advice for finding in done.findings} == {"Choose another picture, or leave the child out."}
    assert {child.allowed for child in done.children} == {((Media.PHOTO, False),)}


def test_each_kind_of_media_needs_its_own_permission(head: Office, willow: int) -> None:
    ella = a_pupil(head, "Ella", "Marsh", willow)
    allow(head, ella)
    photo = head.perform(CheckDraft("Today", class_id=willow, pupils=(ella,), media=(Media.PHOTO,)))
    both = head.perform(CheckDraft("Today", class_id=willow, pupils=(ella,), media=(Media.PHOTO, Media.VIDEO)))
    assert photo.is_clear
    assert both.children[0].allowed == ((Media.PHOTO, True), (Media.VIDEO, False))
    assert both.children[0].stopped


def test_a_family_may_see_its_own_child_in_a_message(head: Office, willow: int) -> None:
    ella = a_pupil(head, "Ella", "Marsh", willow)
    oscar = a_pupil(head, "Oscar", "Reed", willow)
    a_guardian(head, ella)
    a_guardian(head, oscar, "Peter")
    own = CheckDraft("Look what Ella made!", Kind.MESSAGE, willow, (ella,), (Media.PHOTO,))
    assert head.perform(own).is_clear
    others = CheckDraft("Look what Ella made!", Kind.MESSAGE, willow, (oscar,), (Media.PHOTO,))
    assert [child.name for child in head.perform(others).children if child.stopped] == ["Ella"]
    nobody = CheckDraft("Look what Ella made!", Kind.MESSAGE, willow, (), (Media.PHOTO,))
    assert [child.name for child in head.perform(nobody).children if child.stopped] == ["Ella"]


def test_a_message_late_in_the_evening_is_told_of_and_a_post_is_not(
    head: Office, willow: int, clock: StandingClock
) -> None:
    clock.now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert checks(head.perform(CheckDraft("Thank you for the cake.", Kind.MESSAGE, willow))) == {Check.HOURS}
    assert head.perform(CheckDraft("Thank you for the cake.", Kind.CLASS_STORY, willow)).is_clear


def test_contact_details_are_found_in_the_open(head: Office, willow: int) -> None:
    a_pupil(head, "Ella", "Marsh", willow)
    done = head.perform(CheckDraft("Ella read to us today. Ring me on 07700 900123.", class_id=willow))
    assert checks(done) == {Check.CONTACT}
    spans = [finding.span for finding in done.findings if finding.check is Check.CONTACT]
    assert spans == [(34, 46)]


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        (CheckDraft("  \n", class_id=1), "nothing to check"),
        (CheckDraft("x" * 100_001, class_id=1), "far longer"),
        (CheckDraft("Hello"), "needs its class"),
        (CheckDraft("Hello", class_id=999), "no such class"),
        (CheckDraft("Hello", class_id=1, pupils=(77,)), "no longer on roll"),
        (CheckDraft("Hello", Kind.POINTS, 1), "not posted"),
    ],
)
def test_what_cannot_be_checked_is_refused_and_leaves_no_record(
    head: Office, willow: int, wrong: CheckDraft, because: str
) -> None:
    assert willow == 1
    with pytest.raises(Refused, match=because):
        head.perform(wrong)
    with head.database.reading() as session:
        assert session.scalars(select(BeforePostingRow)).all() == []


def test_a_picture_alone_can_be_checked(head: Office, willow: int) -> None:
    ella = a_pupil(head, "Ella", "Marsh", willow)
    done = head.perform(CheckDraft("", class_id=willow, pupils=(ella,), media=(Media.WORK,)))
    assert checks(done) == {Check.NO_PERMISSION}


def test_the_same_check_made_again_is_known_by_its_digest(head: Office, willow: int) -> None:
    a_pupil(head, "Ella", "Marsh", willow)
    head.perform(CheckDraft("Ella Marsh  won", class_id=willow))
    head.perform(CheckDraft("Ella won", class_id=willow))
    head.perform(CheckDraft("Ella lost", class_id=willow))
    with head.database.reading() as session:
        first, second, third = session.scalars(select(BeforePostingRow.digest).order_by(BeforePostingRow.id))
    assert first == second != third


def test_children_to_tick_are_told_apart(clerk: Office) -> None:
    willow, rowan = a_class(clerk), a_class(clerk, "Rowan")
    a_pupil(clerk, "Ella", "Marsh", willow)
    a_pupil(clerk, "Oscar", "Reed", willow)
    a_pupil(clerk, "Oscar", "Ridge", willow)
    a_pupil(clerk, "Oscar", "Hill", willow)
    a_pupil(clerk, "Maya", "Shah", rowan)
    assert [child.name for child in clerk.ask(ChildrenToTick(willow))] == [
        "Ella",
        "Oscar H",
        "Oscar Reed",
        "Oscar Ridge",
    ]
    assert next((child.class_name, child.name) for child in clerk.ask(ChildrenToTick())) == ("Rowan", "Maya")


def _asked(head: Office, draft: CheckDraft) -> int:
    """How many statements a check sends to the store."""
    sent: list[str] = []

    def note(*said: object) -> None:
        sent.append(str(said[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        head.perform(draft)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


def test_a_full_school_is_asked_about_as_often_as_a_small_one(head: Office) -> None:
    willow = a_class(head)
    a_pupil(head, "Ella", "Marsh", willow)
    draft = CheckDraft("We built a bridge from straws. " * 40, class_id=willow, media=(Media.PHOTO,))
    few = _asked(head, draft)
    with head.database.writing() as session:
        session.add_all(
            PupilRow(first=f"Oscar{chr(97 + number % 26)}", last=f"Reed{chr(97 + number % 23)}", name_key="x")
            for number in range(420)
        )
    assert 0 < _asked(head, draft) <= few


def test_hostile_text_is_checked_like_any_other(head: Office, willow: int) -> None:
    a_pupil(head, "Ella", "Marsh", willow)
    text = "<b>Ella</b> \x00\u202e Marsh ‮ =cmd()" + "Ella " * 4000
    assert head.perform(CheckDraft(text, class_id=willow)).rewording.text.count("Ella") == 4001


def test_posting_for_a_class_is_cleared_by_its_staff(head: Office, willow: int, clock: StandingClock) -> None:
    ella, oak = a_pupil(head, "Ella", "Marsh", willow), a_class(head, "Oak")
    noah = a_pupil(head, "Noah", "Wood", oak)
    with head.database.writing() as session:
        staff = [StaffRow(name=name) for name in ("Mrs Holt", "Mr Dale")]
        session.add_all(staff)
        session.flush()
        session.add_all(StaffClassRow(staff_id=one.id, class_id=willow) for one in staff)
        holt, dale = (one.id for one in staff)

    def said(kind: Kind = Kind.CLASS_STORY, pupils: tuple[int, ...] = ()) -> tuple[str, ...]:
        return head.perform(CheckDraft("We grew cress.", kind, willow, pupils)).not_cleared

    before = "Willow is not yet cleared for posting: "
    assert said() == (f"{before}its list of who may be shown was never issued.",)
    head.perform(IssueClassSheet(willow))
    assert said() == (f"{before}2 of 2 of its staff have not acknowledged its list.",)
    head.perform(AcknowledgeSheet(willow, (holt,), clock.now.date()))
    assert said() == (f"{before}1 of 2 of its staff has not acknowledged its list.",)
    head.perform(AcknowledgeSheet(willow, (dale,), clock.now.date()))
    assert said() == ()
    assert said(pupils=(noah,)) == (
        "Oak is not yet cleared for posting: its list of who may be shown was never issued.",
    )
    assert said(Kind.MESSAGE, (noah,)) == ()
    mother = a_guardian(head, ella)
    for answer in (Answer.GIVEN, Answer.WITHDRAWN):
        head.perform(RecordPermission(ella, mother, MediaKind.PHOTOGRAPH, answer, date(2026, 9, 7)))
        changed = f"{before}its list of who may be shown has changed since it was issued."
        assert said() == ((changed,) if answer is Answer.GIVEN else ())
    clock.now = datetime(2027, 9, 6, 9, 0, tzinfo=UTC)
    assert said() == (f"{before}its list of who may be shown is last year's.",)


def test_the_school_story_goes_by_its_own_permission(head: Office, willow: int) -> None:
    ella = a_pupil(head, "Ella", "Marsh", willow)
    mother = a_guardian(head, ella)
    both = (Audience.CLASS_STORY, Audience.SCHOOL_STORY)
    for answer, audiences in ((Answer.GIVEN, both), (Answer.REFUSED, both[1:])):
        head.perform(
            RecordPermission(ella, mother, MediaKind.PHOTOGRAPH, answer, date(2026, 9, 7), audiences=audiences)
        )
    for kind, stopped in ((Kind.CLASS_STORY, False), (Kind.SCHOOL_STORY, True)):
        class_id = willow if kind is Kind.CLASS_STORY else None
        done = head.perform(CheckDraft("Cress.", kind, class_id, (ella,), (Media.PHOTO,)))
        assert [child.stopped for child in done.children] == [stopped]
        assert (Check.NO_PERMISSION in checks(done)) is stopped
    (sheet,) = (one for one in head.ask(ClassSheets()).sheets if one.class_id == willow)
    assert not sheet.lines[0].of(MediaKind.PHOTOGRAPH), "the list speaks for both stories"
