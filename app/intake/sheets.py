"""Tables out of spreadsheets: XLSX, and XLS from older systems, as text with dates written the ISO way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.problems import Unreadable
from app.intake.files import Archive, open_archive, read_bytes, read_head
from app.intake.table import Table

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

XLSX_PARTS = "[Content_Types].xml"
MOST_CELLS = 20_000_000
_MOST_SHEETS = 100
_FAR_CELL = re.compile(rb"""\sr=["'](?:([A-Z]{2,3})(\d+)|([A-Z])(\d{6,7}))["'][^>]*(?<!/)>""")
"""A filled cell beyond column Z or below row 99,999; any nearer one is harmless."""


def read_sheets(path: Path) -> list[Table]:
    """Every visible sheet that holds anything. Raises Unreadable for a damaged, locked or boundless workbook."""
    if read_head(path, 2) == b"PK":
        _check_extent(path, open_archive(path))
    try:
        return _tables(path)
    except Unreadable:
        raise
    except BaseException as fault:
        # The reader is compiled; on a damaged file it may panic, which Python sees as no ordinary exception.
        if isinstance(fault, Exception) or type(fault).__name__ == "PanicException":
            raise Unreadable(_refusal(path, fault)) from None
        raise


def _refusal(path: Path, fault: BaseException) -> str:
    if "password" in f"{type(fault).__name__} {fault}".lower():
        return f"{path.name} is locked with a password. Save it without one and bring it in again."
    return f"{path.name} is damaged or not a workbook. Open it in a spreadsheet program and save it again as XLSX."


def _tables(path: Path) -> list[Table]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    # From the content, not the path: the reader would otherwise believe the file's ending.
    workbook: CalamineWorkbook = CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path)))
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    tables = []
    for name in names[:_MOST_SHEETS]:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        table = Table(path.name, list(enumerate((_cells(row) for row in rows), start=1)), sheet=name)
        if any(any(cells) for _, cells in table.rows):
            tables.append(table)
    if not tables:
        raise Unreadable(f"{path.name} holds no filled sheet. Check that it is the right workbook.")
    return tables


def _cells(row: Iterable[Any]) -> list[str]:
    return [value if type(value) is str else cell_text(value) for value in row]


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as 2019-08-31, moments as 2019-08-31T14:05:00."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _check_extent(path: Path, archive: Archive) -> None:
    """Refuse a workbook in which a cell stands so far out that the space up to it would fill the memory."""
    if XLSX_PARTS not in archive.members:
        raise Unreadable(f"{path.name} is a zip but not an Excel workbook. Save it as XLSX.")
    for name in archive.members:
        is_sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
        if is_sheet and _reach(archive.read(name)) > MOST_CELLS:
            raise Unreadable(
                f"{path.name} has cells so far out that it would fill this computer's memory. Copy the list into a new "
                "workbook and save that."
            )


def _reach(content: bytes) -> int:
    """How many cells there are from the first to the furthest filled one, at most."""
    widest, lowest = 26, 99_999
    for letters, number, letter, far in _FAR_CELL.findall(content):
        column = 0
        for each in letters or letter:
            column = column * 26 + each - 64
        widest, lowest = max(widest, column), max(lowest, int(number or far))
    return widest * lowest


def zip_names(path: Path) -> list[str]:
    """The names in a zip; none where it is damaged, which whoever opens it will say."""
    try:
        with zipfile.ZipFile(path) as opened:
            return opened.namelist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return []
