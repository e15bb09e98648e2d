"""How a cell is painted: straight from the row, so that a full repaint asks the model almost nothing."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.ui.parts.chip import chip_size, paint_chip
from app.ui.parts.rows import RowsModel
from app.ui.parts.text import plain_tip
from app.ui.theme.current import theme
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import ICON_SMALL

T = TypeVar("T")
_SIDE = 10
_SELECTED = QStyle.StateFlag.State_Selected
_HOVER = QStyle.StateFlag.State_MouseOver
_FOCUS = QStyle.StateFlag.State_HasFocus
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_ELIDE = Qt.TextElideMode.ElideRight


class Cells(QStyledItemDelegate):
    """Paints ground, hairline, icon, chip or words. The current row carries an accent edge at the left."""

    hovered_row = -1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        model: RowsModel[Any] = index.model()  # type: ignore[assignment]
        row, column = model.row(index.row()), model.columns[index.column()]
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & _SELECTED)
        if selected:
            painter.fillRect(box, look.colour("accent-soft"))
        elif index.row() == self.hovered_row:
            painter.fillRect(box, look.colour("hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.colour("line"))
        if selected and index.column() == 0:
            painter.fillRect(box.left(), box.top(), look.px(3), box.height(), look.colour("accent"))
        side = look.px(_SIDE)
        inner = box.adjusted(side, 0, -side, -1)
        chip = column.chip(row) if column.chip is not None else None
        if chip is not None:
            paint_chip(painter, chip, QRectF(inner))
            return
        if column.icon is not None and (meaning := column.icon(row)):
            small = look.px(ICON_SMALL)
            mark = QRect(inner.left(), inner.center().y() - small // 2 + 1, small, small)
            paint_icon(painter, meaning, mark, "text-quiet")
            inner.setLeft(inner.left() + small + look.px(6))
        painter.setFont(look.font(bold=column.strong, tabular=column.number))
        painter.setPen(look.colour("text-quiet" if column.quiet else "text"))
        words = column.text(row)
        if "\n" in words:
            words = words.replace("\n", " ")
        metrics = painter.fontMetrics()
        if len(words) > 400:
            words = words[:400]
        if metrics.horizontalAdvance(words) > inner.width():
            words = metrics.elidedText(words, _ELIDE, inner.width())
        painter.drawText(inner, _RIGHT if column.number else _LEFT, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = theme()
        model: RowsModel[Any] = index.model()  # type: ignore[assignment]
        row, column = model.row(index.row()), model.columns[index.column()]
        side = look.px(_SIDE) * 2
        chip = column.chip(row) if column.chip is not None else None
        if chip is not None:
            return QSize(chip_size(chip).width() + side, look.row_height)
        metrics = QFontMetrics(look.font(bold=column.strong, tabular=column.number))
        wide = metrics.horizontalAdvance(column.text(row)[:80]) + side + 2
        if column.icon is not None:
            wide += look.px(ICON_SMALL) + look.px(6)
        return QSize(wide, look.row_height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A cell that is cut short says its words in full, as plain text."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        model: RowsModel[Any] = index.model()  # type: ignore[assignment]
        row, column = model.row(index.row()), model.columns[index.column()]
        if column.tip is not None:
            words = column.tip(row)
        else:
            cut = self.sizeHint(option, index).width() > view.visualRect(index).width()
            words = column.text(row) if cut else ""
        QToolTip.showText(event.globalPos(), plain_tip(words[:2000]), view)
        return True
