"""What an import made and what it changed, row by row, so that it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Table, bindparam, select, update
from sqlalchemy.orm import Session

from app.store.tables.base import Base, Instant

_AT_A_TIME = 500
_ROW, _VALUE = "of_row", "new_"
Plain = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that was changed: what stood in its columns, and what was put there."""

    table: str
    id: int
    before: dict[str, Plain]
    after: dict[str, Plain]


@dataclass(slots=True)
class Trace:
    """Follows one writing. Rows that are to be changed are read in sets first, and written in sets by `put`."""

    session: Session
    made: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Ids by table, as first and last of each run."""
    pairs: list[tuple[int, int]] = field(default_factory=list)
    """Members of staff and classes that were put together."""
    changed: list[Changed] = field(default_factory=list)
    _rows: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    _waiting: dict[tuple[str, tuple[str, ...]], list[dict[str, Any]]] = field(default_factory=dict)
    """What is still to be written, by table and columns."""
    _written_to: set[tuple[str, int]] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Nothing was written."""
        return not (self.made or self.pairs or self.changed)

    def note_made(self, kind: type[Base], ids: range | int) -> None:
        """Rows were made."""
        run = range(ids, ids + 1) if isinstance(ids, int) else ids
        if run:
            self.made.setdefault(str(kind.__tablename__), []).append((run[0], run[-1]))

    def look(self, kind: type[Base], ids: Iterable[int]) -> None:
        """Read rows that are to be changed."""
        self.put()
        table = _table(kind)
        wanted = sorted(set(ids))
        for start in range(0, len(wanted), _AT_A_TIME):
            some = wanted[start : start + _AT_A_TIME]
            for row in self.session.execute(select(table).where(table.c.id.in_(some))).mappings():
                self._rows[table.name, row["id"]] = dict(row)

    def row(self, kind: type[Base], id_: int) -> dict[str, Any]:
        """A row as it stands, once it was looked at."""
        return self._rows[str(kind.__tablename__), id_]

    def change(self, kind: type[Base], id_: int, values: dict[str, Any]) -> None:
        """Values for a row that was looked at, written with the next `put`; what stood there is kept."""
        row = self.row(kind, id_)
        news = {name: value for name, value in values.items() if row[name] != value}
        if not news:
            return
        table = _table(kind)
        before = {name: _plain(row[name]) for name in news}
        self.changed.append(Changed(table.name, id_, before, {name: _plain(value) for name, value in news.items()}))
        if (table.name, id_) in self._written_to:
            self.put()
        self._written_to.add((table.name, id_))
        columns = tuple(sorted(news))
        said = {_ROW: id_} | {_VALUE + name: news[name] for name in columns}
        self._waiting.setdefault((table.name, columns), []).append(said)
        row.update(news)

    def put(self) -> None:
        """Write every change that waits."""
        for (name, columns), rows in self._waiting.items():
            table = Base.metadata.tables[name]
            values: dict[str, Any] = {column: bindparam(_VALUE + column) for column in columns}
            self.session.execute(update(table).where(table.c.id == bindparam(_ROW)).values(values), rows)
        self._waiting.clear()
        self._written_to.clear()

    def made_json(self) -> str:
        """What was made, to be kept."""
        return json.dumps({"ids": self.made, "pairs": self.pairs}, separators=(",", ":"))

    def before_json(self) -> str:
        """What was changed, to be kept."""
        rows = [[each.table, each.id, each.before, each.after] for each in self.changed]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Traced:
    """A trace as it was kept."""

    made: dict[str, list[tuple[int, int]]]
    pairs: tuple[tuple[int, int], ...]
    changed: tuple[Changed, ...]

    def makes(self, table: str, id_: int) -> bool:
        """Whether the import made this row."""
        return any(first <= id_ <= last for first, last in self.made.get(table, ()))


def traced(made: str, before: str) -> Traced:
    """Read what was kept."""
    said = json.loads(made)
    return Traced(
        {table: [(first, last) for first, last in runs] for table, runs in said["ids"].items()},
        tuple((staff, class_) for staff, class_ in said["pairs"]),
        tuple(Changed(*each) for each in json.loads(before)),
    )


def stored(table: Table, values: dict[str, Plain]) -> dict[str, Any]:
    """Kept values as the table's columns hold them."""
    return {name: _as_held(table.c[name], value) for name, value in values.items()}


def _as_held(column: Column[Any], value: Plain) -> Any:
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return value


def _plain(value: Any) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | bool)
    return value


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)
    return table
