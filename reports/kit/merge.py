"""A plain list as a workbook: one sheet, a heading row, text that stays text. What a mail merge reads."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reports.kit.cells import Cells, Look


def sheet_of(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of the workbook. The headings stand in the first row, as a mail merge wants them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for place, title in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 16 if len(title) < 9 else 28
    sheet.freeze_panes = "A2"
    cells = Cells()
    sheet.append([cells.text(sheet, title, Look.HEAD) for title in columns])
    for row in rows:
        sheet.append([cells.text(sheet, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
