"""Breach cases: leaders open them, the headteacher alone decides."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.domain.breach import CaseStatus, Outcome
from app.domain.checks.finding import Check
from app.domain.problems import NotAllowed, Overtaken, Refused
from app.services.cases import AddCaseNote, Cases, DecideCase, OpenCase, ReadCase
from app.services.linking import RecordLink
from app.services.office import Office
from app.store.tables.links import LinkRow
from tests.services.rows import a_guardian, a_pupil, an_item, everything

LATER = date(2027, 1, 4)


@pytest.fixture
def guardian(head: Office) -> int:
    pupil = a_pupil(head)
    found = a_guardian(head, pupil)
    head.perform(RecordLink(pupil, found))
    return found


@pytest.fixture
def case(slt: Office, guardian: int) -> int:
    _, finding = an_item(slt, "shared it on my page", check=Check.RESHARE, guardian=guardian)
    return slt.perform(OpenCase(finding, "A photograph was shared outside."))


def test_the_item_is_frozen_as_it_was(head: Office, case: int) -> None:
    file = head.perform(ReadCase(case))
    assert file.line.reference == "C-2026-001"
    assert file.summary == "A photograph was shared outside."
    assert file.evidence[0].text == "shared it on my page"
    assert len(file.evidence[0].sha256) == 64
    assert [event.kind for event in file.events] == ["opened"]


def test_only_the_headteacher_decides(slt: Office, case: int) -> None:
    with pytest.raises(NotAllowed):
        slt.perform(DecideCase(case, Outcome.ADVICE, "Because."))


@pytest.mark.parametrize(
    ("outcome", "reasons", "ends", "why"),
    [
        (Outcome.ADVICE, " ", None, "needs its reasons"),
        (Outcome.SUSPENSION, "Shared twice.", None, "end date or a review date"),
        (Outcome.SUSPENSION, "Shared twice.", date(2026, 11, 1), "in the past"),
        (Outcome.SUSPENSION, "", LATER, "needs its reasons"),
        (Outcome.RESTRICTION, "Shared twice.", None, "Restriction needs an end date or a review date"),
        (Outcome.REMOVAL, "Shared twice.", None, "Removal from the service needs an end date or a review date"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    head: Office, case: int, outcome: Outcome, reasons: str, ends: date | None, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        head.perform(DecideCase(case, outcome, reasons, ends_on=ends))
    assert head.ask(Cases())[0].status is CaseStatus.OPEN
    assert head.perform(ReadCase(case)).decisions == ()
    with head.database.reading() as session:
        assert session.scalars(select(LinkRow.state)).all() == ["linked"]


def test_a_suspension_may_have_a_day_of_review_alone(head: Office, case: int) -> None:
    head.perform(DecideCase(case, Outcome.SUSPENSION, "Shared twice.", review_on=LATER))
    line = head.ask(Cases())[0]
    assert (line.ends_on, line.review_on) == (None, LATER)


def test_a_suspension_ends_the_links_at_once(head: Office, case: int, guardian: int) -> None:
    head.perform(DecideCase(case, Outcome.SUSPENSION, "Shared twice.", ends_on=LATER))
    with head.database.reading() as session:
        link = session.scalars(select(LinkRow).where(LinkRow.guardian_id == guardian)).one()
        assert (link.state, link.suspended_until) == ("suspended", LATER)
    line = head.ask(Cases())[0]
    assert (line.status, line.outcome, line.ends_on) == (CaseStatus.DECIDED, Outcome.SUSPENSION, LATER)


def test_a_second_decision_supersedes_and_keeps_the_first(head: Office, case: int) -> None:
    head.perform(DecideCase(case, Outcome.ADVICE, "A slip."))
    with pytest.raises(Overtaken):
        head.perform(DecideCase(case, Outcome.WARNING, "Again."))
    head.perform(DecideCase(case, Outcome.WARNING, "It happened again.", seen=CaseStatus.DECIDED))
    decisions = head.perform(ReadCase(case)).decisions
    assert [(d.outcome, d.standing) for d in decisions] == [(Outcome.ADVICE, False), (Outcome.WARNING, True)]


def test_what_like_cases_led_to_is_shown(head: Office, slt: Office, case: int, guardian: int) -> None:
    head.perform(DecideCase(case, Outcome.WARNING, "Shared outside."))
    _, finding = an_item(slt, "shared again", check=Check.RESHARE, guardian=guardian)
    second = slt.perform(OpenCase(finding, "Again."))
    assert head.perform(ReadCase(second)).like == ((Outcome.WARNING, 1),)


def test_nothing_a_case_says_stands_in_the_open(head: Office, slt: Office, case: int) -> None:
    slt.perform(AddCaseNote(case, "Grandmother rang about it"))
    head.perform(DecideCase(case, Outcome.ADVICE, "A misunderstanding at home"))
    raw = everything(head)
    for words in ("Grandmother rang", "misunderstanding at home", "A photograph was shared outside"):
        assert words not in raw


def test_a_finding_has_one_case(slt: Office, guardian: int) -> None:
    _, finding = an_item(slt, check=Check.RESHARE, guardian=guardian)
    slt.perform(OpenCase(finding, "Once."))
    with pytest.raises(Refused, match="already"):
        slt.perform(OpenCase(finding, "Twice."))
    with pytest.raises(Refused, match="sentence"):
        slt.perform(OpenCase(an_item(slt, "other")[1], " "))


def test_the_office_cannot_look(clerk: Office, case: int) -> None:
    with pytest.raises(NotAllowed):
        clerk.perform(ReadCase(case))
    with pytest.raises(NotAllowed):
        clerk.ask(Cases())
