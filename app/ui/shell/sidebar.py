"""The side bar: the areas of the person's role, each with an icon, a word and how much waits in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.glyph import Glyph
from app.ui.parts.text import Text, plain_tip
from app.ui.shell.area import Area
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import FOCUS, WITHIN

_WIDTH = 216
_MANY = 13
"""With more areas than this, each takes less room."""
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class AreaButton(QAbstractButton):
    """One area. Up and Down go through the areas; Tab leaves the bar."""

    def __init__(self, area: Area, keys: str) -> None:
        super().__init__()
        self.area, self._waiting = area, 0
        self.tight = False
        """Stands among so many areas that each takes less room."""
        self.setText(area.word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(plain_tip(f"{area.word}  ({keys})" if keys else area.word))
        theme().changed.connect(self.updateGeometry)
        self.set_waiting(0)

    def set_waiting(self, count: int) -> None:
        """How many things want attention; 0 shows no figure."""
        self._waiting = count
        self.setAccessibleName(f"{self.area.word}, {count} waiting" if count else self.area.word)
        self.update()

    @property
    def waiting(self) -> int:
        """How many things want attention."""
        return self._waiting

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font(bold=True))
        wide = metrics.horizontalAdvance(self.text()) + look.px(18 + 10 + 10 + 44)
        return QSize(wide, max(look.px(30 if self.tight else 36), metrics.height() + look.px(6 if self.tight else 12)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        here = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = FOCUS / 2
        body = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(look.colour("accent"), FOCUS) if self.hasFocus() else Qt.PenStyle.NoPen)
        if here:
            painter.setBrush(look.colour("accent-soft"))
        elif self.underMouse():
            painter.setBrush(look.colour("hover" if look.is_dark else "quiet-soft"))
        painter.drawRoundedRect(body, look.px(6), look.px(6))
        ink = "accent" if here else "text-quiet"
        side = look.px(18)
        paint_icon(painter, self.area.icon, QRectF(look.px(10), (self.height() - side) / 2, side, side), ink)
        painter.setFont(look.font(bold=here))
        painter.setPen(look.colour("text"))
        words = QRectF(self.rect()).adjusted(look.px(38), 0, -look.px(10), 0)
        if self._waiting:
            words.setRight(self._paint_count(painter) - look.px(6))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, _LEFT, shown)
        painter.end()

    def _paint_count(self, painter: QPainter) -> float:
        look = theme()
        words = f"{self._waiting:,}" if self._waiting < 1000 else "999+"
        font = look.font(Type.CAPTION, bold=True, tabular=True)
        metrics = QFontMetrics(font)
        tall = metrics.height() + look.px(2)
        wide = max(metrics.horizontalAdvance(words) + look.px(12), tall)
        body = QRectF(self.width() - look.px(8) - wide, (self.height() - tall) / 2, wide, tall)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if self.isChecked() else "surface-raised"))
        painter.drawRoundedRect(body, tall / 2, tall / 2)
        painter.setFont(font)
        painter.setPen(look.colour("accent-text" if self.isChecked() else "text"))
        painter.drawText(body, _CENTRE, words)
        painter.restore()
        return body.left()


class SideBar(QFrame):
    """The areas, top to bottom; Ctrl+1 to Ctrl+9 are the first nine."""

    chosen = Signal(str)
    """The id of the area that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "sidebar")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        px = theme().px
        self._school = Text("", "strong")
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(6), px(8), px(10))
        head.setSpacing(px(10))
        head.addWidget(Glyph("school", "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._school, 1)
        self._main, self._foot = QVBoxLayout(), QVBoxLayout()
        for column in (self._main, self._foot):
            column.setSpacing(px(2))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(WITHIN), px(WITHIN), px(WITHIN), px(WITHIN))
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._scrolled(), 1)
        whole.addLayout(self._foot)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, AreaButton] = {}
        theme().changed.connect(self._fit)

    def _scrolled(self) -> QScrollArea:
        """More areas than the window is tall for: the bar scrolls, and follows the keyboard."""
        inner = QWidget()
        inner.setProperty("ground", "sunken")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._main)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._scrolls)
        return self._scroll

    def set_school(self, name: str) -> None:
        """The school's name at the top."""
        self._school.setText(name)

    def set_areas(self, areas: Sequence[Area]) -> None:
        """Offer these areas, in this order."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._buttons = {}
        for at, area in enumerate(areas, start=1):
            button = AreaButton(area, f"Ctrl+{at}" if at <= 9 else "")
            button.tight = len(areas) > _MANY
            button.clicked.connect(self._clicked)
            self._group.addButton(button)
            self._buttons[area.id] = button
            (self._foot if area.at_foot else self._main).addWidget(button)
        self._fit()

    def show_here(self, area: str) -> None:
        """Mark where the person is."""
        button = self._buttons[area]
        button.setChecked(True)
        if not button.area.at_foot:
            self._scroll.ensureWidgetVisible(button, 0, 0)

    def set_waiting(self, area: str, count: int) -> None:
        """How much waits in an area."""
        self._buttons[area].set_waiting(count)

    def button(self, area: str) -> AreaButton:
        """An area's entry."""
        return self._buttons[area]

    def _scrolls(self, _least: int, _most: int) -> None:
        """Not at once: the entries are just being laid out, and would keep the width they had."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        needs = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        bar = theme().px(10) if self._scroll.verticalScrollBar().maximum() > 0 else 0
        self.setFixedWidth(max(theme().px(_WIDTH), needs + theme().px(2 * WITHIN) + bar + 1))

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AreaButton):
            self.chosen.emit(button.area.id)
