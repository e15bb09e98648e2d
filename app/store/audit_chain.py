"""Writing and checking the audit's chain in the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.audit import GENESIS, Entry, first_broken, written
from app.store.tables.audit import AuditRow


def append(
    session: Session,
    *,
    at: datetime,
    actor_id: int | None,
    actor_role: str,
    verb: str,
    subject: str,
    outcome: str,
    detail: Mapping[str, object],
) -> Entry:
    """Add one entry at the chain's end, in the caller's transaction."""
    last = session.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    entry = Entry(seq, at, actor_id, actor_role, verb, subject, outcome, written(detail), prev)
    session.execute(
        insert(AuditRow).values(
            seq=seq,
            at=at,
            actor_id=actor_id,
            actor_role=actor_role,
            verb=verb,
            subject=subject,
            outcome=outcome,
            detail=entry.detail,
            prev=prev,
            hash=entry.hash,
        )
    )
    return entry


def head(session: Session) -> str:
    """The hash at the chain's end: printed in reports, so that later tampering shows."""
    return session.scalar(select(AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)) or GENESIS


def broken_at(session: Session) -> int | None:
    """The number of the first entry that was tampered with; None where the chain holds."""
    return first_broken(_entries(session))


def _entries(session: Session) -> Iterator[tuple[Entry, str]]:
    rows = session.execute(select(AuditRow.__table__).order_by(AuditRow.seq)).yield_per(2_000)
    for row in rows:
        yield (
            Entry(
                row.seq,
                row.at,
                row.actor_id,
                row.actor_role,
                row.verb,
                row.subject,
                row.outcome,
                row.detail,
                row.prev,
            ),
            row.hash,
        )
