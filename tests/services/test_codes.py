"""Codes: issued to whom they may be, kept as a digest, revoked and used; requests matched and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.code_list import read_code_list
from app.domain.codes import CodeState, checks
from app.domain.problems import Overtaken, Refused
from app.domain.roles import Role
from app.services.acceptance import RecordAcceptance
from app.services.codes import CodeLedger, CodesToIssue, IssueCodes, IssuedCode, RevokeCode, Scope
from app.services.importing_codes import ImportServiceCodes
from app.services.leavers import RecordLeaver
from app.services.link_requests import (
    ApproveRequest,
    LinkRequests,
    RejectRequest,
    RequestLink,
    RulingOnRequest,
    UseCode,
)
from app.services.linking import RecordCode, SetContact
from app.services.office import Office
from app.services.school import SetSchool
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianRow, TieRow
from tests.conftest import OfficeOf, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil, everything

TODAY = date(2026, 11, 23)


def one(office: Office, pupil: int, adult: int, expires_on: date | None = None) -> IssuedCode:
    return office.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=adult), expires_on=expires_on)).codes[0]


def tie(office: Office, pupil: int, adult: int) -> None:
    with office.database.writing() as session:
        session.add(TieRow(pupil_id=pupil, guardian_id=adult))


def state(office: Office, pupil: int, adult: int) -> str | None:
    with office.database.reading() as session:
        return session.scalar(select(LinkRow.state).where(LinkRow.pupil_id == pupil, LinkRow.guardian_id == adult))


def linked(office: Office, pupil: int, *adults: int) -> None:
    for adult in adults:
        assert office.perform(UseCode(one(office, pupil, adult).shown)).state == "linked"


def test_the_plain_code_is_nowhere_in_the_store(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    made = one(clerk, pupil, a_guardian(clerk, pupil), expires_on=TODAY + timedelta(days=28))
    assert checks(made.code)
    assert made.code not in everything(clerk)
    assert made.shown not in everything(clerk)
    assert made.code not in repr(made)
    (line,) = clerk.ask(CodeLedger())
    assert (line.ending, line.state, line.origin) == (made.code[-2:], CodeState.WAITING, "school")
    assert line.issued_by == "Pat Office"


def test_a_class_is_served_and_everybody_passed_over_has_a_reason(clerk: Office) -> None:
    room = a_class(clerk)
    ella, omar, gone = (a_pupil(clerk, name, "Marsh", room) for name in ("Ella", "Omar", "Ruby"))
    first, second, third = (a_guardian(clerk, ella, name) for name in ("Joanne", "Piotr", "Sami"))
    barred = a_guardian(clerk, omar, "Dale", contact="barred")
    worker = a_guardian(clerk, omar, "Wendy", responsibility=False)
    a_guardian(clerk, gone, "Rita")
    clerk.perform(RecordLeaver(gone, TODAY))
    other = a_pupil(clerk, "Finn", "Ward", a_class(clerk, "Oak"))
    a_guardian(clerk, other, "Lee")
    plan = clerk.ask(CodesToIssue(Scope(class_id=room)))
    issued = clerk.perform(IssueCodes(Scope(class_id=room)))
    assert [code.to.guardian_id for code in issued.codes] == [first, second]
    assert plan.recipients == tuple(code.to for code in issued.codes)
    reasons = {line.guardian.split()[0]: " ".join(line.reasons) for line in issued.passed_over}
    assert set(reasons) == {"Sami", "Dale", "Wendy"}
    assert "policy allows" in reasons["Sami"]
    assert "barred" in reasons["Dale"]
    assert "parental responsibility" in reasons["Wendy"]
    again = clerk.perform(IssueCodes(Scope()))
    assert [code.to.pupil_id for code in again.codes] == [other]
    assert one(clerk, omar, worker)
    with pytest.raises(Refused, match="barred"):
        one(clerk, omar, barred)
    with pytest.raises(Refused, match="policy allows"):
        linked(clerk, ella, first, second, third)


def test_nobody_untied_and_no_leaver_is_given_a_code(clerk: Office) -> None:
    pupil, other = a_pupil(clerk), a_pupil(clerk, "Omar")
    adult = a_guardian(clerk, pupil)
    with pytest.raises(Refused, match="does not tie"):
        one(clerk, other, adult)
    clerk.perform(RecordLeaver(pupil, TODAY))
    with pytest.raises(Refused, match="has left"):
        one(clerk, pupil, adult)
    with pytest.raises(Refused, match="expired already"):
        one(clerk, pupil, adult, expires_on=TODAY - timedelta(days=1))


def test_where_the_school_asks_so_the_policy_and_processing_come_first(clerk: Office, head: Office) -> None:
    head.perform(SetSchool(code_needs_acceptance=True))
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    with pytest.raises(Refused, match=r"neither accepted the policy nor agreed to the processing"):
        one(clerk, pupil, adult)
    for what in ("policy", "processing"):
        clerk.perform(RecordAcceptance(what, TODAY, "paper form", guardian_id=adult))
    assert one(clerk, pupil, adult)


def test_a_new_code_replaces_the_one_before_and_each_dead_code_says_why(clerk: Office, clock: StandingClock) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    old, new = one(clerk, pupil, adult), one(clerk, pupil, adult, expires_on=TODAY)
    with pytest.raises(Refused, match="revoked: Replaced"):
        clerk.perform(UseCode(old.shown))
    clock.later(days=1)
    with pytest.raises(Refused, match="expired on Mon 23 Nov 2026"):
        clerk.perform(UseCode(new.shown))
    with pytest.raises(Refused, match="not in the ledger"):
        clerk.perform(UseCode("P4X7K2M9"))
    with pytest.raises(Refused, match="mistyped"):
        clerk.perform(UseCode(new.shown[:-1]))


def test_a_code_is_revoked_once_with_a_reason(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    made = one(clerk, pupil, adult)
    (line,) = clerk.ask(CodeLedger())
    with pytest.raises(Refused, match="Say why"):
        clerk.perform(RevokeCode(line.id, "  "))
    clerk.perform(RevokeCode(line.id, "The letter was lost."))
    with pytest.raises(Overtaken):
        clerk.perform(RevokeCode(line.id, "Again."))
    with pytest.raises(Refused, match=r"revoked: The letter was lost\."):
        clerk.perform(UseCode(made.code))
    linked(clerk, pupil, adult)
    used = clerk.ask(CodeLedger())[0]
    assert used.linked
    with pytest.raises(Refused, match="has been used"):
        clerk.perform(RevokeCode(used.id, "Late."))


def test_a_services_code_of_an_odd_shape_is_recorded(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    clerk.perform(RecordCode(pupil, adult, "X4X7K2", "paper letter"))
    assert clerk.perform(UseCode("x4x7k2", accepted_processing=True)).state == "linked"


def test_a_list_of_the_services_codes_is_read_and_every_line_accounted_for(clerk: Office) -> None:
    willow = a_class(clerk)
    ella, omar = a_pupil(clerk, "Ella", "Marsh", willow), a_pupil(clerk, "Omar", "Ward", willow)
    adult = a_guardian(clerk, ella)
    gone = a_pupil(clerk, "Ruby", "Stone", willow)
    clerk.perform(RecordLeaver(gone, TODAY))
    text = "Name\tCode\nElla Marsh\tP4X7K2M9\nWard, Omar;X1234567\nZack Nobody,P1111111\nRuby Stone,P2222222\n\n"
    result = clerk.perform(ImportServiceCodes(read_code_list(text + "Ella Marsh,P4X7K2M9\nOmar Ward\n")))
    assert result.recorded == 2
    assert [(line.name, line.why.split(".")[0]) for line in result.rejected] == [
        ("Zack Nobody", "No pupil of this name, or more than one, is in the register"),
        ("Ruby Stone", "The child has left the school"),
        ("Ella Marsh", "This code is in the ledger already"),
        ("Omar Ward", "There is no code in this line"),
    ]
    assert [line.name for line in result.doubts] == ["Ward, Omar"]
    assert {(line.pupil_id, line.guardian_id, line.origin) for line in clerk.ask(CodeLedger())} == {
        (ella, None, "classdojo"),
        (omar, None, "classdojo"),
    }
    with pytest.raises(Refused, match="Enter the request with the name"):
        clerk.perform(UseCode("P4X7K2M9"))
    asked = clerk.perform(RequestLink(ella, "Joanne Marsh", "P4X7K2M9"))
    assert asked.guardian_id == adult
    clerk.perform(ApproveRequest(asked.link_id, "Known."))
    a_guardian(clerk, ella, "Piotr")
    assert clerk.perform(RequestLink(ella, "Piotr Marsh", "P4X7K2M9")).state == "requested"


def test_a_bar_stops_requests_and_codes_and_revokes_what_was_given(clerk: Office, slt: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil, "Dale")
    one(clerk, pupil, adult)
    clerk.perform(SetContact(pupil, adult, "barred"))
    assert clerk.ask(CodeLedger())[0].state is CodeState.REVOKED
    asked = clerk.perform(RequestLink(pupil, "Dale Marsh"))
    assert asked.state == "stopped"
    assert "barred" in asked.reasons[0]
    assert state(clerk, pupil, adult) == "stopped"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("Joanne Marsh", "full name"),
        ("Mrs JOANNE MARSH", "full name"),
        ("J Marsh", "initial"),
        ("Mrs Marsh", "Only the surname"),
        ("Joanne Claire Marsh", "other names between"),
    ],
)
def test_a_known_adult_waits_with_the_reason_of_the_match(clerk: Office, given: str, says: str) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    asked = clerk.perform(RequestLink(pupil, given))
    assert (asked.state, asked.guardian_id) == ("requested", adult)
    assert says in asked.reasons[0]
    assert clerk.perform(ApproveRequest(asked.link_id, "She showed her passport.")).state == "linked"
    with pytest.raises(Overtaken):
        clerk.perform(RejectRequest(asked.link_id, "Too late."))


@pytest.mark.parametrize("given", ["Zack Nobody", "Marsh"])
def test_an_unknown_or_ambiguous_adult_is_rejected_with_the_reason(clerk: Office, given: str) -> None:
    pupil = a_pupil(clerk)
    a_guardian(clerk, pupil, "Joanne")
    a_guardian(clerk, pupil, "Piotr")
    asked = clerk.perform(RequestLink(pupil, given))
    assert (asked.state, asked.guardian_id) == ("rejected", None)
    (line,) = clerk.ask(LinkRequests())
    assert (line.state, line.name_given) == ("rejected", given)
    assert not clerk.ask(RulingOnRequest(line.id)).allowed


def test_a_third_adult_needs_an_exception_by_a_senior_leader(clerk: Office, slt: Office, office_of: OfficeOf) -> None:
    pupil = a_pupil(clerk)
    adults = [a_guardian(clerk, pupil, name) for name in ("Joanne", "Piotr", "Sami")]
    linked(clerk, pupil, *adults[:2])
    asked = clerk.perform(RequestLink(pupil, "Sami Marsh"))
    assert "policy allows 2" in " ".join(asked.reasons)
    with pytest.raises(Refused, match="Ask a senior leader"):
        slt.perform(ApproveRequest(asked.link_id, "Known at the gate."))
    later = date(2027, 7, 1)
    for office in (clerk, office_of(Role.SAFEGUARDING)):
        with pytest.raises(Refused, match="Only a senior leader"):
            office.perform(ApproveRequest(asked.link_id, "Known.", "Shared care.", later))
    with pytest.raises(Refused, match="day ahead"):
        slt.perform(ApproveRequest(asked.link_id, "Known.", "Shared care.", TODAY))
    assert slt.perform(ApproveRequest(asked.link_id, "Known.", "Shared care.", later)).state == "linked"


def test_an_exception_that_is_not_needed_is_not_kept(clerk: Office, head: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    asked = clerk.perform(RequestLink(pupil, "Joanne Marsh"))
    head.perform(ApproveRequest(asked.link_id, "Known.", "Not needed.", date(2027, 7, 1)))
    with head.database.reading() as session:
        assert session.scalar(select(LinkRow.exception_why).where(LinkRow.guardian_id == adult)) is None


def test_a_leaver_has_a_sentence_of_its_own(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil)
    made = one(clerk, pupil, adult)
    asked = clerk.perform(RequestLink(pupil, "Joanne Marsh"))
    clerk.perform(RecordLeaver(pupil, TODAY))
    again: tuple[Callable[[], object], ...] = (
        lambda: clerk.perform(RequestLink(pupil, "Joanne Marsh")),
        lambda: clerk.perform(ApproveRequest(asked.link_id, "Known.")),
        lambda: clerk.perform(RejectRequest(asked.link_id, "The child left.")),
    )
    for attempt in again:
        with pytest.raises(Refused, match="has left the school"):
            attempt()
    with pytest.raises(Refused, match="revoked: The pupil left"):
        clerk.perform(UseCode(made.code))
    assert state(clerk, pupil, adult) == "removed"


def test_a_request_with_a_code_is_told_whose_code_it_is(clerk: Office) -> None:
    pupil, sibling = a_pupil(clerk), a_pupil(clerk, "Omar")
    adult, other = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Piotr")
    tie(clerk, sibling, adult)
    made = one(clerk, pupil, adult)
    with pytest.raises(Refused, match="another child"):
        clerk.perform(RequestLink(sibling, "Joanne Marsh", made.shown))
    strange = clerk.perform(RequestLink(pupil, "Piotr Marsh", made.shown))
    assert "another adult" in " ".join(strange.reasons)
    assert clerk.perform(ApproveRequest(strange.link_id, "He is her father.")).guardian_id == other
    mine = clerk.perform(RequestLink(pupil, "Joanne Marsh", made.shown))
    assert "given to this family" in " ".join(mine.reasons)
    clerk.perform(ApproveRequest(mine.link_id, "Known."))
    with clerk.database.reading() as session:
        assert session.scalars(select(LinkingCodeRow.used_at)).one() is not None
        assert session.scalars(select(GuardianRow.id)).all() == [adult, other]
