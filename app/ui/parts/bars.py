"""A plain bar chart, painted with tokens, that can always be read as a table instead.

chart = BarChart("Posts by class", [Bar("Willow", 42), Bar("Oak", 17, "17 (2 findings)")])
chart = BarChart("Replies by week", bars, upright=True)       # columns over time
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.ui.parts.buttons import plain
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.parts.text import strong
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `words` say its value, the figure itself where they are empty. `late` paints it in the warning tone."""

    label: str
    value: float
    words: str = ""
    token: str = "accent"

    @property
    def said(self) -> str:
        """The value in words."""
        return self.words or f"{self.value:,.10g}"


class BarChart(QWidget):
    """Bars with their labels and figures beside them. "Show as a table" gives the same figures as rows."""

    def __init__(self, name: str, bars: Iterable[Bar] = (), *, upright: bool = False, unit: str = "Figure") -> None:
        super().__init__()
        self._canvas = _Upright(name) if upright else _Across(name)
        self._table: Table[Bar] = Table(
            name,
            (
                Column[Bar](" ", text=lambda b: b.label, stretch=True),
                Column[Bar](unit, text=lambda b: b.said, number=True, sort=lambda b: b.value, width=140),
            ),
            key=lambda b: b.label,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._canvas)
        self._stack.addWidget(self._table)
        self._switch = plain("Show as a &table", self._turn)
        head = QHBoxLayout()
        head.addWidget(strong(name), 1)
        head.addWidget(self._switch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self._stack)
        self.show_bars(tuple(bars))

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these instead."""
        self._canvas.show_bars(tuple(bars))
        self._table.set_rows(tuple(bars))

    def _turn(self) -> None:
        as_table = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if as_table else 0)
        self._switch.setText("Show as a &chart" if as_table else "Show as a &table")


class _Canvas(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        theme().changed.connect(self.updateGeometry)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        self._bars = bars
        said = ", ".join(f"{bar.label} {bar.said}" for bar in bars) or "no figures yet"
        self.setAccessibleName(f"{self._name}: {said}")
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font(Type.CAPTION))
        if not self._bars:
            painter.setPen(theme().colour("text-quiet"))
            painter.drawText(self.rect(), _CENTRE, "No figures yet")
        else:
            self._draw(painter, max((bar.value for bar in self._bars), default=0) or 1)
        painter.end()

    def _draw(self, painter: QPainter, most: float) -> None:
        raise NotImplementedError

    def _fill(self, painter: QPainter, box: QRectF, token: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(token))
        painter.drawRoundedRect(box, 2, 2)


class _Across(_Canvas):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _step(self) -> int:
        return max(theme().px(26), QFontMetrics(theme().font(Type.CAPTION)).height() + theme().px(6))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), self._step() * max(len(self._bars), 2))

    def _draw(self, painter: QPainter, most: float) -> None:
        look, metrics, step = theme(), painter.fontMetrics(), self._step()
        label = min(max(metrics.horizontalAdvance(bar.label) for bar in self._bars), int(self.width() * 0.4)) + look.px(
            12
        )
        figure = max(metrics.horizontalAdvance(bar.said) for bar in self._bars) + look.px(10)
        room = max(self.width() - label - figure, 1)
        for at, bar in enumerate(self._bars):
            top = at * step
            painter.setPen(look.colour("text"))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, label - look.px(12))
            painter.drawText(QRectF(0, top, label, step), _LEFT, words)
            long = max(room * max(bar.value, 0) / most, look.px(2) if bar.value else 0)
            thick = look.px(12)
            self._fill(painter, QRectF(label, top + (step - thick) / 2, long, thick), bar.token)
            painter.setPen(look.colour("text"))
            painter.drawText(QRectF(label + long + look.px(8), top, figure, step), _LEFT, bar.said)


class _Upright(_Canvas):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(180))

    def _draw(self, painter: QPainter, most: float) -> None:
        look, metrics = theme(), painter.fontMetrics()
        line = metrics.height()
        step = self.width() / len(self._bars)
        room = self.height() - line * 2 - look.px(10)
        base = line + look.px(4) + room
        every = max(
            1, -(-max(metrics.horizontalAdvance(b.label) + look.px(8) for b in self._bars) // max(int(step), 1))
        )
        for at, bar in enumerate(self._bars):
            left = at * step
            tall = max(room * max(bar.value, 0) / most, look.px(2) if bar.value else 0)
            thick = min(step * 0.6, look.px(40))
            box = QRectF(left + (step - thick) / 2, base - tall, thick, tall)
            self._fill(painter, box, bar.token)
            painter.setPen(look.colour("text"))
            if metrics.horizontalAdvance(bar.said) <= step:
                painter.drawText(QRectF(left, box.top() - line - 2, step, line), _CENTRE, bar.said)
            if at % every == 0:
                painter.setPen(look.colour("text-quiet"))
                wide = step * every
                spot = QRectF(left + step / 2 - wide / 2, base + look.px(4), wide, line)
                painter.drawText(spot, _CENTRE, bar.label)
        painter.fillRect(QRectF(0, base, self.width(), 1), look.colour("line-strong"))
