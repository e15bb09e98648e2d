"""Layouts that begin a new line when widgets no longer fit side by side."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Left to right, then down."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, centre: bool = False) -> None:
        """`centre` sets the widgets of one line on one middle."""
        super().__init__(parent)
        self._centre = centre
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, really=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(h.width() for h in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(wide, max((h.height() for h in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, really: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            tall = max(hint.height() for _, hint in line)
            x = rect.x()
            for item, hint in line:
                wide = min(hint.width(), rect.width())
                if really:
                    drop = (tall - hint.height()) // 2 if self._centre else 0
                    item.setGeometry(QRect(QPoint(x, y + drop), QSize(wide, hint.height())))
                x += wide + self._gap
            y += tall + self._gap
        return max(y - self._gap - rect.y(), 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if not lines or used + self._gap + hint.width() > width:
                lines.append([])
                used = -self._gap
            lines[-1].append((item, hint))
            used += self._gap + hint.width()
        return lines


class Tiles(Flow):
    """Columns of one width, as many as fit; the tiles of one line are equally tall."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 16, least: int = 220) -> None:
        super().__init__(parent, gap=gap)
        self._least = least

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def _lay(self, rect: QRect, *, really: bool) -> int:
        items = [item for item in self._items if not item.isEmpty()]
        if not items:
            return 0
        across = max(1, min(len(items), (rect.width() + self._gap) // (self._least + self._gap)))
        across = -(-len(items) // -(-len(items) // across))
        wide = (rect.width() - self._gap * (across - 1)) // across
        y = rect.y()
        for first in range(0, len(items), across):
            line = items[first : first + across]
            tall = max(_height(item, wide) for item in line)
            for at, item in enumerate(line):
                if really:
                    item.setGeometry(QRect(rect.x() + at * (wide + self._gap), y, wide, tall))
            y += tall + self._gap
        return y - self._gap - rect.y()


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()
