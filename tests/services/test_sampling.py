"""Planned looks: drawn from a seed that was noted before, worked through once, finished with words (M1)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.review import FindingState, Verdict
from app.domain.sampling import Stratum
from app.services.monitoring_plan import DropLook, MonitoringPlan, PlanMonitoring, PlanShown, SetLook
from app.services.office import Office
from app.services.review import ItemToReview, ReferToSafeguarding, ReviewQueue
from app.services.sampling import DrawSample, FinishLook, Look, LookShown, NoteFinding, NoteNothing, TakeBackLook
from app.services.school import SetCalendar
from app.store.reads.samples import WHOLE_SCHOOL, sampling_figures
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow
from app.store.tables.monitoring import SampleRow
from app.store.tables.review import FindingRow
from tests.services.rows import SENT, a_class

TERM = ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))


@pytest.fixture
def planned(head: Office, slt: Office) -> PlanShown:
    """Two classes, 30 items in the first, and a plan for the half-term."""
    head.perform(SetCalendar((TERM,), ()))
    willow = a_class(head, "Willow")
    a_class(head, "Rowan")
    say(head, willow, "class_story", 12)
    say(head, willow, "comment", 6)
    say(head, willow, "message", 12)
    term = slt.ask(MonitoringPlan()).term_id
    assert term is not None
    assert slt.perform(PlanMonitoring(term, size=10)) == 3
    return slt.ask(MonitoringPlan())


def say(office: Office, class_id: int | None, kind: str, count: int, at: datetime = SENT) -> None:
    with office.database.writing() as session:
        for number in range(count):
            digest = hashlib.sha256(f"{class_id}:{kind}:{number}:{at}".encode()).hexdigest()
            session.add(
                ItemRow(
                    digest=digest,
                    kind=kind,
                    class_id=class_id,
                    author_role="staff",
                    author_name="Mrs Holt",
                    sent_at=at + timedelta(minutes=number),
                    text=f"{kind} number {number}",
                )
            )


def willow(shown: PlanShown) -> int:
    return next(line.id for line in shown.lines if line.class_name == "Willow")


def drawn(slt: Office, planned: PlanShown) -> LookShown:
    slt.perform(DrawSample(willow(planned)))
    return slt.ask(Look(willow(planned)))


def test_the_plan_names_every_class_and_the_school_story_with_a_seed_each(slt: Office, planned: PlanShown) -> None:
    assert [line.class_name for line in planned.lines] == ["Rowan", "Willow", WHOLE_SCHOOL]
    assert {line.state for line in planned.lines} == {"planned"}
    assert {line.due_on for line in planned.lines} == {TERM[2]}
    assert len({line.seed for line in planned.lines}) == 3
    assert planned.term_id is not None
    assert slt.perform(PlanMonitoring(planned.term_id)) == 0, "what is planned stays"


def test_a_draw_uses_the_seed_of_the_plan_and_can_be_made_again(slt: Office, planned: PlanShown) -> None:
    seed = next(line.seed for line in planned.lines if line.class_name == "Willow")
    shown = drawn(slt, planned)
    assert shown.proven
    assert len(shown.items) == 10
    assert [draw.seed for draw in shown.draws] == [seed]
    assert shown.draws[0].there == {Stratum.POSTS: 12, Stratum.COMMENTS: 6, Stratum.MESSAGES: 12}
    assert {item.stratum for item in shown.items} == set(Stratum)


def test_what_comes_in_later_does_not_change_the_draw(slt: Office, planned: PlanShown) -> None:
    before = drawn(slt, planned)
    say(slt, before.line.class_id, "class_story", 40, SENT + timedelta(days=1))
    after = slt.ask(Look(before.line.id))
    assert after.proven
    assert after.items == before.items


def test_a_draw_that_was_meddled_with_is_seen(slt: Office, planned: PlanShown) -> None:
    shown = drawn(slt, planned)
    with slt.database.writing() as session:
        session.get_one(SampleRow, shown.line.id)
        other = set(session.scalars(select(ItemRow.id))) - {item.item_id for item in shown.items}
        session.connection().exec_driver_sql(
            "UPDATE sample_item SET item_id = ? WHERE sample_id = ? AND item_id = ?",
            (min(other), shown.line.id, shown.items[0].item_id),
        )
    assert not slt.ask(Look(shown.line.id)).proven


def test_drawing_again_wants_a_reason_and_both_seeds_stay_on_record(slt: Office, planned: PlanShown) -> None:
    first = drawn(slt, planned)
    with pytest.raises(Refused, match="say why"):
        slt.perform(DrawSample(first.line.id))
    slt.perform(DrawSample(first.line.id, "The governors gave the day of their visit."))
    again = slt.ask(Look(first.line.id))
    assert again.proven
    assert [draw.seed for draw in again.draws] == [first.line.seed, again.line.seed]
    assert first.line.seed != again.line.seed
    assert again.draws[1].why == "The governors gave the day of their visit."
    with slt.database.reading() as session:
        rows = session.scalars(select(AuditRow.detail).where(AuditRow.verb == "sample.drawn")).all()
    assert first.line.seed in rows[0]
    assert again.line.seed in rows[1]


def test_nothing_is_drawn_again_once_somebody_has_looked(slt: Office, planned: PlanShown) -> None:
    shown = drawn(slt, planned)
    slt.perform(NoteNothing(shown.line.id, shown.items[0].item_id))
    with pytest.raises(Refused, match="begun to look"):
        slt.perform(DrawSample(shown.line.id, "These are dull."))


def test_a_class_with_fewer_items_gives_what_it_has(slt: Office, planned: PlanShown) -> None:
    rowan = next(line for line in planned.lines if line.class_name == "Rowan")
    assert slt.perform(DrawSample(rowan.id)) == 0
    assert slt.ask(Look(rowan.id)).line.state == "empty"
    slt.perform(FinishLook(rowan.id, "Nothing was posted for this class."))
    assert slt.ask(Look(rowan.id)).line.state == "done"


def test_working_through_to_the_end(slt: Office, head: Office, planned: PlanShown) -> None:
    shown = drawn(slt, planned)
    look = shown.line.id
    first, second, *rest = [item.item_id for item in shown.items]
    finding = slt.perform(NoteFinding(look, first, Check.SURNAME, Verdict.ADVICE, "Both names of a child."))
    slt.perform(NoteNothing(look, second))
    with pytest.raises(Overtaken, match="meanwhile"):
        head.perform(NoteNothing(look, second))
    with pytest.raises(Refused, match="8 items wait"):
        slt.perform(FinishLook(look, "All well."))
    for item in rest:
        head.perform(NoteNothing(look, item))
    with pytest.raises(Refused, match="Write a sentence"):
        slt.perform(FinishLook(look, " "))
    slt.perform(FinishLook(look, "One surname; else all well."))
    done = slt.ask(Look(look))
    assert (done.line.state, done.line.seen, done.line.found, done.line.words) == (
        "done",
        10,
        1,
        "One surname; else all well.",
    )
    card = slt.ask(ItemToReview(first)).findings[0]
    assert (card.id, card.state, card.clause) == (finding, FindingState.ADVICE, "T8")
    with pytest.raises(Refused, match="finished"):
        slt.perform(SetLook(look, None, TERM[2], 10))
    with pytest.raises(Refused, match="finished"):
        slt.perform(DrawSample(look, "Once more."))
    with pytest.raises(Refused, match="finished"):
        slt.perform(TakeBackLook(look, first))


def test_a_look_can_be_taken_back_and_what_was_noted_stays_on_record(
    slt: Office, head: Office, planned: PlanShown
) -> None:
    shown = drawn(slt, planned)
    look, item = shown.line.id, shown.items[0].item_id
    slt.perform(NoteFinding(look, item, Check.PERSONAL, Verdict.UPHELD, "A family matter."))
    with pytest.raises(Refused, match="Only the person"):
        head.perform(TakeBackLook(look, item))
    slt.perform(TakeBackLook(look, item))
    assert slt.ask(Look(look)).items[0].waits
    assert slt.ask(Look(look)).line.found == 0
    with slt.database.reading() as session:
        row = session.scalars(select(FindingRow)).one()
        assert (row.state, row.lapsed_why) == ("lapsed", "Taken back by the person who had noted it.")
    with pytest.raises(Overtaken):
        slt.perform(TakeBackLook(look, item))


def test_a_sign_of_harm_waits_in_the_queue_and_a_referred_item_is_not_shown(
    slt: Office, head: Office, planned: PlanShown
) -> None:
    shown = drawn(slt, planned)
    look, item = shown.line.id, shown.items[0].item_id
    slt.perform(NoteFinding(look, item, Check.SAFEGUARDING, Verdict.UPHELD, "Says they were hurt."))
    assert [line.item_id for line in head.ask(ReviewQueue())] == [item]
    head.perform(ReferToSafeguarding(item))
    again = slt.ask(Look(look))
    assert again.proven, "the draw comes out the same"
    told = again.items[0]
    assert (told.restricted, told.opening, told.author, told.found) == (True, "", "", ())
    other = again.items[1].item_id
    head.perform(ReferToSafeguarding(other))
    with pytest.raises(Problem, match="safeguarding lead"):
        slt.perform(NoteNothing(look, other))


@pytest.mark.parametrize(
    ("verdict", "words", "why"),
    [(Verdict.UPHELD, "  ", "Write what you found"), (Verdict.FALSE_ALARM, "Nothing.", "yourself is upheld")],
)
def test_a_finding_needs_words_and_a_judgement(
    slt: Office, planned: PlanShown, verdict: Verdict, words: str, why: str
) -> None:
    shown = drawn(slt, planned)
    with pytest.raises(Refused, match=why):
        slt.perform(NoteFinding(shown.line.id, shown.items[0].item_id, Check.SURNAME, verdict, words))
    assert slt.ask(Look(shown.line.id)).items[0].waits


def test_plans_that_make_no_sense_are_refused(slt: Office, head: Office, planned: PlanShown) -> None:
    term = planned.term_id
    assert term is not None
    with pytest.raises(Refused, match="1 to 200"):
        slt.perform(PlanMonitoring(term, size=0))
    with pytest.raises(Refused, match="Only a senior leader"):
        slt.perform(PlanMonitoring(term, owner_id=1))
    with pytest.raises(Problem, match="half-term"):
        slt.perform(PlanMonitoring(999))
    head.perform(SetCalendar((TERM, ("Spring 1", date(2027, 1, 4), date(2027, 2, 12))), ()))
    spring = slt.ask(MonitoringPlan()).terms[-1][0]
    slt.perform(PlanMonitoring(spring))
    early = slt.ask(MonitoringPlan(spring)).lines[0]
    with pytest.raises(Refused, match="has not begun"):
        slt.perform(DrawSample(early.id))
    slt.perform(DropLook(early.id))
    assert early.id not in {line.id for line in slt.ask(MonitoringPlan(spring)).lines}
    slt.perform(DrawSample(willow(planned)))
    with pytest.raises(Refused, match="drawn already"):
        slt.perform(DropLook(willow(planned)))
    with pytest.raises(Refused, match="their number stands"):
        slt.perform(SetLook(willow(planned), None, TERM[2], 12))


def test_no_terms_is_said_and_nothing_fails(slt: Office) -> None:
    shown = slt.ask(MonitoringPlan())
    assert (shown.terms, shown.term_id, shown.lines, shown.figures) == ((), None, (), None)


def test_the_figures_tell_what_people_found_that_no_check_had(slt: Office, planned: PlanShown) -> None:
    shown = drawn(slt, planned)
    flagged, unflagged, *rest = [item.item_id for item in shown.items]
    with slt.database.writing() as session:
        session.add(
            FindingRow(item_id=flagged, check="surname", clause="T8", severity="normal", why="Named.", found_at=SENT)
        )
    slt.perform(NoteFinding(shown.line.id, unflagged, Check.COMPARE, Verdict.ADVICE, "Two paintings compared."))
    for item in (flagged, *rest):
        slt.perform(NoteNothing(shown.line.id, item))
    with slt.database.reading() as session:
        told = sampling_figures(session, TERM[1], TERM[2])
    assert (told.planned, told.done, told.looked, told.flagged, told.people_only) == (3, 0, 10, 1, 1)
    assert told.unflagged_in_all == 29
    assert told.missed is None, "nine are too few to tell"
