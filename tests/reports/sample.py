"""Invented figures for the monitoring report: a full term, an empty one, and reads that answer with either."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.checks.finding import Check
from app.domain.checks.register import LinkState, PermissionState
from app.domain.content import Kind
from reports.monitoring.data import (
    CaseCount,
    ClassGap,
    ClauseLine,
    Facts,
    FindingCount,
    HoursCount,
    ItemCount,
    LinkCount,
    MonitoringData,
    OfficeCount,
    People,
    PermissionCount,
    PointsCount,
    Referral,
    ReplyState,
    SampleCount,
    Thread,
    Verdict,
)
from reports.period import Period

AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 18), "Autumn term 2026")
CLASSES = ("Acorns", "Willow", "Rowan", "Hazel", "Birch", "Maple", "Oak", "Elm")
_WAYS = ("Ready to learn", "Respectful", "Kind", "Never giving up")
_CLAUSES = (
    ("H1", "What the service is for", False),
    ("H4", "Permission for processing", False),
    ("H6", "Pupils do not message", True),
    ("H7", "Every year group, joined by a code", False),
    ("H8", "Points reward the School Ways", True),
    ("H9", "Class Story", True),
    ("H10", "School Story", True),
    ("H12", "Leavers, and seeing or deleting one's own", False),
    ("T1", "Staff hours", True),
    ("T2", "Inappropriate messages are reported", False),
    ("T5", "Office matters go to the office", True),
    ("T8", "First names only", True),
    ("T9", "No personal matters", True),
    ("T10", "Private matters by private message", True),
    ("T12", "Share only with permission", True),
    ("T13", "Nothing goes on personal social media", True),
    ("P1", "Using it means accepting the policy", False),
    ("P4", "Codes for guardians only, two adults a child", True),
    ("P6", "A reply within a working day", False),
    ("P7", "What goes through the office", True),
    ("P8", "Permission by consent form", False),
    ("P9", "Families do not share on social media", True),
    ("P10", "No personal matters", True),
    ("P12", "Not for comparing pupils' work", True),
    ("P13", "The number of posts varies", False),
    ("M1", "Senior leaders look at the pages", False),
    ("M2", "The headteacher decides on breaches", True),
    ("K1", "Signs of harm go to the safeguarding lead at once", True),
)
_CLAUSE_OF = {
    Check.SURNAME: "T8",
    Check.INITIAL: "T8",
    Check.NO_PERMISSION: "T12",
    Check.SENSITIVE: "T10",
    Check.CONTACT: "T10",
    Check.PERSONAL: "P10",
    Check.OFFICE: "P7",
    Check.ABUSE: "M2",
    Check.HOURS: "T1",
    Check.COMPARE: "P12",
    Check.RESHARE: "P9",
    Check.OUTSIDER: "P4",
    Check.SAFEGUARDING: "K1",
    Check.POINTS_REMOVED: "H8",
}


def facts(school: str = "Larkfield Primary School") -> Facts:
    """Facts about an invented school."""
    return Facts(
        school=school,
        classes=CLASSES,
        pupils=208,
        policy="Policy version 3, in force since Tue 1 Sep 2026",
        generated_at=datetime(2026, 11, 23, 15, 36, tzinfo=UTC),
        generated_by="Mrs Holt, headteacher",
        audit_head="3fa94c07d1b86e25" * 4,
    )


def sample_data(seed: int = 7) -> MonitoringData:
    """A full term in an invented school."""
    dice = random.Random(seed)
    weeks = [week for week in AUTUMN.weeks() if week <= date(2026, 11, 23)]
    return MonitoringData(
        period=AUTUMN,
        facts=facts(),
        clauses=tuple(ClauseLine(*line) for line in _CLAUSES),
        items=tuple(_items(dice, weeks)),
        findings=tuple(_findings(dice)),
        office=tuple(
            OfficeCount(topic, found, found - 2, found - 4)
            for topic, found in (("absence", 31), ("sickness", 24), ("dinners", 9), ("urgent", 12), ("progress", 7))
        ),
        referrals=(Referral(6, True), Referral(14, True), Referral(95, False)),
        threads=tuple(_threads(dice)),
        hours=tuple(HoursCount(name, dice.randrange(12, 90), dice.randrange(0, 9)) for name in CLASSES),
        cases=(
            CaseCount("Open", None, 2),
            CaseCount("Closed", "Advice", 3),
            CaseCount("Closed", "Written warning", 1),
            CaseCount("Suspended", "Suspension", 1),
        ),
        permissions=tuple(_permissions(dice)),
        gaps=tuple(ClassGap(name, 26, dice.randrange(0, 7)) for name in CLASSES),
        people=_people(),
        points=tuple(
            PointsCount(way, name, dice.randrange(40, 260), dice.randrange(40, 260), int(dice.random() < 0.06))
            for way in _WAYS
            for name in CLASSES
        ),
        samples=tuple(SampleCount(name, 2, dice.randrange(0, 3), dice.randrange(0, 2), 24) for name in CLASSES),
    )


def empty_data() -> MonitoringData:
    """A period for which nothing is on record, in a school without pupils."""
    return MonitoringData(
        period=replace(AUTUMN, name=""),
        facts=replace(facts(), classes=(), pupils=0),
        clauses=(),
        items=(),
        findings=(),
        office=(),
        referrals=(),
        threads=(),
        hours=(),
        cases=(),
        permissions=(),
        gaps=(),
        people=People(0, 0, 0, 0, 0, 0, (), 0, 0),
        points=(),
        samples=(),
    )


class Answers:
    """Reads that answer with the rows of given data."""

    def __init__(self, data: MonitoringData) -> None:
        self.data = data
        self.asked: list[Period] = []

    def facts(self) -> Facts:
        """As given."""
        return self.data.facts

    def clauses(self) -> Sequence[ClauseLine]:
        """As given."""
        return list(self.data.clauses)

    def items(self, period: Period) -> Sequence[ItemCount]:
        """As given; the period is noted."""
        self.asked.append(period)
        return list(self.data.items)

    def findings(self, period: Period) -> Sequence[FindingCount]:
        """As given."""
        return self.data.findings

    def office(self, period: Period) -> Sequence[OfficeCount]:
        """As given."""
        return self.data.office

    def referrals(self, period: Period) -> Sequence[Referral]:
        """As given."""
        return self.data.referrals

    def threads(self, period: Period) -> Sequence[Thread]:
        """As given."""
        return self.data.threads

    def hours(self, period: Period) -> Sequence[HoursCount]:
        """As given."""
        return self.data.hours

    def cases(self, period: Period) -> Sequence[CaseCount]:
        """As given."""
        return self.data.cases

    def permissions(self) -> Sequence[PermissionCount]:
        """As given."""
        return self.data.permissions

    def gaps(self) -> Sequence[ClassGap]:
        """As given."""
        return self.data.gaps

    def people(self) -> People:
        """As given."""
        return self.data.people

    def points(self, period: Period) -> Sequence[PointsCount]:
        """As given."""
        return self.data.points

    def samples(self, period: Period) -> Sequence[SampleCount]:
        """As given."""
        return self.data.samples


def _items(dice: random.Random, weeks: list[date]) -> list[ItemCount]:
    rows = []
    for week in weeks:
        if week == date(2026, 10, 26):
            continue
        for name in CLASSES:
            for kind, most in ((Kind.CLASS_STORY, 7), (Kind.COMMENT, 6), (Kind.MESSAGE, 9), (Kind.PORTFOLIO, 4)):
                items = dice.randrange(0, most)
                if items:
                    rows.append(ItemCount(week, name, kind, items, dice.randrange(0, items + 1)))
            rows.append(ItemCount(week, name, Kind.POINTS, dice.randrange(20, 80), 0))
        rows.append(ItemCount(week, None, Kind.SCHOOL_STORY, dice.randrange(1, 5), 1))
    return rows


def _findings(dice: random.Random) -> list[FindingCount]:
    rows = []
    for check, clause in _CLAUSE_OF.items():
        for name in (*CLASSES, None):
            for verdict in Verdict:
                if dice.random() < 0.28:
                    rows.append(FindingCount(check, clause, name, verdict, dice.randrange(1, 4)))
    return rows


def _threads(dice: random.Random) -> list[Thread]:
    states = (
        [ReplyState.IN_TIME] * 12
        + [ReplyState.LATE] * 2
        + [ReplyState.OVERDUE, ReplyState.RUNNING, ReplyState.OTHERWISE]
    )
    rows = []
    for name in CLASSES:
        for _ in range(dice.randrange(9, 34)):
            state = dice.choice(states)
            hours = None
            if state is ReplyState.IN_TIME:
                hours = round(dice.uniform(0.2, 9), 2)
            elif state is ReplyState.LATE:
                hours = round(dice.uniform(9.5, 30), 2)
            rows.append(Thread(name, state, hours))
    return rows


def _permissions(dice: random.Random) -> list[PermissionCount]:
    rows = []
    for name in CLASSES:
        for kind in ("photograph", "recording", "work_sample"):
            figures = (0, dice.randrange(0, 3), dice.randrange(0, 2), dice.randrange(0, 4), dice.randrange(0, 2))
            given = 26 - sum(figures)
            for state, pupils in zip(PermissionState, (given, *figures[1:]), strict=True):
                rows.append(PermissionCount(name, kind, state, pupils))
    return rows


def _people() -> People:
    links = (
        LinkCount(LinkState.LINKED, 301),
        LinkCount(LinkState.INVITED, 38),
        LinkCount(LinkState.SUSPENDED, 1),
        LinkCount(LinkState.REMOVED, 12),
    )
    return People(352, 289, 17, 4, 9, 3, links, 21, 2, 168, 11)
