"""What the headteacher is reminded of: records whose day has come, a destruction cut off, holds to look at (K4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.services.retention import confirmed_months
from app.services.unit import View
from app.store.reads.retention_due import Finder
from app.store.tables.retention import DestructionRow, RetentionHoldRow


@dataclass(frozen=True, slots=True)
class RetentionReminders:
    """It names no record and nobody."""

    cut_off: bool
    """A destruction that was approved has not gone through to its end."""
    due: bool
    """Records would go today under confirmed lines."""
    holds: tuple[date, ...]
    """The days on which holds in force were to be looked at again, those that have come, the longest ago first."""


def retention_reminders(view: View) -> RetentionReminders:
    """For the headteacher, who alone approves and holds."""
    session = view.session
    cut_off = session.scalar(select(DestructionRow.id).where(DestructionRow.finished_at.is_(None)).limit(1))
    held = RetentionHoldRow
    days = select(held.review_on).where(held.lifted_at.is_(None), held.review_on <= view.today)
    months = confirmed_months(view)
    return RetentionReminders(
        cut_off=cut_off is not None,
        due=bool(months) and Finder(session, view.today).any_due(months),
        holds=tuple(session.scalars(days.order_by(held.review_on))),
    )
