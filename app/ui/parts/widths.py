"""How wide a table's columns are: as the first rows need; where room is short, some give way.

First spare columns are left out, then the others shrink to what they are given at least. What the person has set by
hand stays.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView

from app.ui.parts.cells import Cells
from app.ui.parts.columns import Column
from app.ui.parts.rows import RowsModel
from app.ui.theme.current import theme

T = TypeVar("T")
_MEASURED = 50
"""How many rows are looked at."""
_WIDEST = 420


class Widths(Generic[T]):
    """Measures a table's columns and settles them in the room there is."""

    def __init__(self, model: RowsModel[T], cells: Cells) -> None:
        self._model, self._cells = model, cells
        self._wanted: dict[int, int] = {}
        """What each column needs to show its first rows whole."""
        self._given: dict[int, int] = {}
        """What each was given last: another width was set by the person."""

    def fit(self, table: QTableView) -> bool:
        """Measure anew. False where there were no rows to measure yet."""
        across = table.horizontalHeader()
        self._given.clear()
        for at, column in enumerate(self._model.columns):
            if column.stretch:
                across.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
                continue
            across.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            self._wanted[at] = self._needed(table, at, column)
        self.settle(table)
        return self._model.rowCount() > 0

    def settle(self, table: QTableView) -> None:
        """Share out the room there is."""
        columns = self._model.columns
        wide = {at: self._width(table, at) for at in self._wanted}
        least = sum(theme().px(column.least) for column in columns if column.stretch)
        room = table.viewport().width() - least - sum(wide.values())
        left_out = set()
        for at in reversed([at for at in wide if columns[at].spare]):
            if room < 0:
                left_out.add(at)
                room += wide.pop(at)
        for at in sorted(wide, key=lambda at: self._slack(table, at), reverse=True):
            give = min(max(-room, 0), self._slack(table, at))
            wide[at] -= give
            room += give
        for at in self._wanted:
            table.setColumnHidden(at, at in left_out)
            if at in wide and wide[at] != table.columnWidth(at):
                table.setColumnWidth(at, wide[at])
                self._given[at] = wide[at]
            elif at in wide:
                self._given.setdefault(at, wide[at])

    def _width(self, table: QTableView, at: int) -> int:
        return table.columnWidth(at) if self._by_hand(table, at) else self._wanted[at]

    def _by_hand(self, table: QTableView, at: int) -> bool:
        given = self._given.get(at)
        return given is not None and not table.isColumnHidden(at) and table.columnWidth(at) != given

    def _slack(self, table: QTableView, at: int) -> int:
        """How much a column can give up."""
        column = self._model.columns[at]
        if column.width is None or self._by_hand(table, at):
            return 0
        return max(self._wanted[at] - self._floor(table, column), 0)

    def _floor(self, table: QTableView, column: Column[T]) -> int:
        look = theme()
        heading = table.horizontalHeader().fontMetrics().horizontalAdvance(column.heading) + look.px(36)
        return max(heading, look.px(column.width or 0))

    def _needed(self, table: QTableView, at: int, column: Column[T]) -> int:
        rows = max((self._needs(row, at) for row in range(min(_MEASURED, self._model.rowCount()))), default=0)
        most = theme().px(_WIDEST if column.width is None or column.chip is not None else column.width * 3 // 2)
        return max(self._floor(table, column), min(rows, most))

    def _needs(self, row: int, column: int) -> int:
        hint = self._cells.sizeHint(QStyleOptionViewItem(), self._model.index(row, column))
        return hint.width() + theme().px(4)
