"""What the headteacher decided and somebody must still do in ClassDojo: suspending or removing an adult (P2, M2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select

from app.domain.appeals import AppealOutcome
from app.domain.breach import Outcome
from app.domain.problems import Overtaken
from app.domain.roles import LEADERS
from app.services.cases import add_line
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseEventRow, CaseRow, DoneInClassDojoRow


@dataclass(frozen=True, slots=True)
class ClassDojoLine:
    """A suspension or removal that is not done in ClassDojo yet."""

    case_id: int
    reference: str
    decision_id: int
    outcome: Outcome
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ClassDojoToDo(Query[tuple[ClassDojoLine, ...]]):
    """What is still to do in ClassDojo, the oldest first."""


@answers(ClassDojoToDo, roles=LEADERS)
def classdojo_to_do(query: ClassDojoToDo, view: View) -> tuple[ClassDojoLine, ...]:
    """Decisions in force alone: not what was replaced, taken back on appeal, ended, or followed by letting back."""
    del query
    done = exists().where(DoneInClassDojoRow.decision_id == CaseDecisionRow.id)
    taken_back = exists().where(
        AppealRow.decision_id == CaseDecisionRow.id, AppealRow.outcome == AppealOutcome.WITHDRAWN
    )
    let_back = exists().where(
        CaseEventRow.case_id == CaseDecisionRow.case_id,
        CaseEventRow.kind == "reinstated",
        CaseEventRow.at >= CaseDecisionRow.decided_at,
    )
    rows = view.session.execute(
        select(CaseDecisionRow, CaseRow.reference)
        .join(CaseRow, CaseRow.id == CaseDecisionRow.case_id)
        .where(
            CaseDecisionRow.outcome.in_([one.value for one in Outcome if one.ends_link]),
            CaseDecisionRow.superseded_by.is_(None),
            or_(
                CaseDecisionRow.outcome == Outcome.REMOVAL,
                CaseDecisionRow.ends_on.is_(None),
                CaseDecisionRow.ends_on > view.today,
            ),
            ~done,
            ~taken_back,
            ~let_back,
        )
        .order_by(CaseDecisionRow.decided_at, CaseDecisionRow.id)
    )
    return tuple(
        ClassDojoLine(row.case_id, reference, row.id, Outcome(row.outcome), row.decided_at) for row, reference in rows
    )


@dataclass(frozen=True, slots=True)
class ClassDojoShown:
    """One case: what is to do, or who did it and when. Both None where there is nothing to do."""

    to_do: ClassDojoLine | None
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class ClassDojoOf(Query[ClassDojoShown]):
    """How a case's decision stands in ClassDojo."""

    case_id: int


@answers(ClassDojoOf, roles=LEADERS)
def classdojo_of(query: ClassDojoOf, view: View) -> ClassDojoShown:
    """Of the decision that stands."""
    to_do = next((one for one in classdojo_to_do(ClassDojoToDo(), view) if one.case_id == query.case_id), None)
    done = view.session.execute(
        select(DoneInClassDojoRow.done_at, AccountRow.name)
        .join(CaseDecisionRow, CaseDecisionRow.id == DoneInClassDojoRow.decision_id)
        .join(AccountRow, AccountRow.id == DoneInClassDojoRow.done_by)
        .where(CaseDecisionRow.case_id == query.case_id, CaseDecisionRow.superseded_by.is_(None))
    ).first()
    return ClassDojoShown(to_do, done[0] if done else None, done[1] if done else "")


@dataclass(frozen=True, slots=True)
class TickClassDojo(Command[None]):
    """State that a decision is done in ClassDojo. It stands under the name of whoever ticks it."""

    case_id: int
    decision_id: int


@does(TickClassDojo, roles=LEADERS, verb="case.done_in_classdojo")
def tick_classdojo(command: TickClassDojo, unit: Unit) -> None:
    """A line in the timeline. `Overtaken` where somebody ticked it, or where it is no longer to do."""
    to_do = {one.decision_id: one for one in classdojo_to_do(ClassDojoToDo(), unit)}
    line = to_do.get(command.decision_id)
    if line is None or line.case_id != command.case_id:
        raise Overtaken("There is nothing left to do in ClassDojo for this decision. Nothing was changed: look again.")
    unit.session.add(DoneInClassDojoRow(decision_id=line.decision_id, done_at=unit.now, done_by=unit.actor.id))
    add_line(unit, line.case_id, "classdojo", f"{line.outcome.words}: done in ClassDojo.")
    unit.audit(f"case:{line.case_id}", {"outcome": line.outcome})
    unit.changed("cases")
