"""The little that SQLite and PostgreSQL say differently."""

from __future__ import annotations

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


def integrity_faults(connection: Connection) -> list[str]:
    """What the database finds wrong with itself; empty where all is well."""
    whole = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    faults = [] if whole == ["ok"] else whole
    return faults + [f"table {row[0]}, row {row[1]}: points at a missing {row[2]}" for row in orphans]


def cipher_faults(connection: Connection) -> list[str]:
    """Pages whose authentication code does not fit: somebody or something changed the file outside the program."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]
