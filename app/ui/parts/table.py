"""The table: rows of a frozen type, quick to paint, chosen by keyboard, opened with Enter or, apart, with Ctrl+Enter.

table = Table("Pupils", COLUMNS, key=lambda r: r.id, empty=("pupils", "No pupils yet. Bring in the register."))
table.on_chosen(self.show_one)       # T | None, whenever the current row changes
table.on_opened(self.open_one)       # T, on Enter or double click
table.on_aside(self.open_apart)      # T, on Ctrl+Enter
table.set_rows(rows)                 # selection, order and place survive
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.cells import Cells
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.rows import RowsModel
from app.ui.parts.widths import Widths
from app.ui.theme.current import theme

T = TypeVar("T")


class Table(QTableView, Generic[T]):
    """A read-only table. `name` is what a screen reader calls it."""

    chosen = Signal(object)
    opened = Signal(object)
    aside = Signal(object)
    selection_changed = Signal(int)
    """How many rows are selected."""
    search_wanted = Signal()
    """The person pressed / to search the list."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[T]],
        *,
        key: Callable[[T], Hashable] | None = None,
        many: bool = False,
        empty: tuple[str, str] | None = None,
        empty_action: QWidget | None = None,
        on_sort: Callable[[int, bool], None] | None = None,
    ) -> None:
        """`many` lets more than one row be selected; `empty` is the icon and sentence shown without rows."""
        super().__init__()
        self._model: RowsModel[T] = RowsModel(columns, key=key, on_sort=on_sort)
        self._cells = Cells(self)
        self._measured = False
        self.setAccessibleName(name)
        self._widths: Widths[T] = Widths(self._model, self._cells)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self._empty = EmptyState(*empty, empty_action) if empty else None
        if self._empty is not None:
            over = QVBoxLayout(self.viewport())
            over.addWidget(self._empty)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.doubleClicked.connect(self._open_index)
        theme().changed.connect(self._measure)

    def on_chosen(self, tell: Callable[[T | None], object]) -> None:
        """Hear of the current row whenever it changes."""
        self.chosen.connect(lambda row: tell(cast("T | None", row)))

    def on_opened(self, tell: Callable[[T], object]) -> None:
        """Hear of a row that is opened with Enter or a double click."""
        self.opened.connect(lambda row: tell(cast(T, row)))

    def on_aside(self, tell: Callable[[T], object]) -> None:
        """Hear of a row that wants a window of its own: Ctrl+Enter."""
        self.aside.connect(lambda row: tell(cast(T, row)))

    @property
    def rows(self) -> Sequence[T]:
        """What is shown, from the top."""
        return self._model.rows

    def set_rows(self, rows: Sequence[T], *, choose_first: bool = False) -> None:
        """Show these instead. The current and selected rows stay so where they are still there."""
        key = self._model.key
        current, selected = self.current(), self.selected()
        place = self.verticalScrollBar().value()
        self._model.set_rows(rows)
        if self._empty is not None:
            self._empty.setVisible(len(rows) == 0)
        if not self._measured and len(rows):
            self._fit()
        if key is not None and (current is not None or selected):
            self._select_again(key(current) if current is not None else None, {key(row) for row in selected})
        self.verticalScrollBar().setValue(place)
        if choose_first and len(rows) and self.current() is None:
            self.choose_place(0)
        elif current is not None and self.current() is None:
            self.chosen.emit(None)
        self.selection_changed.emit(len(self.selected()))

    def current(self) -> T | None:
        """The current row."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def selected(self) -> list[T]:
        """The selected rows, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.row(at) for at in places]

    def choose(self, key: Hashable) -> bool:
        """Make the row with this key the current one. False where it is not shown."""
        place = self._model.place_of(key)
        if place is None:
            return False
        self.choose_place(place)
        return True

    def choose_place(self, at: int) -> None:
        """Make the row at a place, from 0, the current one."""
        self.selectRow(at)
        self.scrollTo(self._model.index(at, 0))

    def say_empty(self, sentence: str) -> None:
        """Change what is said without rows: "No pupil matches these filters." """
        if self._empty is not None:
            self._empty.say(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        apart = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            current = self.current()
            if current is not None:
                (self.aside if apart else self.opened).emit(current)
        elif event.key() == Qt.Key.Key_Slash:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered_row:
            self._cells.hovered_row = row
            self.viewport().update()

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.row(index.row()))

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._model.row(now.row()) if now.isValid() else None)

    def _selection_changed(self, *_: object) -> None:
        self.selection_changed.emit(len(self.selectionModel().selectedRows()))

    def _select_again(self, current: Hashable | None, selected: set[Hashable]) -> None:
        find = self._model.key
        assert find is not None
        flag = QItemSelectionModel.SelectionFlag
        chooser = self.selectionModel()
        blocked = chooser.blockSignals(True)
        found: QModelIndex | None = None
        for at, row in self._model.at_hand():
            if current is not None and find(row) == current:
                found = self._model.index(at, 0)
            if find(row) in selected:
                chooser.select(self._model.index(at, 0), flag.Select | flag.Rows)
        if found is not None:
            chooser.setCurrentIndex(found, flag.NoUpdate)
        chooser.blockSignals(blocked)
        self.viewport().update()
        if found is not None:
            self.chosen.emit(self._model.row(found.row()))

    def _dress_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        down.hide()
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setMinimumSectionSize(theme().px(40))
        across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSortIndicatorClearable(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as given, until the person asks otherwise
        self.setSortingEnabled(any(column.sortable for column in self._model.columns))
        self._measure()

    def _measure(self) -> None:
        down = self.verticalHeader()
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(theme().row_height)
        self._measured = False
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        self._measured = self._widths.fit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.settle(self)
