"""A scratch school for measurements: encrypted, migrated, with a headteacher signed in; gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.domain.roles import Role
from app.services.office import Office
from app.services.standing import lay_foundations
from app.services.unit import Actor
from app.store.database import Database, open_encrypted
from app.store.keys import Keys, new_keys
from app.store.migrate import migrate
from app.store.tables.accounts import AccountRow
from app.store.tables.school import SchoolRow

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="schoolgate-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def scratch_database(folder: Path, name: str = "school.db") -> Iterator[Database]:
    """An encrypted database without tables."""
    database = open_encrypted(folder / name, new_keys().main)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def scratch_school(folder: Path, name: str = "school.db") -> Iterator[Office]:
    """The headteacher's door to an empty school."""
    keys = new_keys()
    database = open_encrypted(folder / name, keys.main)
    try:
        found(database)
        yield office(database, keys)
    finally:
        database.close()


def found(database: Database) -> None:
    """Make the tables and what every school starts with."""
    migrate(database)
    with database.writing() as session:
        session.add(SchoolRow(name="Benchmark Primary School"))
        session.add(AccountRow(login="head", name="Head", role=Role.HEADTEACHER, created_at=NOW))
        session.flush()
        lay_foundations(session, NOW, 1)


def office(database: Database, keys: Keys) -> Office:
    """The headteacher's door to a school that is there."""
    return Office(database, keys, Actor(1, "head", "Head", Role.HEADTEACHER), lambda: NOW)
