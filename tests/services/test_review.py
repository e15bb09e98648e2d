"""Verdicts and referrals: nothing overwritten, nothing restricted left in the open."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.domain.review import FindingState, Reason, Verdict
from app.domain.roles import Role
from app.services.office import Office
from app.services.review import (
    CloseReferral,
    GiveVerdict,
    ItemToReview,
    OfficeReferrals,
    ReceiveReferral,
    ReferToOffice,
    ReferToSafeguarding,
    ReviewQueue,
    TakeBackVerdict,
)
from app.store.reads.review import QueueFilter
from app.store.tables.review import VerdictRow
from tests.conftest import OfficeOf
from tests.services.rows import a_guardian, a_pupil, about, an_item, everything


def test_safeguarding_stands_first_then_severity_then_age(slt: Office) -> None:
    an_item(slt, "low", check=Check.HOURS)
    an_item(slt, "normal", check=Check.SURNAME)
    an_item(slt, "urgent", check=Check.SAFEGUARDING)
    an_item(slt, "high", check=Check.ABUSE)
    assert [line.opening for line in slt.ask(ReviewQueue())] == ["urgent", "high", "normal", "low"]
    only = slt.ask(ReviewQueue(QueueFilter(checks=frozenset({Check.ABUSE}))))
    assert [line.opening for line in only] == ["high"]


def test_a_verdict_takes_the_item_out_of_the_queue_and_is_kept(slt: Office) -> None:
    item, finding = an_item(slt)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY, "Spoke to the class teacher."))
    assert slt.ask(ReviewQueue()) == ()
    card = slt.ask(ItemToReview(item)).findings[0]
    assert card.state is FindingState.UPHELD
    assert [(v.verdict, v.words, v.given_by) for v in card.verdicts] == [
        (Verdict.UPHELD, "Spoke to the class teacher.", "Pat Senior leader")
    ]


def test_the_second_of_two_leaders_is_told_and_nothing_is_overwritten(slt: Office, head: Office) -> None:
    _, finding = an_item(slt)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    with pytest.raises(Overtaken, match="upheld"):
        head.perform(GiveVerdict(finding, Verdict.FALSE_ALARM, Reason.MISREAD))
    with slt.database.reading() as session:
        assert session.scalars(select(VerdictRow.verdict)).all() == ["upheld"]


def test_a_changed_mind_supersedes_and_keeps_both(slt: Office) -> None:
    item, finding = an_item(slt)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    slt.perform(GiveVerdict(finding, Verdict.ADVICE, Reason.SLIP, seen=FindingState.UPHELD))
    card = slt.ask(ItemToReview(item)).findings[0]
    assert [(v.verdict, v.standing) for v in card.verdicts] == [(Verdict.ADVICE, True), (Verdict.UPHELD, False)]


def test_undo_puts_it_back_in_the_queue(slt: Office, head: Office) -> None:
    _, finding = an_item(slt)
    verdict = slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    with pytest.raises(Refused, match="Only the person"):
        head.perform(TakeBackVerdict(verdict))
    slt.perform(TakeBackVerdict(verdict))
    assert len(slt.ask(ReviewQueue())) == 1
    with pytest.raises(Overtaken):
        slt.perform(TakeBackVerdict(verdict))


@pytest.mark.parametrize(
    ("verdict", "reason", "words", "why"),
    [
        (Verdict.UPHELD, Reason.MISREAD, "", "not a reason"),
        (Verdict.FALSE_ALARM, Reason.OTHER, "  ", "needs a few words"),
    ],
)
def test_a_verdict_without_a_fitting_reason_is_refused(
    slt: Office, verdict: Verdict, reason: Reason, words: str, why: str
) -> None:
    _, finding = an_item(slt)
    with pytest.raises(Refused, match=why):
        slt.perform(GiveVerdict(finding, verdict, reason, words))
    assert len(slt.ask(ReviewQueue())) == 1


def test_the_office_sees_its_referrals_and_closes_them(slt: Office, clerk: Office) -> None:
    item, _ = an_item(slt, check=Check.OFFICE)
    with pytest.raises(Refused, match="brief message"):
        slt.perform(ReferToOffice(item, "absence", " "))
    referral = slt.perform(ReferToOffice(item, "absence", "Dentist tomorrow at ten."))
    with pytest.raises(Refused, match="already"):
        slt.perform(ReferToOffice(item, "absence", "Dentist tomorrow at ten."))
    assert [line.brief for line in clerk.ask(OfficeReferrals())] == ["Dentist tomorrow at ten."]
    clerk.perform(CloseReferral(referral, "Entered in the register."))
    assert clerk.ask(OfficeReferrals()) == ()
    assert [line.outcome for line in clerk.ask(OfficeReferrals(done=True))] == ["Entered in the register."]
    with pytest.raises(Overtaken):
        clerk.perform(CloseReferral(referral, "Again"))


def test_the_office_never_sees_the_queue(clerk: Office) -> None:
    with pytest.raises(NotAllowed):
        clerk.ask(ReviewQueue())


def test_a_sign_of_harm_leaves_the_open_at_once(slt: Office, clerk: Office, office_of: OfficeOf) -> None:
    lead = office_of(Role.SAFEGUARDING)
    item, finding = an_item(slt, "He hit her again last night", check=Check.SAFEGUARDING)
    pupil = a_pupil(slt)
    about(slt, finding, pupil)
    referral = slt.perform(ReferToSafeguarding(item, "Mother at the gate"))
    assert slt.ask(ReviewQueue()) == ()
    with pytest.raises(Problem, match="referred"):
        slt.ask(ItemToReview(item))
    with pytest.raises(NotAllowed):
        slt.perform(ReceiveReferral(referral))
    with pytest.raises(Problem):
        clerk.perform(CloseReferral(referral, "x"))
    read = lead.perform(ReceiveReferral(referral))
    assert (read.text, read.note) == ("He hit her again last night", "Mother at the gate")
    raw = everything(slt)
    assert "hit her" not in raw
    assert "at the gate" not in raw
    lead.perform(CloseReferral(referral, "With the lead", reference="CP-14"))


def test_the_authors_past_stands_beside_the_item(slt: Office) -> None:
    guardian = a_guardian(slt, a_pupil(slt))
    _, earlier = an_item(slt, "first", check=Check.ABUSE, guardian=guardian)
    slt.perform(GiveVerdict(earlier, Verdict.UPHELD, Reason.AGAINST_POLICY))
    item, _ = an_item(slt, "second", check=Check.ABUSE, guardian=guardian)
    shown = slt.ask(ItemToReview(item))
    assert (shown.around.author_upheld, shown.around.author_items) == (1, 2)
