"""Writing and reading very many rows at once: what passes a whole register through in a second.

The caller writes in one transaction and is the only writer in it, so the ids that the database will give are known
beforehand. Defaults that tables declare in Python do not act here: every column that must hold something is named.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.orm import Session

from app.store.seam_changes import not_noting, noting_again
from app.store.tables.base import Base

Value = str | int | float | bool | date | None
_AT_A_TIME = 5_000


def insert_many(session: Session, kind: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> range:
    """The new rows' ids, in the rows' order. `columns` names what each row holds; the id is the database's to give.

    Rows are handed over thousands at a time in one parameter each, and taken apart by the database itself.
    """
    table = kind.__table__
    assert isinstance(table, Table)
    connection = session.connection()
    values = list(rows)
    first = 1 + int(connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table.name}"').scalar_one())
    listed = ", ".join(f'"{column}"' for column in columns)
    parts = ", ".join(f"value ->> {place}" for place in range(len(columns)))
    marks = ", ".join("?" * len(columns))
    for start in range(0, len(values), _AT_A_TIME):
        batch = values[start : start + _AT_A_TIME]
        written = json.dumps(batch, default=date.isoformat, separators=(",", ":"))
        into = f'INSERT INTO "{table.name}" ({listed})'
        if "\\u0000" in written:
            # A null character would end the text on its way.
            connection.exec_driver_sql(f"{into} VALUES ({marks})", [tuple(map(_stored, row)) for row in batch])
        else:
            connection.exec_driver_sql(f"{into} SELECT {parts} FROM json_each(?)", (written,))
    return range(first, first + len(values))


def _stored(value: Value) -> str | int | float | None:
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def first_load(session: Session, *kinds: type[Base]) -> Iterator[None]:
    """While a school without items is filled: nothing can need checking again, so changes are not even looked at."""
    connection = session.connection()
    tables = [str(kind.__tablename__) for kind in kinds]
    empty = connection.exec_driver_sql("SELECT NOT EXISTS (SELECT 1 FROM item)").scalar_one()
    if not empty:
        yield
        return
    not_noting(connection, tables)
    yield
    session.flush()
    noting_again(connection, tables)


def plain_rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them, dates as text and truths as 0 or 1: three times as fast for a whole table."""
    compiled = statement.compile(session.connection(), compile_kwargs={"literal_binds": True})
    return list(session.connection().exec_driver_sql(str(compiled)).cursor.fetchall())
