"""What became of each decision in a case: links, ClassDojo, letters, appeal, letting back (M2, P2, P9, H2).

No word of a case is among it: outcomes, days, counts and languages alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.appeals import AppealOutcome
from app.domain.breach import Outcome
from app.store.tables.audit import AuditRow
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseEventRow, CaseRow, DoneInClassDojoRow


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """One decision, also one that another took the place of, and what followed from it."""

    case_id: int
    reference: str
    outcome: Outcome
    decided_at: datetime
    replaced: bool
    """Another decision took its place: the headteacher's own, or a milder one on appeal."""
    links_ended: int
    """Links that were suspended or removed with it, at once."""
    in_classdojo_at: datetime | None
    """Somebody stated that it is done in ClassDojo too."""
    letters: tuple[str, ...]
    """The languages of the letters that told it."""
    appealed_on: date | None
    appeal: AppealOutcome | None
    """What became of the appeal; heard by somebody other than who decided. None: not heard yet, or none made."""
    appeal_decided_on: date | None
    let_back_at: datetime | None

    @property
    def in_force(self) -> bool:
        """It was neither replaced nor taken back on appeal."""
        return not self.replaced and self.appeal is not AppealOutcome.WITHDRAWN

    @property
    def for_classdojo(self) -> bool:
        """It takes an adult off the service, which is done in ClassDojo by hand."""
        return self.outcome.ends_link


def decisions_made(session: Session, starts: datetime, ends: datetime) -> tuple[DecisionMade, ...]:
    """The decisions made from `starts` until before `ends`, in the order they were made."""
    appeals = {row.decision_id: row for row in session.scalars(select(AppealRow))}
    done: dict[int, datetime] = {
        decision: at
        for decision, at in session.execute(select(DoneInClassDojoRow.decision_id, DoneInClassDojoRow.done_at))
    }
    ended = {each["decision"]: int(each.get("links", 0)) for each in _noted(session, "case.decided")}
    letters: dict[int, list[str]] = defaultdict(list)
    for each in _noted(session, "case.letter_made"):
        letters[each["decision"]].append(each["language"])
    rows = session.execute(
        select(CaseDecisionRow, CaseRow.reference)
        .join(CaseRow, CaseRow.id == CaseDecisionRow.case_id)
        .where(CaseDecisionRow.decided_at >= starts, CaseDecisionRow.decided_at < ends)
        .order_by(CaseDecisionRow.decided_at, CaseDecisionRow.id)
    ).all()
    back = _let_back(session)
    made = []
    for row, reference in rows:
        appeal = appeals.get(row.id)
        made.append(
            DecisionMade(
                case_id=row.case_id,
                reference=reference,
                outcome=Outcome(row.outcome),
                decided_at=row.decided_at,
                replaced=row.superseded_by is not None,
                links_ended=ended.get(row.id, 0),
                in_classdojo_at=done.get(row.id),
                letters=tuple(letters[row.id]),
                appealed_on=appeal.received_on if appeal else None,
                appeal=AppealOutcome(appeal.outcome) if appeal and appeal.outcome else None,
                appeal_decided_on=appeal.decided_on if appeal else None,
                let_back_at=back.get(row.id),
            )
        )
    return tuple(made)


def _noted(session: Session, verb: str) -> list[dict[str, Any]]:
    """What the audit noted with a verb about decisions: figures and codes alone."""
    lines = session.scalars(select(AuditRow.detail).where(AuditRow.verb == verb, AuditRow.outcome == "done"))
    return [said for line in lines if "decision" in (said := json.loads(line))]


def _let_back(session: Session) -> dict[int, datetime]:
    """When an adult was let back, by the decision that had taken them off: the last such one made before."""
    decisions: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in session.scalars(select(CaseDecisionRow).order_by(CaseDecisionRow.decided_at, CaseDecisionRow.id)):
        if Outcome(row.outcome).ends_link:
            decisions[row.case_id].append((row.decided_at, row.id))
    found: dict[int, datetime] = {}
    for event in session.scalars(select(CaseEventRow).where(CaseEventRow.kind == "reinstated")):
        before = [id_ for at, id_ in decisions[event.case_id] if at <= event.at]
        if before:
            found[before[-1]] = event.at
    return found
