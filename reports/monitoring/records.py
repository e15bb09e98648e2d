"""The monitoring report's figures as the school's records give them, read at one moment."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.checks.finding import Check
from app.domain.checks.register import LinkState
from app.services.office import Office
from app.services.reporting import MonitoringOf, MonitoringRows
from reports.kit.numbers import day
from reports.monitoring.data import (
    CaseCount,
    ClassGap,
    ClauseLine,
    Facts,
    FindingCount,
    HoursCount,
    ItemCount,
    LinkCount,
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

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STATE = {
    "in_time": ReplyState.IN_TIME,
    "late": ReplyState.LATE,
    "overdue": ReplyState.OVERDUE,
    "running": ReplyState.RUNNING,
    "otherwise": ReplyState.OTHERWISE,
}


class Records:
    """Answers what the report asks from the store, through the office's door."""

    def __init__(self, office: Office, period: Period) -> None:
        self._rows: MonitoringRows = office.ask(MonitoringOf(period.first, period.last))

    def facts(self) -> Facts:
        """The school, and who makes the report when."""
        school = self._rows.school
        version = "No policy is recorded"
        if school.policy is not None:
            number, since = school.policy
            version = f"Policy version {number}, in force since {day(since)}"
        return Facts(
            school=school.name,
            classes=school.classes,
            pupils=school.pupils,
            policy=version,
            generated_at=school.at,
            generated_by=school.by,
            audit_head=school.audit_head,
            open_hours=f"{school.opens:%H:%M} to {school.closes:%H:%M}, {_open_days(school.days)}",
            reply_target=f"{school.reply_hours} hours on working days",
            destroyed=school.destroyed,
        )

    def clauses(self) -> Sequence[ClauseLine]:
        """The clauses of the policy in force, in order."""
        return [ClauseLine(*row) for row in self._rows.clauses]

    def items(self, period: Period) -> Sequence[ItemCount]:
        """What was brought in, by the day it was sent."""
        return [ItemCount(*row) for row in self._rows.items]

    def findings(self, period: Period) -> Sequence[FindingCount]:
        """Findings on items sent in the period."""
        return [
            FindingCount(Check(check), clause, name, Verdict.WAITING if state == "open" else Verdict(state), count)
            for check, clause, name, state, count in self._rows.findings
        ]

    def office(self, period: Period) -> Sequence[OfficeCount]:
        """Office matters by topic, on items sent in the period."""
        return [OfficeCount(*row) for row in self._rows.office]

    def referrals(self, period: Period) -> Sequence[Referral]:
        """Referrals to the safeguarding lead made in the period."""
        return [Referral(*row) for row in self._rows.referrals]

    def threads(self, period: Period) -> Sequence[Thread]:
        """Threads whose first unanswered message was sent in the period."""
        return [
            Thread(name, _STATE[wait.state], wait.taken.total_seconds() / 3600 if wait.taken is not None else None)
            for name, wait in self._rows.waits
        ]

    def hours(self, period: Period) -> Sequence[HoursCount]:
        """Staff messages and comments sent in the period."""
        return [HoursCount(*row) for row in self._rows.hours]

    def cases(self, period: Period) -> Sequence[CaseCount]:
        """Cases opened in the period, or open at its beginning."""
        return [CaseCount(*row) for row in self._rows.cases]

    def permissions(self) -> Sequence[PermissionCount]:
        """How permissions stand now."""
        return [PermissionCount(*row) for row in self._rows.permissions]

    def gaps(self) -> Sequence[ClassGap]:
        """Pupils with something undecided or in conflict now."""
        return [ClassGap(*row) for row in self._rows.gaps]

    def people(self) -> People:
        """Who has joined and accepted, now."""
        known = set(LinkState)
        links = tuple(LinkCount(LinkState(state), count) for state, count in self._rows.links if state in known)
        return People(links=links, **self._rows.people)

    def points(self, period: Period) -> Sequence[PointsCount]:
        """Points awarded in the period."""
        return [PointsCount(*row) for row in self._rows.points]

    def samples(self, period: Period) -> Sequence[SampleCount]:
        """Planned looks that were due in the period."""
        return [SampleCount(*row) for row in self._rows.samples]


def _open_days(days: frozenset[int]) -> str:
    ordered = sorted(days)
    if ordered and ordered == list(range(ordered[0], ordered[-1] + 1)) and len(ordered) > 1:
        return f"{_DAYS[ordered[0]]} to {_DAYS[ordered[-1]]}"
    return ", ".join(_DAYS[day] for day in ordered)
