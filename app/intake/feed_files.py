"""Content files one by one, each to the reader its content asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.incoming import Remark
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.bundle import is_bundle_heading
from app.intake.columns import score_headings
from app.intake.eml import read_mail
from app.intake.feed_gathering import FeedGathering
from app.intake.files import open_archive, read_bytes
from app.intake.items_jsonl import read_items
from app.intake.mapping import Mapped
from app.intake.messages import read_messages, score_messages
from app.intake.pasted import is_conversation, read_conversation
from app.intake.points import read_points, score_points
from app.intake.recognise import Recognised, Shape, recognise
from app.intake.sheets import read_sheets
from app.intake.story_feed import is_story_feed, parse_json, read_story_feed
from app.intake.table import HeadedTable, Table, find_headings, read_table
from app.intake.text import Decoded, decode

_ARTICLES = {
    "story": "a saved story feed",
    "messages": "a table of messages",
    "items": "a list of items, one JSON object a line",
    "points": "a points report",
    "eml": "an e-mail",
    "pasted": "a copied conversation",
}
_TABLES = (Shape.TABLE, Shape.WORKBOOK)
_FITTING = {
    "story": (Shape.JSON, Shape.JSON_LINES),
    "messages": _TABLES,
    "items": (Shape.JSON, Shape.JSON_LINES),
    "points": _TABLES,
    "eml": (Shape.MAIL,),
    "pasted": (Shape.TABLE, Shape.JSON, Shape.MAIL),
}


def read_feed_file(
    path: Path, fmt: str | None, mapping: Mapped, ticket: Ticket | None, today: date, zone: ZoneInfo
) -> FeedGathering:
    """One file's yield. Raises Unreadable where it holds nothing for the feed."""
    known = recognise(path)
    if fmt is not None and known.shape not in _FITTING[fmt]:
        raise Unreadable(f"{path.name} is not {_ARTICLES[fmt]}. Choose another file, or let the program tell.")
    if fmt == "pasted":
        return _read_pasted(known, today, zone)
    if known.shape is Shape.MAIL:
        return read_mail(path.name, read_bytes(path), zone)
    if known.shape in _TABLES:
        return _read_table(known, fmt, mapping, ticket, today, zone)
    if known.shape in (Shape.JSON, Shape.JSON_LINES):
        return _read_json(known, fmt, ticket, today, zone)
    if known.shape is Shape.ZIP:
        open_archive(path)
    what = {Shape.FOLDER: "a folder", Shape.ZIP: "a zip", Shape.XML: "XML"}[known.shape]
    raise Unreadable(
        f"{path.name} is {what}, which holds no feed. The feed takes story pages, messages, points reports and e-mails."
    )


def _read_json(known: Recognised, fmt: str | None, ticket: Ticket | None, today: date, zone: ZoneInfo) -> FeedGathering:
    file, decoded = known.path.name, _decoded(known)
    if fmt == "items" or (fmt is None and known.shape is Shape.JSON_LINES):
        return _noted(read_items(file, decoded.text, zone, ticket), decoded)
    # A telephone's chat begins with a day in brackets, as a list in JSON does.
    if fmt is None and not decoded.text.lstrip().startswith("{") and is_conversation(decoded.text):
        return _read_pasted(known, today, zone)
    said = parse_json(file, decoded.text)
    if fmt is None and not is_story_feed(said):
        raise Unreadable(f"{file} is JSON, but neither a saved story feed nor a list of items, one a line.")
    return _noted(read_story_feed(file, said, zone, today, ticket), decoded)


def _read_table(
    known: Recognised,
    fmt: str | None,
    mapping: Mapped,
    ticket: Ticket | None,
    today: date,
    zone: ZoneInfo,
) -> FeedGathering:
    file = known.path.name
    decoded = None if known.shape is Shape.WORKBOOK else _decoded(known)
    tables = read_sheets(known.path) if decoded is None else [read_table(file, decoded.text)]
    map_file = bool(mapping) and not isinstance(mapping, tuple)
    points = None if fmt == "messages" or map_file else _best(tables, lambda cells: score_points(cells, mapping))
    if points is None and fmt == "points":
        points = _best(tables, lambda cells: float(len([cell for cell in cells if cell.strip()]) > 1))
    if points is not None:
        return _noted(read_points(points, ticket, mapping), decoded)
    messages = _best(tables, lambda cells: score_messages(cells, mapping)) if fmt != "points" else None
    if messages is None:
        if fmt is None and decoded is not None and not _is_register(tables) and is_conversation(decoded.text):
            return _read_pasted(known, today, zone)
        raise Unreadable(_nothing_found(file, tables, mapping))
    return _noted(read_messages(messages, zone, today, mapping, ticket), decoded)


def _best(tables: Sequence[Table], score: Callable[[Sequence[str]], float]) -> HeadedTable | None:
    return next((found for table in tables if (found := find_headings(table, score)) is not None), None)


def _nothing_found(file: str, tables: Sequence[Table], mapping: Mapped) -> str:
    if _is_register(tables):
        return f"{file} is a register, not a feed. Bring it in as a register."
    if mapping and not isinstance(mapping, tuple):
        return f"{file} has none of the columns that the map names."
    return (
        f"{file} is neither messages nor a points report: no row names columns such as From, Date and Message. Name "
        "them in the file, or say which they are with a map."
    )


def _is_register(tables: Sequence[Table]) -> bool:
    rows = [cells for table in tables for _, cells in table.rows[:30]]
    return any(score_headings(cells) or is_bundle_heading(cells) for cells in rows)


def _read_pasted(known: Recognised, today: date, zone: ZoneInfo) -> FeedGathering:
    decoded = _decoded(known)
    return _noted(read_conversation(known.path.name, decoded.text, zone, today), decoded)


def _decoded(known: Recognised) -> Decoded:
    return known.decoded or decode(known.path.name, read_bytes(known.path))


def _noted(gathering: FeedGathering, decoded: Decoded | None) -> FeedGathering:
    if decoded is not None and decoded.warning:
        gathering.warnings.insert(0, Remark(gathering.file, None, None, decoded.warning))
    return gathering
