"""Working through the queue together: claims, several at once, what is asked to be taken down, corrections (M1, T2)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.review import FindingState, Reason, Takedown, Verdict
from app.domain.roles import Role
from app.services.claims import TakeInHand, WithWhom
from app.services.judging_many import FalseAlarms, TakeBackVerdicts
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
from app.services.takedowns import AddCorrection, AskedDown, AskTakedown, StateTakenDown
from app.store.tables.review import ClaimRow, VerdictRow
from tests.conftest import OfficeOf, StandingClock
from tests.services.rows import a_guardian, a_pupil, an_item, everything


def held(office: Office) -> list[str | None]:
    return [line.with_whom for line in office.ask(ReviewQueue())]


def test_an_item_in_hand_is_seen_by_others_and_let_go_of_with_the_next(slt: Office, head: Office) -> None:
    first, second = an_item(slt, "one")[0], an_item(slt, "two")[0]
    assert slt.perform(TakeInHand(first)) is None
    assert head.ask(WithWhom()) == {first: "Pat Senior leader"}
    assert slt.ask(WithWhom()) == {}
    assert (held(head), held(slt)) == (["Pat Senior leader", None], [None, None])
    assert head.perform(TakeInHand(first)) == "Pat Senior leader"
    assert head.ask(WithWhom()) == {first: "Pat Senior leader"}, "a claim is not taken from anybody"
    slt.perform(TakeInHand(second))
    assert head.ask(WithWhom()) == {second: "Pat Senior leader"}
    slt.perform(TakeInHand(None))
    assert head.ask(WithWhom()) == {}


def test_a_claim_runs_out_and_work_renews_it(slt: Office, head: Office, clock: StandingClock) -> None:
    item, finding = an_item(slt)
    slt.perform(TakeInHand(item))
    clock.later(minutes=14)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    clock.later(minutes=14)
    assert head.ask(WithWhom()) == {item: "Pat Senior leader"}
    clock.later(minutes=2)
    assert head.ask(WithWhom()) == {}
    assert head.perform(TakeInHand(item)) is None
    assert slt.ask(WithWhom()) == {item: "Pat Headteacher"}


def test_a_claim_forbids_nothing(slt: Office, head: Office) -> None:
    item, finding = an_item(slt)
    slt.perform(TakeInHand(item))
    head.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    with pytest.raises(Overtaken):
        slt.perform(GiveVerdict(finding, Verdict.ADVICE, Reason.SLIP))


def test_what_was_referred_is_in_nobodys_hand(slt: Office, head: Office) -> None:
    item, _ = an_item(slt, "harm", check=Check.SAFEGUARDING)
    head.perform(TakeInHand(item))
    slt.perform(ReferToSafeguarding(item))
    assert slt.ask(WithWhom()) == {}
    head.perform(TakeInHand(item))
    head.perform(TakeInHand(9_999))
    with slt.database.reading() as session:
        assert session.scalars(select(ClaimRow)).all() == []


def test_several_false_alarms_at_once_are_a_record_each_and_come_back_together(slt: Office, head: Office) -> None:
    items = [an_item(slt, f"Rose number {n}")[0] for n in range(5)]
    _, decided = an_item(slt, "decided")
    head.perform(GiveVerdict(decided, Verdict.UPHELD, Reason.AGAINST_POLICY))
    with slt.database.reading() as session:
        other = session.get_one(VerdictRow, 1).finding_id
    assert other == decided
    done = slt.perform(FalseAlarms((*items, 6), Check.SURNAME, Reason.NOT_A_NAME, "A flower."))
    assert (len(done.verdicts), done.left) == (5, 1)
    for item in items:
        (card,) = slt.ask(ItemToReview(item)).findings
        assert (card.state, card.verdicts[0].reason, card.verdicts[0].words) == (
            FindingState.FALSE_ALARM,
            Reason.NOT_A_NAME,
            "A flower.",
        )
    slt.perform(TakeBackVerdict(done.verdicts[0]))
    assert head.perform(TakeBackVerdicts(done.verdicts)) == 0, "somebody else's"
    assert slt.perform(TakeBackVerdicts(done.verdicts)) == 4
    assert len(slt.ask(ReviewQueue())) == 5


@pytest.mark.parametrize("check", [Check.SAFEGUARDING, Check.ABUSE, Check.REPORTED, Check.NO_PERMISSION])
def test_nothing_serious_is_judged_several_at_a_time(slt: Office, check: Check) -> None:
    item, _ = an_item(slt, check=check)
    with pytest.raises(Refused, match="one by one"):
        slt.perform(FalseAlarms((item,), check, Reason.MISREAD))
    assert len(slt.ask(ReviewQueue())) == 1


def test_several_need_a_fitting_reason_and_not_too_many(slt: Office) -> None:
    item, _ = an_item(slt)
    with pytest.raises(Refused, match="not a reason"):
        slt.perform(FalseAlarms((item,), Check.SURNAME, Reason.SLIP))
    with pytest.raises(Refused, match="At most 200"):
        slt.perform(FalseAlarms(tuple(range(201)), Check.SURNAME, Reason.MISREAD))


def test_what_is_to_be_taken_down_is_tracked_until_somebody_states_it(slt: Office, head: Office) -> None:
    item, _ = an_item(slt)
    with pytest.raises(Refused, match="what should be reworded"):
        slt.perform(AskTakedown(item, Takedown.REWORDING))
    asked = slt.perform(AskTakedown(item, Takedown.REMOVAL, "Asked Mrs Holt by telephone."))
    with pytest.raises(Refused, match="asked for already"):
        head.perform(AskTakedown(item, Takedown.REWORDING, "First names only"))
    (line,) = head.ask(AskedDown())
    assert (line.wanted, line.words, line.asked_by, line.stated_at) == (
        Takedown.REMOVAL,
        "Asked Mrs Holt by telephone.",
        "Pat Senior leader",
        None,
    )
    assert slt.ask(ItemToReview(item)).around.takedowns == (line,)
    head.perform(StateTakenDown(asked))
    with pytest.raises(Overtaken):
        slt.perform(StateTakenDown(asked))
    assert slt.ask(AskedDown()) == ()
    assert [line.stated_by for line in slt.ask(AskedDown(done=True))] == ["Pat Headteacher"]
    slt.perform(AskTakedown(item, Takedown.REMOVAL))


def test_words_are_never_changed_and_corrections_stand_beside_them(slt: Office) -> None:
    item, _ = an_item(slt, "Ella Marsh did it")
    with pytest.raises(Refused):
        slt.perform(AddCorrection(item, " "))
    slt.perform(AddCorrection(item, "The teacher meant the other Ella."))
    shown = slt.ask(ItemToReview(item))
    assert shown.item.text == "Ella Marsh did it"
    assert [(c.words, c.added_by) for c in shown.around.corrections] == [
        ("The teacher meant the other Ella.", "Pat Senior leader")
    ]


def test_earlier_findings_about_the_author_stand_beside_the_item(slt: Office) -> None:
    guardian = a_guardian(slt, a_pupil(slt))
    _, upheld = an_item(slt, "first", check=Check.ABUSE, guardian=guardian)
    slt.perform(GiveVerdict(upheld, Verdict.UPHELD, Reason.AGAINST_POLICY))
    _, wrong = an_item(slt, "second", check=Check.COMPARE, guardian=guardian)
    slt.perform(GiveVerdict(wrong, Verdict.FALSE_ALARM, Reason.MISREAD))
    harm, _ = an_item(slt, "third", check=Check.SAFEGUARDING, guardian=guardian)
    slt.perform(ReferToSafeguarding(harm))
    item, _ = an_item(slt, "fourth", check=Check.ABUSE, guardian=guardian)
    past = slt.ask(ItemToReview(item)).around.past
    assert [(each.check, each.state) for each in past] == [(Check.ABUSE, FindingState.UPHELD)]


def test_every_word_about_a_sign_of_harm_goes_with_it(slt: Office, clerk: Office, office_of: OfficeOf) -> None:
    lead = office_of(Role.SAFEGUARDING)
    item, finding = an_item(slt, "He said zebrafinch hurt him", check=Check.OFFICE)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY, "About zebrafinch"))
    open_one = slt.perform(ReferToOffice(item, "absence", "Call about zebrafinch"))
    closed = slt.perform(ReferToOffice(item, "sickness", "Ask zebrafinch"))
    clerk.perform(CloseReferral(closed, "Asked zebrafinch."))
    slt.perform(AskTakedown(item, Takedown.REWORDING, "Without zebrafinch"))
    slt.perform(AddCorrection(item, "zebrafinch is an uncle"))
    referral = slt.perform(ReferToSafeguarding(item, "See zebrafinch"))
    assert "zebrafinch" not in everything(slt)
    with pytest.raises(Overtaken):
        clerk.perform(CloseReferral(open_one, "x"))
    briefs = {line.brief for line in clerk.ask(OfficeReferrals(done=True))}
    assert briefs == {"A senior leader deals with this now. There is nothing left to do for the office."}
    read = lead.perform(ReceiveReferral(referral))
    assert sum("zebrafinch" in words for words in (read.text, read.note, *read.around)) == 8
    for late in (AddCorrection(item, "x"), AskTakedown(item, Takedown.REMOVAL), ReferToOffice(item, "absence", "x")):
        with pytest.raises(Problem):
            slt.perform(late)
    assert slt.ask(AskedDown()) == ()


def test_the_office_closes_a_matter_and_says_how_long_it_took(slt: Office, clerk: Office, clock: StandingClock) -> None:
    item, _ = an_item(slt, check=Check.OFFICE)
    referral = slt.perform(ReferToOffice(item, "absence", "Dentist"))
    clock.later(hours=3)
    assert clerk.ask(OfficeReferrals())[0].open_for.total_seconds() == 3 * 3600
    clock.later(hours=12)
    clerk.perform(CloseReferral(referral, "Entered.", answered="telephone"))
    clock.later(days=3)
    assert clerk.ask(OfficeReferrals(done=True))[0].open_for.total_seconds() == 7.5 * 3600, "to five o'clock"
    other = slt.perform(ReferToOffice(item, "absence", "Dentist"))
    with pytest.raises(Refused, match="answered by message"):
        clerk.perform(CloseReferral(other, "Entered.", answered="pigeon"))
