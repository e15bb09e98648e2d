"""The letter that tells a family what was decided in a case: its facts, and the note that it was made (M2, P9, H2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select

from app.domain.appeals import last_day
from app.domain.breach import Outcome
from app.domain.letters import language_of
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import LEADERS
from app.services.cases import add_line
from app.services.door import Command, Query, answers, does
from app.services.letters import shipped
from app.services.unit import Unit, View
from app.services.withheld import is_withheld
from app.store.reads.school_days import school_calendar
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseRow
from app.store.tables.people import GuardianRow
from app.store.tables.school import StaffRow

_NOT_DECIDED = "This case is not decided yet, so there is nothing to tell the family. Decide first."


@dataclass(frozen=True, slots=True)
class DecisionLetterFacts:
    """What the letter says beside the reasons, which whoever opened the case has read there."""

    case_id: int
    reference: str
    to: str
    language: str
    """The language of the adult's letters, one of `LANGUAGES`."""
    outcome: Outcome
    decision_id: int
    decided_on: date
    ends_on: date | None
    review_on: date | None
    appeal_by: date | None
    """The last day for an appeal; None where it was heard already."""


@dataclass(frozen=True, slots=True)
class DecisionLetter(Query[DecisionLetterFacts]):
    """Whom the letter goes to, and the facts of the decision that stands."""

    case_id: int


@answers(DecisionLetter, roles=LEADERS)
def decision_letter(query: DecisionLetter, view: View) -> DecisionLetterFacts:
    """Refused for a case that is not decided, is about no adult, or went to the safeguarding lead (K1)."""
    row, decision = _standing(view, query.case_id)
    to, language = _addressee(view, row)
    calendar = school_calendar(view.session, view.today)
    decided_on = calendar.local(decision.decided_at).date()
    return DecisionLetterFacts(
        case_id=row.id,
        reference=row.reference,
        to=to,
        language=language_of(language),
        outcome=Outcome(decision.outcome),
        decision_id=decision.id,
        decided_on=decided_on,
        ends_on=decision.ends_on,
        review_on=decision.review_on,
        appeal_by=None if _was_heard(view, decision) else last_day(decided_on, calendar),
    )


@dataclass(frozen=True, slots=True)
class RecordDecisionLetter(Command[None]):
    """Note that the letter was made. `decision_id` is the decision it tells, `sha256` of the file that was saved."""

    case_id: int
    language: str
    decision_id: int
    draft: bool
    sha256: str = field(repr=False)


@does(RecordDecisionLetter, roles=LEADERS, verb="case.letter_made")
def record_decision_letter(command: RecordDecisionLetter, unit: Unit) -> None:
    """A line in the timeline. `Overtaken` where another decision stands by now: the letter would tell the old one."""
    row, decision = _standing(unit, command.case_id)
    _addressee(unit, row)
    if decision.id != command.decision_id:
        raise Overtaken("This case was decided anew meanwhile. No letter was saved: read the case again.")
    if len(command.sha256) != 64:
        raise Problem("The letter's seal is missing. No letter was noted.")
    name = shipped("decision", command.language).language
    draft = " Its wording is a draft that no speaker has checked." if command.draft else ""
    words = f"In {name}.{draft} SHA-256 {command.sha256[:16]}…"
    add_line(unit, row.id, "letter", words)
    said = {"language": command.language, "decision": decision.id}
    unit.audit(f"case:{row.id}", {**said, "sha256": command.sha256, "draft": command.draft})
    unit.changed("cases")


def _standing(view: View, case_id: int) -> tuple[CaseRow, CaseDecisionRow]:
    row = view.session.get(CaseRow, case_id)
    if row is None:
        raise Problem("That case is no longer there. Nothing was changed.")
    if is_withheld(view, row.item_id):
        raise Refused("This went to the safeguarding lead. They and the headteacher alone can write about it.")
    decision = view.session.scalar(
        select(CaseDecisionRow).where(CaseDecisionRow.case_id == row.id, CaseDecisionRow.superseded_by.is_(None))
    )
    if decision is None:
        raise Refused(_NOT_DECIDED)
    return row, decision


def _was_heard(view: View, decision: CaseDecisionRow) -> bool:
    """This decision was appealed and heard, or is what an appeal made of the one before it."""
    heard = (
        select(AppealRow.id)
        .join(CaseDecisionRow, CaseDecisionRow.id == AppealRow.decision_id)
        .where(
            AppealRow.decided_on.is_not(None),
            or_(CaseDecisionRow.id == decision.id, CaseDecisionRow.superseded_by == decision.id),
        )
    )
    return view.session.scalar(heard) is not None


def _addressee(view: View, row: CaseRow) -> tuple[str, str]:
    guardian = view.session.get(GuardianRow, row.guardian_id) if row.guardian_id is not None else None
    if guardian is not None:
        return guardian.name, guardian.language
    staff = view.session.get(StaffRow, row.staff_id) if row.staff_id is not None else None
    if staff is not None:
        return staff.name, "en"
    raise Refused("This case is about no adult in the register, so there is nobody to write to.")
