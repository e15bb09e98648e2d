"""Replies to families: what waits and for how long in working time, and how the target was kept (P6, T1, T3, T4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import select

from app.domain.calendar import SchoolCalendar
from app.domain.problems import Refused
from app.domain.roles import LEADERS
from app.domain.school_days import without_term
from app.domain.words import day_words
from app.services.door import Query, answers
from app.services.school import year_order
from app.services.unit import View
from app.store.reads.conversations import Family, Said, conversation, families
from app.store.reads.monitoring import MonitoringFigures
from app.store.reads.replies import Unmeasured, Wait, unmeasured, waits
from app.store.reads.school_days import school_calendar, terms
from app.store.tables.school import ClassRow, TermRow

NO_CLASS = "No one class"
FEW = 5
"""Of fewer answered conversations than this, no median and no share is shown."""
LATEST = timedelta(days=28)
"""The period that is shown where no term is entered."""


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One message of a family that waits, or that was answered late. `waited` is working time so far, or until then."""

    thread_id: int
    item_id: int | None
    family: str
    class_name: str | None
    asked: datetime
    answered: datetime | None
    due: datetime | None
    waited: timedelta
    state: str
    channel: str
    opening: str


@dataclass(frozen=True, slots=True)
class ReplyFigures:
    """How a class, or the whole school, was answered. `median` and `share` are None where there are too few."""

    name: str
    waits: int
    in_time: int
    late: int
    overdue: int
    running: int
    otherwise: int
    median: timedelta | None
    share: float | None
    sent_by_staff: int = 0
    outside_hours: int = 0
    """What staff sent outside the school's hours: a matter of their welfare (T1), by class and never by name."""


@dataclass(frozen=True, slots=True)
class RepliesShown:
    """Everything the screen Replies shows."""

    first: date
    last: date
    period: str
    target_hours: int
    allowance: timedelta
    lines: tuple[ReplyLine, ...]
    classes: tuple[ReplyFigures, ...]
    whole: ReplyFigures
    channels: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    """What could not be measured, or was taken to be so, in sentences."""


@dataclass(frozen=True, slots=True)
class Replies(Query[RepliesShown]):
    """Conversations of a period: the term of today, or the last four weeks, where no days are given."""

    first: date | None = None
    last: date | None = None


@answers(Replies, roles=LEADERS)
def replies(query: Replies, view: View) -> RepliesShown:
    """Late ones first, then what waits by when it is due. What waits is shown whenever it was asked."""
    first, last, period = _period(view, query.first, query.last)
    figures = MonitoringFigures(view.session, first, last, view.now)
    calendar = school_calendar(view.session, view.today)
    target = timedelta(hours=figures.school.reply_hours)
    since = min(figures.starts, view.now - timedelta(days=366))
    every = list(waits(view.session, calendar, target, since, max(figures.ends, view.now), view.now))
    found = [wait for wait in every if figures.starts <= wait.asked < figures.ends]
    open_now = [wait for wait in every if wait.answered is None]
    classes = {row.id: row for row in view.session.scalars(select(ClassRow))}
    hours = {name: (sent, outside) for name, sent, outside in figures.hours()}
    return RepliesShown(
        first=first,
        last=last,
        period=period,
        target_hours=figures.school.reply_hours,
        allowance=calendar.allowance(target),
        lines=_lines(view, calendar, [*open_now, *(wait for wait in found if wait.state == "late")], classes),
        classes=_by_class(found, classes, hours),
        whole=_figures("All", found, _added(hours.values())),
        channels=tuple(sorted(Counter(wait.channel for wait in found if wait.channel).items())),
        notes=tuple(_notes(unmeasured(view.session), terms(view.session), first, min(last, view.today))),
    )


@dataclass(frozen=True, slots=True)
class Conversation(Query[tuple[Said, ...]]):
    """What a family and school wrote to each other, the newest at the end."""

    thread_id: int


@answers(Conversation, roles=LEADERS)
def show_conversation(query: Conversation, view: View) -> tuple[Said, ...]:
    """Without what was referred to the safeguarding lead; with how it was closed."""
    return conversation(view.session, query.thread_id)


def _period(view: View, first: date | None, last: date | None) -> tuple[date, date, str]:
    if first is not None and last is not None:
        if last < first:
            raise Refused("The period ends before it begins. Check the two days.")
        return first, last, f"{day_words(first)} to {day_words(last)}"
    today = view.today
    term = view.session.scalar(select(TermRow).where(TermRow.starts <= today, TermRow.ends >= today).limit(1))
    if term is not None:
        return term.starts, term.ends, term.name
    return today - LATEST, today, "The last four weeks"


def _lines(
    view: View, calendar: SchoolCalendar, found: Iterable[Wait], classes: dict[int, ClassRow]
) -> tuple[ReplyLine, ...]:
    rank = {"overdue": 0, "running": 1, "late": 2}
    ordered = sorted(found, key=lambda wait: (rank[wait.state], wait.asked, wait.thread_id))
    known = families(view.session, [(wait.thread_id, wait.item_id) for wait in ordered])
    lines = []
    for wait in ordered:
        family = known.get(wait.thread_id, Family("Unknown person"))
        row = classes.get(wait.class_id or 0)
        lines.append(
            ReplyLine(
                thread_id=wait.thread_id,
                item_id=wait.item_id,
                family=family.name,
                class_name=row.name if row is not None else None,
                asked=wait.asked,
                answered=wait.answered,
                due=wait.due,
                waited=wait.taken or calendar.working_time(wait.asked, wait.answered or view.now),
                state=wait.state,
                channel=wait.channel,
                opening=family.openings.get(wait.item_id or 0, ""),
            )
        )
    return tuple(lines)


def _by_class(
    found: Sequence[Wait], classes: dict[int, ClassRow], hours: dict[str | None, tuple[int, int]]
) -> tuple[ReplyFigures, ...]:
    """In the order of the years, never by who is quickest."""
    by: dict[str | None, list[Wait]] = {}
    for wait in found:
        row = classes.get(wait.class_id or 0)
        by.setdefault(row.name if row is not None else None, []).append(wait)
    order = {row.name: year_order(row.year_group, row.name) for row in classes.values()}
    names = sorted(by.keys() | hours.keys(), key=lambda name: order.get(name or "", (100, name or "")))
    return tuple(_figures(name or NO_CLASS, by.get(name, []), hours.get(name, (0, 0))) for name in names)


def _figures(name: str, found: Sequence[Wait], hours: tuple[int, int]) -> ReplyFigures:
    states = Counter(wait.state for wait in found)
    taken = [wait.taken for wait in found if wait.taken is not None]
    due = states["in_time"] + states["late"] + states["overdue"]
    return ReplyFigures(
        name=name,
        waits=len(found),
        in_time=states["in_time"],
        late=states["late"],
        overdue=states["overdue"],
        running=states["running"],
        otherwise=states["otherwise"],
        median=timedelta(seconds=median(each.total_seconds() for each in taken)) if len(taken) >= FEW else None,
        share=states["in_time"] / due if due >= FEW else None,
        sent_by_staff=hours[0],
        outside_hours=hours[1],
    )


def _added(hours: Iterable[tuple[int, int]]) -> tuple[int, int]:
    sent = outside = 0
    for one, other in hours:
        sent, outside = sent + one, outside + other
    return sent, outside


def _notes(odd: Unmeasured, known: Sequence[tuple[date, date]], first: date, last: date) -> Iterable[str]:
    missing = without_term(known, first, last) if last >= first else ()
    if missing:
        days = " and ".join(f"{day_words(starts)} to {day_words(ends)}" for starts, ends in missing[:2])
        more = " and more" if len(missing) > 2 else ""
        yield (
            f"No term dates are entered for {days}{more}. These days are counted as ordinary school weeks. "
            "Enter the terms, and the clock follows them."
        )
    for count, one, many in (
        (odd.without_time, "message tells no time", "messages tell no time"),
        (odd.in_the_future, "message is dated later than it was brought in", "messages are dated later than they came"),
        (odd.nobodys, "message belongs to no one conversation", "messages belong to no one conversation"),
    ):
        if count:
            yield f"{count:,} {one if count == 1 else many}, and cannot be measured."
