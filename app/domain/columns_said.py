"""A person's word on what the columns of a table mean, and how its headings are known again next time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.naming import fold


class Area(StrEnum):
    """What the rows of a table are about."""

    REGISTER = "register"
    MESSAGES = "messages"
    POINTS = "points"

    @property
    def words(self) -> str:
        """The area for a screen."""
        return {"register": "Pupils", "messages": "Posts or messages", "points": "Points"}[self.value]


@dataclass(frozen=True, slots=True)
class ColumnsSaid:
    """What each column means in tables with these headings: a field, or nothing for one that is not to be read."""

    area: Area
    headings: tuple[str, ...]
    """As `compared` gives them."""
    meanings: tuple[str, ...]

    def meaning(self, column: int) -> str:
        """The field of a column, counted from 0; nothing where it is not to be read."""
        return self.meanings[column] if column < len(self.meanings) else ""


def heading_key(heading: str) -> str:
    """A heading as it is compared: capitals, accents, spaces and underlines make no difference."""
    return " ".join(fold(heading).replace("_", " ").split())


def compared(headings: Iterable[str]) -> tuple[str, ...]:
    """A table's headings as they are compared, without empty ones at the end."""
    keys = [heading_key(heading) for heading in headings]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def headings_digest(headings: Sequence[str]) -> str:
    """By what a table's headings are known again."""
    return hashlib.sha256(json.dumps(compared(headings), ensure_ascii=False).encode()).hexdigest()


def said_of(words: Iterable[ColumnsSaid], headings: Sequence[str]) -> ColumnsSaid | None:
    """What was said of a table with these headings, if anything was."""
    key = compared(headings)
    return next((each for each in words if each.headings == key), None) if key else None
