"""The grid for a pile of forms: pupils down, kinds across; Y, N and U answer, Enter goes on to the next child.

grid = FormsGrid(pile)
grid.changed.connect(self.tell)     # after every key that changed something
grid.show_pile()                    # after the pile was read again
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.domain.permissions import Answer, MediaKind
from app.store.reads.coverage import FormLine
from app.ui.parts.chip import Chip, Tone, paint_chip
from app.ui.screens.permissions.pile import Mark, Pile
from app.ui.theme.current import theme
from app.ui.theme.spacing import FOCUS

Index = QModelIndex | QPersistentModelIndex
NAME, WHO, KINDS = 0, 1, 2
"""The columns; the kinds begin at the third."""

CHIPS: dict[Mark, Chip] = {
    Mark.YES: Chip("allowed", "Yes", Tone.GOOD),
    Mark.NO: Chip("not-allowed", "No", Tone.STOP),
    Mark.UNDECIDED: Chip("undecided", "Undecided", Tone.WARN),
}
_SAID = {Answer.GIVEN: "Said yes", Answer.REFUSED: "Said no", Answer.WITHDRAWN: "Withdrew"}
_KEYS = {Qt.Key.Key_Y: Mark.YES, Qt.Key.Key_N: Mark.NO, Qt.Key.Key_U: Mark.UNDECIDED}
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOBODY = "No adult with responsibility on record"


class _Model(QAbstractTableModel):
    def __init__(self, pile: Pile) -> None:
        super().__init__()
        self.pile = pile

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pile.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else KINDS + len(self.pile.kinds)

    def line(self, index: Index) -> FormLine:
        return self.pile.lines[index.row()]

    def kind(self, index: Index) -> MediaKind | None:
        at = index.column() - KINDS
        return self.pile.kinds[at] if 0 <= at < len(self.pile.kinds) else None

    def mark(self, index: Index) -> Mark | None:
        kind = self.kind(index)
        return self.pile.marks.get((self.line(index).pupil_id, kind)) if kind is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = self.kind(index)
            before = f"{self.line(index).name}, {kind.words}: " if kind is not None else ""
            return before + (self._words(index) or "not entered")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ["Pupil", "Whose answer", *(kind.words for kind in self.pile.kinds)][section]

    def _words(self, index: Index) -> str:
        line = self.line(index)
        if index.column() == NAME:
            return line.name
        signatory = self.pile.signatory(line)
        if index.column() == WHO:
            return signatory.name if signatory is not None else _NOBODY
        mark, kind = self.mark(index), self.kind(index)
        if mark is not None:
            return mark.words
        said = self.pile.on_record(line, kind) if kind is not None else None
        return _SAID[said] if said is not None else ""

    def reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, grid = theme(), self.parent()
        assert isinstance(grid, FormsGrid)
        box: QRect = option.rect
        here = grid.currentIndex()
        painter.save()
        if index.row() == here.row():
            painter.fillRect(box, look.colour("accent-soft"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        inner = QRectF(box).adjusted(look.px(10), 0, -look.px(6), 0)
        mark = grid.model_.mark(index)
        if mark is not None:
            paint_chip(painter, CHIPS[mark], inner)
        else:
            words = str(index.data() or "")
            quiet = index.column() != NAME
            painter.setFont(look.font(bold=not quiet))
            painter.setPen(look.colour("text-quiet" if quiet else "text"))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        current = index.row() == here.row() and index.column() == here.column()
        if current and grid.hasFocus():
            painter.setPen(QPen(look.colour("accent"), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(theme().px(120), theme().row_height)


class FormsGrid(QTableView):
    """Worked from the keyboard alone. The mouse may click a cell, and then the same keys hold."""

    changed = Signal()
    """An answer was entered, changed, cleared or taken back."""
    moved = Signal()
    """Another form is the current one, or was signed by another adult."""

    def __init__(self, pile: Pile) -> None:
        super().__init__()
        self.pile, self.model_ = pile, _Model(pile)
        self.setModel(self.model_)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName("Forms: press Y, N or U for each kind, and Enter for the next child")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.hide()
        theme().changed.connect(self._measure)
        self._measure()

    @property
    def here(self) -> str:
        """Whose form is being entered, and who signed it."""
        at = self.currentIndex()
        if not at.isValid() or at.row() >= len(self.pile.lines):
            return ""
        line = self.pile.lines[at.row()]
        signatory = self.pile.signatory(line)
        return f"{line.name}: {signatory.name if signatory is not None else _NOBODY.lower()}"

    def show_pile(self) -> None:
        """The pile was read again or asks about other kinds: show it, and stay in the row where the person was."""
        was = self.currentIndex()
        self.model_.reset()
        self._measure()
        if self.pile.lines and self.pile.kinds:
            row = was.row() if 0 <= was.row() < len(self.pile.lines) else 0
            self.go(row, max(was.column(), KINDS))

    def go(self, row: int, column: int) -> None:
        """Go to a cell; one that would lie outside becomes the nearest inside."""
        row = min(max(row, 0), len(self.pile.lines) - 1)
        column = min(max(column, KINDS), KINDS + len(self.pile.kinds) - 1)
        if row >= 0 and column >= KINDS:
            self.setCurrentIndex(self.model_.index(row, column))
            self.viewport().update()
            self.moved.emit()

    def take_back(self) -> bool:
        """Undo the last entry and go to where it stood. False where there is none."""
        place = self.pile.undo()
        if place is None:
            return False
        pupil_id, kind = place
        row = next(at for at, line in enumerate(self.pile.lines) if line.pupil_id == pupil_id)
        self.go(row, KINDS + self.pile.kinds.index(kind))
        self.changed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, key = self.currentIndex(), Qt.Key(event.key())
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not here.isValid() or not plain:
            super().keyPressEvent(event)
        elif key in _KEYS:
            self._answer(here, _KEYS[key])
        elif key in _CLEAR:
            self._answer(here, None)
        elif key in _ENTER:
            self.go(here.row() + 1, KINDS if here.row() + 1 < len(self.pile.lines) else here.column())
        elif key == Qt.Key.Key_A:
            if self.pile.next_adult(self.model_.line(here)):
                self.viewport().update()
                self.changed.emit()
                self.moved.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(here.row(), here.column() + (1 if key == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)
            self.go(self.currentIndex().row(), self.currentIndex().column())

    def _answer(self, here: QModelIndex, mark: Mark | None) -> None:
        kind = self.model_.kind(here)
        if kind is None or not self.pile.mark(self.model_.line(here), kind, mark):
            return
        if mark is not None:
            self.go(here.row(), here.column() + 1)
        self.viewport().update()
        self.changed.emit()

    def _measure(self) -> None:
        look, across, down = theme(), self.horizontalHeader(), self.verticalHeader()
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(look.row_height)
        across.setMinimumSectionSize(look.px(60))
        for at in range(self.model_.columnCount()):
            wide = {NAME: 185, WHO: 120}.get(at, 125)
            across.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(at, look.px(wide))
        if self.model_.columnCount() > WHO:
            across.setSectionResizeMode(WHO, QHeaderView.ResizeMode.Stretch)
        self.viewport().update()
