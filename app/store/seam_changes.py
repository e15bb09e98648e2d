"""Triggers by which the database itself notes what in the register changed, so that no command can forget to.

This is SQLite's way of saying it; PostgreSQL says the same with one trigger function a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class _Watched:
    """A table, the columns that the checks depend on, whose id a change is noted under, and what is kept of before."""

    table: str
    columns: tuple[str, ...]
    what: str
    about: str = "id"
    keep: tuple[str, ...] = ()
    only: str = ""
    """A condition on the row, `{row}` standing for NEW or OLD."""
    on: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")
    named: str = ""
    """What its triggers are called by, where the table is watched for two things."""

    def trigger(self, verb: str) -> str:
        return f"{self.named or self.table}_{verb.lower()}_noted"


_PUPIL = ("first", "preferred", "last", "class_id", "left_on", "picture_bar")
_NAME = ("title", "first", "last", "email", "merged_into")
_SCHOOL = ("name", "phone", "email", "postcode", "timezone", "open_days", "opens", "closes")
_ITEM = ("kind", "class_id", "author_role", "staff_id", "guardian_id", "pupil_id", "sent_at", "restricted")
_STORIES = "{row}.audience IN ('class_story', 'school_story')"
_WATCHED = (
    _Watched("pupil", _PUPIL, "pupil", keep=_PUPIL),
    _Watched("guardian", _NAME, "guardian", keep=_NAME),
    _Watched("tie", ("ended_at", "contact"), "tie", "guardian_id"),
    _Watched("link", ("state", "guardian_id"), "link", "guardian_id", ("state",), "{row}.guardian_id IS NOT NULL"),
    _Watched(
        "permission",
        ("answer", "kind", "audience", "decided_on", "expires_on", "guardian_id"),
        "permission",
        "pupil_id",
        ("kind",),
        _STORIES,
    ),
    _Watched("tie", ("responsibility", "ended_at"), "permission", "pupil_id", on=("UPDATE",), named="tie_voice"),
    _Watched("staff", ("name", "active"), "staff", keep=("name", "active")),
    _Watched("class", ("name", "active"), "class", keep=("name", "active")),
    _Watched("school", _SCHOOL, "school", keep=_SCHOOL, on=("UPDATE",)),
    _Watched("closure", ("starts", "ends", "reason"), "closure", keep=("starts", "ends", "reason")),
    _Watched("item", _ITEM, "item", on=("UPDATE",)),
    _Watched("tag", (), "item", "item_id", only="{row}.tagged_by IS NOT NULL", on=("INSERT", "DELETE")),
)
_RUNS_OUT = (
    "CREATE TRIGGER permission_runs_out AFTER INSERT ON permission "
    f"WHEN NEW.expires_on IS NOT NULL AND {_STORIES.format(row='NEW')} BEGIN "
    "INSERT INTO register_change (what, row_id, was, due_on) "
    "VALUES ('permission', NEW.pupil_id, NULL, date(NEW.expires_on, '+1 day')); END"
)


def note_changes(connection: Connection) -> None:
    """Make the database note every change that checks depend on, from the first item on."""
    for watched in _WATCHED:
        for verb in watched.on:
            connection.exec_driver_sql(_trigger(watched, verb))
    connection.exec_driver_sql(_RUNS_OUT)


def note_stories(connection: Connection) -> None:
    """Note permissions for the class story and the school story, in place of those for the service as a whole."""
    for watched in _WATCHED:
        if watched.what == "permission":
            for verb in watched.on:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {watched.trigger(verb)}")
                connection.exec_driver_sql(_trigger(watched, verb))
    connection.exec_driver_sql("DROP TRIGGER IF EXISTS permission_runs_out")
    connection.exec_driver_sql(_RUNS_OUT)


def not_noting(connection: Connection, tables: Sequence[str]) -> None:
    """Stop noting new rows of these tables, until `noting_again` in the same transaction."""
    for watched in _WATCHED:
        if watched.table in tables and "INSERT" in watched.on:
            connection.exec_driver_sql(f"DROP TRIGGER {watched.trigger('INSERT')}")


def noting_again(connection: Connection, tables: Sequence[str]) -> None:
    """Note new rows of these tables again."""
    for watched in _WATCHED:
        if watched.table in tables and "INSERT" in watched.on:
            connection.exec_driver_sql(_trigger(watched, "INSERT"))


def _trigger(watched: _Watched, verb: str) -> str:
    row = "OLD" if verb == "DELETE" else "NEW"
    conditions = ["EXISTS (SELECT 1 FROM item)"]
    if watched.only:
        conditions.append(watched.only.format(row=row))
    if verb == "UPDATE":
        conditions.append("(" + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in watched.columns) + ")")
    was = "NULL"
    if watched.keep and verb != "INSERT":
        was = "json_object(" + ", ".join(f"'{name}', OLD.{name}" for name in watched.keep) + ")"
    of = f" OF {', '.join(watched.columns)}" if verb == "UPDATE" else ""
    when = " AND ".join(conditions)
    return (
        f"CREATE TRIGGER {watched.trigger(verb)} AFTER {verb}{of} ON {watched.table} WHEN {when} BEGIN "
        f"INSERT INTO register_change (what, row_id, was) VALUES ('{watched.what}', {row}.{watched.about}, {was}); END"
    )
