"""A look at a table before it is read: its headings, a few rows, and which column the program would take for what.

A person who sees a wrong guess puts it right; what they say becomes the mapping that reading takes, and can be kept as
a preset.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.columns_said import Area
from app.domain.incoming import ColumnGuess
from app.domain.problems import Unreadable
from app.intake.bundle import is_bundle_heading
from app.intake.columns import choose_columns, score_headings
from app.intake.dates import today_in
from app.intake.headings import ADULT_FIELDS, PUPIL_FIELDS
from app.intake.messages import MESSAGE_FIELDS, guess_columns, score_messages
from app.intake.pasted import is_conversation
from app.intake.points import POINTS_FIELDS, guess_points, score_points
from app.intake.recognise import Shape, recognise
from app.intake.sheets import read_sheets
from app.intake.table import HeadedTable, Table, find_headings, read_table
from app.intake.values import tidy

_SAMPLES = 5
REGISTER_FIELDS = (*PUPIL_FIELDS, *(f"guardian{number}.{each}" for number in (1, 2) for each in ADULT_FIELDS))
"""The fields a class list can be mapped to."""
FEED_FIELDS = MESSAGE_FIELDS
"""The fields a table of messages can be mapped to."""
FIELDS = {Area.REGISTER: REGISTER_FIELDS, Area.MESSAGES: FEED_FIELDS, Area.POINTS: POINTS_FIELDS}
"""What a column can be said to be, by what the table is about."""


@dataclass(frozen=True, slots=True)
class TableLook:
    """One sheet as far as a person needs to see it to say which column is which."""

    file: str
    sheet: str | None
    headings: tuple[str, ...]
    heading_row: int
    samples: tuple[tuple[str, ...], ...]
    guesses: tuple[ColumnGuess, ...]
    area: Area | None = None
    """What the rows are about, as far as the headings tell."""
    rows: int = 0

    @property
    def meanings(self) -> tuple[str, ...]:
        """The guesses column by column: a field, or nothing."""
        told = {guess.column: guess.field for guess in self.guesses}
        return tuple(told.get(column, "") for column in range(len(self.headings)))

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


def look_at_tables(path: Path, today: date | None = None) -> tuple[TableLook, ...]:
    """Each sheet whose columns a person can put right, of whatever area; none for files that have no columns.

    A bundle's tables have fixed columns, and copied conversations have none. Raises Unreadable as reading does.
    """
    known = recognise(path)
    if known.shape not in (Shape.WORKBOOK, Shape.TABLE):
        return ()
    day = today or today_in(ZoneInfo("Europe/London"))
    tables = _tables(path)
    found = [look for table in tables if (look := _look_by_headings(table, day)) is not None]
    if found or not tables or any(is_bundle_heading(cells) for _, cells in tables[0].rows[:1]):
        return tuple(found)
    if known.decoded is not None and is_conversation(known.decoded.text):
        return ()
    headed = _under_first_row(tables[0])
    if len([heading for heading in headed.headings if heading]) < _FEWEST:
        return ()
    return (_look(headed, choose_columns(headed.file, headed.headings, headed.rows, None, day).guesses, None),)


_FEWEST = 2
"""A table of one column is a text with lines."""


def _look_by_headings(table: Table, day: date) -> TableLook | None:
    """A look at a sheet whose headings tell what it is about; None for a bundle's table, or where none tells."""
    if any(is_bundle_heading(cells) for _, cells in table.rows[:1]):
        return None
    register = find_headings(table, score_headings)
    points = find_headings(table, score_points)
    messages = find_headings(table, score_messages)
    if register is not None:
        guesses = choose_columns(register.file, register.headings, register.rows, None, day).guesses
        return _look(register, guesses, Area.REGISTER)
    if points is not None:
        return _look(points, guess_points(points.headings), Area.POINTS)
    return _look(messages, guess_columns(messages.headings), Area.MESSAGES) if messages is not None else None


def guesses_for(area: Area, headings: Sequence[str], rows: Sequence[Sequence[str]], today: date) -> tuple[str, ...]:
    """What the columns would be taken for if the table were about `area`: a field for each, or nothing."""
    if area is Area.REGISTER:
        guesses = choose_columns("", headings, [(at, list(row)) for at, row in enumerate(rows)], None, today).guesses
    else:
        guesses = guess_points(headings) if area is Area.POINTS else guess_columns(headings)
    told = {guess.column: guess.field for guess in guesses}
    return tuple(told.get(column, "") for column in range(len(headings)))


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


def _look(headed: HeadedTable, guesses: list[ColumnGuess], area: Area | None = None) -> TableLook:
    samples = tuple(tuple(tidy(cell)[:60] for cell in cells) for _, cells in headed.rows[:_SAMPLES])
    kept = (headed.file, headed.sheet, headed.headings, headed.heading_row, samples, tuple(guesses))
    return TableLook(*kept, area, len(headed.rows))
