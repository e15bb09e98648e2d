"""The yearly review and the policy's versions: nothing signed unjudged, nothing changed once signed (H3, P1, M3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.annual import Judgement
from app.domain.problems import Overtaken, Problem, Refused
from app.services.acceptance import RecordAcceptance
from app.services.annual_review import AnnualReview, FinishAction, JudgeClause, OpenReview, SignReview
from app.services.linking import RecordLink
from app.services.office import Office
from app.services.policy import Acceptances, AdoptVersion, Clause, Policy
from app.services.school import RecordStaff
from app.store.audit_chain import head as audit_head
from tests.conftest import StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil
from tests.services.test_sampling import say

TODAY = date(2026, 11, 23)
AHEAD = TODAY + timedelta(days=60)


def judge_all(office: Office) -> None:
    for clause in office.ask(AnnualReview()).clauses:
        office.perform(JudgeClause(clause.code, Judgement.KEPT))


def test_a_review_from_opening_to_signature(slt: Office, head: Office) -> None:
    assert slt.ask(AnnualReview()).id is None
    slt.perform(OpenReview())
    with pytest.raises(Overtaken):
        head.perform(OpenReview())
    judge_all(slt)
    slt.perform(
        JudgeClause("T8", Judgement.PARTLY, "Two surnames in posts.", "Speak about names in June", "Mrs Holt", AHEAD)
    )
    shown = head.ask(AnnualReview())
    assert shown.judged == len(shown.clauses) == 47
    assert shown.may_sign
    before = head.perform(SignReview())
    signed = head.ask(AnnualReview())
    assert (signed.signed_by, signed.audit_head) == ("Pat Headteacher", before)
    assert signed.due_on == shown.due_on
    assert head.ask(Policy()).versions[0].review_due == date(2027, 11, 23)
    with head.database.reading() as session:
        assert audit_head(session) != before, "the signature itself stands after the head that it names"
    with pytest.raises(Refused, match="signed"):
        slt.perform(JudgeClause("T8", Judgement.KEPT))
    with pytest.raises(Refused, match="signed"):
        head.perform(SignReview())


def test_nothing_is_signed_unjudged(slt: Office, head: Office) -> None:
    with pytest.raises(Refused, match="not open"):
        head.perform(SignReview())
    slt.perform(OpenReview())
    slt.perform(JudgeClause("H1", Judgement.KEPT))
    with pytest.raises(Refused, match="46 clauses are not judged yet: H2"):
        head.perform(SignReview())
    judge_all(slt)
    with pytest.raises(Refused, match="day ahead"):
        head.perform(SignReview(TODAY))


@pytest.mark.parametrize(
    ("judgement", "words", "action", "owner", "due", "why"),
    [
        (Judgement.NOT_APPLICABLE, "", "", "", None, "why you judge it so"),
        (Judgement.PARTLY, "Some.", "", "", None, "needs an action"),
        (Judgement.NOT_KEPT, "None.", "Train staff", "", AHEAD, "needs an action"),
        (Judgement.PARTLY, "Some.", "Train staff", "Mrs Holt", TODAY - timedelta(days=1), "has passed"),
        (Judgement.KEPT, "", "Train staff", "", None, "all three"),
    ],
)
def test_a_judgement_stands_on_its_own_feet(
    slt: Office, judgement: Judgement, words: str, action: str, owner: str, due: date | None, why: str
) -> None:
    slt.perform(OpenReview())
    with pytest.raises(Refused, match=why):
        slt.perform(JudgeClause("T8", judgement, words, action, owner, due))
    assert slt.ask(AnnualReview()).judged == 0


def test_a_clause_that_is_not_in_the_policy(slt: Office) -> None:
    slt.perform(OpenReview())
    with pytest.raises(Problem, match="not a clause"):
        slt.perform(JudgeClause("Z9", Judgement.KEPT))


def test_last_years_actions_are_followed_up(slt: Office, head: Office, clock: StandingClock) -> None:
    slt.perform(OpenReview())
    judge_all(slt)
    slt.perform(JudgeClause("T8", Judgement.PARTLY, "Two.", "Speak about names", "Mrs Holt", AHEAD))
    head.perform(SignReview())
    assert slt.ask(AnnualReview()).actions == ()
    clock.later(days=330)
    shown = slt.ask(AnnualReview())
    assert (shown.school_year, shown.id) == ("2027/28", None)
    action = shown.actions[0]
    assert (action.year, action.code, action.owner, action.done_on) == ("2026/27", "T8", "Mrs Holt", None)
    with pytest.raises(Refused, match="lies ahead"):
        slt.perform(FinishAction(action.id, shown.today + timedelta(days=1)))
    slt.perform(FinishAction(action.id, shown.today))
    with pytest.raises(Overtaken):
        slt.perform(FinishAction(action.id, shown.today))
    assert slt.ask(AnnualReview()).actions[0].done_on == shown.today


def test_evidence_stands_beside_last_years(slt: Office, head: Office) -> None:
    def told() -> dict[str, float | None]:
        return {one.label: one.before for clause in slt.ask(AnnualReview()).clauses for one in clause.evidence}

    assert told()["Class story items"] is None, "nothing was brought in last year: there is nothing to compare with"
    say(head, a_class(head), "class_story", 3, datetime(2026, 5, 4, 9, tzinfo=UTC))
    before = told()
    assert before["Class story items"] == 3
    assert before["Accounts that can sign in"] is None, "how it stood a year ago was not kept"


def test_a_new_version_asks_everyone_again(head: Office, clerk: Office, clock: StandingClock) -> None:
    ella = a_pupil(head, class_id=a_class(head))
    joanne = a_guardian(head, ella)
    holt = head.perform(RecordStaff("Mrs Holt"))
    clerk.perform(RecordLink(ella, joanne))
    clerk.perform(RecordAcceptance("policy", TODAY, "paper", guardian_id=joanne))
    clerk.perform(RecordAcceptance("device", TODAY, "paper", staff_id=holt))
    shown = clerk.ask(Acceptances())
    assert [(line.name, line.classes, line.waits) for line in shown.guardians] == [("Joanne Marsh", ("Willow",), False)]
    assert [(line.name, line.waits, line.stated_on) for line in shown.staff] == [("Mrs Holt", True, TODAY)]
    present = head.ask(Policy())
    kept = [replace(clause, active=False) if clause.code == "H11" else clause for clause in present.clauses]
    clauses = (*kept, Clause("S1", "Our own rule", "Posts carry no prices.", "attest"))
    assert head.perform(AdoptVersion(clauses, "Home learning moved out; no prices.", TODAY, AHEAD)) == 2
    now = head.ask(Policy())
    assert [line.number for line in now.versions] == [2, 1]
    assert now.versions[0].changes == "Home learning moved out; no prices."
    again = clerk.ask(Acceptances())
    assert [(line.waits, line.earlier) for line in again.guardians] == [(True, True)]
    codes = [clause.code for clause in head.ask(AnnualReview()).clauses]
    assert "H11" not in codes
    assert codes[-1] == "S1"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"changes": " "}, "Say what changed"),
        ({"adopted_on": TODAY + timedelta(days=1)}, "lies ahead"),
        ({"adopted_on": date(2020, 1, 1)}, "before the one it replaces"),
        ({"review_due": TODAY}, "due before"),
        ({"clauses": ()}, "at least one"),
        ({"clauses": (Clause("A", "a", "a"), Clause("A", "b", "b"))}, "stands twice"),
        ({"clauses": (Clause("A", "", "a"),)}, "heading"),
        ({"clauses": (Clause("A", "a", "a", "magic"),)}, "must be kept by"),
    ],
)
def test_a_version_that_does_not_hold_together_is_refused(head: Office, change: dict[str, object], why: str) -> None:
    command = AdoptVersion(head.ask(Policy()).clauses, "New hours.", TODAY, AHEAD)
    with pytest.raises(Refused, match=why):
        head.perform(replace(command, **change))  # type: ignore[arg-type]
    assert len(head.ask(Policy()).versions) == 1
