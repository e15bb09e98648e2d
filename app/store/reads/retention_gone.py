"""What reports must say of days whose records were destroyed: figures that leave something out say so (K4)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.words import day_words
from app.store.tables.retention import DestructionPartRow


def destroyed_words(session: Session, first: date, last: date) -> str:
    """A sentence for a report about these days; empty where nothing of them was destroyed."""
    part = DestructionPartRow
    count, newest = session.execute(
        select(func.coalesce(func.sum(part.destroyed), 0), func.max(part.newest)).where(
            part.destroyed > 0, part.oldest <= last, part.newest >= first
        )
    ).one()
    if not count or newest is None:
        return ""
    return (
        f"Records up to {day_words(newest)} were destroyed under the retention schedule, {count:,} in all. "
        "The figures leave them out: the destruction list says how many of what."
    )
