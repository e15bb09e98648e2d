"""A spreadsheet's cells: real types, their formats, and text that can never be taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from reports.kit import palette
from reports.kit.clean import cut, harmless
from reports.kit.model import Cell, Kind, Share
from reports.kit.numbers import share, whole_percent

LONGEST = 32_767
"""The most characters that a cell may hold, by the file format."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.0",
    Kind.SHARE: "0%",
    Kind.DATE: "ddd d mmm yyyy",
    Kind.MOMENT: "ddd d mmm yyyy hh:mm",
    Kind.DURATION: "[h]:mm",
}


class Look(StrEnum):
    """What a cell is for."""

    BODY = "body"
    HEAD = "head"
    HEAD_FIGURE = "head of figures"
    TOTAL = "total"
    TITLE = "title"
    SECTION = "section"
    QUIET = "quiet"
    LINK = "link"


class Cells:
    """Makes the cells of one workbook; the styles that they share are made once."""

    def __init__(self) -> None:
        self._styles: dict[tuple[Look, str, bool], Any] = {}

    def row(
        self, sheet: Any, values: Iterable[Cell], kinds: Iterable[Kind], look: Look = Look.BODY
    ) -> list[SheetCell | None]:
        """A row of typed cells."""
        return [self.cell(sheet, value, kind, look) for value, kind in zip(values, kinds, strict=True)]

    def cell(self, sheet: Any, value: Cell, kind: Kind = Kind.TEXT, look: Look = Look.BODY) -> SheetCell | None:
        """One cell of the value's own type; None, an empty cell, where there is nothing to measure."""
        if value is None:
            return self.text(sheet, "", look) if look is Look.TOTAL else None
        if isinstance(value, str):
            return self.text(sheet, value, look)
        if isinstance(value, Share):
            return self._share(sheet, value, look)
        if isinstance(value, datetime):
            return self._made(sheet, value.replace(tzinfo=None), look, _FORMATS[Kind.MOMENT])
        if isinstance(value, date):
            return self._made(sheet, value, look, _FORMATS[Kind.DATE])
        if isinstance(value, timedelta):
            return self._made(sheet, value / timedelta(days=1), look, _FORMATS[Kind.DURATION])
        whole = isinstance(value, int) and kind is not Kind.NUMBER
        return self._made(sheet, value, look, _FORMATS[Kind.COUNT if whole else Kind.NUMBER])

    def text(self, sheet: Any, value: str, look: Look = Look.BODY) -> SheetCell:
        """A cell that is text whatever it begins with, without what the file format forbids."""
        value = cut(harmless(value), LONGEST)
        cell = self._made(sheet, None, look, _FORMATS[Kind.TEXT], value.startswith(_FORMULA_STARTS))
        cell.value = value
        cell.data_type = "s"
        return cell

    def link(self, sheet: Any, words: str, to_sheet: str) -> SheetCell:
        """A cell that leads to another worksheet of the book."""
        cell = self.text(sheet, words, Look.LINK)
        place = to_sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref="", location=f"'{place}'!A1")
        return cell

    def _share(self, sheet: Any, value: Share, look: Look) -> SheetCell | None:
        """A number that sorts as what it is, shown as on paper ("3 of 4" where the whole is small)."""
        if value.fraction is None:
            return self.cell(sheet, None, Kind.SHARE, look)
        words = share(value)
        plain = words == f"{whole_percent(value)}%"
        return self._made(sheet, value.fraction, look, _FORMATS[Kind.SHARE] if plain else f'"{words}"')

    def _made(self, sheet: Any, value: Any, look: Look, how: str, quoted: bool = False) -> SheetCell:
        cell: Any = WriteOnlyCell(sheet, value)
        key = (look, how, quoted)
        if key in self._styles:
            cell._style = copy(self._styles[key])
        else:
            _dress(cell, look, how)
            cell.quotePrefix = quoted
            self._styles[key] = cell._style
        made: SheetCell = cell
        return made


def _dress(cell: Any, look: Look, how: str) -> None:
    name, text = "Calibri", palette.TEXT[1:]
    cell.number_format = how
    cell.font = Font(name=name, size=11, color=text)
    words = how == _FORMATS[Kind.TEXT]
    side = "left" if words and look is not Look.HEAD_FIGURE else "right"
    cell.alignment = Alignment(vertical="top", wrap_text=words, horizontal=side, indent=1)
    if look in (Look.HEAD, Look.HEAD_FIGURE):
        cell.font = Font(name=name, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=palette.ACCENT[1:])
        cell.alignment = Alignment(vertical="bottom", wrap_text=True, horizontal=side, indent=1)
    elif look is Look.TOTAL:
        cell.font = Font(name=name, size=11, bold=True, color=text)
        cell.border = Border(top=Side("thin", color=palette.LINE_STRONG[1:]))
    elif look in (Look.TITLE, Look.SECTION):
        size = 18 if look is Look.TITLE else 13
        cell.font = Font(name=name, size=size, bold=True, color=palette.ACCENT[1:])
        cell.alignment = Alignment(vertical="center", wrap_text=False)
    elif look is Look.QUIET:
        cell.font = Font(name=name, size=10, color=palette.TEXT_QUIET[1:])
        cell.alignment = Alignment(vertical="top", wrap_text=False)
    elif look is Look.LINK:
        cell.font = Font(name=name, size=11, color=palette.ACCENT[1:], underline="single")
        cell.alignment = Alignment(vertical="top", wrap_text=False)
