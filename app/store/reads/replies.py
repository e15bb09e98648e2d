"""How soon a family's messages were answered: each run of messages from home, until the next one from school (P6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.calendar import SchoolCalendar
from app.domain.content import AuthorRole, Kind
from app.domain.replies import waits_for_answer
from app.store.tables.content import ItemRow, ThreadRow


@dataclass(frozen=True, slots=True)
class Wait:
    """A family wrote at `asked`; school answered at `answered` (None: not yet), after `taken` on school days.

    `state` is in_time, late, overdue (no answer, time is up), running (no answer, time left) or otherwise (closed by
    telephone, at a meeting or by the office: T3, T4).
    """

    thread_id: int
    class_id: int | None
    asked: datetime
    answered: datetime | None
    taken: timedelta | None
    state: str


def waits(
    session: Session,
    calendar: SchoolCalendar,
    target: timedelta,
    starts: datetime,
    ends: datetime,
    now: datetime,
) -> Iterator[Wait]:
    """Every wait that began in the period. A message without a time cannot be measured and is left out."""
    threads = {row.id: row for row in session.scalars(select(ThreadRow))}
    rows = session.execute(
        select(ItemRow.thread_id, ItemRow.author_role, ItemRow.sent_at, ItemRow.class_id, ItemRow.text)
        .where(ItemRow.thread_id.is_not(None), ItemRow.kind == Kind.MESSAGE, ItemRow.sent_at.is_not(None))
        .order_by(ItemRow.thread_id, ItemRow.sent_at, ItemRow.id)
    )
    for thread_id, said in groupby(rows, key=lambda row: row[0]):
        if thread_id is None:
            continue
        thread = threads[thread_id]
        told = [(role, sent, home) for _, role, sent, home, text in said if sent is not None and _counts(role, text)]
        for asked, answered, class_id in _runs(told):
            if starts <= asked < ends:
                taken = calendar.reply_time(asked, answered) if answered else None
                state = _state(thread, calendar, target, asked, answered, taken, now)
                yield Wait(thread_id, thread.class_id or class_id, asked, answered, taken, state)


_Said = tuple[str, datetime, int | None]


def _counts(role: str, text: str) -> bool:
    """Staff's every message may be the answer; a family's thanks ask for none."""
    return role == AuthorRole.STAFF or waits_for_answer(text)


def _runs(said: Iterable[_Said]) -> Iterator[tuple[datetime, datetime | None, int | None]]:
    asked: datetime | None = None
    class_id: int | None = None
    for role, sent, home in said:
        if role == AuthorRole.STAFF:
            if asked is not None:
                yield asked, sent, class_id
            asked = None
        elif asked is None:
            asked, class_id = sent, home
    if asked is not None:
        yield asked, None, class_id


def _state(
    thread: ThreadRow,
    calendar: SchoolCalendar,
    target: timedelta,
    asked: datetime,
    answered: datetime | None,
    taken: timedelta | None,
    now: datetime,
) -> str:
    if answered is None and thread.closed_at is not None and thread.closed_at >= asked:
        return "otherwise"
    if taken is not None:
        return "in_time" if taken <= target else "late"
    return "overdue" if calendar.reply_due(asked, target) < now else "running"
