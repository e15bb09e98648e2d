"""How soon a family's messages were answered: each run of messages from home, until somebody answered (P6, T3, T4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.calendar import SchoolCalendar
from app.domain.content import AuthorRole, Kind
from app.domain.problems import Problem
from app.domain.replies import Event, Run, runs
from app.store.tables.content import ImportRow, ItemRow, ThreadRow
from app.store.tables.review import ThreadClosingRow

SLACK = timedelta(minutes=10)
"""How far the clock of whoever wrote may be ahead of this computer's."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A family wrote at `asked`; school answered at `answered` (None: not yet), after `taken` of working time.

    `state` is in_time, late, overdue (no answer, time is up), running (no answer, time left) or otherwise (closed by
    telephone, at a meeting, with a request to phone or by the office: T3, T4). `channel` says how it was answered.
    """

    thread_id: int
    class_id: int | None
    asked: datetime
    answered: datetime | None
    taken: timedelta | None
    state: str
    channel: str = ""
    item_id: int | None = None
    """The message that waits, or waited."""
    due: datetime | None = None
    """When the time is used up; None where the school has no working day ahead."""


def waits(
    session: Session,
    calendar: SchoolCalendar,
    target: timedelta,
    starts: datetime,
    ends: datetime,
    now: datetime,
) -> Iterator[Wait]:
    """Every wait that began in the period. What has no time, or one in the future, cannot be measured: `unmeasured`."""
    threads = {row.id: row for row in session.scalars(select(ThreadRow))}
    for thread_id, events in _events(session).items():
        thread = threads[thread_id]
        for run in runs(events):
            if starts <= run.asked < ends:
                yield _wait(thread, run, calendar, target, now)


def waiting_since(session: Session, thread_id: int) -> datetime | None:
    """When the message was sent that waits in a conversation; None where none does."""
    last = list(runs(_events(session, thread_id).get(thread_id, ())))[-1:]
    return last[0].asked if last and last[0].answered is None else None


def _events(session: Session, thread_id: int | None = None) -> dict[int, list[Event]]:
    """What was said in every conversation, or in one."""
    found: dict[int, list[Event]] = defaultdict(list)
    said = (
        select(
            ItemRow.id,
            ItemRow.thread_id,
            ItemRow.author_role,
            ItemRow.sent_at,
            ItemRow.class_id,
            ItemRow.text,
            ImportRow.applied_at,
        )
        .outerjoin(ImportRow, ImportRow.id == ItemRow.import_id)
        .where(ItemRow.thread_id.is_not(None), ItemRow.kind == Kind.MESSAGE, ItemRow.sent_at.is_not(None))
    )
    closings = select(ThreadClosingRow).order_by(ThreadClosingRow.id)
    if thread_id is not None:
        said = said.where(ItemRow.thread_id == thread_id)
        closings = closings.where(ThreadClosingRow.thread_id == thread_id)
    for item_id, thread, role, sent, class_id, text, applied in session.execute(said):
        if thread is None or sent is None or (applied is not None and sent > applied + SLACK):
            continue
        by_staff = role == AuthorRole.STAFF
        found[thread].append(Event(sent, by_staff, item_id, class_id, text, "message" if by_staff else ""))
    for closing in session.scalars(closings):
        found[closing.thread_id].append(Event(closing.at, True, None, None, "", closing.channel, True))
    return found


def _wait(thread: ThreadRow, run: Run, calendar: SchoolCalendar, target: timedelta, now: datetime) -> Wait:
    taken = calendar.working_time(run.asked, run.answered) if run.answered is not None else None
    due = _due(calendar, run.asked, target)
    if run.answered is None:
        state = "overdue" if due is not None and due < now else "running"
    elif run.stated and run.channel != "message":
        state = "otherwise"
    else:
        state = "in_time" if taken is not None and taken <= calendar.allowance(target) else "late"
    return Wait(
        thread.id,
        thread.class_id or run.class_id,
        run.asked,
        run.answered,
        None if state == "otherwise" else taken,
        state,
        run.channel,
        run.item_id,
        due,
    )


def _due(calendar: SchoolCalendar, asked: datetime, target: timedelta) -> datetime | None:
    try:
        return calendar.reply_due(asked, target)
    except Problem:
        return None


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Messages that the clock cannot measure, over all time: what has no time belongs to no period."""

    without_time: int = 0
    in_the_future: int = 0
    """Dated later than they were brought in: somebody's clock was wrong."""
    nobodys: int = 0
    """From home, and of no conversation: to several families at once, or from somebody who cannot be told."""


def unmeasured(session: Session) -> Unmeasured:
    """How many there are of each sort."""
    messages = select(func.count()).select_from(ItemRow).where(ItemRow.kind == Kind.MESSAGE, ~ItemRow.restricted)
    undated = session.scalar(messages.where(ItemRow.sent_at.is_(None)))
    nobodys = session.scalar(
        messages.where(
            ItemRow.sent_at.is_not(None), ItemRow.thread_id.is_(None), ItemRow.author_role != AuthorRole.STAFF
        )
    )
    dated = session.execute(
        select(ItemRow.sent_at, ImportRow.applied_at)
        .join(ImportRow, ImportRow.id == ItemRow.import_id)
        .where(ItemRow.kind == Kind.MESSAGE, ItemRow.sent_at > ImportRow.applied_at)
    )
    future = sum(1 for sent, applied in dated if sent is not None and sent > applied + SLACK)
    return Unmeasured(undated or 0, future, nobodys or 0)
