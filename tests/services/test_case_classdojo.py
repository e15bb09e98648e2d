"""What is still to do in ClassDojo after a decision: listed until a named person ticks it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome
from app.domain.problems import NotAllowed, Overtaken
from app.services.appeals import DecideAppeal, RecordAppeal, Reinstate
from app.services.case_classdojo import ClassDojoOf, ClassDojoToDo, TickClassDojo
from app.services.cases import DecideCase, ReadCase
from app.services.office import Office
from app.services.today import Today
from tests.conftest import StandingClock
from tests.services.test_appeals import TODAY, case

__all__ = ["case"]


def on_today(office: Office) -> list[str]:
    return [line.what for line in office.ask(Today()).now if "ClassDojo" in line.what]


def tick(office: Office, case: int) -> None:
    office.perform(TickClassDojo(case, office.ask(ClassDojoToDo())[0].decision_id))


def test_a_suspension_is_to_do_until_somebody_ticks_it(slt: Office, head: Office, clerk: Office, case: int) -> None:
    assert [line.outcome for line in slt.ask(ClassDojoToDo())] == [Outcome.SUSPENSION]
    assert on_today(slt) == on_today(head) == ["Suspension in case C-2026-001: to do in ClassDojo"]
    assert on_today(clerk) == []
    decision = slt.ask(ClassDojoToDo())[0].decision_id
    tick(slt, case)
    assert slt.ask(ClassDojoToDo()) == ()
    assert on_today(slt) == []
    shown = slt.ask(ClassDojoOf(case))
    assert (shown.to_do, shown.done_by) == (None, slt.actor.name)
    assert slt.perform(ReadCase(case)).events[-1].words == "Suspension: done in ClassDojo."
    with pytest.raises(Overtaken, match="nothing left to do"):
        head.perform(TickClassDojo(case, decision))


def test_the_tick_is_for_leaders_and_for_the_decision_in_force(
    slt: Office, head: Office, clerk: Office, case: int
) -> None:
    old = slt.ask(ClassDojoToDo())[0].decision_id
    with pytest.raises(NotAllowed):
        clerk.perform(TickClassDojo(case, old))
    ends = TODAY + timedelta(weeks=40)
    head.perform(DecideCase(case, Outcome.REMOVAL, "Again.", ends, seen=CaseStatus.DECIDED))
    assert [line.outcome for line in slt.ask(ClassDojoToDo())] == [Outcome.REMOVAL]
    with pytest.raises(Overtaken):
        slt.perform(TickClassDojo(case, old))
    with pytest.raises(Overtaken):
        slt.perform(TickClassDojo(case + 1, slt.ask(ClassDojoToDo())[0].decision_id))


def test_what_was_taken_back_is_not_to_do(slt: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    assert len(slt.ask(ClassDojoToDo())) == 1
    slt.perform(DecideAppeal(case, AppealOutcome.WITHDRAWN, "Mrs Ruth Okafor, chair", "It was her own child.", TODAY))
    assert slt.ask(ClassDojoToDo()) == ()


def test_who_was_let_back_is_not_to_do(slt: Office, head: Office, case: int) -> None:
    head.perform(Reinstate(case, "They have apologised."))
    assert slt.ask(ClassDojoToDo()) == ()
    assert slt.ask(ClassDojoOf(case)).done_at is None


def test_a_suspension_that_has_ended_is_not_to_do(slt: Office, case: int) -> None:
    assert isinstance(slt.clock, StandingClock)
    slt.clock.later(weeks=4)
    assert slt.ask(ClassDojoToDo()) == ()
