"""The few charts that each role's desk shows, counted from the records (H1, T1, T5, P4, P6, P8, M1).

Never a league: classes stand in the order of their year groups, and nothing names a member of staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.content import Kind
from app.domain.figures import Figure, Series, Shape, stacked
from app.domain.review import FindingState
from app.domain.roles import EVERYONE, LEADERS
from app.services.door import Query, answers
from app.services.school import year_order
from app.services.standing import school_year_of
from app.services.unit import View
from app.store.reads.coverage import coverage
from app.store.reads.monitoring import MonitoringFigures
from app.store.tables.links import LinkRow
from app.store.tables.people import PupilRow
from app.store.tables.review import ReferralRow
from app.store.tables.school import ClassRow, TermRow

WEEKS = 12
"""How many weeks a chart over time shows."""


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """The charts of one role, and the days they tell of."""

    figures: tuple[Figure, ...]
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Figures(Query[FiguresShown]):
    """The charts for the person who asks."""


@answers(Figures, roles=EVERYONE)
def figures(query: Figures, view: View) -> FiguresShown:
    """Of the school year so far. The office sees what the office keeps; leaders see the rest besides."""
    del query
    starts = school_year_of(view.today).starts
    read = MonitoringFigures(view.session, starts, view.today, view.now)
    wanted: list[Callable[[View, MonitoringFigures], Figure]] = [_linked, _permissions, _office_matters]
    if view.actor.role in LEADERS:
        wanted = [_coming_in, _findings, _replies, _outside_hours, *wanted]
    return FiguresShown(tuple(make(view, read) for make in wanted), starts, view.today)


@dataclass(frozen=True, slots=True)
class LinkedChildren(Query[Figure]):
    """The chart of children with a linked adult, by class, alone: the register of links tells the same."""


@answers(LinkedChildren, roles=EVERYONE)
def linked_children(query: LinkedChildren, view: View) -> Figure:
    """As the links stand now."""
    del query
    return _linked(view)


@dataclass(frozen=True, slots=True)
class PointsOf(Query[tuple[tuple[str, str | None, int, float, int], ...]]):
    """School Way, class, awards, points, removals: the register of points alone."""

    first: date
    last: date


@answers(PointsOf, roles=LEADERS)
def points_of(query: PointsOf, view: View) -> tuple[tuple[str, str | None, int, float, int], ...]:
    """As the monitoring report counts them."""
    return tuple(MonitoringFigures(view.session, query.first, query.last, view.now).points())


def _coming_in(view: View, read: MonitoringFigures) -> Figure:
    weeks = _weeks(view.today)
    counts: Counter[tuple[date, str]] = Counter()
    for week, _, kind, count, _ in read.items():
        counts[week, _GROUP.get(kind, "")] += count
    series = tuple(
        Series(name, tuple(float(counts[week, name]) for week in weeks), tone=tone)
        for name, tone in (("Posts", "accent"), ("Comments", "info"), ("Messages", "warn"))
    )
    whole = sum(count for (week, name), count in counts.items() if name and week in weeks)
    return Figure(
        "coming-in",
        "What came in, by week",
        f"{whole:,} posts, comments and messages in {len(weeks)} weeks. The number varies, and more is not better.",
        Shape.LINES,
        tuple(_short(week) for week in weeks),
        series,
    )


_GROUP = {
    Kind.CLASS_STORY: "Posts",
    Kind.SCHOOL_STORY: "Posts",
    Kind.PORTFOLIO: "Posts",
    Kind.COMMENT: "Comments",
    Kind.MESSAGE: "Messages",
}
_STATES = (
    (FindingState.UPHELD, "stop"),
    (FindingState.ADVICE, "info"),
    (FindingState.FALSE_ALARM, "good"),
    (FindingState.OPEN, "warn"),
)


def _findings(view: View, read: MonitoringFigures) -> Figure:
    counts: Counter[tuple[str, str]] = Counter()
    for check, _, _, state, count in read.findings():
        if check in _CHECKS:
            counts[_CHECKS[check], FindingState(state).words] += count
    totals: Counter[str] = Counter()
    for (label, _), count in counts.items():
        totals[label] += count
    labels = [words for words in _CHECKS.values() if totals[words]]
    waiting = sum(count for (_, state), count in counts.items() if state == FindingState.OPEN.words)
    alarms = sum(count for (_, state), count in counts.items() if state == FindingState.FALSE_ALARM.words)
    whole = sum(totals.values())
    said = f"Findings this year: {whole:,}, of which {waiting:,} wait."
    if judged := whole - waiting:
        said += f" Of {judged:,} judged, {alarms:,} were false alarms."
    return Figure(
        "findings",
        "What the checks found, and what became of it",
        said,
        Shape.BARS,
        tuple(labels),
        stacked(counts, labels, [(state.words, tone) for state, tone in _STATES]),
    )


_CHECKS = {check.value: check.words for check in Check if check is not Check.SAFEGUARDING}
"""Signs of harm are the safeguarding lead's: they stand in no chart."""


def _replies(view: View, read: MonitoringFigures) -> Figure:
    terms = list(view.session.scalars(select(TermRow).where(TermRow.starts <= view.today).order_by(TermRow.starts)))
    terms = [term for term in terms if term.ends >= read.first]
    zone = ZoneInfo(read.school.timezone)
    inside: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    for _, wait in read.waits():
        day = wait.asked.astimezone(zone).date()
        term = next((term for term in terms if term.starts <= day <= term.ends), None)
        if term is not None and wait.state in ("in_time", "late", "overdue"):
            whole[term.id] += 1
            inside[term.id] += wait.state == "in_time"
    values = tuple(100 * inside[term.id] / whole[term.id] if whole[term.id] else None for term in terms)
    answered = f"{sum(inside.values()):,} of {sum(whole.values()):,} messages were answered"
    said = f"{answered} within {read.school.reply_hours} hours on school days."
    if not terms:
        said = "Enter the school's terms in Settings to see how soon families are answered."
    return Figure(
        "replies",
        "Answered in time, by half-term",
        said,
        Shape.LINES,
        tuple(term.name for term in terms),
        (Series("Answered in time", values, tuple(whole[term.id] for term in terms)),),
        percent=True,
    )


def _outside_hours(view: View, read: MonitoringFigures) -> Figure:
    sent: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for name, count, outside in read.hours():
        sent[name or "No class"] += count
        late[name or "No class"] += outside
    labels = [name for name in _class_names(view) if sent[name]]
    counts = {(name, "In hours"): sent[name] - late[name] for name in labels}
    counts |= {(name, "Outside hours"): late[name] for name in labels}
    return Figure(
        "hours",
        "What staff sent, in and outside hours",
        f"{sum(late.values()):,} of {sum(sent.values()):,} were sent outside hours. This is about staff's free time, "
        "not about blame.",
        Shape.BARS,
        tuple(labels),
        stacked(counts, labels, [("In hours", "good"), ("Outside hours", "warn")]),
    )


def _linked(view: View, read: MonitoringFigures | None = None) -> Figure:
    del read
    adults: Counter[int] = Counter(view.session.scalars(select(LinkRow.pupil_id).where(LinkRow.state == "linked")))
    names = {row.id: row.name for row in view.session.scalars(select(ClassRow))}
    counts: Counter[tuple[str, str]] = Counter()
    for pupil_id, class_id in view.session.execute(
        select(PupilRow.id, PupilRow.class_id).where(PupilRow.left_on.is_(None))
    ):
        part = ("No adult", "One adult", "Two or more")[min(adults[pupil_id], 2)]
        counts[names.get(class_id or 0, "No class"), part] += 1
    labels = [name for name in (*_class_names(view), "No class") if any(counts[name, part] for part, _ in _LINKED)]
    none = sum(count for (_, part), count in counts.items() if part == "No adult")
    return Figure(
        "linked",
        "Children with a linked adult, by class",
        "Every child has a linked adult."
        if counts and not none
        else f"{none:,} of {sum(counts.values()):,} children have no linked adult.",
        Shape.BARS,
        tuple(labels),
        stacked(counts, labels, _LINKED),
    )


_LINKED = (("Two or more", "good"), ("One adult", "info"), ("No adult", "warn"))


def _permissions(view: View, read: MonitoringFigures) -> Figure:
    del read
    counts: Counter[tuple[str, str]] = Counter()
    for line in coverage(view.session, view.today):
        if line.kind.value != "photograph":
            continue
        for one in line.pupils:
            part = (
                "May be shown"
                if one.ruling.allowed
                else "Undecided"
                if one.standing.value == "undecided"
                else "May not"
            )
            counts[line.class_name, part] += 1
    labels = [name for name in (*_class_names(view), "No class") if any(counts[name, part] for part, _ in _MAY)]
    undecided = sum(count for (_, part), count in counts.items() if part == "Undecided")
    return Figure(
        "permissions",
        "Permission for photographs, by class",
        f"{undecided:,} of {sum(counts.values()):,} children have no decision. Until there is one, the answer is no.",
        Shape.BARS,
        tuple(labels),
        stacked(counts, labels, _MAY),
    )


_MAY = (("May be shown", "good"), ("May not", "quiet"), ("Undecided", "warn"))


def _office_matters(view: View, read: MonitoringFigures) -> Figure:
    weeks = _weeks(view.today)
    zone = ZoneInfo(read.school.timezone)
    came: Counter[date] = Counter()
    closed: Counter[date] = Counter()
    since = datetime.combine(weeks[0], time(), zone)
    for made, done in view.session.execute(
        select(ReferralRow.made_at, ReferralRow.done_at).where(ReferralRow.to == "office", ReferralRow.made_at >= since)
    ):
        came[_monday(made, zone)] += 1
        if done is not None:
            closed[_monday(done, zone)] += 1
    return Figure(
        "office",
        "Matters for the office, by week",
        f"{sum(came.values()):,} came in and {sum(closed.values()):,} were closed in {len(weeks)} weeks.",
        Shape.LINES,
        tuple(_short(week) for week in weeks),
        (
            Series("Came in", tuple(float(came[week]) for week in weeks), tone="info"),
            Series("Closed", tuple(float(closed[week]) for week in weeks), tone="good"),
        ),
    )


def _class_names(view: View) -> Iterator[str]:
    rows = list(view.session.scalars(select(ClassRow).where(ClassRow.active)))
    return (row.name for row in sorted(rows, key=lambda row: year_order(row.year_group, row.name)))


def _weeks(today: date) -> list[date]:
    """Mondays of the weeks that are over: one that runs would look like a fall."""
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]


def _monday(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
