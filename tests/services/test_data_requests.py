"""Requests about one's own data: the register, the clock, roles, what is audited and what lies sealed (H12, K3)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.data_requests import Asked, Asker, Identity, Pause, Result, State
from app.domain.problems import NotAllowed, Overtaken, Refused
from app.services.data_request_board import (
    NO_RESPONSIBILITY,
    STOPPED,
    DataRequestLine,
    DataRequests,
    PossibleAskers,
    ReadDataRequest,
)
from app.services.data_requests import (
    CloseDataRequest,
    ExtendDataRequest,
    PauseDataRequest,
    RecordDataRequest,
    ResumeDataRequest,
)
from app.services.guardians_merging import MergeGuardians
from app.services.office import Office
from app.services.today import Today, WaitingCounts
from app.store.tables.audit import AuditRow
from tests.conftest import StandingClock
from tests.services.rows import a_guardian, a_pupil, everything

CAME = date(2026, 11, 2)
TODAY = date(2026, 11, 23)


def asked(
    office: Office,
    guardian: int,
    kind: Asked = Asked.SEE,
    on: date = CAME,
    identity: Identity = Identity.KNOWN,
    words: str = "She wants everything about the bruise.",
) -> int:
    return office.perform(RecordDataRequest(kind, Asker.GUARDIAN, on, identity, words, guardian_id=guardian))


def line(office: Office, request: int) -> DataRequestLine:
    return next(one for one in office.ask(DataRequests()) if one.id == request)


@pytest.fixture
def mother(clerk: Office) -> int:
    return a_guardian(clerk, a_pupil(clerk))


def test_the_office_records_one_and_sees_the_line_not_the_words(clerk: Office, slt: Office, mother: int) -> None:
    request = asked(clerk, mother)
    shown = line(clerk, request)
    assert (shown.reference, shown.about, shown.clock.due, shown.left) == (
        "R-2026-001", "Joanne Marsh", date(2026, 12, 2), 9
    )  # fmt: skip
    assert (shown.state, shown.recorded_by) == (State.OPEN, "Pat Office")
    assert "bruise" not in everything(clerk), "the words lie sealed"
    with pytest.raises(NotAllowed):
        clerk.perform(ReadDataRequest(request))
    read = slt.perform(ReadDataRequest(request))
    assert (read.asked, read.steps) == ("She wants everything about the bruise.", ("",))
    with clerk.database.reading() as session:
        verbs = list(session.scalars(select(AuditRow.verb).order_by(AuditRow.seq)))
        details = " ".join(str(row.detail) for row in session.scalars(select(AuditRow)))
    assert verbs == ["request.recorded", "request.read", "request.read"], "the refused look too"
    assert "Joanne" not in details
    assert "bruise" not in details


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (RecordDataRequest(Asked.SEE, Asker.GUARDIAN, date(2026, 11, 24), Identity.KNOWN, "x", 1), "lies ahead"),
        (RecordDataRequest(Asked.SEE, Asker.GUARDIAN, CAME, Identity.KNOWN, " ", 1), "Write what was asked"),
        (RecordDataRequest(Asked.SEE, Asker.GUARDIAN, CAME, Identity.KNOWN, "x"), "Choose the guardian"),
        (RecordDataRequest(Asked.SEE, Asker.FOR_PUPIL, CAME, Identity.KNOWN, "x", 1), "Choose the pupil"),
        (RecordDataRequest(Asked.SEE, Asker.STAFF, CAME, Identity.KNOWN, "x", staff_id=99), "member of staff"),
        (RecordDataRequest(Asked.SEE, Asker.OTHER, CAME, Identity.KNOWN, "x", name=" "), "Write the name"),
    ],
)
def test_a_request_needs_a_person_words_and_a_day(clerk: Office, command: RecordDataRequest, words: str) -> None:
    with pytest.raises(Refused, match=words):
        clerk.perform(command)
    assert clerk.ask(DataRequests()) == ()


def test_somebody_who_is_not_in_the_register(clerk: Office) -> None:
    request = clerk.perform(
        RecordDataRequest(Asked.OBJECT, Asker.OTHER, CAME, Identity.DOCUMENT, "No posts.", name="  Robin   Vale ")
    )
    shown = line(clerk, request)
    assert (shown.about, shown.in_register, shown.kind) == ("Robin Vale", False, Asked.OBJECT)


def test_the_clock_stands_until_identity_is_checked(clerk: Office, mother: int) -> None:
    request = asked(clerk, mother, identity=Identity.WAITING)
    shown = line(clerk, request)
    assert (shown.state, shown.left, shown.waits_for) == (State.PAUSED, None, Pause.IDENTITY)
    with pytest.raises(Refused, match="Say how it was made sure"):
        clerk.perform(ResumeDataRequest(request, TODAY))
    clerk.perform(ResumeDataRequest(request, date(2026, 11, 12), Identity.DOCUMENT))
    shown = line(clerk, request)
    assert (shown.clock.due, shown.identity) == (date(2026, 12, 14), Identity.DOCUMENT), "ten days later; a Saturday"
    with pytest.raises(Overtaken):
        clerk.perform(ResumeDataRequest(request, TODAY, Identity.KNOWN))
    assert [step.kind for step in shown.steps] == ["received", "paused", "resumed"]


def test_a_second_pause_adds_to_the_first(clerk: Office, mother: int) -> None:
    request = asked(clerk, mother)
    clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, date(2026, 11, 4)))
    with pytest.raises(Overtaken):
        clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, TODAY))
    clerk.perform(ResumeDataRequest(request, date(2026, 11, 6)))
    with pytest.raises(Refused, match="running again only after"):
        clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, date(2026, 11, 5)))
    clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, date(2026, 11, 10)))
    clerk.perform(ResumeDataRequest(request, date(2026, 11, 17)))
    assert line(clerk, request).clock.due == date(2026, 12, 11), "2 December and nine days"


def test_an_overdue_request_cannot_be_paused_any_more(clerk: Office, mother: int) -> None:
    request = asked(clerk, mother, on=date(2026, 10, 1))
    with pytest.raises(Refused, match="overdue on that day"):
        clerk.perform(PauseDataRequest(request, Pause.CLARIFICATION, TODAY))


def test_leaders_extend_once_within_the_first_month(clerk: Office, slt: Office, mother: int) -> None:
    request = asked(clerk, mother)
    with pytest.raises(NotAllowed):
        clerk.perform(ExtendDataRequest(request, TODAY, "Much"))
    slt.perform(ExtendDataRequest(request, TODAY, "Three requests came on one day."))
    shown = line(slt, request)
    assert (shown.extended, shown.clock.due) == (True, date(2027, 2, 2))
    with pytest.raises(Overtaken):
        slt.perform(ExtendDataRequest(request, TODAY, "Again"))
    slt.perform(PauseDataRequest(request, Pause.CLARIFICATION, TODAY))
    slt.perform(ResumeDataRequest(request, TODAY))
    assert slt.perform(ReadDataRequest(request)).steps[1] == "Three requests came on one day."
    late = asked(clerk, mother, on=date(2026, 10, 1))
    with pytest.raises(Refused, match="first month was over"):
        slt.perform(ExtendDataRequest(late, TODAY, "Much"))


def test_leaders_close_and_say_how(clerk: Office, slt: Office, mother: int) -> None:
    request = asked(clerk, mother)
    with pytest.raises(NotAllowed):
        clerk.perform(CloseDataRequest(request, Result.DONE, TODAY, "Sent."))
    for result, on, words, fault in (
        (Result.DONE, TODAY, " ", "Write what was sent"),
        (Result.ERASED, TODAY, "x", "Choose how"),
        (Result.DONE, date(2026, 11, 24), "x", "lies ahead"),
        (Result.DONE, date(2026, 11, 1), "x", "before it came in"),
    ):
        with pytest.raises(Refused, match=fault):
            slt.perform(CloseDataRequest(request, result, on, words))
    slt.perform(CloseDataRequest(request, Result.PART, TODAY, "Sent but for the case notes."))
    shown = line(clerk, request)
    assert (shown.state, shown.result, shown.clock.in_time) == (State.CLOSED, Result.PART, True)
    with pytest.raises(Overtaken):
        slt.perform(CloseDataRequest(request, Result.DONE, TODAY, "Again."))
    assert "case notes" not in everything(clerk)


def test_nothing_is_sent_before_identity_but_it_can_be_refused(clerk: Office, slt: Office, mother: int) -> None:
    request = asked(clerk, mother, identity=Identity.WAITING)
    with pytest.raises(Refused, match="clock of this request stands"):
        slt.perform(CloseDataRequest(request, Result.DONE, TODAY, "Sent."))
    slt.perform(CloseDataRequest(request, Result.REFUSED, TODAY, "No proof came."))
    shown = line(slt, request)
    assert (shown.state, shown.clock.paused_on, shown.clock.in_time) == (State.CLOSED, None, True)


def test_a_deletion_is_not_closed_as_done_without_deleting(clerk: Office, slt: Office, mother: int) -> None:
    request = asked(clerk, mother, Asked.DELETE)
    with pytest.raises(Refused, match="Nothing was deleted yet"):
        slt.perform(CloseDataRequest(request, Result.DONE, TODAY, "Gone."))


@pytest.mark.parametrize(
    ("responsibility", "contact", "told"),
    [
        (True, "open", ""),
        (None, "open", NO_RESPONSIBILITY),
        (False, "open", NO_RESPONSIBILITY),
        (True, "barred", STOPPED),
    ],
)
def test_who_asks_for_a_pupil_is_looked_at(clerk: Office, responsibility: bool | None, contact: str, told: str) -> None:
    pupil = a_pupil(clerk)
    adult = a_guardian(clerk, pupil, responsibility=responsibility, contact=contact)
    request = clerk.perform(
        RecordDataRequest(Asked.SEE, Asker.FOR_PUPIL, CAME, Identity.KNOWN, "All.", guardian_id=adult, pupil_id=pupil)
    )
    shown = line(clerk, request)
    assert (shown.doubt, shown.about, shown.asked_by) == (told, "Ella Marsh", "Joanne Marsh")


def test_the_list_has_what_is_due_first(clerk: Office, slt: Office, mother: int) -> None:
    later, closed, sooner = asked(clerk, mother), asked(clerk, mother), asked(clerk, mother, on=date(2026, 10, 29))
    paused = asked(clerk, mother, on=date(2026, 10, 5), identity=Identity.WAITING)
    slt.perform(CloseDataRequest(closed, Result.WITHDRAWN, TODAY, "She wrote so."))
    assert [one.id for one in clerk.ask(DataRequests())] == [sooner, later, paused, closed]


def test_today_reminds_a_week_ahead_and_shouts_when_it_is_late(
    clerk: Office, slt: Office, mother: int, clock: StandingClock
) -> None:
    def told(office: Office) -> list[tuple[str, str]]:
        shown = office.ask(Today())
        return [(one.what, one.tone) for one in (*shown.now, *shown.due) if one.area == "requests"]

    asked(clerk, mother)
    assert told(clerk) == []
    assert "requests" not in clerk.ask(WaitingCounts())
    clock.later(days=4)
    assert told(clerk) == told(slt) == [("1 request about somebody's data is due within a week", "warn")]
    assert clerk.ask(WaitingCounts())["requests"] == 1
    clock.later(days=7)
    assert told(clerk) == [("1 request about somebody's data is overdue", "stop")]


def test_requests_follow_an_adult_whose_records_are_made_one(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo")
    own = asked(clerk, gone)
    child = clerk.perform(
        RecordDataRequest(Asked.SEE, Asker.FOR_PUPIL, CAME, Identity.KNOWN, "All.", guardian_id=gone, pupil_id=pupil)
    )
    clerk.perform(MergeGuardians(kept, gone))
    assert line(clerk, own).guardian_id == kept
    assert line(clerk, child).asked_by == "Joanne Marsh"


def test_everybody_who_may_ask_is_offered(clerk: Office, mother: int) -> None:
    people = clerk.ask(PossibleAskers())
    assert people.guardians == ((mother, "Joanne Marsh"),)
    assert [words for _, words in people.pupils] == ["Ella Marsh (no class)"]
