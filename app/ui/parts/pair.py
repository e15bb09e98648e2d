"""Two pieces side by side where there is room for both, one under the other where there is not.

Pair(item, findings, least=(330, 370), shares=(6, 5))
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.theme.current import theme

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Pair(QWidget):
    """Asks for no more room than the wider of the two needs alone."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        least: tuple[int, int],
        shares: tuple[int, int] = (1, 1),
        under: tuple[int, int] = (1, 1),
        gap: int = 0,
    ) -> None:
        """`least`: pixels at 100 % that each needs beside the other; `shares` of the width, `under` of the height."""
        super().__init__()
        self._least, self._gap = least, gap
        self._shares, self._under = shares, under
        self._pieces = (first, second)
        self._box = QBoxLayout(_DOWN, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme().px(gap))
        for piece, share in zip(self._pieces, under, strict=True):
            self._box.addWidget(piece, share)

    @property
    def is_stacked(self) -> bool:
        """One stands under the other."""
        return self._box.direction() == _DOWN

    def minimumSizeHint(self) -> QSize:
        hints = [piece.minimumSizeHint() for piece in self._pieces]
        return QSize(max(hint.width() for hint in hints), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = theme().px(sum(self._least) + self._gap)
        wanted = _ACROSS if event.size().width() >= room else _DOWN
        if wanted != self._box.direction():
            self._box.setDirection(wanted)
            across = wanted == _ACROSS
            for at, piece in enumerate(self._pieces):
                self._box.setStretch(at, (self._shares if across else self._under)[at])
                piece.setMinimumWidth(theme().px(self._least[at]) if across else 0)
            self.updateGeometry()
