"""Taking the last import of a register back, while nothing stands on it (H7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select, update

from app.domain.problems import Overtaken, Refused
from app.services.door import Command, Query, answers, does
from app.services.enrolment_dependents import stands_on
from app.services.enrolment_trace import Traced, stored, traced
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.base import Base
from app.store.tables.content import ImportRow
from app.store.tables.importing import ImportUndoRow
from app.store.tables.school import StaffClassRow

_IN_ORDER = ("tie", "care_record", "pupil", "guardian", "staff", "class")
"""Nothing is taken away that something else of the import still points at."""


@dataclass(frozen=True, slots=True)
class ImportDone:
    """The last import that can be taken back, in figures."""

    id: int
    at: datetime
    by: str
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class LastImport(Query[ImportDone | None]):
    """The last import of a register; None where there is none to take back."""


@answers(LastImport, roles=OFFICE_AND_HEAD)
def last_import(query: LastImport, view: View) -> ImportDone | None:
    """Whether anything stands on it is only asked when somebody wants to take it back."""
    del query
    row = view.session.execute(
        select(ImportRow.id, ImportRow.applied_at, AccountRow.name, ImportRow.new, ImportRow.changed)
        .join(ImportUndoRow, ImportUndoRow.import_id == ImportRow.id)
        .join(AccountRow, AccountRow.id == ImportRow.applied_by)
    ).first()
    return ImportDone(*row) if row is not None else None


@dataclass(frozen=True, slots=True)
class TakeBackImport(Command[ImportDone]):
    """Take the last import back: what it made goes, what it changed is as it was."""

    import_id: int


@does(TakeBackImport, roles=OFFICE_AND_HEAD, verb="register.taken_back")
def take_back(command: TakeBackImport, unit: Unit) -> ImportDone:
    """What was taken back.

    Raises `Overtaken` where it is not the last import any more, and `Refused` with what stands on it.
    """
    done = last_import(LastImport(), unit)
    if done is None or done.id != command.import_id:
        raise Overtaken("This is no longer the last import, so it cannot be taken back. Nothing was changed.")
    kept = unit.session.get(ImportUndoRow, done.id)
    row = unit.session.get(ImportRow, done.id)
    assert kept is not None
    assert row is not None
    trace = traced(kept.made, kept.before)
    standing = stands_on(unit.session, trace, done.id)
    if standing:
        raise Refused(
            f"The import cannot be taken back, because these stand on it: {_listed(standing)}. Nothing was changed. "
            "Put single pupils right on their own pages."
        )
    unit.session.delete(kept)
    row.taken_back_at = unit.now
    unit.session.flush()
    _put_back(unit, trace)
    _remove(unit, trace)
    unit.session.expire_all()
    unit.audit(f"import:{done.id}", {"new": done.new, "changed": done.changed})
    unit.changed("pupils", "guardians", "school", "imports")
    return done


def _put_back(unit: Unit, trace: Traced) -> None:
    """Every changed row as it was; a pupil's version still grows, since what others have seen has changed."""
    for each in trace.changed:
        if trace.makes(each.table, each.id):
            continue
        table = _table(each.table)
        values: dict[str, Any] = stored(table, each.before)
        if "version" in values:
            values["version"] = each.after["version"] + 1 if isinstance(each.after["version"], int) else 1
        unit.session.execute(update(table).where(table.c.id == each.id).values(values))


def _remove(unit: Unit, trace: Traced) -> None:
    for staff_id, class_id in trace.pairs:
        unit.session.execute(
            delete(StaffClassRow).where(StaffClassRow.staff_id == staff_id, StaffClassRow.class_id == class_id)
        )
    for name in _IN_ORDER:
        table = _table(name)
        for first, last in trace.made.get(name, ()):
            unit.session.execute(delete(table).where(table.c.id.between(first, last)))


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _listed(standing: list[str]) -> str:
    return standing[0] if len(standing) == 1 else f"{', '.join(standing[:-1])} and {standing[-1]}"
