"""Writing and checking the audit's chain in the database, in SQLite's own words where that is far quicker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.audit import GENESIS, Entry, first_broken, written
from app.store.tables.audit import AuditRow

_AT_A_TIME = 2_000
_LAST = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"
_ADD = (
    "INSERT INTO audit (seq, at, actor_id, actor_role, verb, subject, outcome, detail, prev, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_WRITTEN_OUT = (
    "SELECT seq, prev, hash, json_array(seq, replace(at, ' ', 'T') || '+00:00', actor_id, actor_role, verb, subject, "
    "outcome, detail, prev) FROM audit ORDER BY seq"
)
"""What each hash covers (`Entry.hash`), written by SQLite, which keeps a moment as 2026-11-23 09:30:00.000000."""


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
    # The driver's own cursor: a line is written with every command, and by the hundred thousand at once.
    cursor = session.connection().connection.cursor()
    last = cursor.execute(_LAST).fetchone()
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    entry = Entry(seq, at, actor_id, actor_role, verb, subject, outcome, written(detail), prev)
    kept_at = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    values = (seq, kept_at, actor_id, actor_role, verb, subject, outcome, entry.detail, prev, entry.hash)
    cursor.execute(_ADD, values)
    cursor.close()
    return entry


def head(session: Session) -> str:
    """The hash at the chain's end: printed in reports, so that later tampering shows."""
    return session.scalar(select(AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1)) or GENESIS


def broken_at(session: Session) -> int | None:
    """The number of the first entry that was tampered with; None where the chain holds.

    The database writes out what each hash covers, as `Entry` does, which is several times as quick. Before an entry is
    said to be broken, all are judged by the rule itself, so that a way of writing is never called a fault.
    """
    prev, expected = GENESIS, 1
    cursor = session.connection().connection.cursor()
    cursor.execute(_WRITTEN_OUT)
    while rows := cursor.fetchmany(_AT_A_TIME):
        for seq, before, kept, line in rows:
            if seq != expected or before != prev or sha256(line.encode()).hexdigest() != kept:
                return first_broken(_entries(session))
            prev, expected = kept, expected + 1
    return None


def _entries(session: Session) -> Iterator[tuple[Entry, str]]:
    rows = session.execute(select(AuditRow.__table__).order_by(AuditRow.seq)).yield_per(_AT_A_TIME)
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
