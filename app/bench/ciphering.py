"""What encryption costs: the same driver and the same rows, with a raw key and without one (H5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.bench.race import Race, Result, Runner, Watch
from app.bench.school import scratch_folder
from app.store.database import Database, open_encrypted, open_plain
from app.store.keys import new_keys

ROWS = 300_000
INSERT_GOAL, READ_GOAL = 1.6, 1.15
_MAKE = "CREATE TABLE row (id INTEGER PRIMARY KEY, kind TEXT, sent_at TEXT, text TEXT)"
_TEXT = "A lovely morning in class: everybody has planted a bean and written down what it needs to grow. "


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """Putting many rows in, and reading them again when they are at hand."""
    count = max(1_000, round(ROWS * scale))
    rows = [(f"kind{n % 6}", f"2026-10-{n % 28 + 1:02}T09:{n % 60:02}:00", _TEXT[: 40 + n % 50]) for n in range(count)]
    names = ("encrypted", "plain sqlite3")
    with scratch_folder() as folder:
        own, other = Race(_put_in(folder, rows, True), _put_in(folder, rows, False), count, count, names).run(rounds)
        yield Result("encryption", f"bulk insert, {count:,} rows", own, other, INSERT_GOAL, slower=True)
        with _filled(folder, rows, True) as mine, _filled(folder, rows, False) as plain:
            own, other = Race(_read(mine), _read(plain), count, count, names).run(rounds + 2)
        yield Result("encryption", f"warm read, {count:,} rows", own, other, READ_GOAL, slower=True)


def _open(file: Path, encrypted: bool) -> Database:
    return open_encrypted(file, new_keys().main) if encrypted else open_plain(file)


def _insert(database: Database, rows: list[tuple[str, str, str]]) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO row (kind, sent_at, text) VALUES (?, ?, ?)", rows)


def _put_in(folder: Path, rows: list[tuple[str, str, str]], encrypted: bool) -> Runner:
    def run(watch: Watch) -> None:
        file = folder / f"in-{encrypted}.db"
        database = _open(file, encrypted)
        with database.writing() as session:
            session.connection().exec_driver_sql(_MAKE)
        with watch.running():
            _insert(database, rows)
        database.close()
        for left in folder.glob(f"{file.name}*"):
            left.unlink()

    return run


@contextmanager
def _filled(folder: Path, rows: list[tuple[str, str, str]], encrypted: bool) -> Iterator[Database]:
    """A full table whose pages the connection holds; the pool of one keeps that connection."""
    database = _open(folder / f"read-{encrypted}.db", encrypted)
    try:
        with database.writing() as session:
            session.connection().exec_driver_sql(_MAKE)
        _insert(database, rows)
        yield database
    finally:
        database.close()


def _read(database: Database) -> Runner:
    def run(watch: Watch) -> None:
        with database.reading() as session:
            connection = session.connection()
            _all(connection)
            with watch.running():
                _all(connection)

    return run


def _all(connection: object) -> int:
    cursor = connection.exec_driver_sql("SELECT id, kind, sent_at, text FROM row").cursor  # type: ignore[attr-defined]
    return sum(len(row[3]) for row in cursor)
