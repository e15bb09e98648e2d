"""Map files: a person's own word on which column holds which field, as JSON {"field": "column heading"}."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from app.domain.naming import fold
from app.domain.problems import Unreadable
from app.intake.files import read_bytes
from app.intake.text import decode

Field = TypeVar("Field")


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
    return _folded(one) == _folded(other)


def _folded(heading: str) -> str:
    return " ".join(fold(heading).replace("_", " ").split())


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
    places = {_folded(heading): place for place, heading in reversed(list(enumerate(headings))) if heading}
    settled: dict[Field, int | None] = {}
    for key, heading in mapping.items():
        field, column = field_of(key), heading
        if _folded(column) not in places and _folded(key) in places and (turned := field_of(heading)) is not None:
            field, column = turned, key
        if field is None:
            raise Unreadable(f'The map file names a field "{key}", which is not one of: {known}.')
        if column and _folded(column) not in places:
            there = ", ".join(f'"{each}"' for each in headings if each)
            raise Unreadable(f'The map file names a column "{column}", which {file} does not have. It has {there}.')
        settled[field] = places[_folded(column)] if column else None
    return settled


def mapped_headings(mapping: Mapping[str, str] | None, cells: Sequence[str]) -> int:
    """How many of a map's columns a row of cells names; that row is then the headings."""
    if not mapping:
        return 0
    wanted = {_folded(text) for pair in mapping.items() for text in pair if text}
    return sum(_folded(cell) in wanted for cell in cells if cell)
