"""A chart of a `Figure`: lines over time or bars that add up, in the colours of the scheme.

The table behind says the same in figures: a chart is never the only way to a number. It takes neither focus nor mouse.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.figures import Figure, Series, Shape, joined
from app.ui.parts.arrange import row, wrapping
from app.ui.parts.text import caption
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.spacing import TIGHT, WITHIN

_SYMBOLS = ("o", "s", "t", "d")
_BAR = 0.62
"""How much of its row a bar fills."""


class Plot(QWidget):
    """One chart with its legend."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme().px(WITHIN))
        self._figure: Figure | None = None
        theme().changed.connect(self._again)

    def show_figure(self, figure: Figure) -> None:
        """Draw this one."""
        self._figure = figure
        while (item := self._down.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setAccessibleName(f"Chart: {figure.title}. {figure.says}")
        self._down.addWidget(self._canvas(figure), 1)
        if len(figure.series) > 1:
            self._down.addWidget(wrapping(*(_legend(at, one) for at, one in enumerate(figure.series)), gap=WITHIN * 2))

    def _again(self) -> None:
        if self._figure is not None:
            self.show_figure(self._figure)

    @cached_property
    def _graph(self) -> Any:
        import pyqtgraph  # a quarter of a second, and numpy: only where a chart is shown

        pyqtgraph.setConfigOptions(antialias=True)
        return pyqtgraph

    def _canvas(self, figure: Figure) -> QWidget:
        look = theme()
        canvas = self._graph.PlotWidget(background=look.colour("surface-raised"))
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.setMenuEnabled(False)
        canvas.hideButtons()
        canvas.setFrameShape(canvas.Shape.NoFrame)
        plot = canvas.getPlotItem()
        plot.setMouseEnabled(False, False)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(look.colour("line-strong"))
            axis.setTextPen(look.colour("text-quiet"))
            axis.setStyle(tickFont=look.font(Type.CAPTION), tickLength=0)
        if figure.shape is Shape.LINES:
            self._lines(canvas, figure)
            canvas.setFixedHeight(look.px(230))
        else:
            self._bars(canvas, figure)
            canvas.setFixedHeight(look.px(56 + 27 * max(len(figure.labels), 1)))
        canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return canvas  # type: ignore[no-any-return]

    def _lines(self, canvas: Any, figure: Figure) -> None:
        plot = canvas.getPlotItem()
        plot.showGrid(y=True, alpha=0.25)
        step = max(1, -(-len(figure.labels) // 7))
        plot.getAxis("bottom").setTicks([[(at, label) for at, label in enumerate(figure.labels) if at % step == 0]])
        highest = max((value for one in figure.series for value in one.values if value is not None), default=0)
        top = 100.0 if figure.percent else max(highest * 1.1, 4)
        plot.setYRange(0, top, padding=0.02)
        plot.setXRange(-0.4, max(len(figure.labels) - 0.6, 0.6), padding=0)
        for at, series in enumerate(figure.series):
            self._line(plot, series, _SYMBOLS[at % len(_SYMBOLS)])

    def _line(self, plot: Any, series: Series, symbol: str) -> None:
        ink = _ink(series)
        pen = self._graph.mkPen(ink, width=theme().px(2))
        for run in joined(series):
            plot.plot(list(run), [series.values[at] for at in run], pen=pen)
        size = theme().px(8)
        for firm, brush in ((True, ink), (False, theme().colour("surface-raised"))):
            places = [at for at, value in enumerate(series.values) if value is not None and series.firm(at) is firm]
            values = [series.values[at] for at in places]
            plot.plot(places, values, pen=None, symbol=symbol, symbolSize=size, symbolPen=pen, symbolBrush=brush)

    def _bars(self, canvas: Any, figure: Figure) -> None:
        plot = canvas.getPlotItem()
        count = len(figure.labels)
        plot.getViewBox().invertY(True)
        axis = plot.getAxis("left")
        axis.setTicks([list(enumerate(figure.labels))])
        axis.setTextPen(theme().colour("text"))
        ground = [0.0] * count
        for series in figure.series:
            widths = [value or 0.0 for value in series.values]
            bars = self._graph.BarGraphItem(
                x0=list(ground), y=list(range(count)), width=widths, height=_BAR, brush=_ink(series), pen=None
            )
            plot.addItem(bars)
            ground = [base + wide for base, wide in zip(ground, widths, strict=True)]
        plot.setXRange(0, max([*ground, 4]), padding=0.02)
        plot.setYRange(-0.6, max(count - 0.4, 0.6), padding=0)


class _Swatch(QWidget):
    """A spot of a series's colour, in the shape its dots have."""

    def __init__(self, ink: str, round_: bool) -> None:
        super().__init__()
        self._ink, self._round = ink, round_
        self.setFixedSize(theme().px(12), theme().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(self._ink))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(box) if self._round else painter.drawRect(box)
        painter.end()


def _legend(at: int, series: Series) -> QWidget:
    name = caption(series.name)
    name.setWordWrap(False)
    return row(_Swatch(_token(series), at == 0), name, gap=TIGHT)


def _token(series: Series) -> str:
    return "line-strong" if series.tone == "quiet" else series.tone


def _ink(series: Series) -> Any:
    return theme().colour(_token(series))
