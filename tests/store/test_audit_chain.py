"""The audit's chain as the database writes it out is the chain as the rule has it, whatever the words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.audit import Entry, first_broken
from app.store import audit_chain
from app.store.audit_chain import append, broken_at, head
from app.store.database import Database
from app.store.tables.audit import AuditRow
from tests.conftest import NOW

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - the zone is drawn
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=1))]),
)
LINES = st.lists(st.tuples(MOMENTS, WORDS, WORDS, st.one_of(st.none(), st.integers(1, 99))), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(lines=LINES)
def test_any_words_are_chained_as_the_rule_has_it(lines: list[tuple[datetime, str, str, int | None]]) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    from app.store.database import open_in_memory

    database = open_in_memory(sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None))
    AuditRow.metadata.tables["audit"].create(database.engine)
    with database.writing() as session:
        for at, words, more, actor in lines:
            append(
                session, at=at, actor_id=actor, actor_role="slt", verb="items.checked", subject=words[:80],
                outcome="done", detail={"words": more, "n": 1.5},
            )  # fmt: skip
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
        chain = [
            (Entry(r.seq, r.at, r.actor_id, r.actor_role, r.verb, r.subject, r.outcome, r.detail, r.prev), r.hash)
            for r in rows
        ]
        assert [row.at for row in rows] == [at for at, _, _, _ in lines]
        assert first_broken(chain) is None
        assert broken_at(session) is None
        assert head(session) == rows[-1].hash
    database.engine.dispose()


@pytest.mark.parametrize("column", ["detail", "subject", "at", "actor_id", "prev", "hash"])
def test_any_change_to_a_line_is_found_at_that_line(database: Database, column: str) -> None:
    with database.writing() as session:
        first = head(session)
        for number in range(5):
            append(
                session, at=NOW, actor_id=1, actor_role="slt", verb="items.checked", subject=f"item:{number}",
                outcome="done", detail={"new": number},
            )  # fmt: skip
        assert head(session) != first
        last = session.scalars(select(AuditRow.seq).order_by(AuditRow.seq.desc()).limit(1)).one()
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql(f"UPDATE audit SET {column} = '7' WHERE seq = ?", (last - 2,))
    with database.reading() as session:
        if column == "at":
            connection = session.connection()
            connection.exec_driver_sql("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = ?", (last - 2,))
        assert broken_at(session) == last - 2


def test_what_only_reads_otherwise_is_no_fault(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.writing() as session:
        append(
            session, at=NOW, actor_id=1, actor_role="slt", verb="items.checked", subject="item:1",
            outcome="done", detail={},
        )  # fmt: skip
    monkeypatch.setattr(audit_chain, "_WRITTEN_OUT", "SELECT seq, prev, hash, 'otherwise' FROM audit ORDER BY seq")
    with database.reading() as session:
        assert broken_at(session) is None
