"""An icon standing in a layout, repainted in the colours of the moment."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.current import theme
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import ICON


class Glyph(QWidget):
    """An icon by its meaning. Decoration only: the words beside it must say the same."""

    def __init__(self, meaning: str, token: str = "text-quiet", side: int = ICON) -> None:
        super().__init__()
        self._meaning, self._token, self._side = meaning, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._again)

    def become(self, meaning: str, token: str) -> None:
        """Show another icon or another tone."""
        self._meaning, self._token = meaning, token
        self.update()

    def _again(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._meaning, QRectF(self.rect()), self._token)
        painter.end()
