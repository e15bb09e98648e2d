"""What the register of decisions and the annual evidence tell of a decision that was replaced, eased or taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome
from app.services.appeals import DecideAppeal, RecordAppeal, Reinstate
from app.services.case_classdojo import ClassDojoToDo, TickClassDojo
from app.services.case_letters import DecisionLetter
from app.services.case_register import DecisionsMade
from app.services.cases import DecideCase
from app.services.letters import shipped
from app.services.office import Office
from app.store.reads.evidence import Year, evidence_of
from app.store.reads.evidence.law import cases as evidence_of_cases
from app.store.tables.policy import AcceptanceRow
from app.store.tables.school import StaffRow
from reports.letters.decision import save_decision_letter
from tests.conftest import StandingClock
from tests.services.test_appeals import TODAY, case, hear

__all__ = ["case"]

ALL = DecisionsMade(date(2026, 9, 1), date(2027, 8, 31))


def counted(office: Office) -> dict[str, float | None]:
    with office.database.reading() as session:
        year = Year(session, ALL.first, ALL.last, office.clock())
        return {one.label: one.count for one in evidence_of_cases(year)}


def test_a_decision_taken_back_on_appeal_is_no_longer_counted_as_one_in_force(slt: Office, case: int) -> None:
    assert counted(slt)["Decided: suspension"] == 1
    slt.perform(RecordAppeal(case, TODAY))
    (line,) = slt.ask(ALL)
    assert (line.appealed_on, line.appeal, line.in_force) == (TODAY, None, True)
    slt.perform(hear(case, AppealOutcome.WITHDRAWN))
    (line,) = slt.ask(ALL)
    assert (line.appeal, line.in_force, line.links_ended) == (AppealOutcome.WITHDRAWN, False, 1)
    told = counted(slt)
    assert told["Decided: suspension"] == 0
    assert told["Appeals: the decision is taken back"] == 1
    assert told["Links suspended or ended by a decision, at once"] == 1, "it had happened all the same"


def test_a_milder_decision_stands_beside_the_one_that_it_replaced(slt: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    slt.perform(hear(case, AppealOutcome.EASED, milder=Outcome.WARNING))
    first, second = slt.ask(ALL)
    assert (first.outcome, first.replaced, first.appeal) == (Outcome.SUSPENSION, True, AppealOutcome.EASED)
    assert (second.outcome, second.replaced, second.appeal) == (Outcome.WARNING, False, None)
    told = counted(slt)
    assert (told["Decided: suspension"], told["Decided: written warning"]) == (0, 1)
    assert told["Appeals: the decision is made milder"] == 1


def test_letters_ticks_and_letting_back_belong_to_their_own_decision(
    slt: Office, head: Office, case: int, clock: StandingClock, tmp_path: Path
) -> None:
    save_decision_letter(slt, slt.ask(DecisionLetter(case)), shipped("decision", "ur"), b"%PDF", tmp_path / "a.pdf")
    slt.perform(TickClassDojo(case, slt.ask(ClassDojoToDo())[0].decision_id))
    clock.later(days=2)
    head.perform(Reinstate(case, "Sorry was said."))
    clock.later(days=2)
    ends = TODAY + timedelta(weeks=20)
    head.perform(DecideCase(case, Outcome.SUSPENSION, "Again.", ends, seen=CaseStatus.DECIDED))
    save_decision_letter(slt, slt.ask(DecisionLetter(case)), shipped("decision", "pl"), b"%PDF", tmp_path / "b.pdf")
    first, second = slt.ask(ALL)
    assert (first.letters, second.letters) == (("ur",), ("pl",))
    assert first.in_classdojo_at is not None
    assert second.in_classdojo_at is None
    assert first.let_back_at is not None
    assert second.let_back_at is None
    told = counted(slt)
    assert told["Suspensions and removals done in ClassDojo"] == 1
    assert told["Letters about a decision"] == 2
    assert told["Adults let back after a suspension"] == 1
    assert told["From opened to decided, half of them within"] == 0, "the first decision of a case counts, and it once"


def test_decisions_before_and_after_the_period_are_left_out(slt: Office, case: int) -> None:
    assert slt.ask(DecisionsMade(TODAY, TODAY)) != ()
    assert slt.ask(DecisionsMade(TODAY + timedelta(1), ALL.last)) == ()
    assert slt.ask(DecisionsMade(ALL.first, TODAY - timedelta(1))) == ()


def test_an_appeal_that_nobody_heard_yet_is_not_counted_as_heard(slt: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    told = counted(slt)
    assert (told["Appeals"], told["Appeals heard by somebody other than who decided"]) == (1, 0)
    slt.perform(DecideAppeal(case, AppealOutcome.STANDS, "Mrs Ruth Okafor, chair", "It holds.", TODAY))
    assert counted(slt)["Appeals heard by somebody other than who decided"] == 1


def test_statements_of_staff_who_left_are_not_counted_among_those_who_are_here(head: Office) -> None:
    with head.database.writing() as session:
        for name, here in (("Mrs Holt", True), ("Mr Gone", False)):
            row = StaffRow(name=name, active=here)
            session.add(row)
            session.flush()
            session.add(
                AcceptanceRow(
                    staff_id=row.id,
                    what="device",
                    route="paper",
                    accepted_on=TODAY,
                    recorded_at=head.clock(),
                    recorded_by=1,
                )
            )
    with head.database.reading() as session:
        (stated,) = evidence_of("T14", Year(session, ALL.first, ALL.last, head.clock()))
    assert (stated.count, stated.of) == (1, 1)
