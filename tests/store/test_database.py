"""The database: encrypted, all or nothing, one writer at a time, and in the shape that the code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DatabaseError

from app.domain.problems import NotSignedIn, Problem
from app.store.database import Database, open_encrypted
from app.store.migrate import migrate, newest, standing
from app.store.seam import cipher_faults, integrity_faults
from app.store.tables import Base
from app.store.tables.school import ClassRow


def test_nothing_in_the_file_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "school.db"
    database = open_encrypted(file, b"k" * 32)
    migrate(database)
    with database.writing() as session:
        session.add(ClassRow(name="Zebrawood"))
    database.close()
    raw = b"".join(place.read_bytes() for place in tmp_path.iterdir())
    assert b"Zebrawood" not in raw
    assert b"SQLite format" not in raw
    assert b"CREATE TABLE" not in raw


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    file = tmp_path / "school.db"
    database = open_encrypted(file, b"k" * 32)
    migrate(database)
    database.close()
    with pytest.raises(NotSignedIn):
        open_encrypted(file, b"x" * 32)


def test_a_failure_leaves_nothing_half_done(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add(ClassRow(name="Willow"))
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ClassRow)) == 0


def test_a_reader_changes_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(ClassRow(name="Willow"))
        session.flush()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ClassRow)) == 0


def test_migrations_make_just_what_the_tables_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert standing(connection) == newest()
        assert compare_metadata(_of_ours(connection), Base.metadata) == []


def _of_ours(connection: Connection) -> MigrationContext:
    """The full-text index keeps tables of its own, which no table of ours describes."""

    def include(name: str | None, kind: str, parents: object) -> bool:
        del parents
        return kind != "table" or not str(name).startswith("item_word")

    return MigrationContext.configure(connection, opts={"include_name": include})


def test_migrating_twice_does_nothing(database: Database) -> None:
    assert migrate(database) is False


def test_a_newer_database_is_refused(database: Database) -> None:
    with database.engine.execution_options(schoolgate_write=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Problem, match="newer Schoolgate"):
        migrate(database)


@pytest.mark.parametrize("table", ["audit", "case_event", "case_evidence"])
def test_growing_tables_cannot_be_changed_from_below(database: Database, table: str) -> None:
    with database.engine.connect() as connection:
        triggers = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"), {"t": table}
        ).scalars()
        assert set(triggers) == {f"{table}_no_update", f"{table}_no_delete"}


def test_a_sound_database_has_no_faults(tmp_path: Path) -> None:
    file = tmp_path / "school.db"
    database = open_encrypted(file, b"k" * 32)
    migrate(database)
    with database.engine.connect() as connection:
        assert integrity_faults(connection) == []
        assert cipher_faults(connection) == []
    database.close()
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 255
    file.write_bytes(raw)
    with pytest.raises((NotSignedIn, DatabaseError)):
        _faults(file)


def _faults(file: Path) -> None:
    database = open_encrypted(file, b"k" * 32)
    try:
        with database.engine.connect() as connection:
            found = cipher_faults(connection)
            if found:
                raise NotSignedIn("; ".join(found))
    finally:
        database.close()
