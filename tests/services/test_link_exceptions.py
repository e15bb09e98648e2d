"""Exceptions looked at again, families and codes sent again, what has to be accepted first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.problems import NotAllowed, Overtaken, Refused
from app.domain.roles import Role
from app.services.acceptance import RecordAcceptance
from app.services.codes import CodeLedger, CodesToIssue, IssueCodes, Scope
from app.services.link_exceptions import LinkedAdults, LinkExceptions, ReviewException
from app.services.link_requests import ApproveRequest, RequestLink, UseCode
from app.services.linking import SetContact
from app.services.office import Office
from app.services.school import SetSchool
from app.services.today import Today
from app.store.tables.audit import AuditRow
from app.store.tables.links import LinkRow
from tests.conftest import OfficeOf, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil
from tests.services.test_codes import TODAY, linked, tie

REVIEW = TODAY + timedelta(days=100)


def a_third(clerk: Office, leader: Office) -> tuple[int, int]:
    """A child whose third adult is linked by an exception: the child and the link."""
    pupil = a_pupil(clerk)
    linked(clerk, pupil, a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Piotr"))
    a_guardian(clerk, pupil, "Sami")
    asked = clerk.perform(RequestLink(pupil, "Sami Marsh"))
    leader.perform(ApproveRequest(asked.link_id, "Known at the gate.", "The child lives in two homes.", REVIEW))
    return pupil, asked.link_id


def test_an_exception_is_listed_and_stands_until_another_day(clerk: Office, slt: Office, clock: StandingClock) -> None:
    pupil, link = a_third(clerk, slt)
    (line,) = clerk.ask(LinkExceptions())
    assert (line.guardian, line.why, line.review_on) == ("Sami Marsh", "The child lives in two homes.", REVIEW)
    assert sorted(clerk.ask(LinkedAdults(pupil))) == ["Joanne Marsh", "Piotr Marsh", "Sami Marsh"]
    assert not [one for one in slt.ask(Today()).due if one.lens == "exceptions"]
    clock.later(days=100)
    (due,) = [one for one in slt.ask(Today()).due if one.lens == "exceptions"]
    assert (due.area, due.when) == ("codes", REVIEW)
    assert "Marsh" not in due.what + due.why
    later = REVIEW + timedelta(days=180)
    slt.perform(ReviewException(link, "Both homes still.", later))
    (line,) = slt.ask(LinkExceptions())
    assert (line.why, line.review_on, line.given_by) == ("Both homes still.", later, "Pat Senior leader")
    assert not [one for one in slt.ask(Today()).due if one.lens == "exceptions"]


def test_an_exception_ends_with_the_adults_link(clerk: Office, head: Office) -> None:
    pupil, link = a_third(clerk, head)
    head.perform(ReviewException(link, "One home now.", None))
    assert head.ask(LinkExceptions()) == ()
    assert "Sami Marsh" not in head.ask(LinkedAdults(pupil))
    with head.database.reading() as session:
        row = session.get(LinkRow, link)
        assert row is not None
        assert (row.state, row.reason) == ("removed", "One home now.")
    with pytest.raises(Overtaken):
        head.perform(ReviewException(link, "Again.", None))


@pytest.mark.parametrize(("reason", "on"), [("  ", REVIEW), ("Still.", TODAY), ("Still.", date(2026, 1, 1))])
def test_a_review_needs_a_reason_and_a_day_ahead(clerk: Office, slt: Office, reason: str, on: date) -> None:
    _, link = a_third(clerk, slt)
    with pytest.raises(Refused):
        slt.perform(ReviewException(link, reason, on))
    assert slt.ask(LinkExceptions())[0].why == "The child lives in two homes."


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SAFEGUARDING])
def test_only_a_senior_leader_or_the_headteacher_looks_at_it_again(
    clerk: Office, slt: Office, office_of: OfficeOf, role: Role
) -> None:
    _, link = a_third(clerk, slt)
    with pytest.raises(NotAllowed):
        office_of(role).perform(ReviewException(link, "Still.", REVIEW + timedelta(days=9)))


@pytest.mark.parametrize("role", [Role.SLT, Role.SAFEGUARDING, Role.HEADTEACHER])
def test_a_barred_adults_attempt_reaches_everybody_in_charge(clerk: Office, office_of: OfficeOf, role: Role) -> None:
    pupil = a_pupil(clerk)
    clerk.perform(SetContact(pupil, a_guardian(clerk, pupil), "barred"))
    assert clerk.perform(RequestLink(pupil, "Joanne Marsh")).state == "stopped"
    first = office_of(role).ask(Today()).now[0]
    assert (first.lens, first.tone) == ("stopped", "stop")


def test_a_family_is_every_child_of_a_childs_adults_and_no_others(clerk: Office) -> None:
    room = a_class(clerk)
    ella, omar, finn = (a_pupil(clerk, name, "Marsh", room) for name in ("Ella", "Omar", "Finn"))
    joanne = a_guardian(clerk, ella)
    tie(clerk, omar, joanne)
    a_guardian(clerk, omar, "Rita")
    a_guardian(clerk, finn, "Lee")
    plan = clerk.ask(CodesToIssue(Scope(family_of=ella)))
    assert sorted((one.pupil, one.guardian) for one in plan.recipients) == [
        ("Ella", "Joanne Marsh"),
        ("Omar", "Joanne Marsh"),
    ]
    assert clerk.ask(CodesToIssue(Scope(family_of=0))).recipients == ()
    assert len(clerk.perform(IssueCodes(Scope(family_of=ella))).codes) == 2


def test_codes_that_were_not_used_are_sent_again_to_just_these(clerk: Office) -> None:
    room = a_class(clerk)
    ella, omar = (a_pupil(clerk, name, "Marsh", room) for name in ("Ella", "Omar"))
    adults = [a_guardian(clerk, ella), a_guardian(clerk, ella, "Piotr"), a_guardian(clerk, omar, "Rita")]
    clerk.perform(IssueCodes(Scope(class_id=room)))
    again = clerk.perform(IssueCodes(Scope(again=frozenset({(ella, adults[0]), (ella, adults[1])}))))
    assert [one.to.guardian for one in again.codes] == ["Joanne Marsh", "Piotr Marsh"]
    states = sorted((line.guardian, str(line.state)) for line in clerk.ask(CodeLedger()))
    assert states == [
        ("Joanne Marsh", "revoked"),
        ("Joanne Marsh", "waiting"),
        ("Piotr Marsh", "revoked"),
        ("Piotr Marsh", "waiting"),
        ("Rita Marsh", "waiting"),
    ]
    clerk.perform(UseCode(again.codes[0].code))
    with pytest.raises(Refused, match="linked already"):
        clerk.perform(IssueCodes(Scope(again=frozenset({(ella, adults[0])}))))


def test_no_code_before_both_are_accepted_where_the_school_asks_so(clerk: Office, head: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    head.perform(SetSchool(code_needs_acceptance=True))
    (passed,) = clerk.ask(CodesToIssue()).passed_over
    assert passed.to_accept == {"policy", "processing"}
    clerk.perform(RecordAcceptance("policy", TODAY, "paper form", guardian_id=adult))
    with pytest.raises(Refused, match="has not agreed to the processing of data yet"):
        clerk.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=adult)))
    clerk.perform(RecordAcceptance("processing", TODAY, "paper form", guardian_id=adult))
    assert len(clerk.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=adult))).codes) == 1
    head.perform(SetSchool(code_needs_acceptance=False))
    other = a_guardian(clerk, pupil, "Piotr")
    assert len(clerk.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=other))).codes) == 1


def test_the_audit_says_how_many_and_names_nobody(clerk: Office, slt: Office) -> None:
    _, link = a_third(clerk, slt)
    slt.perform(ReviewException(link, "Sami Marsh still lives there.", REVIEW + timedelta(days=9)))
    with slt.database.reading() as session:
        rows = session.execute(select(AuditRow.verb, AuditRow.detail)).all()
    assert rows[-1].verb == "exception.reviewed"
    assert not any("Marsh" in str(row.detail) for row in rows)
