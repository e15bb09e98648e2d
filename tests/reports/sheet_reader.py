"""Reads a workbook back: its tables as they are shown, by the types and formats that the file itself holds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import load_workbook

from reports.kit.sheet import HEAD_ROW

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@dataclass(frozen=True)
class SheetTable:
    """A worksheet's table as somebody sees it: title, headings, rows with the total last."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def workbook(data: bytes) -> Any:
    """The workbook, with the formulas that it should not have."""
    return load_workbook(io.BytesIO(data))


def parts(data: bytes, ending: str) -> dict[str, str]:
    """The texts of the file's parts with this ending."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name).decode("utf-8") for name in held.namelist() if name.endswith(ending)}


def tables(data: bytes) -> list[SheetTable]:
    """All tables, in the order of their worksheets."""
    found = []
    for sheet in workbook(data).worksheets:
        if sheet.freeze_panes is None:
            continue
        head = tuple(str(cell.value) for cell in sheet[HEAD_ROW] if cell.value is not None)
        rows = []
        for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_col=len(head)):
            if all(cell.value is None and cell.data_type == "n" for cell in row):
                break
            rows.append(tuple(shown(cell) for cell in row))
        if not sheet.tables:
            rows = []
        found.append(SheetTable(str(sheet["A1"].value), head, tuple(rows)))
    return found


def shown(cell: Any) -> str:
    """What somebody sees in a cell, worked out from its value and number format alone."""
    value, how = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if how.startswith('"'):
        return str(how).strip('"')
    if how == "0%":
        return f"{_rounded(value * 100, '1')}%"
    if how == "#,##0.0":
        return f"{_rounded(value, '0.1'):,}"
    if how == "[h]:mm":
        minutes = round((value if isinstance(value, timedelta) else timedelta(days=value)).total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime):
        day = f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"
        return f"{day}, {value:%H:%M}" if how.endswith("hh:mm") else day
    return f"{value:,}"


def _rounded(value: float, step: str) -> Decimal:
    return Decimal(repr(round(value, 9))).quantize(Decimal(step), ROUND_HALF_UP)
