"""Reading the audit, newest first, a page at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.tables.accounts import AccountRow
from app.store.tables.audit import AuditRow


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One line of the audit as the headteacher reads it."""

    seq: int
    at: datetime
    who: str
    role: str
    verb: str
    subject: str
    outcome: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What the page shows. `before` is the number of the line it starts under."""

    area: str = ""
    refused_only: bool = False
    actor_id: int | None = None
    before: int | None = None
    size: int = 200


def activity_lines(session: Session, wanted: ActivityFilter) -> tuple[ActivityLine, ...]:
    """By keyset, so that a page deep down is as fast as the first."""
    line = AuditRow
    query = select(
        line.seq, line.at, AccountRow.name, line.actor_role, line.verb, line.subject, line.outcome, line.detail
    ).outerjoin(AccountRow, AccountRow.id == line.actor_id)
    if wanted.area:
        query = query.where(line.verb.startswith(f"{wanted.area}.", autoescape=True))
    if wanted.refused_only:
        query = query.where(line.outcome == "refused")
    if wanted.actor_id is not None:
        query = query.where(line.actor_id == wanted.actor_id)
    if wanted.before is not None:
        query = query.where(line.seq < wanted.before)
    rows = session.execute(query.order_by(line.seq.desc()).limit(wanted.size))
    return tuple(
        ActivityLine(seq, at, name or "Nobody", role, verb, subject, outcome, _told(detail))
        for seq, at, name, role, verb, subject, outcome, detail in rows
    )


def _told(detail: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in json.loads(detail).items())


def activity_count(session: Session) -> int:
    """How many lines the audit has."""
    return session.scalar(select(func.count()).select_from(AuditRow)) or 0
