"""What a new school starts with: the policy's clauses, School Ways, the suggested retention schedule."""

from __future__ import annotations

import tomllib
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.days import a_year_on
from app.domain.retention import Kept, keep_words
from app.resources import text_of
from app.store.tables.monitoring import RetentionRow
from app.store.tables.policy import ClauseRow, PolicyVersionRow
from app.store.tables.school import SchoolWayRow, YearRow


def lay_foundations(session: Session, now: datetime, signed_by: int) -> None:
    """Enter version 1 of the policy with every clause, the School Ways, the school year, the retention schedule."""
    today = now.date()
    year = school_year_of(today)
    session.add(year)
    version = PolicyVersionRow(
        number=1, adopted_on=today, review_due=a_year_on(today), signed_by=signed_by, signed_at=now
    )
    session.add(version)
    session.flush()
    for place, said in enumerate(tomllib.loads(text_of("policy", "clauses.toml"))["clause"], start=1):
        session.add(ClauseRow(version_id=version.id, position=place, **said))
    start = tomllib.loads(text_of("policy", "school.toml"))
    for place, name in enumerate(start["ways"], start=1):
        session.add(SchoolWayRow(name=name, position=place))
    for line in start["retention"]:
        kind, months = Kept(line["kind"]), line.get("months")
        session.add(RetentionRow(**line, keep=keep_words(kind, months or 0)))


def school_year_of(day: date) -> YearRow:
    """The school year that a day lies in, 1 September to 31 August."""
    first = day.year if day.month >= 9 else day.year - 1
    return YearRow(name=f"{first}/{(first + 1) % 100:02}", starts=date(first, 9, 1), ends=date(first + 1, 8, 31))
