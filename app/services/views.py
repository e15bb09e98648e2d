"""Views of the register that a person keeps under a name: for their own account, in the store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select

from app.domain.problems import Overtaken, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.reads.pupils import PupilFilter
from app.store.tables.register import SavedViewRow

MOST = 30
"""Views that one account may keep."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name."""

    id: int
    name: str
    filter: PupilFilter


@dataclass(frozen=True, slots=True)
class SavedViews(Query[tuple[SavedView, ...]]):
    """One's own views."""


@answers(SavedViews, roles=EVERYONE)
def saved_views(query: SavedViews, view: View) -> tuple[SavedView, ...]:
    """By name. Nobody sees another person's."""
    del query
    rows = view.session.scalars(select(SavedViewRow).where(SavedViewRow.account_id == view.actor.id))
    return tuple(sorted((_read(row) for row in rows), key=lambda each: each.name.casefold()))


@dataclass(frozen=True, slots=True)
class SaveView(Command[int]):
    """Keep a filter under a name; one of the same name is replaced."""

    name: str
    filter: PupilFilter

    def __repr__(self) -> str:
        return "SaveView()"


@does(SaveView, roles=EVERYONE, verb="view.saved")
def save_view(command: SaveView, unit: Unit) -> int:
    """Its id. Refused without a name, for a filter that shows everybody, and beyond thirty views."""
    name = " ".join(command.name.split())[:60]
    if not name:
        raise Refused("Give the view a name, such as “Year 3 to chase”.")
    if command.filter == PupilFilter():
        raise Refused("This view would show everybody. Choose a filter or search first, then save the view.")
    own = list(unit.session.scalars(select(SavedViewRow).where(SavedViewRow.account_id == unit.actor.id)))
    row = next((each for each in own if each.name.casefold() == name.casefold()), None)
    if row is None:
        if len(own) >= MOST:
            raise Refused(f"You keep {MOST} views already. Remove one that you no longer need.")
        row = SavedViewRow(account_id=unit.actor.id, name=name, filter="")
        unit.session.add(row)
    row.name, row.filter = name, json.dumps(asdict(command.filter), ensure_ascii=False)
    unit.session.flush()
    unit.audit(f"view:{row.id}")
    unit.changed("views")
    return row.id


@dataclass(frozen=True, slots=True)
class RemoveView(Command[None]):
    """Let go of one's own view."""

    view_id: int


@does(RemoveView, roles=EVERYONE, verb="view.removed")
def remove_view(command: RemoveView, unit: Unit) -> None:
    """Another person's view is treated as one that is not there."""
    row = unit.session.get(SavedViewRow, command.view_id)
    if row is None or row.account_id != unit.actor.id:
        raise Overtaken("That view is gone already. Nothing was changed.")
    unit.session.delete(row)
    unit.audit(f"view:{row.id}")
    unit.changed("views")


def _read(row: SavedViewRow) -> SavedView:
    """What this version does not know of a filter is passed over."""
    known = {field.name for field in fields(PupilFilter)}
    said = {name: value for name, value in json.loads(row.filter).items() if name in known}
    return SavedView(row.id, row.name, PupilFilter(**said))
