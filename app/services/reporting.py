"""What reports ask for, and the note that a report was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.domain.checks.register import PermissionState
from app.domain.content import Kind
from app.domain.roles import EVERYONE, LEADERS
from app.services.annual_review import AnnualReview, ReviewShown, annual_review
from app.services.care import care_reviews, pupils_with_records
from app.services.door import Command, Query, answers, does
from app.services.school import year_order
from app.services.unit import Unit, View
from app.store.audit_chain import head
from app.store.reads.monitoring import MonitoringFigures
from app.store.reads.replies import Wait
from app.store.reads.retention_gone import destroyed_words
from app.store.tables.monitoring import ReportMadeRow
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow


@dataclass(frozen=True, slots=True)
class SchoolAsReported:
    """Who makes the report, when, about which school and policy."""

    name: str
    classes: tuple[str, ...]
    pupils: int
    policy: tuple[int, date] | None
    at: datetime
    by: str
    audit_head: str
    opens: time
    closes: time
    days: frozenset[int]
    reply_hours: int
    destroyed: str = ""
    """What was destroyed of these days under the retention schedule, in a sentence; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class MonitoringRows:
    """The monitoring report's rows, in the shapes that `MonitoringFigures` names."""

    school: SchoolAsReported
    clauses: tuple[tuple[str, str, bool], ...]
    items: tuple[tuple[date, str | None, Kind, int, int], ...]
    findings: tuple[tuple[str, str, str | None, str, int], ...]
    office: tuple[tuple[str, int, int, int], ...]
    referrals: tuple[tuple[float | None, bool], ...]
    waits: tuple[tuple[str | None, Wait], ...]
    hours: tuple[tuple[str | None, int, int], ...]
    cases: tuple[tuple[str, str | None, int], ...]
    permissions: tuple[tuple[str | None, str, PermissionState, int], ...]
    gaps: tuple[tuple[str | None, int, int], ...]
    links: tuple[tuple[str, int], ...]
    people: dict[str, int]
    points: tuple[tuple[str, str | None, int, float, int], ...]
    samples: tuple[tuple[str | None, int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class MonitoringOf(Query[MonitoringRows]):
    """Everything that the monitoring report of these days counts, read at one moment."""

    first: date
    last: date


@answers(MonitoringOf, roles=LEADERS)
def monitoring_of(query: MonitoringOf, view: View) -> MonitoringRows:
    """No name of a child or an adult is among it."""
    figures = MonitoringFigures(view.session, query.first, query.last, view.now)
    return MonitoringRows(
        school=_school(view, figures),
        clauses=tuple(figures.clauses()),
        items=tuple(figures.items()),
        findings=tuple(figures.findings()),
        office=tuple(figures.office()),
        referrals=tuple(figures.referrals()),
        waits=tuple(figures.waits()),
        hours=tuple(figures.hours()),
        cases=tuple(figures.cases()),
        permissions=tuple(figures.permissions()),
        gaps=tuple(figures.gaps()),
        links=tuple(figures.links()),
        people=figures.people(),
        points=tuple(figures.points()),
        samples=tuple(figures.samples()),
    )


def _school(view: View, figures: MonitoringFigures) -> SchoolAsReported:
    row = figures.school
    classes = view.session.query(ClassRow).filter(ClassRow.active).all()
    ordered = sorted(classes, key=lambda each: year_order(each.year_group, each.name))
    return SchoolAsReported(
        name=row.name,
        classes=tuple(each.name for each in ordered),
        pupils=figures.pupils,
        policy=figures.policy(),
        at=view.now.astimezone(ZoneInfo(row.timezone)),
        by=view.actor.name,
        audit_head=head(view.session),
        opens=row.opens,
        closes=row.closes,
        days=frozenset(int(day) for day in row.open_days.split(",") if day),
        reply_hours=row.reply_hours,
        destroyed=destroyed_words(view.session, figures.first, figures.last),
    )


@dataclass(frozen=True, slots=True)
class SchoolOf(Query[SchoolAsReported]):
    """What every report says of the school and of itself."""

    first: date
    last: date


@answers(SchoolOf, roles=EVERYONE)
def school_of(query: SchoolOf, view: View) -> SchoolAsReported:
    """Who asks makes the report."""
    return _school(view, MonitoringFigures(view.session, query.first, query.last, view.now))


@dataclass(frozen=True, slots=True)
class CareSummary:
    """How many care records there are and what they lead to: counts alone, of pupils on roll."""

    pupils: int
    recorded: int
    barred: int
    reviews_due: int


@dataclass(frozen=True, slots=True)
class CareSummaryOf(Query[CareSummary]):
    """The looked-after summary's figures, for leaders."""


@answers(CareSummaryOf, roles=LEADERS)
def care_summary(query: CareSummaryOf, view: View) -> CareSummary:
    """Nobody is named, and no status: who and why stands only in each record."""
    del query
    on_roll = set(view.session.scalars(select(PupilRow.id).where(PupilRow.left_on.is_(None))))
    recorded = pupils_with_records(view) & on_roll
    barred = view.session.scalar(
        select(func.count()).select_from(PupilRow).where(PupilRow.left_on.is_(None), PupilRow.picture_bar)
    )
    return CareSummary(len(on_roll), len(recorded), barred or 0, len(care_reviews(view, timedelta(days=60))))


@dataclass(frozen=True, slots=True)
class PackRows:
    """What the annual review pack and the governors' summary are made of."""

    school: SchoolAsReported
    review: ReviewShown


@dataclass(frozen=True, slots=True)
class PackOf(Query[PackRows]):
    """The yearly review over these days, read at one moment."""

    first: date
    last: date


@answers(PackOf, roles=LEADERS)
def pack_of(query: PackOf, view: View) -> PackRows:
    """No name of a child or a family is among it; actions carry the words that leaders wrote."""
    figures = MonitoringFigures(view.session, query.first, query.last, view.now)
    return PackRows(_school(view, figures), annual_review(AnnualReview(query.first, query.last), view))


@dataclass(frozen=True, slots=True)
class RecordReport(Command[int]):
    """Note that a report was made: which, over which days, its file's digest, and the audit head printed in it."""

    report: str
    form: str
    starts: date
    ends: date
    sha256: str
    audit_head: str


@does(RecordReport, roles=EVERYONE, verb="report.made")
def record_report(command: RecordReport, unit: Unit) -> int:
    """The note's id."""
    row = ReportMadeRow(
        report=command.report,
        form=command.form,
        starts=command.starts,
        ends=command.ends,
        sha256=command.sha256,
        audit_head=command.audit_head,
        made_at=unit.now,
        made_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"report:{row.id}", {"report": command.report, "form": command.form})
    unit.changed("reports")
    return row.id
