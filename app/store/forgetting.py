"""Deleting rows with everything that hangs on them, whatever tables there are (K4, H12).

A row that cannot stand without the deleted one goes too; one that can lets go of its number. The tables say which is
which themselves, so that a table that is added later is not forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Column, Table, delete, select, update
from sqlalchemy.orm import Session

from app.store.seam import may_shrink
from app.store.tables.base import Base

_AT_A_TIME = 500
_FILES = "evidence.id"


class Forgetting:
    """One go of deleting: how many rows went of which table, and which files their rows named."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.gone: Counter[str] = Counter()
        self.files: set[int] = set()

    def forget(self, table: str, ids: Iterable[int]) -> None:
        """Delete these rows and what hangs on them."""
        whole = sorted(set(ids))
        with may_shrink(self.session.connection()):
            for start in range(0, len(whole), _AT_A_TIME):
                self._forget(Base.metadata.tables[table], whole[start : start + _AT_A_TIME])

    def _forget(self, table: Table, ids: Sequence[int]) -> None:
        if not ids:
            return
        (own,) = table.primary_key.columns
        for child, column in _named_by(own):
            if column.nullable:
                self.session.execute(update(child).where(column.in_(ids)).values({column.name: None}))
            elif len(child.primary_key.columns) == 1:
                (key,) = child.primary_key.columns
                self._forget_all(child, list(self.session.scalars(select(key).where(column.in_(ids)))))
            else:
                self._delete(child, column, ids)
        self._delete(table, own, ids)

    def _forget_all(self, table: Table, ids: list[int]) -> None:
        for start in range(0, len(ids), _AT_A_TIME):
            self._forget(table, ids[start : start + _AT_A_TIME])

    def _delete(self, table: Table, column: Column[int], ids: Sequence[int]) -> None:
        self._note_files(table, column, ids)
        done = self.session.execute(delete(table).where(column.in_(ids)))
        self.gone[table.name] += done.rowcount  # type: ignore[attr-defined]  # a statement's result has it

    def _note_files(self, table: Table, column: Column[int], ids: Sequence[int]) -> None:
        for key in table.foreign_keys:
            if key.target_fullname == _FILES:
                named = select(key.parent).where(column.in_(ids), key.parent.is_not(None))
                self.files.update(self.session.scalars(named))


def _named_by(own: Column[int]) -> Iterator[tuple[Table, Column[int]]]:
    """Every table with the column that names rows of this one, in a fixed order."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            if key.column is own:
                yield table, key.parent


def is_named(session: Session, table: str, id_: int) -> bool:
    """Whether any row of any table still names this one."""
    (own,) = Base.metadata.tables[table].primary_key.columns
    return any(
        session.execute(select(column).where(column == id_).limit(1)).first() is not None
        for _, column in _named_by(own)
    )
