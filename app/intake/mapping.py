"""A person's own word on which column holds which field: a map file, JSON {"field": "column heading"}, or by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from app.domain.columns_said import Area, ColumnsSaid, heading_key, said_of
from app.domain.problems import Unreadable
from app.intake.files import read_bytes
from app.intake.text import decode

Field = TypeVar("Field")
Mapped = Mapping[str, str] | tuple[ColumnsSaid, ...] | None
"""A map file's fields and headings, or what was said column by column of tables with certain headings."""
BY_HAND = "your word"
_SETTLED = 50
"""What was said by hand outweighs whatever a row's words look like."""


def read_mapping(path: Path) -> dict[str, str]:
    """A map file's fields and headings. An empty heading means: do not read this field at all.

    Raises Unreadable where it is not a JSON object of texts.
    """
    try:
        said = json.loads(decode(path.name, read_bytes(path)).text)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"{path.name} is not JSON. A map file looks like {_EXAMPLE}.") from fault
    if not isinstance(said, dict):
        raise Unreadable(f"{path.name} is not a map of fields to columns. It should look like {_EXAMPLE}.")
    inner = said.get("columns")
    entries = inner if isinstance(inner, dict) else said
    if not all(isinstance(value, str | None) for value in entries.values()):
        raise Unreadable(f"{path.name} names a column with something that is no text. It should look like {_EXAMPLE}.")
    return {str(field): value or "" for field, value in entries.items()}


_EXAMPLE = '{"first": "Forename", "born": "DOB"}'


def same_heading(one: str, other: str) -> bool:
    """Whether two headings are the same but for spaces, capitals and accents."""
    return heading_key(one) == heading_key(other)


def by_hand(mapping: Mapped, headings: Sequence[str], area: Area | None = None) -> ColumnsSaid | None:
    """What was said by hand of a table with these headings, if it is of this area."""
    found = said_of(mapping, headings) if isinstance(mapping, tuple) else None
    return found if found is not None and area in (None, found.area) else None


def by_map(mapping: Mapped) -> Mapping[str, str]:
    """A map file's fields and headings; none where there is no map file."""
    return {} if mapping is None or isinstance(mapping, tuple) else mapping


def settle(
    mapping: Mapping[str, str],
    headings: Sequence[str],
    field_of: Callable[[str], Field | None],
    file: str,
    known: str,
) -> dict[Field, int | None]:
    """Which column each mapped field is in, None where it is not to be read.

    A map written the other way round, heading first, is understood. Raises Unreadable, with what there is to choose
    from, for a field the program does not keep and for a heading the file does not have.
    """
    places = {heading_key(heading): place for place, heading in reversed(list(enumerate(headings))) if heading}
    settled: dict[Field, int | None] = {}
    for key, heading in mapping.items():
        field, column = field_of(key), heading
        if (
            heading_key(column) not in places
            and heading_key(key) in places
            and (turned := field_of(heading)) is not None
        ):
            field, column = turned, key
        if field is None:
            raise Unreadable(f'The map file names a field "{key}", which is not one of: {known}.')
        if column and heading_key(column) not in places:
            there = ", ".join(f'"{each}"' for each in headings if each)
            raise Unreadable(f'The map file names a column "{column}", which {file} does not have. It has {there}.')
        settled[field] = places[heading_key(column)] if column else None
    return settled


def mapped_headings(mapping: Mapped, cells: Sequence[str], area: Area) -> int:
    """How many of a map's columns a row of cells names; that row is then the headings."""
    if isinstance(mapping, tuple):
        return _SETTLED if by_hand(mapping, cells, area) is not None else 0
    if not mapping:
        return 0
    wanted = {heading_key(text) for pair in mapping.items() for text in pair if text}
    return sum(heading_key(cell) in wanted for cell in cells if cell)
