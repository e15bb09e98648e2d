"""Reading the register of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.breach import CaseStatus, Outcome
from app.domain.content import AuthorRole
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import CaseDecisionRow, CaseEventRow, CaseEvidenceRow, CaseRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import ClauseRow
from app.store.tables.school import StaffRow


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What the register of cases shows: nothing of what a case says."""

    id: int
    reference: str
    clause: str
    clause_heading: str
    about: str
    about_role: AuthorRole
    opened_at: datetime
    opened_by: str
    status: CaseStatus
    outcome: Outcome | None
    decided_at: datetime | None
    ends_on: date | None
    review_on: date | None


def case_lines(session: Session) -> tuple[CaseLine, ...]:
    """Every case: those waiting for a decision first, then the newest."""
    headings = {code: heading for code, heading in session.execute(select(ClauseRow.code, ClauseRow.heading))}
    standing = {
        row.case_id: row
        for row in session.scalars(select(CaseDecisionRow).where(CaseDecisionRow.superseded_by.is_(None)))
    }
    rows = session.execute(
        select(CaseRow, AccountRow.name, GuardianRow, StaffRow, PupilRow)
        .join(AccountRow, AccountRow.id == CaseRow.opened_by)
        .outerjoin(GuardianRow, GuardianRow.id == CaseRow.guardian_id)
        .outerjoin(StaffRow, StaffRow.id == CaseRow.staff_id)
        .outerjoin(PupilRow, PupilRow.id == CaseRow.pupil_id)
        .order_by(CaseRow.status != "open", CaseRow.opened_at.desc(), CaseRow.id.desc())
    )
    lines = []
    for row, opener, guardian, staff, pupil in rows:
        decision = standing.get(row.id)
        lines.append(
            CaseLine(
                id=row.id,
                reference=row.reference,
                clause=row.clause,
                clause_heading=headings.get(row.clause, ""),
                about=about(guardian, staff, pupil),
                about_role=AuthorRole(row.about_role),
                opened_at=row.opened_at,
                opened_by=opener,
                status=CaseStatus(row.status),
                outcome=Outcome(decision.outcome) if decision else None,
                decided_at=decision.decided_at if decision else None,
                ends_on=decision.ends_on if decision else None,
                review_on=decision.review_on if decision else None,
            )
        )
    return tuple(lines)


def about(guardian: GuardianRow | None, staff: StaffRow | None, pupil: PupilRow | None) -> str:
    """Whom a case concerns, in words."""
    if guardian is not None:
        return guardian.name
    if staff is not None:
        return staff.name
    if pupil is not None:
        return pupil.preferred or pupil.first
    return "An unknown person"


@dataclass(frozen=True, slots=True)
class CaseText:
    """The sealed parts of one case, in the order they were added."""

    session: Session
    case_id: int

    def evidence(self) -> Sequence[CaseEvidenceRow]:
        """What was captured."""
        return self.session.scalars(
            select(CaseEvidenceRow).where(CaseEvidenceRow.case_id == self.case_id).order_by(CaseEvidenceRow.id)
        ).all()

    def events(self) -> Sequence[CaseEventRow]:
        """The timeline."""
        return self.session.scalars(
            select(CaseEventRow).where(CaseEventRow.case_id == self.case_id).order_by(CaseEventRow.id)
        ).all()

    def decisions(self) -> Sequence[CaseDecisionRow]:
        """Every decision, the standing one last."""
        return self.session.scalars(
            select(CaseDecisionRow).where(CaseDecisionRow.case_id == self.case_id).order_by(CaseDecisionRow.id)
        ).all()


def like_cases(session: Session, clause: str, role: AuthorRole, without: int) -> tuple[tuple[Outcome, int], ...]:
    """What earlier cases under the same clause, about the same sort of person, led to: so like is treated alike."""
    rows = session.execute(
        select(CaseDecisionRow.outcome, func.count())
        .join(CaseRow, CaseRow.id == CaseDecisionRow.case_id)
        .where(
            CaseRow.clause == clause,
            CaseRow.about_role == role,
            CaseRow.id != without,
            CaseDecisionRow.superseded_by.is_(None),
        )
        .group_by(CaseDecisionRow.outcome)
    )
    found = {Outcome(outcome): count for outcome, count in rows}
    return tuple((outcome, found[outcome]) for outcome in Outcome if outcome in found)
