"""A look at a table before it is read: its headings, a few rows, and which column the program would take for what.

A person who sees a wrong guess puts it right; what they say becomes the mapping that reading takes, and can be kept as
a preset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.incoming import ColumnGuess
from app.domain.problems import Unreadable
from app.intake.columns import choose_columns, score_headings
from app.intake.dates import today_in
from app.intake.headings import ADULT_FIELDS, PUPIL_FIELDS
from app.intake.messages import MESSAGE_FIELDS, guess_columns, score_messages
from app.intake.recognise import Shape, recognise
from app.intake.sheets import read_sheets
from app.intake.table import HeadedTable, Table, find_headings, read_table
from app.intake.values import tidy

_SAMPLES = 5
REGISTER_FIELDS = (*PUPIL_FIELDS, *(f"guardian{number}.{each}" for number in (1, 2) for each in ADULT_FIELDS))
"""The fields a class list can be mapped to."""
FEED_FIELDS = MESSAGE_FIELDS
"""The fields a table of messages can be mapped to."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """One sheet as far as a person needs to see it to say which column is which."""

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    heading_row: int
    samples: tuple[tuple[str, ...], ...]
    guesses: tuple[ColumnGuess, ...]

    @property
    def mapping(self) -> dict[str, str]:
        """The guesses as a mapping, ready to be changed."""
        return {guess.field: guess.heading for guess in self.guesses}


def look_at_register(path: Path, today: date | None = None) -> tuple[TableLook, ...]:
    """Each sheet of a class list with the guesses. Raises Unreadable where the file holds no table."""
    day = today or today_in(ZoneInfo("Europe/London"))
    looks = []
    for table in _tables(path):
        headed = find_headings(table, score_headings) or _under_first_row(table)
        guesses = choose_columns(table.file, headed.headings, headed.rows, None, day).guesses
        looks.append(_look(headed, guesses))
    return tuple(looks)


def look_at_messages(path: Path) -> tuple[TableLook, ...]:
    """Each sheet of a table of messages with the guesses. Raises Unreadable where the file holds no table."""
    looks = []
    for table in _tables(path):
        headed = find_headings(table, score_messages) or _under_first_row(table)
        looks.append(_look(headed, guess_columns(headed.headings)))
    return tuple(looks)


def _tables(path: Path) -> list[Table]:
    known = recognise(path)
    if known.shape is Shape.WORKBOOK:
        return read_sheets(path)
    if known.shape is Shape.TABLE and known.decoded is not None:
        return [read_table(path.name, known.decoded.text)]
    raise Unreadable(f"{path.name} is not a table, so it has no columns to choose from.")


def _under_first_row(table: Table) -> HeadedTable:
    found = find_headings(table, lambda cells: float(any(cell.strip() for cell in cells)))
    if found is None:
        raise Unreadable(f"{table.file} is empty. Save it again from where it came and bring it in again.")
    return found


def _look(headed: HeadedTable, guesses: list[ColumnGuess]) -> TableLook:
    samples = tuple(tuple(tidy(cell)[:60] for cell in cells) for _, cells in headed.rows[:_SAMPLES])
    return TableLook(headed.file, headed.sheet, headed.headings, headed.heading_row, samples, tuple(guesses))
