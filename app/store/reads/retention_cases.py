"""Since when cases and entries of the breach register are finished, and which are kept all the same (K4, M2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.breach import REFERRED_OUT
from app.domain.retention import KeptBack
from app.store.reads.retention_guard import Families, grave_items
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseEventRow, CaseRow, DataBreachRow

_ENDED = ("closed", "decided")


def cases_and_breaches(
    session: Session, around: Families, today: date, day: Callable[[datetime], date]
) -> Iterator[tuple[str, int, date, str, str, KeptBack | None]]:
    """Every case and entry with the day from which it counts; one that is not finished counts from its opening, and is
    kept back.
    """
    lasts = _last_days(session, day)
    appeals = set(
        session.scalars(
            select(CaseDecisionRow.case_id)
            .join(AppealRow, AppealRow.decision_id == CaseDecisionRow.id)
            .where(AppealRow.decided_on.is_(None))
        )
    )
    outside = set(session.scalars(select(CaseEventRow.case_id).where(CaseEventRow.kind == REFERRED_OUT)))
    grave = set(session.scalars(grave_items()))
    undecided = set(session.scalars(select(DataBreachRow.case_id).where(DataBreachRow.decided_at.is_(None))))
    for row in session.scalars(select(CaseRow)):
        since = max([day(row.closed_at or row.opened_at), *lasts[row.id]])
        why = around.reason(row.pupil_id, row.guardian_id)
        if row.item_id in grave:
            why = KeptBack.SAFEGUARDING
        if row.id in outside:
            why = KeptBack.REFERRED
        if row.status not in _ENDED or row.id in appeals or row.id in undecided or since >= today:
            why = KeptBack.OPEN
        yield "breach_case", row.id, since, f"Case {row.reference}", f"case:{row.reference}", why
    for breach in session.scalars(select(DataBreachRow)):
        since = day(breach.decided_at or breach.aware_at)
        back = KeptBack.OPEN if breach.decided_at is None else None
        yield "data_breach", breach.id, since, "Entry of the breach register", f"data_breach:{breach.id}", back


def _last_days(session: Session, day: Callable[[datetime], date]) -> dict[int, list[date]]:
    """Every later day that a case's decisions name: decided, ends, looked at again, appeal decided."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = session.execute(
        select(CaseDecisionRow, AppealRow.decided_on).outerjoin(AppealRow, AppealRow.decision_id == CaseDecisionRow.id)
    )
    for decision, heard in rows:
        named = (day(decision.decided_at), decision.ends_on, decision.review_on, heard)
        found[decision.case_id] += [each for each in named if each is not None]
    return found
