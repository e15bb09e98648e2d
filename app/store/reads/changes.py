"""What the database noted of changes in the register, and which items they touch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole, Kind
from app.store.search import items_with_any
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow
from app.store.tables.rechecking import RegisterChangeRow

_AT_A_TIME = 500
_OPEN = (Kind.CLASS_STORY, Kind.SCHOOL_STORY, Kind.COMMENT)
_TALK = (Kind.MESSAGE, Kind.COMMENT)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the table, the id it is about, and the values before (None for what is new)."""

    what: str
    row_id: int
    was: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Touched:
    """What items a change may concern: any that fits one of these."""

    words: frozenset[str] = frozenset()
    shown_words: frozenset[str] = frozenset()
    """Words that matter only where staff sent media."""
    tagged: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()
    """Pupils whose tags matter only where there is media."""
    guardians: frozenset[int] = frozenset()
    """Who wrote it, or whom it went to."""
    staff: frozenset[int] = frozenset()
    """Whom it went to."""
    items: frozenset[int] = frozenset()
    days: tuple[tuple[date, date], ...] = ()
    """Days on which staff's talk may now lie inside or outside the school's hours."""
    all_talk: bool = False
    all_open: bool = False


def changes_due(session: Session, today: date) -> list[Change]:
    """What has come to pass and was not checked again yet, in the order in which it happened."""
    rows = session.execute(
        select(RegisterChangeRow.what, RegisterChangeRow.row_id, RegisterChangeRow.was)
        .where(_due(today))
        .order_by(RegisterChangeRow.id)
    )
    return [Change(what, row_id, json.loads(was) if was else None) for what, row_id, was in rows]


def forget_changes(session: Session, today: date) -> None:
    """All of that has been checked again."""
    session.execute(delete(RegisterChangeRow).where(_due(today)))


def _due(today: date) -> ColumnElement[bool]:
    return or_(RegisterChangeRow.due_on.is_(None), RegisterChangeRow.due_on <= today)


def items_touched(session: Session, touched: Touched) -> list[int]:
    """Ids of every item that a change may concern, in order."""
    found = items_with_any(session, touched.words) | set(touched.items)
    found |= items_with_any(session, touched.shown_words, shown_by_staff=True)
    conditions: list[ColumnElement[bool]] = []
    for days in touched.days:
        conditions.append(_staff_talk() & ItemRow.sent_at.between(*_around(days)))
    if touched.all_talk:
        conditions.append(_staff_talk())
    if touched.all_open:
        conditions.append(ItemRow.kind.in_(_OPEN))
    for batch in _batched(touched.guardians):
        conditions.append(ItemRow.guardian_id.in_(batch))
        found.update(session.scalars(select(RecipientRow.item_id).where(RecipientRow.guardian_id.in_(batch))))
    for batch in _batched(touched.staff):
        found.update(session.scalars(select(RecipientRow.item_id).where(RecipientRow.staff_id.in_(batch))))
    for batch in _batched(touched.tagged):
        found.update(session.scalars(select(TagRow.item_id).where(TagRow.pupil_id.in_(batch))))
    for batch in _batched(touched.shown):
        with_media = exists().where(MediaRow.item_id == TagRow.item_id)
        found.update(session.scalars(select(TagRow.item_id).where(TagRow.pupil_id.in_(batch), with_media)))
    for condition in conditions:
        found.update(session.scalars(select(ItemRow.id).where(condition)))
    return sorted(found)


def _staff_talk() -> ColumnElement[bool]:
    return ItemRow.kind.in_(_TALK) & (ItemRow.author_role == AuthorRole.STAFF)


def _around(days: tuple[date, date]) -> tuple[datetime, datetime]:
    """The days with one more at either end, so that no time zone falls outside."""
    starts, ends = days
    return (
        datetime.combine(starts - timedelta(days=1), time.min, UTC),
        datetime.combine(ends + timedelta(days=2), time.min, UTC),
    )


def _batched(ids: Iterable[int]) -> list[Sequence[int]]:
    ordered = sorted(ids)
    return [ordered[start : start + _AT_A_TIME] for start in range(0, len(ordered), _AT_A_TIME)]
