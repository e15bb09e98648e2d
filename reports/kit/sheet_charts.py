"""A spreadsheet's own charts, drawn from the cells of its tables, with patterns beside colours."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.pagebreak import Break

from reports.kit import palette
from reports.kit.cells import Cells, Look
from reports.kit.clean import cut
from reports.kit.model import Chart, Kind, Shape

_PATTERNS: tuple[Any, ...] = (None, "ltUpDiag", None, None, None, "dotGrid")
_LINES = ("", "FFFFFF", "", "", "", "FFFFFF")
_DASHES: tuple[Any, ...] = ("solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash")
# The stubs do not know that a colour may be given by its code.
_COLOUR: Any = ColorChoice
_WIDTH, _HIGH = 24.0, 9.5
"""Centimetres. A row is half a centimetre."""


def fill_charts(cells: Cells, sheet: Any, charts: list[Chart], own: dict[str, Any], head_row: int) -> None:
    """Stacks the charts on their worksheet, each under its title and its sentence."""
    sheet.column_dimensions["A"].width = 120
    row, high = 1, 0.0
    lines: dict[int, tuple[str, Look]] = {}
    for chart in charts:
        lines[row], lines[row + 1] = (chart.title, Look.SECTION), (chart.says, Look.QUIET)
        high = _height(chart)
        if chart.table.rows:
            drawn = _drawn(chart, own[chart.table.name], head_row)
            drawn.width, drawn.height = _WIDTH, high
            sheet.add_chart(drawn, f"A{row + 2}")
        else:
            lines[row + 2] = (chart.table.empty, Look.QUIET)
            high = 1.0
        row += 4 + int(high / 0.5)
        sheet.row_breaks.append(Break(id=row - 1))
    for place in range(1, row):
        words, look = lines.get(place, ("", Look.BODY))
        sheet.append([cells.text(sheet, words, look)] if words else [])


def _height(chart: Chart) -> float:
    return _HIGH if chart.shape is not Shape.BARS else max(6.0, min(2.5 + 0.75 * len(chart.table.rows), 24.0))


def _drawn(chart: Chart, sheet: Any, head_row: int) -> Any:
    drawn: Any
    if chart.shape is Shape.LINES:
        drawn = LineChart()
    else:
        drawn = BarChart()
        drawn.type = "bar" if chart.shape is Shape.BARS else "col"
        drawn.grouping, drawn.overlap, drawn.gapWidth = "stacked", 100, 45
    last = head_row + len(chart.table.rows)
    for order, name in enumerate(chart.series):
        column = chart.table.place(name) + 1
        values = Reference(sheet, min_col=column, min_row=head_row + 1, max_row=last)
        series = Series(values, title=cut(name, 60))
        _dress(series, order, chart.shape)
        drawn.series.append(series)
    labels = chart.table.place(chart.labels) + 1
    drawn.set_categories(Reference(sheet, min_col=labels, min_row=head_row + 1, max_row=last))
    drawn.title = None
    drawn.legend = drawn.legend if len(chart.series) > 1 else None
    if drawn.legend is not None:
        drawn.legend.position = "b"
    if len(chart.series) == 1:
        drawn.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.scaling.min = 0
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=palette.LINE[1:]))
    drawn.y_axis.number_format, drawn.y_axis.numFmt.sourceLinked = "#,##0", False
    if chart.shape is Shape.BARS:
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.crosses = "max"
    if chart.table.columns[labels - 1].kind is Kind.DATE:
        drawn.x_axis.number_format, drawn.x_axis.numFmt.sourceLinked = "d mmm", False
    return drawn


def _dress(series: Any, order: int, shape: Shape) -> None:
    colours = palette.LINES if shape is Shape.LINES else palette.SERIES
    colour = colours[order % len(colours)][1:]
    place = order % len(_PATTERNS)
    if shape is Shape.LINES:
        series.graphicalProperties = GraphicalProperties(
            ln=LineProperties(solidFill=colour, prstDash=_DASHES[place], w=25_400)
        )
        series.marker.symbol = "diamond"
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.smooth = False
        return
    pattern = _PATTERNS[place]
    if pattern is None:
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
    else:
        fill = PatternFillProperties(prst=pattern, fgClr=_COLOUR(srgbClr=_LINES[place]), bgClr=_COLOUR(srgbClr=colour))
        series.graphicalProperties = GraphicalProperties(pattFill=fill)
