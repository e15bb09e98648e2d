"""Children to tick: a list that filters as a name is typed and keeps what was ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.naming import fold
from app.services.before_posting import ClassChild
from app.ui.parts.searchfield import SearchField
from app.ui.parts.text import caption
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT

_ID = Qt.ItemDataRole.UserRole
_ROWS = 6


class Ticks(QWidget):
    """Who is shown. The space bar ticks; a tick outlives the filter, and a change of class takes it away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._children: tuple[ClassChild, ...] = ()
        self._whole_school = False
        self._ticked: set[int] = set()
        self.search: QLineEdit = SearchField("Find a child")
        self.search.textChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName("Children in the pictures")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setProperty("part", "ticks")
        self.list.setUniformItemSizes(True)
        self.list.setTabKeyNavigation(False)
        self.list.itemChanged.connect(self._note)
        self._count = caption()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(TIGHT))
        for piece in (self.search, self.list, self._count):
            down.addWidget(piece)
        self.setFocusProxy(self.search)
        self._measure()
        theme().changed.connect(self._measure)
        self._tell()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Who is ticked, in the list's order."""
        return tuple(child.id for child in self._children if child.id in self._ticked)

    def show_children(self, children: Sequence[ClassChild], *, whole_school: bool) -> None:
        """Show these to choose from; ticks of children who are not among them go."""
        self._children = tuple(children)
        self._whole_school = whole_school
        self._ticked &= {child.id for child in children}
        self.search.clear()
        self._fill()

    def tick(self, child_id: int, on: bool = True) -> None:
        """Tick a child, or take the tick away."""
        (self._ticked.add if on else self._ticked.discard)(child_id)
        self._fill()
        self.changed.emit()

    def clear(self) -> None:
        """Take every tick away."""
        self._ticked.clear()
        self._fill()

    def _fill(self) -> None:
        wanted = fold(self.search.text().strip())
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for child in self._children:
            if not any(wanted in fold(name) for name in child.called):
                continue
            words = f"{child.name}, {child.class_name}" if self._whole_school and child.class_name else child.name
            item = QListWidgetItem(words)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if child.id in self._ticked else Qt.CheckState.Unchecked)
            item.setData(_ID, child.id)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(blocked)
        self._tell()

    def _note(self, item: QListWidgetItem) -> None:
        child_id = int(item.data(_ID))
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked.add(child_id)
        else:
            self._ticked.discard(child_id)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if not self._children:
            self._count.setText("Choose the class first.")
        elif self._ticked:
            self._count.setText(f"{len(self._ticked):,} of {len(self._children):,} ticked")
        else:
            self._count.setText(f"Nobody ticked of {len(self._children):,}. Space ticks.")

    def _measure(self) -> None:
        self.list.setFixedHeight(theme().px(30) * _ROWS)
