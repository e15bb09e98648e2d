"""Reading what was handed on: to the office, and to the safeguarding lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendar import SchoolCalendar
from app.store.tables.accounts import AccountRow
from app.store.tables.review import ReferralRow


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A matter handed to the office."""

    id: int
    topic: str
    brief: str
    made_at: datetime
    made_by: str
    done_at: datetime | None
    outcome: str | None
    item_id: int | None
    open_for: timedelta = timedelta()
    """Working time from passing it on to closing it, or until now."""


def office_referrals(
    session: Session, calendar: SchoolCalendar, now: datetime, *, done: bool
) -> tuple[ReferralLine, ...]:
    """What the office was handed; open ones, or those done."""
    rows = session.execute(
        select(ReferralRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == ReferralRow.made_by)
        .where(ReferralRow.to == "office", ReferralRow.done_at.is_not(None) if done else ReferralRow.done_at.is_(None))
        .order_by(ReferralRow.made_at.desc(), ReferralRow.id.desc())
    )
    return tuple(
        ReferralLine(
            id=row.id,
            topic=row.topic or "",
            brief=row.brief or "",
            made_at=row.made_at,
            made_by=name,
            done_at=row.done_at,
            outcome=row.outcome,
            item_id=row.item_id,
            open_for=calendar.working_time(row.made_at, row.done_at or now),
        )
        for row, name in rows
    )


@dataclass(frozen=True, slots=True)
class SafeguardingLine:
    """A referral to the safeguarding lead, without a word of what it says."""

    id: int
    made_at: datetime
    made_by: str
    received_at: datetime | None
    done_at: datetime | None
    reference: str | None


def safeguarding_referrals(session: Session, opened: Callable[[bytes], Any]) -> tuple[SafeguardingLine, ...]:
    """Unread ones first, then the newest; `opened` opens what is sealed, for the reference to the lead's own file."""

    def reference(row: ReferralRow) -> str | None:
        if row.done_at is None or row.brief_sealed is None:
            return None
        found: str | None = opened(row.brief_sealed).get("reference")
        return found

    rows = session.execute(
        select(ReferralRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == ReferralRow.made_by)
        .where(ReferralRow.to == "safeguarding")
        .order_by(ReferralRow.received_at.is_not(None), ReferralRow.made_at.desc(), ReferralRow.id.desc())
    )
    return tuple(
        SafeguardingLine(row.id, row.made_at, name, row.received_at, row.done_at, reference(row)) for row, name in rows
    )
