"""Destruction lists: what was destroyed under the schedule, when, by whose word; figures and references alone (K4)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.problems import Problem
from app.domain.retention import Kept
from app.domain.roles import LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.retention import DestructionPartRow, DestructionRow


@dataclass(frozen=True, slots=True)
class DestroyedPart:
    """What went of one sort. `numbers` are runs of record numbers, by table."""

    kind: Kept
    keep: str
    approved: int
    destroyed: int
    files: int
    oldest: date | None
    newest: date | None
    figures: tuple[tuple[str, int], ...]
    numbers: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Destruction:
    """One destruction: the list of what went."""

    id: int
    as_of: date
    approved_at: datetime
    approved_by: str
    finished_at: datetime | None
    parts: tuple[DestroyedPart, ...]

    @property
    def destroyed(self) -> int:
        """How many records went."""
        return sum(part.destroyed for part in self.parts)

    @property
    def approved(self) -> int:
        """How many were approved; a hold that was placed in between makes it more than went."""
        return sum(part.approved for part in self.parts)


@dataclass(frozen=True, slots=True)
class Destructions(Query[tuple[Destruction, ...]]):
    """Every destruction, the newest first."""


@answers(Destructions, roles=LEADERS)
def destructions(query: Destructions, view: View) -> tuple[Destruction, ...]:
    """Nothing of what was destroyed can be read from it."""
    del query
    names: dict[int, str] = {id_: name for id_, name in view.session.execute(select(AccountRow.id, AccountRow.name))}
    parts = view.session.scalars(select(DestructionPartRow).order_by(DestructionPartRow.id)).all()
    rows = view.session.scalars(select(DestructionRow).order_by(DestructionRow.id.desc()))
    return tuple(
        Destruction(
            id=row.id,
            as_of=row.as_of,
            approved_at=row.approved_at,
            approved_by=names.get(row.approved_by, ""),
            finished_at=row.finished_at,
            parts=tuple(_part(part) for part in parts if part.destruction_id == row.id),
        )
        for row in rows
    )


def _part(row: DestructionPartRow) -> DestroyedPart:
    gone = json.loads(row.numbers).get("gone", {})
    return DestroyedPart(
        kind=Kept(row.kind),
        keep=row.keep,
        approved=row.approved,
        destroyed=row.destroyed,
        files=row.files,
        oldest=row.oldest,
        newest=row.newest,
        figures=tuple(json.loads(row.figures).items()),
        numbers=tuple((table, tuple((first, last) for first, last in runs)) for table, runs in gone.items()),
        digest=row.digest,
    )


@dataclass(frozen=True, slots=True)
class RecordListSaved(Command[None]):
    """Note that a destruction list left the program as a file."""

    destruction_id: int
    sha256: str


@does(RecordListSaved, roles=LEADERS, verb="retention.list_saved")
def record_list_saved(command: RecordListSaved, unit: Unit) -> None:
    """The digest tells a found file apart."""
    if unit.session.get(DestructionRow, command.destruction_id) is None:
        raise Problem("This destruction is not on record. Nothing was noted.")
    unit.audit(f"destruction:{command.destruction_id}", {"sha256": command.sha256})
