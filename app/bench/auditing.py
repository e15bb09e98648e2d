"""The audit: a line in a transaction of its own, a hundred lines in one, and the whole chain verified (H5).

The peer adds a mapped object and commits. For verifying, the peer is a bare loop of SHA-256 over lines that are in
memory already, which nothing that reads a database can reach: the goal there says how near.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from app.bench.race import Race, Result, Runner, Watch, peer_module
from app.bench.school import NOW, found, scratch_database, scratch_folder
from app.store.audit_chain import append, broken_at
from app.store.database import Database
from app.store.tables.audit import AuditRow

DURABLE, HUNDREDS, VERIFIED = 400, 100, 20_000
DURABLE_GOAL, HUNDREDS_GOAL, VERIFY_GOAL = 1.4, 15.0, 0.25
_ORM = "SQLAlchemy ORM, add and commit"


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """Three lines: durable, by the hundred, verified."""
    single, hundreds = max(10, round(DURABLE * scale)), max(1, round(HUNDREDS * scale))
    with scratch_folder() as folder, scratch_database(folder) as mine, scratch_database(folder, "peer.db") as theirs:
        found(mine)
        found(theirs)
        many = 100 * hundreds
        own, other = Race(_in_ones(mine, single), _by_orm(theirs, single), single, single, ("Schoolgate", _ORM)).run(
            rounds
        )
        yield Result("audit", f"append, durable, {single:,} lines", own, other, DURABLE_GOAL)
        race = Race(_in_hundreds(mine, hundreds), _by_orm(theirs, single), many, single, ("Schoolgate", _ORM))
        own, other = race.run(rounds)
        yield Result("audit", f"append, 100 to a commit, {many:,} lines", own, other, HUNDREDS_GOAL)
        yield _verified(mine, max(100, round(VERIFIED * scale)), rounds)


def _line(session: Any, number: int) -> None:
    append(
        session, at=NOW, actor_id=1, actor_role="headteacher", verb="items.checked", subject=f"item:{number}",
        outcome="done", detail={"new": number},
    )  # fmt: skip


def _in_ones(database: Database, count: int) -> Runner:
    def run(watch: Watch) -> None:
        with watch.running():
            for number in range(count):
                with database.writing() as session:
                    _line(session, number)

    return run


def _in_hundreds(database: Database, hundreds: int) -> Runner:
    def run(watch: Watch) -> None:
        with watch.running():
            for _ in range(hundreds):
                with database.writing() as session:
                    for number in range(100):
                        _line(session, number)

    return run


@cache
def _model() -> Any:
    orm = peer_module("sqlalchemy.orm")
    base = orm.declarative_base()
    source: Any = AuditRow.__table__
    table = source.to_metadata(base.metadata)
    account = peer_module("sqlalchemy")
    account.Table("account", base.metadata, account.Column("id", account.Integer, primary_key=True))
    return type("Audit", (base,), {"__table__": table})


def _by_orm(database: Database, count: int) -> Runner:
    """A line at a time, chained as ours is: the last one is asked for, hashed with, and a new object committed."""
    model, select = _model(), peer_module("sqlalchemy").select

    def run(watch: Watch) -> None:
        with watch.running():
            for number in range(count):
                with database.writing() as session:
                    last = session.scalars(select(model).order_by(model.seq.desc()).limit(1)).first()
                    values = {
                        "seq": last.seq + 1 if last else 1, "at": NOW, "actor_id": 1, "actor_role": "headteacher",
                        "verb": "items.checked", "subject": f"item:{number}", "outcome": "done",
                        "detail": f'{{"new":{number}}}', "prev": last.hash if last else "0" * 64,
                    }  # fmt: skip
                    digest = hashlib.sha256(repr(values).encode()).hexdigest()
                    session.add(model(**values, hash=digest))

    return run


def _verified(database: Database, count: int, rounds: int) -> Result:
    with database.writing() as session:
        for number in range(count):
            _line(session, number)
    with database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM audit ORDER BY seq").fetchall()
    lines = [tuple(row) for row in rows]

    def ours(watch: Watch) -> None:
        with database.reading() as session, watch.running():
            broken = broken_at(session)
        assert broken is None

    def bare() -> int:
        return sum(hashlib.sha256(repr(line[:-1]).encode()).hexdigest() != line[-1] for line in lines)

    race = Race(ours, _timed(bare), len(rows), len(rows), ("Schoolgate", "bare SHA-256 loop over lines in memory"))
    own, other = race.run(rounds)
    return Result("audit", f"verify, {len(rows):,} lines", own, other, VERIFY_GOAL)


def _timed(work: Callable[[], object]) -> Runner:
    def run(watch: Watch) -> None:
        with watch.running():
            work()

    return run
