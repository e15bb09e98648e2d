"""Remembering what the columns of a school's own files mean, by a name, so that nobody says it twice (H7)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.columns_said import Area, ColumnsSaid, compared, headings_digest
from app.domain.problems import Overtaken, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.importing import ColumnPresetRow

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class ColumnPreset:
    """What was remembered, and for which headings."""

    id: int
    name: str
    said: ColumnsSaid


@dataclass(frozen=True, slots=True)
class ColumnPresets(Query[tuple[ColumnPreset, ...]]):
    """Everything that is remembered, by name."""


@answers(ColumnPresets, roles=EVERYONE)
def column_presets(query: ColumnPresets, view: View) -> tuple[ColumnPreset, ...]:
    """Anybody may bring in posts, so anybody may see what their columns mean."""
    del query
    rows = view.session.scalars(select(ColumnPresetRow).order_by(ColumnPresetRow.name))
    return tuple(
        ColumnPreset(
            row.id,
            row.name,
            ColumnsSaid(Area(row.area), tuple(json.loads(row.headings)), tuple(json.loads(row.meanings))),
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class RememberColumns(Command[int]):
    """Remember what each column means in files with these headings. `meanings` has a field, or nothing, for each."""

    name: str
    area: Area
    headings: tuple[str, ...]
    meanings: tuple[str, ...]


@does(RememberColumns, roles=EVERYONE, verb="columns.remembered")
def remember_columns(command: RememberColumns, unit: Unit) -> int:
    """The preset's id. What was remembered for the same headings before gives way to it."""
    name = " ".join(command.name.split())
    if not name:
        raise Refused("Give the columns a name, so that you know them again next time.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"The name is longer than {LONGEST_NAME} characters. Shorten it.")
    headings = compared(command.headings)
    if not headings or not any(command.meanings):
        raise Refused("There is no column to remember. Say what at least one of them means.")
    digest = headings_digest(command.headings)
    row = unit.session.scalar(select(ColumnPresetRow).where(ColumnPresetRow.digest == digest))
    other = unit.session.scalar(select(ColumnPresetRow).where(ColumnPresetRow.name == name))
    if other is not None and other is not row:
        raise Refused(f"“{name}” is the name of other columns already. Choose another name.")
    if row is None:
        row = ColumnPresetRow(digest=digest, headings=json.dumps(headings, ensure_ascii=False))
        unit.session.add(row)
    row.name, row.area = name, command.area
    row.meanings = json.dumps(command.meanings, ensure_ascii=False)
    row.saved_at, row.saved_by = unit.now, unit.actor.id
    unit.session.flush()
    unit.audit(f"columns:{row.id}", {"area": row.area, "columns": sum(map(bool, command.meanings))})
    unit.changed("imports")
    return row.id


@dataclass(frozen=True, slots=True)
class ForgetColumns(Command[None]):
    """Files with these headings are guessed again."""

    preset_id: int


@does(ForgetColumns, roles=EVERYONE, verb="columns.forgotten")
def forget_columns(command: ForgetColumns, unit: Unit) -> None:
    """What was brought in by them stays as it is."""
    row = unit.session.get(ColumnPresetRow, command.preset_id)
    if row is None:
        raise Overtaken("These columns have been forgotten already. Nothing was changed.")
    unit.session.delete(row)
    unit.audit(f"columns:{row.id}")
    unit.changed("imports")
