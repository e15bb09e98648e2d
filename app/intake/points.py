"""The points report: one row a pupil, a column for each skill with its weight in brackets, totals at the end (H8).

Headings follow the language of whoever downloaded it, so columns are known by place and shape, not by words: the first
names the pupil, those with a number in brackets are skills, the figures after them are totals. Padding is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.columns_said import Area, ColumnsSaid
from app.domain.incoming import ColumnGuess, PointsTotal, SkillPoints
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.feed_gathering import FeedGathering
from app.intake.mapping import Mapped, by_hand, mapped_headings
from app.intake.table import HeadedTable, padded
from app.intake.values import tidy

_SKILL = re.compile(r"(.+?)\s*\(\s*([+-]?\d{1,3})\s*\)")
_PADDING = re.compile(r"u\d+", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?\d{1,9}")
_TOTAL_WORDS = re.compile(
    r"positiv|needs\s*work|necesita|total|negativ|à améliorer|muss|precisa|verbeter|gesamt|totaal|summe|celkem", re.I
)
_SUM_ROW = frozenset(
    {"total", "totals", "class total", "whole class", "everyone", "all students", "clase", "total class"}
)
_TICK = 500
POINTS_FIELDS = ("pupil", "skill", "taken", "positive", "needs_work", "total")
"""What a column of a points report can be said to be; `taken` is a skill by which points are taken away."""
_TOTALS = POINTS_FIELDS[3:]


@dataclass(frozen=True, slots=True)
class _Columns:
    pupil: int
    skills: tuple[tuple[int, str, int], ...]
    totals: tuple[int | None, int | None, int | None]


def score_points(cells: Sequence[str], mapping: Mapped = None) -> float:
    """How much a row looks like the headings of a points report; 0 where it does not."""
    told = by_hand(mapping, cells)
    if told is not None:
        return mapped_headings(mapping, cells, Area.POINTS)
    skills = sum(1 for cell in cells if _SKILL.fullmatch(cell.strip()))
    totals = sum(1 for cell in cells if _TOTAL_WORDS.match(cell.strip()))
    enough = skills >= 2 or (skills and totals) or totals >= 2
    return skills * 2 + totals if enough and len([cell for cell in cells if cell.strip()]) >= 3 else 0


def guess_points(headings: Sequence[str]) -> list[ColumnGuess]:
    """Which column holds what, by place and shape."""
    columns = _columns(headings)
    found = [(columns.pupil, "pupil")] + [
        (place, "skill" if weight >= 0 else "taken") for place, _, weight in columns.skills
    ]
    found += [(place, field) for place, field in zip(columns.totals, _TOTALS, strict=True) if place is not None]
    return [ColumnGuess(field, headings[place], place, 0.9, "heading") for place, field in found]


def read_points(table: HeadedTable, ticket: Ticket | None = None, mapping: Mapped = None) -> FeedGathering:
    """Read a points report. Raises Unreadable where no column has points in it."""
    told = by_hand(mapping, table.headings, Area.POINTS)
    columns = _columns(table.headings) if told is None else _columns_said(table, told)
    if not columns.skills and not any(place is not None for place in columns.totals):
        raise Unreadable(f"{table.file} has no columns of points. Download the points report again.")
    gathering = FeedGathering("points", table.file)
    gathering.rejected += table.broken
    gathering.rows = len(table.broken)
    for place, (number, cells) in enumerate(table.rows):
        if ticket is not None and place % _TICK == 0:
            ticket.tick(place, len(table.rows), table.file)
        _read_row(number, padded(cells, len(table.headings)) or cells, columns, gathering)
    if gathering.rows == 0:
        gathering.warn(table.heading_row, None, "The report has headings and no pupils below them.")
    return gathering


def _columns(headings: Sequence[str]) -> _Columns:
    pupil = next((place for place, heading in enumerate(headings) if heading and not _PADDING.fullmatch(heading)), 0)
    skills = []
    for place, heading in enumerate(headings):
        found = _SKILL.fullmatch(heading)
        if found and place != pupil:
            skills.append((place, tidy(found[1]), int(found[2])))
    last = skills[-1][0] if skills else pupil
    totals = [
        place
        for place, heading in enumerate(headings)
        if place > last and heading and not _PADDING.fullmatch(heading) and (skills or _TOTAL_WORDS.match(heading))
    ]
    named: list[int | None] = [None, None, totals[0]] if len(totals) == 1 else [*totals, None, None, None][:3]
    return _Columns(pupil, tuple(skills), (named[0], named[1], named[2]))


def _columns_said(table: HeadedTable, told: ColumnsSaid) -> _Columns:
    """The columns as a person named them. Raises Unreadable where none holds the pupils."""
    skills: list[tuple[int, str, int]] = []
    first: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        meaning = told.meaning(place)
        if meaning in ("skill", "taken"):
            found = _SKILL.fullmatch(heading)
            weight = int(found[2]) if found else 1
            sign = 1 if meaning == "skill" else -1
            skills.append((place, tidy(found[1] if found else heading), sign * (abs(weight) or 1)))
        elif meaning:
            first.setdefault(meaning, place)
    if "pupil" not in first:
        raise Unreadable(f"No column of {table.file} was said to hold the pupils. Say which one does.")
    totals = [first.get(field) for field in _TOTALS]
    return _Columns(first["pupil"], tuple(skills), (totals[0], totals[1], totals[2]))


def _read_row(number: int, cells: Sequence[str], columns: _Columns, gathering: FeedGathering) -> None:
    pupil = tidy(cells[columns.pupil]) if columns.pupil < len(cells) else ""
    if pupil.casefold() in _SUM_ROW:
        return
    gathering.rows += 1
    if not pupil:
        gathering.reject(number, "pupil", "The row names no pupil.")
        return
    skills, odd = [], []
    for place, skill, weight in columns.skills:
        text = cells[place].strip() if place < len(cells) else ""
        if not text:
            continue
        if _WHOLE.fullmatch(text) is None:
            odd.append(skill)
        elif int(text):
            skills.append(SkillPoints(skill, weight, int(text)))
    if odd:
        gathering.reject(number, odd[0], f"There is no whole number under {', '.join(odd)}. Download the report again.")
        return
    positive, needs_work, total = (_whole(cells, place) if place is not None else None for place in columns.totals)
    row = PointsTotal(gathering.file, number, pupil, tuple(skills), positive, needs_work, total)
    gathering.points.append(row)
    _check_totals(row, bool(columns.skills), gathering)


def _whole(cells: Sequence[str], place: int) -> int | None:
    text = cells[place].strip() if place < len(cells) else ""
    return int(text) if _WHOLE.fullmatch(text) else None


def _check_totals(row: PointsTotal, has_skills: bool, gathering: FeedGathering) -> None:
    """Say where the report's own figures do not add up. They are kept as they are."""
    if has_skills:
        good = [each for each in row.skills if each.weight > 0]
        bad = [each for each in row.skills if each.weight < 0]
        for name, told, listed in (("positive", row.positive, good), ("needs work", row.needs_work, bad)):
            weighed = sum(abs(each.count * each.weight) for each in listed)
            if told is not None and abs(told) != weighed:
                gathering.warn(
                    row.row, name, f"The skills add up to {weighed}, and the report says {abs(told)}. Both were kept."
                )
    if row.total is not None and row.positive is not None and row.needs_work is not None:
        expected = abs(row.positive) - abs(row.needs_work)
        if row.total != expected:
            gathering.warn(
                row.row, "total", f"The totals make {expected}, and the report says {row.total}. Both were kept."
            )
