"""The little that SQLite and PostgreSQL say differently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_TABLES_THAT_ONLY_GROW = ("audit", "case_event", "case_evidence")


def guard_growing_tables(connection: Connection) -> None:
    """Make the database itself refuse to change or delete rows of the tables that only grow."""
    for table in _TABLES_THAT_ONLY_GROW:
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


def forget_readings(connection: Connection) -> None:
    """Make the database itself let go of what a closer reader said of an item whose words change, go or are sealed."""
    connection.exec_driver_sql(
        "CREATE TRIGGER item_reading_goes AFTER UPDATE OF text, restricted ON item "
        "WHEN OLD.text IS NOT NEW.text OR NEW.restricted BEGIN DELETE FROM item_reading WHERE item_id = NEW.id; END"
    )


def pass_over_changed_words(connection: Connection) -> None:
    """What was said of a sealed item goes; an item of which words were taken out keeps an empty row in its place.

    The empty row says that it is not to be read again: its findings are what they were when somebody asked for it.
    """
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS item_reading_goes")
    connection.exec_driver_sql(
        "CREATE TRIGGER item_reading_sealed AFTER UPDATE OF restricted ON item WHEN NEW.restricted "
        "BEGIN DELETE FROM item_reading WHERE item_id = NEW.id; END"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER item_reading_emptied AFTER UPDATE OF text ON item "
        "WHEN OLD.text IS NOT NEW.text AND NOT NEW.restricted BEGIN "
        "INSERT OR REPLACE INTO item_reading (item_id, reader, of, said) VALUES (NEW.id, '', x'', x''); END"
    )


@contextmanager
def may_shrink(connection: Connection) -> Iterator[None]:
    """While rows are destroyed that the retention schedule no longer allows to be kept (K4). Never the audit's.

    In the caller's transaction: where it fails, the guard stands as it did.
    """
    guards = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_no\\_delete' ESCAPE '\\' "
        "AND tbl_name <> 'audit'"
    ).fetchall()
    for name, _ in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, again in guards:
        connection.exec_driver_sql(again)


def integrity_faults(connection: Connection) -> list[str]:
    """What the database finds wrong with itself; empty where all is well."""
    whole = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    faults = [] if whole == ["ok"] else whole
    return faults + [f"table {row[0]}, row {row[1]}: points at a missing {row[2]}" for row in orphans]


def cipher_faults(connection: Connection) -> list[str]:
    """Pages whose authentication code does not fit: somebody or something changed the file outside the program."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
