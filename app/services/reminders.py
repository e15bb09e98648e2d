"""What Today reminds leaders of: what was asked to be taken down, and families who wait longer than promised."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from app.services.unit import View
from app.store.reads.replies import waits
from app.store.reads.school_days import school_calendar
from app.store.reads.today import Waiting
from app.store.tables.base import Instant
from app.store.tables.content import ItemRow
from app.store.tables.review import TakedownRow
from app.store.tables.school import SchoolRow

_A_YEAR = timedelta(days=366)


def asked_down(view: View) -> Waiting:
    """Requests to remove or reword something that nobody has stated to be done (T12, P9)."""
    count, since = view.session.execute(
        select(func.count(), func.min(TakedownRow.asked_at, type_=Instant))
        .join(ItemRow, ItemRow.id == TakedownRow.item_id)
        .where(TakedownRow.stated_at.is_(None), ~ItemRow.restricted)
    ).one()
    return Waiting(count, since)


def late_replies(view: View) -> Waiting:
    """Families whose message has waited longer than the policy promises, over the last year (P6)."""
    hours = view.session.scalar(select(SchoolRow.reply_hours)) or 24
    calendar = school_calendar(view.session, view.today)
    found = waits(view.session, calendar, timedelta(hours=hours), view.now - _A_YEAR, view.now, view.now)
    late = [wait.asked for wait in found if wait.state == "overdue"]
    return Waiting(len(late), min(late, default=None))
