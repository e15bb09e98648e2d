"""Class lists: any office's sheet with one row a pupil, or one row a pupil and contact.

A row needs a first name, a last name and a possible date of birth, or it is left out with the reasons. Everything else
that is odd becomes a warning and the row is kept. NHS numbers, health and meals are never read.
"""

from __future__ import annotations

from datetime import date

from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.columns import ListColumns, choose_columns
from app.intake.gathering import Gathering
from app.intake.list_rows import ListReader
from app.intake.mapping import Mapped
from app.intake.table import HeadedTable

_STRETCH = 1000


def read_class_list(
    table: HeadedTable,
    kind: str,
    today: date,
    mapping: Mapped = None,
    ticket: Ticket | None = None,
    sheet_is_class: bool = False,
) -> Gathering:
    """Read a class list. Raises Unreadable where no column can hold the names, or the dates of birth.

    `kind` is csv or xlsx. `sheet_is_class` says that the sheet's name stands for the class where no column does.
    """
    columns = choose_columns(table.file, table.headings, table.rows, mapping, today)
    _check_columns(table, columns)
    gathering = Gathering(kind, (table.file,), "Class list", columns=columns.guesses)
    gathering.rejected += table.broken
    gathering.rows = len(table.broken)
    _say_unread(table, columns, gathering)
    reader = ListReader(table, columns, gathering, today)
    if sheet_is_class and "class" not in columns.columns:
        reader.take_class_from_sheet()
    for start in range(0, len(table.rows), _STRETCH):
        if ticket is not None:
            ticket.tick(start, len(table.rows), table.file)
        reader.read(start, table.rows[start : start + _STRETCH])
    gathering.warnings.sort(key=lambda remark: remark.row or 0)
    gathering.name_classes()
    if not table.broken:
        gathering.covers |= {pupil.class_name for pupil in gathering.pupils if pupil.class_name}
    if gathering.rows == 0:
        gathering.warn(table.file, table.heading_row, None, "The file has headings and no pupils below them.")
    return gathering


def _check_columns(table: HeadedTable, columns: ListColumns) -> None:
    there = columns.columns
    lacking = []
    if "name" not in there:
        lacking += [words for key, words in (("first", "first names"), ("last", "last names")) if key not in there]
    if "born" not in there and "upn" not in there:
        lacking.append("dates of birth")
    if lacking:
        raise Unreadable(
            f"{table.file} cannot be read as a class list: no column was found for {' and '.join(lacking)}. Name the "
            "columns in the file, or say which they are with a map."
        )


def _say_unread(table: HeadedTable, columns: ListColumns, gathering: Gathering) -> None:
    for heading in columns.unread:
        gathering.warn(
            table.file,
            table.heading_row,
            heading,
            f'The column "{heading}" does not say whose it is, so it was not read. A map can say that it is a '
            "guardian's.",
        )
    for guess in columns.guesses:
        if guess.because == "content":
            gathering.warn(
                table.file,
                table.heading_row,
                guess.heading or f"column {guess.column + 1}",
                f"This column was taken for the {_PLAIN.get(guess.field, guess.field)} because of what is in it. Check "
                "that this is right.",
            )


_PLAIN = {"born": "date of birth", "upn": "UPN"}
