"""A read-only model over frozen rows, quick to paint: everything but the words is answered first and cheaply.

model = RowsModel(COLUMNS, key=lambda r: r.id)
model.set_rows(rows)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui.parts.columns import Column, PagedRows
from app.ui.parts.text import plain_tip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex

_DISPLAY = Qt.ItemDataRole.DisplayRole
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_TIP = Qt.ItemDataRole.ToolTipRole
_ALIGN = Qt.ItemDataRole.TextAlignmentRole
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ASCENDING = Qt.SortOrder.AscendingOrder


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows of one frozen type under columns. `key` tells rows apart, so that a selection outlives a refresh."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        rows: Sequence[T] = (),
        *,
        key: Callable[[T], Hashable] | None = None,
        on_sort: Callable[[int, bool], None] | None = None,
    ) -> None:
        """With `on_sort(column, descending)` the source sorts and sets the rows again; else they are sorted here."""
        super().__init__()
        self.columns = tuple(columns)
        self.key = key
        self._texts = tuple(column.text for column in self.columns)
        self._aligns = tuple(_RIGHT if column.number else _LEFT for column in self.columns)
        self._given: Sequence[T] = rows
        self._rows: Sequence[T] = rows
        self._on_sort = on_sort
        self._sorted_by: tuple[int, bool] | None = None

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these instead, in the order the person last asked for."""
        self.beginResetModel()
        self._given = rows
        self._rows = self._in_order(rows)
        self.endResetModel()

    @property
    def rows(self) -> Sequence[T]:
        """What is shown, from the top."""
        return self._rows

    def row(self, at: int) -> T:
        """The row at a place, from 0."""
        return self._rows[at]

    def place_of(self, key: Hashable) -> int | None:
        """Where the row with this key stands, None where it is not shown; of paged rows, among those at hand."""
        if self.key is None:
            return None
        find = self.key
        return next((at for at, row in self.at_hand() if find(row) == key), None)

    def at_hand(self) -> Iterable[tuple[int, T]]:
        """Rows with their places; of paged rows only those that need not be fetched."""
        return self._rows.held() if isinstance(self._rows, PagedRows) else enumerate(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role in _WORDS:
            return self._texts[index.column()](self._rows[index.row()])
        if role == _ALIGN:
            return self._aligns[index.column()]
        if role == _TIP:
            return self._tip(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.columns[section].heading
        if role == _ALIGN:
            return self._aligns[section]
        return None

    def sort(self, column: int, order: Qt.SortOrder = _ASCENDING) -> None:
        if column >= len(self.columns):
            return
        wanted = None if column < 0 else (column, order is not _ASCENDING)
        if wanted is not None and not self.columns[column].sortable:
            return
        if wanted == self._sorted_by:
            return
        self._sorted_by = wanted
        if self._on_sort is not None:
            if wanted is not None:
                self._on_sort(*wanted)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        was = [self._rows[index.row()] for index in before]
        self._rows = self._in_order(self._given)
        places = {id(row): at for at, row in enumerate(self._rows)} if before else {}
        after = [self.index(places[id(row)], index.column()) for row, index in zip(was, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[T]) -> Sequence[T]:
        if self._sorted_by is None or self._on_sort is not None or isinstance(rows, PagedRows):
            return rows
        at, descending = self._sorted_by
        column = self.columns[at]
        by = column.sort or (lambda row: column.text(row).casefold())
        return sorted(rows, key=by, reverse=descending)

    def _tip(self, index: Index) -> str | None:
        tip = self.columns[index.column()].tip
        return plain_tip(tip(self._rows[index.row()])) if tip is not None else None
