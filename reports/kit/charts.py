"""Charts on paper: bars, stacked columns and lines, labelled where they stand and told apart without colour."""

from __future__ import annotations

from reports.kit import palette
from reports.kit.axes import Scale, patterned
from reports.kit.clean import cut
from reports.kit.flow import Box
from reports.kit.fonts import Face, FontBook
from reports.kit.grid import EmptyBox
from reports.kit.ink import Pen
from reports.kit.lines import wrap
from reports.kit.model import Chart, Shape
from reports.kit.numbers import written
from reports.kit.tags import Element, literal

MOST_BARS = 36
_LABEL = 8.5
_BAR, _STEP = 10.5, 15.5
_PLOT = 150.0
_DASHES = ("", "5 2.5", "1.5 2", "7 2 1.5 2", "3 1.5", "")


def chart_of(book: FontBook, chart: Chart, width: float, number: int) -> Box:
    """The box that a chart becomes; a sentence where there is nothing to draw."""
    title = f"Figure {number}. {cut(chart.title, 300)}"
    if not any(any(chart.values(series)) for series in chart.series):
        return EmptyBox(book, title, "There is nothing to draw: no figure is above zero.", width)
    return ChartBox(book, chart, title, width)


def in_words(chart: Chart) -> str:
    """What the chart shows, for somebody who cannot see it."""
    rows = []
    columns = [chart.values(series) for series in chart.series]
    for place, name in enumerate(chart.categories()):
        figures = [f"{series} {_figure(column[place])}" for series, column in zip(chart.series, columns, strict=True)]
        rows.append(f"{name}: {', '.join(figures)}")
    return cut(f"{chart.title}. {chart.says} {'; '.join(rows)}.", 4_000)


def _figure(value: float) -> str:
    return written(int(value) if value == int(value) else value)


class ChartBox(Box):
    """A chart with its title, its sentence and its legend."""

    def __init__(self, book: FontBook, chart: Chart, title: str, width: float) -> None:
        self.chart, self.book, self.width = chart, book, width
        self.title = wrap(book, title, Face.SEMIBOLD, 10, width)
        self.says = wrap(book, cut(chart.says, 600), Face.REGULAR, 9, width)
        self.names = [book.shown(cut(name, 60)).replace("\n", " ") for name in chart.categories()]
        self.columns = [chart.values(series) for series in chart.series]
        self.series = [book.shown(cut(series, 40)).replace("\n", " ") for series in chart.series]
        self.cut_to = min(len(self.names), MOST_BARS) if chart.shape is Shape.BARS else len(self.names)
        self.legend = len(self.series) > 1 and chart.shape is not Shape.LINES
        self.above = 16
        self.top = len(self.title) * 13 + len(self.says) * 12 + 6 + (18 if self.legend else 0)
        self.height = self.top + self._plot_height() + 4

    def _plot_height(self) -> float:
        if self.chart.shape is not Shape.BARS:
            return _PLOT + 22
        return self.cut_to * _STEP + (16 if self.cut_to < len(self.names) else 2)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draws the words as text and the rest as one figure with its content in words."""
        base = top
        with pen.tagged(Element("P", pen.tree.root)):
            for line in self.title:
                pen.text(x, base - 10, line, Face.SEMIBOLD, 10)
                base -= 13
            for line in self.says:
                pen.text(x, base - 10, line, Face.REGULAR, 9, palette.TEXT_QUIET)
                base -= 12
        figure = Element("Figure", pen.tree.root, f"/Alt {literal(in_words(self.chart))}")
        with pen.tagged(figure):
            if self.legend:
                self._draw_legend(pen, x, base - 15)
            plot_top = top - self.top
            if self.chart.shape is Shape.BARS:
                self._draw_bars(pen, x, plot_top)
            elif self.chart.shape is Shape.COLUMNS:
                self._draw_columns(pen, x, plot_top)
            else:
                self._draw_lines(pen, x, plot_top)

    def _draw_legend(self, pen: Pen, x: float, base: float) -> None:
        for order, series in enumerate(self.series):
            patterned(pen, order, x, base - 1, 12, 9)
            pen.text(x + 16, base, series, Face.REGULAR, _LABEL)
            x += 16 + self.book.width(series, Face.REGULAR, _LABEL) + 16

    def _draw_bars(self, pen: Pen, x: float, top: float) -> None:
        wide = max(self.book.width(name, Face.REGULAR, 9) for name in self.names[: self.cut_to])
        left = x + min(wide, self.width * 0.4) + 8
        totals = [sum(column[place] for column in self.columns) for place in range(self.cut_to)]
        figures = [_figure(total) for total in totals]
        room = x + self.width - left - 8 - max(self.book.width(text, Face.SEMIBOLD, 9) for text in figures)
        unit = room / max(totals)
        for place in range(self.cut_to):
            foot = top - place * _STEP - _STEP + 3
            size = min(9.0, 9.0 * self.width * 0.4 / max(self.book.width(self.names[place], Face.REGULAR, 9), 1))
            pen.text_right(left - 6, foot + 2.5, self.names[place], Face.REGULAR, size)
            start = left
            for order, column in enumerate(self.columns):
                self._draw_segment(pen, order, start, foot, column[place] * unit, column[place])
                start += column[place] * unit
            pen.text(start + 5, foot + 2.5, figures[place], Face.SEMIBOLD, 9)
        pen.rule((left, top), (left, top - self.cut_to * _STEP), palette.LINE_STRONG, 0.75)
        if self.cut_to < len(self.names):
            more = f"The first {self.cut_to} of {len(self.names)} are drawn. The table has them all."
            pen.text(x, top - self.cut_to * _STEP - 12, more, Face.REGULAR, _LABEL, palette.TEXT_QUIET)

    def _draw_segment(self, pen: Pen, order: int, x: float, y: float, wide: float, value: float) -> None:
        if value <= 0:
            return
        patterned(pen, order, x, y, wide, _BAR)
        label = _figure(value)
        text_width = self.book.width(label, Face.SEMIBOLD, 8)
        if len(self.columns) > 1 and wide > text_width + 8:
            _on_ground(pen, order, x + wide / 2, y + 2.5, label, text_width)

    def _draw_columns(self, pen: Pen, x: float, top: float) -> None:
        totals = [sum(column[place] for column in self.columns) for place in range(len(self.names))]
        scale = Scale(self.book, max(totals), x, top - 12, self.width, _PLOT - 12)
        scale.draw(pen)
        step = scale.wide / len(self.names)
        wide = min(step * 0.68, 44.0)
        for place, total in enumerate(totals):
            left = scale.left + place * step + (step - wide) / 2
            y = scale.foot
            for order, column in enumerate(self.columns):
                high = column[place] * scale.unit
                if high > 0:
                    patterned(pen, order, left, y, wide, high)
                    self._label_column(pen, order, left + wide / 2, y, wide, high, column[place])
                y += high
            if total and step > 20:
                pen.text_centred(left + wide / 2, y + 3.5, _figure(total), Face.SEMIBOLD, _LABEL)
        scale.draw_names(pen, self.names)

    def _label_column(
        self, pen: Pen, order: int, middle: float, y: float, wide: float, high: float, value: float
    ) -> None:
        label = _figure(value)
        text_width = self.book.width(label, Face.SEMIBOLD, 8)
        if len(self.columns) > 1 and high > 13 and wide > text_width + 4:
            _on_ground(pen, order, middle, y + high / 2 - 2.8, label, text_width)

    def _draw_lines(self, pen: Pen, x: float, top: float) -> None:
        tail = max(self.book.width(series, Face.SEMIBOLD, _LABEL) for series in self.series) + 12
        most = max(max(column, default=0) for column in self.columns)
        scale = Scale(self.book, most, x, top - 12, self.width - tail, _PLOT - 12)
        scale.draw(pen)
        step = scale.wide / len(self.names)
        taken: list[float] = []
        for order, (series, column) in enumerate(zip(self.series, self.columns, strict=True)):
            colour = palette.LINES[order % len(palette.LINES)]
            points = [
                (scale.left + (place + 0.5) * step, scale.foot + value * scale.unit)
                for place, value in enumerate(column)
            ]
            pen.trace(points, colour, 1.8, _DASHES[order % len(_DASHES)])
            for at_x, at_y in points:
                pen.shape(((at_x - 2.6, at_y), (at_x, at_y + 2.6), (at_x + 2.6, at_y), (at_x, at_y - 2.6)), colour)
            base = points[-1][1] - 3
            while any(abs(base - other) < 11 for other in taken):
                base += 1
            taken.append(base)
            pen.text(points[-1][0] + 8, base, series, Face.SEMIBOLD, _LABEL)
        scale.draw_names(pen, self.names)


def _on_ground(pen: Pen, order: int, middle: float, base: float, label: str, wide: float) -> None:
    """A figure inside a bar, on a plain patch so that no pattern runs through it."""
    colour = palette.SERIES[order % len(palette.SERIES)]
    pen.rounded(middle - wide / 2 - 2, base - 1.4, wide + 4, 8.4, 1.5, colour)
    dark = sum(palette.rgb(colour)) < 1.5
    pen.text(middle - wide / 2, base, label, Face.SEMIBOLD, 8, palette.PAPER if dark else palette.TEXT)
