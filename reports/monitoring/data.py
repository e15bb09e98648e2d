"""The figures of the monitoring report, frozen as they were when it was gathered.

Nothing here names a child, a guardian or a member of staff. Classes stand in the school's own order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from app.domain.checks.finding import Check
from app.domain.checks.register import LinkState, PermissionState
from app.domain.content import Kind
from reports.period import Period


@dataclass(frozen=True, slots=True)
class Facts:
    """Which school, which policy, how many people, and who makes the report when.

    `policy` is the version in words ("Policy version 3, in force since Tue 1 Sep 2026"). `generated_at` is the
    school's own time. `audit_head` is the hash of the audit's last entry. `open_hours` and `reply_target` are the
    policy's own figures in words, because a school may change them (T1, P6).
    """

    school: str
    classes: tuple[str, ...]
    pupils: int
    policy: str
    generated_at: datetime
    generated_by: str
    audit_head: str
    open_hours: str = "08:00 to 17:00, Monday to Friday"
    reply_target: str = "24 hours on working days"
    destroyed: str = ""
    """What was destroyed of these days under the retention schedule, in a sentence; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause of the policy in force: its id, what it is about in a few words, and whether a check tests for it."""

    code: str
    heading: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class ItemCount:
    """Items of one kind in one class and one week. `week` is its Monday; `class_name` is None for no class.

    `pictures` counts the items among them that carry a photograph, a video or a work sample.
    """

    week: date
    class_name: str | None
    kind: Kind
    items: int
    pictures: int


class Verdict(StrEnum):
    """What was judged of a finding, or that nobody has yet."""

    UPHELD = "upheld"
    ADVICE = "advice"
    FALSE_ALARM = "false_alarm"
    WAITING = "waiting"

    @property
    def words(self) -> str:
        """How it is named in a report."""
        return {"upheld": "Upheld", "advice": "Advice given", "false_alarm": "False alarm", "waiting": "Waiting"}[self]


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Findings of one check under one clause in one class that share a verdict. Lapsed findings are not counted."""

    check: Check
    clause: str
    class_name: str | None
    verdict: Verdict
    findings: int


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """Matters of one topic that belong to the office: how often found, how many referred, how many done (T5, P7)."""

    topic: str
    found: int
    referred: int
    done: int


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral to the safeguarding lead (K1): minutes from the finding to the referral, None where not known.

    `received` says whether the lead has confirmed it.
    """

    minutes: float | None
    received: bool


class ReplyState(StrEnum):
    """How a thread that needs a reply stands against the target (P6)."""

    IN_TIME = "in time"
    LATE = "late"
    OVERDUE = "overdue"
    RUNNING = "running"
    OTHERWISE = "otherwise"
    """Closed as answered by telephone, at a meeting or by the office (T3, T4)."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread that needs a reply: its class, how it stands, and the working hours until the first reply."""

    class_name: str | None
    state: ReplyState
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class HoursCount:
    """What staff sent in messages and comments from one class, and how much of it outside the hours (T1, P5)."""

    class_name: str | None
    sent: int
    outside: int


@dataclass(frozen=True, slots=True)
class CaseCount:
    """Cases that were open in the period and share a status and an outcome (M2).

    `status` and `outcome` are words as they stand on screen ("Open", "Written warning"); no outcome yet is None.
    """

    status: str
    outcome: str | None
    cases: int


@dataclass(frozen=True, slots=True)
class PermissionCount:
    """Pupils of one class who stand alike for one kind of media ("photograph"), on the day of the report (P8)."""

    class_name: str | None
    kind: str
    state: PermissionState
    pupils: int


@dataclass(frozen=True, slots=True)
class ClassGap:
    """Pupils of one class, and those among them with at least one kind undecided or in conflict (P8)."""

    class_name: str | None
    pupils: int
    with_gap: int


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Links of guardians to pupils that share a state (P4)."""

    state: LinkState
    links: int


@dataclass(frozen=True, slots=True)
class People:
    """Who has joined and accepted, on the day of the report.

    Guardians and staff are counted once each. `linked` are guardians with at least one link in force; the two
    `without` figures count among them (P1, H4). `uncovered` are pupils with no linked adult (H7). `staff_silent`
    are staff without acceptance of the policy in force (M3); `sheets_due` and `sheets_missing` count class sheets to be
    acknowledged and not acknowledged yet (T11).
    """

    guardians: int
    linked: int
    without_acceptance: int
    without_processing: int
    uncovered: int
    exceptions: int
    links: tuple[LinkCount, ...]
    staff: int
    staff_silent: int
    sheets_due: int = 0
    sheets_missing: int = 0


@dataclass(frozen=True, slots=True)
class PointsCount:
    """Points for one School Way in one class (H8). `removals` counts awards below zero."""

    way: str
    class_name: str | None
    awards: int
    points: float
    removals: int


@dataclass(frozen=True, slots=True)
class SampleCount:
    """Planned looks of senior leaders at one class's page (M1). `seen` counts items looked at."""

    class_name: str | None
    planned: int
    done: int
    overdue: int
    seen: int


class MonitoringReads(Protocol):
    """What the report asks of the records. Each method gives frozen rows; a count of nothing may be left out."""

    def facts(self) -> Facts:
        """The school, and who makes the report when."""

    def clauses(self) -> Sequence[ClauseLine]:
        """The clauses of the policy in force, in order."""

    def items(self, period: Period) -> Sequence[ItemCount]:
        """What was brought in, by the day it was sent."""

    def findings(self, period: Period) -> Sequence[FindingCount]:
        """Findings on items sent in the period."""

    def office(self, period: Period) -> Sequence[OfficeCount]:
        """Office matters by topic, on items sent in the period."""

    def referrals(self, period: Period) -> Sequence[Referral]:
        """Referrals to the safeguarding lead made in the period."""

    def threads(self, period: Period) -> Sequence[Thread]:
        """Threads whose first unanswered message was sent in the period."""

    def hours(self, period: Period) -> Sequence[HoursCount]:
        """Staff messages and comments sent in the period."""

    def cases(self, period: Period) -> Sequence[CaseCount]:
        """Cases opened in the period, or open at its beginning."""

    def permissions(self) -> Sequence[PermissionCount]:
        """How permissions stand now."""

    def gaps(self) -> Sequence[ClassGap]:
        """Pupils with something undecided or in conflict now."""

    def people(self) -> People:
        """Who has joined and accepted, now."""

    def points(self, period: Period) -> Sequence[PointsCount]:
        """Points awarded in the period."""

    def samples(self, period: Period) -> Sequence[SampleCount]:
        """Planned looks that were due in the period."""


@dataclass(frozen=True, slots=True)
class MonitoringData:
    """Everything that the monitoring report says, in figures."""

    period: Period
    facts: Facts
    clauses: tuple[ClauseLine, ...]
    items: tuple[ItemCount, ...]
    findings: tuple[FindingCount, ...]
    office: tuple[OfficeCount, ...]
    referrals: tuple[Referral, ...]
    threads: tuple[Thread, ...]
    hours: tuple[HoursCount, ...]
    cases: tuple[CaseCount, ...]
    permissions: tuple[PermissionCount, ...]
    gaps: tuple[ClassGap, ...]
    people: People
    points: tuple[PointsCount, ...]
    samples: tuple[SampleCount, ...]


def gather(reads: MonitoringReads, period: Period) -> MonitoringData:
    """The report's figures as the records stand now."""
    return MonitoringData(
        period=period,
        facts=reads.facts(),
        clauses=tuple(reads.clauses()),
        items=tuple(reads.items(period)),
        findings=tuple(reads.findings(period)),
        office=tuple(reads.office(period)),
        referrals=tuple(reads.referrals(period)),
        threads=tuple(reads.threads(period)),
        hours=tuple(reads.hours(period)),
        cases=tuple(reads.cases(period)),
        permissions=tuple(reads.permissions()),
        gaps=tuple(reads.gaps()),
        people=reads.people(),
        points=tuple(reads.points(period)),
        samples=tuple(reads.samples(period)),
    )
