"""A page of the record of activity deep down: by the key of the page before, beside OFFSET."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.bench.race import Race, Result, Runner, Watch, peer_module
from app.bench.school import found, scratch_database, scratch_folder
from app.store.reads.activity import ActivityFilter, activity_lines
from app.store.tables.accounts import AccountRow
from app.store.tables.audit import AuditRow

LINES, PAGE = 1_000_000, 200
GOAL = 100.0
_FILL = (
    "WITH RECURSIVE n(i) AS (SELECT (SELECT coalesce(max(seq), 0) FROM audit) + 1 UNION ALL SELECT i + 1 FROM n "
    "LIMIT ?) INSERT INTO audit SELECT i, '2026-11-23 09:30:00.000000', 1, 'headteacher', 'items.checked', "
    "'item:' || i, 'done', '{\"new\":1}', hex(zeroblob(32)), hex(zeroblob(32)) FROM n"
)


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """The page half-way down a million lines."""
    lines = max(2 * PAGE, round(LINES * scale))
    with scratch_folder() as folder, scratch_database(folder) as database:
        found(database)
        with database.writing() as session:
            session.connection().exec_driver_sql(_FILL, (lines,))
        with database.reading() as session:
            activity_lines(session, ActivityFilter(size=PAGE))
            own, other = Race(
                _by_key(session, lines // 2), _by_offset(session, lines // 2), names=("Schoolgate, by key", "OFFSET")
            ).run(rounds + 2)
    yield Result("page", f"{PAGE} lines at depth {lines // 2:,}", own, other, GOAL)


def _by_key(session: Any, depth: int) -> Runner:
    newest = session.connection().exec_driver_sql("SELECT max(seq) FROM audit").scalar_one()

    def run(watch: Watch) -> None:
        with watch.running():
            page = activity_lines(session, ActivityFilter(before=newest - depth + 1, size=PAGE))
        assert page[0].seq == newest - depth

    return run


def _by_offset(session: Any, depth: int) -> Runner:
    """The same rows and columns, counted off from the top."""
    select = peer_module("sqlalchemy").select
    query = (
        select(AuditRow, AccountRow.name)
        .outerjoin(AccountRow, AccountRow.id == AuditRow.actor_id)
        .order_by(AuditRow.seq.desc())
        .offset(depth)
        .limit(PAGE)
    )

    def run(watch: Watch) -> None:
        session.expunge_all()
        with watch.running():
            page = session.execute(query).all()
        assert len(page) == PAGE

    return run
