"""Leavers: links and codes end at once, ClassDojo is asked about, the record goes when its date has come (H12, K4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.domain.leaving import Step, months_after
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Overtaken, Refused
from app.services.codes import IssueCodes, Scope
from app.services.leavers import (
    HoldLeaver,
    LeaverLine,
    Leavers,
    NoteStep,
    RecordLeaver,
    ReturnPupil,
    SetLeaverMonths,
)
from app.services.leavers_deletion import Deleted, DeleteLeavers
from app.services.link_requests import RequestLink
from app.services.linking import RecordLink, SetContact
from app.services.login_cards import EnterLogin, LoginCards
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil, Pupils
from app.services.sheets import IssueClassSheet
from app.services.today import Today
from app.store.audit_chain import broken_at
from app.store.reads.pupils import PupilFilter
from app.store.seam import integrity_faults
from app.store.tables.audit import AuditRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import PermissionRow
from tests.conftest import StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil, everything

TODAY = date(2026, 11, 23)
JULY = date(2026, 7, 17)


def line_of(office: Office, pupil_id: int) -> LeaverLine:
    return next(line for line in office.ask(Leavers()).lines if line.pupil_id == pupil_id)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 7, 17), 12, date(2027, 7, 17)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 120), st.integers(0, 120))
def test_more_months_are_never_sooner(day: date, one: int, more: int) -> None:
    assert months_after(day, one) <= months_after(day, one + more)
    assert months_after(day, one) >= day


def test_a_leaver_loses_links_codes_and_card(clerk: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    mother, father = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Tom")
    clerk.perform(RecordLink(pupil, mother))
    clerk.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=father)))
    clerk.perform(EnterLogin(pupil, "SAB12CD34"))
    clerk.perform(RecordLeaver(pupil, JULY))
    record = clerk.ask(Pupil(pupil))
    assert {guardian.link for guardian in record.guardians} == {"removed", None}
    assert all(code.revoked_at is not None for code in record.codes)
    assert clerk.ask(LoginCards()) == ()
    line = line_of(clerk, pupil)
    assert (line.leaving.to_do, line.leaving.delete_on) == (True, date(2027, 7, 17))
    with pytest.raises(Refused, match="This child has left the school"):
        clerk.perform(RequestLink(pupil, "Joanne Marsh"))
    with pytest.raises(Overtaken):
        clerk.perform(RecordLeaver(pupil, JULY))


def test_what_was_done_in_the_service_is_ticked_and_taken_back(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    with pytest.raises(Refused, match="is on roll"):
        clerk.perform(NoteStep((pupil,), Step.REMOVE))
    clerk.perform(RecordLeaver(pupil, JULY))
    assert clerk.ask(Leavers()).to_do == 1
    with pytest.raises(Refused, match="lies ahead"):
        clerk.perform(NoteStep((pupil,), Step.GRADUATE, TODAY + timedelta(days=1)))
    with pytest.raises(Refused, match="before the pupil left"):
        clerk.perform(NoteStep((pupil,), Step.GRADUATE, date(2026, 1, 5)))
    assert clerk.perform(NoteStep((pupil,), Step.GRADUATE)) == 1
    assert (line_of(clerk, pupil).leaving.step, line_of(clerk, pupil).leaving.done_on) == (Step.GRADUATE, TODAY)
    assert clerk.ask(Leavers()).to_do == 0
    clerk.perform(NoteStep((pupil,), None))
    assert clerk.ask(Leavers()).to_do == 1


def test_the_schools_months_decide_the_date(clerk: Office, head: Office) -> None:
    pupil = a_pupil(clerk)
    clerk.perform(RecordLeaver(pupil, JULY))
    assert not clerk.ask(Leavers()).confirmed, "suggested until the school says so"
    with pytest.raises(Refused, match="between 0 and 120"):
        head.perform(SetLeaverMonths(500))
    head.perform(SetLeaverMonths(3))
    board = clerk.ask(Leavers())
    assert (board.confirmed, board.due, board.lines[0].leaving.delete_on) == (True, 1, date(2026, 10, 17))


def test_a_leaver_who_returns_is_on_roll_without_links(clerk: Office) -> None:
    pupil = a_pupil(clerk, class_id=a_class(clerk))
    clerk.perform(RecordLink(pupil, a_guardian(clerk, pupil)))
    clerk.perform(RecordLeaver(pupil, JULY))
    clerk.perform(ReturnPupil(pupil))
    assert clerk.ask(Leavers()).lines == ()
    assert clerk.ask(Pupil(pupil)).guardians[0].link == "removed"
    with pytest.raises(Overtaken):
        clerk.perform(ReturnPupil(pupil))


def ready(clerk: Office, head: Office, *pupils: int) -> None:
    for pupil in pupils:
        clerk.perform(RecordLeaver(pupil, JULY))
    clerk.perform(NoteStep(pupils, Step.REMOVE))
    head.perform(SetLeaverMonths(1))


def test_deletion_takes_every_name_and_keeps_the_counts(clerk: Office, head: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, "Zebedee", "Quillfeather", willow)
    clerk.perform(IssueClassSheet(willow))
    adult = a_guardian(clerk, pupil, "Wilhelmina")
    clerk.perform(RecordPermission(pupil, adult, MediaKind.PHOTOGRAPH, Answer.GIVEN, JULY))
    clerk.perform(EnterLogin(pupil, "SAB12CD34"))
    clerk.perform(RecordLink(pupil, adult))
    clerk.perform(SetContact(pupil, adult, "restricted", JULY, why="As the court ordered."))
    ready(clerk, head, pupil)
    with clerk.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(AuditRow)) or 0
    done = head.perform(DeleteLeavers((pupil,)))
    assert done == Deleted(1, 1, done.answers, 1, 0)
    assert done.answers >= 1
    left = everything(head)
    assert "Zebedee" not in left
    assert "Quillfeather" not in left
    assert "Wilhelmina" not in left
    with clerk.database.reading() as session:
        row = session.get_one(PupilRow, pupil)
        assert (row.born, row.upn, row.left_on) == (None, None, JULY)
        assert session.scalar(select(func.count()).select_from(PermissionRow)) == 0
        assert session.scalar(select(func.count()).select_from(AuditRow)) == before + 1
    board = clerk.ask(Leavers())
    assert (board.lines, board.deleted) == ((), 1)
    assert clerk.ask(Pupils(PupilFilter(left=True))) == ()
    with clerk.database.reading() as session:
        assert integrity_faults(session.connection()) == []
        assert broken_at(session) is None
    with pytest.raises(Overtaken):
        head.perform(DeleteLeavers((pupil,)))
    with pytest.raises(Refused, match="was deleted"):
        clerk.perform(ReturnPupil(pupil))


def test_an_adult_with_another_child_here_stays(clerk: Office, head: Office) -> None:
    leaver, stays = a_pupil(clerk), a_pupil(clerk, "Sam")
    adult = a_guardian(clerk, leaver)
    with clerk.database.writing() as session:
        session.add(TieRow(pupil_id=stays, guardian_id=adult, relationship="PAM", responsibility=True, contact="open"))
    ready(clerk, head, leaver)
    assert head.perform(DeleteLeavers((leaver,))).guardians == 0
    with clerk.database.reading() as session:
        assert session.get_one(GuardianRow, adult).first == "Joanne"
    assert [guardian.name for guardian in clerk.ask(Pupil(stays)).guardians] == ["Joanne Marsh"]


def test_nothing_is_deleted_too_soon_or_under_a_hold(clerk: Office, head: Office, clock: StandingClock) -> None:
    one, two = a_pupil(clerk), a_pupil(clerk, "Sam")
    for pupil in (one, two):
        clerk.perform(RecordLeaver(pupil, TODAY))
    with pytest.raises(Refused, match="has not come yet"):
        head.perform(DeleteLeavers((one,)))
    clock.later(days=400)
    with pytest.raises(Refused, match="noted yet that it was done in ClassDojo"):
        head.perform(DeleteLeavers((one,)))
    clerk.perform(NoteStep((one, two), Step.REMOVE))
    head.perform(HoldLeaver(two, "A request is open."))
    with pytest.raises(Refused, match="held: A request is open"):
        head.perform(DeleteLeavers((one, two)))
    assert clerk.ask(Pupil(one)).line.first == "Ella", "all of them or none"
    head.perform(HoldLeaver(two, ""))
    assert head.perform(DeleteLeavers((one, two))).pupils == 2


def test_only_the_headteacher_deletes(clerk: Office) -> None:
    with pytest.raises(NotAllowed):
        clerk.perform(DeleteLeavers((1,)))


def test_today_says_what_is_left_to_do_to_those_who_can_do_it(clerk: Office, head: Office, slt: Office) -> None:
    def told(office: Office) -> list[str]:
        return [line.what for line in office.ask(Today()).due if line.lens == "leavers"]

    assert told(clerk) == []
    one, two = a_pupil(clerk), a_pupil(clerk, "Sam")
    for pupil in (one, two):
        clerk.perform(RecordLeaver(pupil, JULY))
    assert told(clerk) == ["2 leavers still to be done in ClassDojo"]
    assert told(slt) == []
    clerk.perform(NoteStep((one,), Step.REMOVE))
    head.perform(SetLeaverMonths(1))
    assert told(head) == ["1 leaver still to be done in ClassDojo", "2 leavers' records are due for deletion"]
    assert told(clerk) == ["1 leaver still to be done in ClassDojo"]
