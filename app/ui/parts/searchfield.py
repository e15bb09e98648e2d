"""A field to search in: a glass at the left and a cross to empty it, both in step with the text size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from app.ui.theme.current import theme
from app.ui.theme.icons import icon, paint_icon
from app.ui.theme.spacing import ICON_SMALL


class SearchField(QLineEdit):
    """`name` is what a screen reader says; `prompt` stands in the empty field. Esc empties it first."""

    def __init__(self, name: str, prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt or name)
        self._clear = QToolButton(self)
        self._clear.setObjectName("clear")
        self._clear.setIcon(icon("close", "text-quiet"))
        self._clear.setAccessibleName("Empty the search")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda words: self._clear.setVisible(bool(words)))
        theme().changed.connect(self._measure)
        self._measure()

    def event(self, event: QEvent) -> bool:
        """Esc empties the field before it does anything else."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._clear.sizeHint().height()
        self._clear.setGeometry(self.width() - side - 4, (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme().px(ICON_SMALL)
        painter = QPainter(self)
        paint_icon(painter, "search", QRectF(theme().px(10), (self.height() - side) / 2, side, side), "text-quiet")
        painter.end()

    def _measure(self) -> None:
        px = theme().px
        self.setTextMargins(px(ICON_SMALL + 6), 0, px(22), 0)
        self._clear.setIconSize(QSize(px(14), px(14)))
