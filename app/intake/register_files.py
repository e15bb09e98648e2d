"""Register files one by one, each to the reader its content asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.domain.incoming import SchoolNumber
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.bundle import Bundle, is_bundle_heading, load_files, load_folder, load_zip
from app.intake.class_list import read_class_list
from app.intake.columns import score_headings
from app.intake.ctf import read_ctf
from app.intake.files import read_bytes
from app.intake.gathering import Gathering
from app.intake.mapping import Mapped
from app.intake.messages import score_messages
from app.intake.oneroster import read_oneroster
from app.intake.points import score_points
from app.intake.recognise import Recognised, Shape, recognise
from app.intake.sds_uk import read_sds_uk
from app.intake.sheets import read_sheets
from app.intake.table import HeadedTable, Table, find_headings, read_table
from app.intake.text import decode

_SHAPES = {
    "csv": (Shape.TABLE,),
    "xlsx": (Shape.WORKBOOK,),
    "ctf": (Shape.XML,),
    "oneroster": (Shape.FOLDER, Shape.ZIP, Shape.TABLE),
}
_ARTICLES = {
    "csv": "a CSV file",
    "xlsx": "a workbook",
    "ctf": "a common transfer file",
    "oneroster": "a OneRoster bundle",
}


def read_register_files(
    paths: Sequence[Path],
    fmt: str | None,
    mapping: Mapped,
    ticket: Ticket | None,
    today: date,
    school: SchoolNumber | None,
) -> list[Gathering]:
    """Every file's yield, in order; tables that belong together are read as one bundle."""
    known = [recognise(path) for path in paths]
    for each in known:
        _check_shape(each, fmt)
    parts: list[Gathering] = []
    loose: list[Path] = []
    for each in known:
        table = _table(each) if each.shape is Shape.TABLE else None
        if table is not None and (fmt == "oneroster" or (fmt is None and _is_bundled(table))):
            loose.append(each.path)
        elif table is not None:
            parts.append(_class_list(each, [table], "csv", mapping, ticket, today))
        elif each.shape is Shape.WORKBOOK:
            parts += _workbook(each, mapping, ticket, today)
        elif each.shape is Shape.XML:
            parts.append(read_ctf(each.path, today, school, ticket))
        elif each.shape in (Shape.FOLDER, Shape.ZIP):
            bundle = load_folder(each.path) if each.shape is Shape.FOLDER else load_zip(each.path)
            parts.append(_bundle(bundle, today, ticket))
        else:
            raise Unreadable(_not_a_register(each))
    if loose:
        parts.append(_bundle(load_files(loose), today, ticket))
    return parts


def _check_shape(known: Recognised, fmt: str | None) -> None:
    if fmt is not None and known.shape not in _SHAPES[fmt]:
        raise Unreadable(f"{known.path.name} is not {_ARTICLES[fmt]}. Choose another file, or let the program tell.")


def _table(known: Recognised) -> Table:
    decoded = known.decoded or decode(known.path.name, read_bytes(known.path))
    return read_table(known.path.name, decoded.text)


def _is_bundled(table: Table) -> bool:
    first = next((cells for _, cells in table.rows if any(map(str.strip, cells))), [])
    return is_bundle_heading(first)


def _bundle(bundle: Bundle, today: date, ticket: Ticket | None) -> Gathering:
    return read_oneroster(bundle, today, ticket) if bundle.has("users") else read_sds_uk(bundle, today, ticket)


def _workbook(known: Recognised, mapping: Mapped, ticket: Ticket | None, today: date) -> list[Gathering]:
    tables = read_sheets(known.path)
    headed = [(table, find_headings(table, lambda cells: score_headings(cells, mapping))) for table in tables]
    lists = [table for table, found in headed if found is not None]
    if not lists:
        return [_class_list(known, tables, "xlsx", mapping, ticket, today)]
    parts = [_class_list(known, [table], "xlsx", mapping, ticket, today, len(lists) > 1) for table in lists]
    for table, found in headed:
        if found is None:
            parts[0].warn(
                known.path.name, None, table.sheet, f'The sheet "{table.sheet}" holds no class list. Not read.'
            )
    joined = parts[0]
    for part in parts[1:]:
        _join(joined, part)
    return [joined]


def _join(joined: Gathering, part: Gathering) -> None:
    """Sheets of one workbook are one file."""
    part.tell_tallies()
    joined.tell_tallies()
    joined.rows += part.rows
    joined.pupils += part.pupils
    joined.classes += part.classes
    joined.rejected += part.rejected
    joined.warnings += part.warnings
    joined.sightings += part.sightings
    joined.rejected_cells += part.rejected_cells
    joined.covers |= part.covers


def _class_list(
    known: Recognised,
    tables: Sequence[Table],
    kind: str,
    mapping: Mapped,
    ticket: Ticket | None,
    today: date,
    sheet_is_class: bool = False,
) -> Gathering:
    headed = find_headings(tables[0], lambda cells: score_headings(cells, mapping))
    if headed is None:
        raise Unreadable(_no_headings(known, tables, mapping))
    if sheet_is_class:
        headed = HeadedTable(
            f"{headed.file} ({headed.sheet})",
            headed.headings,
            headed.heading_row,
            headed.rows,
            headed.broken,
            headed.sheet,
        )
    gathering = read_class_list(headed, kind, today, mapping, ticket, sheet_is_class)
    gathering.files = (known.path.name,)
    if known.decoded is not None and known.decoded.warning:
        gathering.warn(known.path.name, None, None, known.decoded.warning)
    return gathering


def _no_headings(known: Recognised, tables: Sequence[Table], mapping: Mapped) -> str:
    rows = [cells for table in tables for _, cells in table.rows[:30]]
    if any(score_points(cells) for cells in rows):
        return f"{known.path.name} is a points report, not a register. Bring it in with the feed."
    if any(score_messages(cells) for cells in rows):
        return f"{known.path.name} holds messages, not a register. Bring it in with the feed."
    there = _closest(rows)
    if mapping and not isinstance(mapping, tuple):
        return f"{known.path.name} has none of the columns that the map names. It has {there}."
    return (
        f"{known.path.name} cannot be read as a class list: no row names columns such as First name, Last name and "
        f"Date of birth. It begins with {there}."
    )


def _closest(rows: Sequence[Sequence[str]]) -> str:
    filled = next((cells for cells in rows if any(cell.strip() for cell in cells)), [])
    shown = [f'"{" ".join(cell.split())[:40]}"' for cell in filled if cell.strip()][:8]
    return ", ".join(shown) or "nothing"


def _not_a_register(known: Recognised) -> str:
    what = {
        Shape.JSON: "JSON, as story feeds are",
        Shape.JSON_LINES: "a list of items",
        Shape.MAIL: "an e-mail",
    }[known.shape]
    return f"{known.path.name} is {what}, not a register. Bring it in with the feed."
