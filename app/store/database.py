"""Opening the database, and the two ways to use it: reading, and writing.

What differs between SQLite and PostgreSQL stays in this module and in `seam.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool, StaticPool

from app.domain.problems import NotSignedIn, Overtaken
from app.store import search
from app.store.vault import WRONG

BUSY_MS = 8_000
"""How long a writer waits for another before it gives up, in milliseconds."""

CACHE_KIB = 65_536
"""How much of the database a connection may keep deciphered in memory: a page is then deciphered once."""

BUSY = "Somebody else is saving just now, and it is taking long. Nothing of yours was saved: try again in a moment."


class _Cursor(Protocol):
    def execute(self, statement: str) -> Any: ...
    def close(self) -> None: ...


class Database:
    """The school's database. `reading` gives a session that cannot change anything; `writing` commits or leaves all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writers = engine.execution_options(schoolgate_write=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent view of the data; whatever it changed is rolled back."""
        session = Session(self.engine, autoflush=False)
        try:
            yield session
        finally:
            session.rollback()
            session.close()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all."""
        session = Session(self._writers)
        try:
            yield session
            session.commit()
        except OperationalError as fault:
            session.rollback()
            if "locked" in str(fault.orig) or "busy" in str(fault.orig):
                raise Overtaken(BUSY) from fault
            raise
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()

    def empty_log(self) -> None:
        """Write the log into the file and cut it: it holds pages as they were before words were taken out of them.

        Best effort, without waiting: where somebody else is in the middle of reading, the log goes when they close.
        """
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout = 0")
            with suppress(sqlcipher.OperationalError):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            cursor.close()
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of every connection, so that the file can be moved or removed."""
        self.engine.dispose()


def open_encrypted(file: Path, key: bytes) -> Database:
    """The database in `file`, encrypted under a raw 32-byte key; it is made where it does not exist.

    Raises `NotSignedIn` where the key does not open it.
    """

    def connect() -> Any:
        connection = sqlcipher.connect(str(file), check_same_thread=False, isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        return connection

    database = _database(connect, QueuePool)
    try:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DatabaseError as fault:
        database.close()
        raise NotSignedIn(WRONG) from fault
    return database


def open_in_memory(connection: Any = None) -> Database:
    """A database that lives in memory on one connection: for tests and for `schoolgate check`."""
    made = connection or sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    return _database(lambda: made, StaticPool)


def open_plain(file: Path) -> Database:
    """A database without encryption, for measuring what encryption costs; never for a school."""
    return _database(lambda: sqlcipher.connect(str(file), check_same_thread=False, isolation_level=None), NullPool)


def _database(connect: Callable[[], Any], pool: type[QueuePool] | type[StaticPool] | type[NullPool]) -> Database:
    engine = create_engine("sqlite://", creator=connect, module=sqlcipher, poolclass=pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Database(engine)


def _prepare(connection: Any, record: ConnectionPoolEntry) -> None:
    del record
    search.prepare(connection)
    cursor: _Cursor = connection.cursor()
    try:
        # Reading the header is what shows a wrong key.
        cursor.execute("SELECT count(*) FROM sqlite_master")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        # What is deleted or taken out of a row is overwritten: free places of a page would still spell it (K1, H12).
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("schoolgate_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
