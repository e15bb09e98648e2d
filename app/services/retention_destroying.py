"""Destroying what the headteacher approved: in batches that are whole, gone on with where one was cut off (K4, H12).

What is approved is a list of record numbers, sealed by a digest that the headteacher saw. Each batch is one
transaction: it looks anew at what is guarded, so that a hold placed in between counts. The list that stays says how
many of what went, when and by whose word, and never what it said.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.retention import Kept, keep_words, ranges
from app.domain.roles import HEAD
from app.services.door import Command, does
from app.services.evidence import evidence_faults
from app.services.retention import confirmed_months
from app.services.retention_forgetting import forget_records
from app.services.retention_preview import due_records, whole_seal
from app.services.unit import Unit
from app.store.reads.retention_due import DueRecord
from app.store.search import leave_no_trace
from app.store.tables.retention import DestructionPartRow, DestructionRow

BATCH = 5_000
"""So many records go in one transaction."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a destruction is: records destroyed of those approved."""

    destruction_id: int
    destroyed: int
    of: int
    finished: bool


@dataclass(frozen=True, slots=True)
class ApproveDestruction(Command[Progress]):
    """The headteacher's word that what the preview showed is to be destroyed. It begins at once.

    `seal` is the preview's. `batch` is how many records go in one transaction.
    """

    seal: str
    batch: int = BATCH


@does(ApproveDestruction, roles=HEAD, verb="retention.approved")
def approve_destruction(command: ApproveDestruction, unit: Unit) -> Progress:
    """Refused where nothing is due or another one is not finished; `Overtaken` where something else is due by now."""
    if unit.session.scalar(select(DestructionRow.id).where(DestructionRow.finished_at.is_(None)).limit(1)):
        raise Refused("The last destruction is not finished. Go on with it first.")
    months = confirmed_months(unit)
    found = due_records(unit, months)
    if whole_seal(months, found) != command.seal:
        raise Overtaken("What is due has changed since you looked. Nothing was destroyed: look at the list again.")
    going = {kind: [each for each in records if each.back is None] for kind, records in found.items()}
    if not any(going.values()):
        raise Refused("Nothing is due today. Nothing was destroyed.")
    row = DestructionRow(as_of=unit.today, approved_at=unit.now, approved_by=unit.actor.id)
    unit.session.add(row)
    unit.session.flush()
    for kind, records in going.items():
        if records:
            unit.session.add(_part(row.id, kind, months[kind], records))
    unit.session.flush()
    return _batch(unit, row, command.batch)


@dataclass(frozen=True, slots=True)
class GoOnDestroying(Command[Progress]):
    """The next batch of what was approved."""

    destruction_id: int
    batch: int = BATCH


@does(GoOnDestroying, roles=HEAD, verb="retention.destroyed")
def go_on_destroying(command: GoOnDestroying, unit: Unit) -> Progress:
    """`Overtaken` where it is finished."""
    row = unit.session.get(DestructionRow, command.destruction_id)
    if row is None:
        raise Problem("This destruction is not on record. Nothing was destroyed.")
    if row.finished_at is not None:
        raise Overtaken("This destruction is finished already. Nothing more was destroyed.")
    return _batch(unit, row, command.batch)


def _part(destruction_id: int, kind: Kept, months: int, records: list[DueRecord]) -> DestructionPartRow:
    return DestructionPartRow(
        destruction_id=destruction_id,
        kind=kind,
        keep=keep_words(kind, months),
        months=months,
        approved=len(records),
        destroyed=0,
        files=0,
        figures="{}",
        numbers=json.dumps({"approved": _numbered(records), "gone": {}}),
        digest="",
    )


def _numbered(records: list[DueRecord]) -> dict[str, list[tuple[int, int]]]:
    tables: dict[str, list[int]] = {}
    for each in records:
        tables.setdefault(each.table, []).append(each.id)
    return {table: ranges(ids) for table, ids in tables.items()}


def _batch(unit: Unit, row: DestructionRow, size: int) -> Progress:
    """Destroy up to `size` records, part by part. The last batch sweeps up and closes the list."""
    parts = unit.session.scalars(
        select(DestructionPartRow).where(DestructionPartRow.destruction_id == row.id).order_by(DestructionPartRow.id)
    ).all()
    confirmed = confirmed_months(unit)
    still = {Kept(part.kind): part for part in parts if confirmed.get(Kept(part.kind)) == part.months}
    found = due_records(unit, {kind: part.months for kind, part in still.items()}, row.as_of)
    room, waits = max(size, 1), False
    went: Counter[str] = Counter()
    for kind, part in still.items():
        left = _approved(part, found[kind])
        going, waits = left[:room], waits or len(left) > room
        room -= len(going)
        if going:
            _destroy(unit, part, going)
            went[kind] += len(going)
    unit.session.flush()
    if not waits:
        _finish(unit, row, list(parts))
    destroyed = sum(part.destroyed for part in parts)
    unit.audit(f"destruction:{row.id}", {**went, "finished": not waits, "digest": _digest_of(parts)})
    unit.changed("retention", "review", "cases", "codes", "sheets", "permissions", "replies")
    unit.words_went = True
    return Progress(row.id, destroyed, sum(part.approved for part in parts), not waits)


def _approved(part: DestructionPartRow, records: list[DueRecord]) -> list[DueRecord]:
    """Those of the approved list that are still there and that nothing guards now."""
    allowed = {
        table: {number for first, last in runs for number in range(first, last + 1)}
        for table, runs in json.loads(part.numbers)["approved"].items()
    }
    return [each for each in records if each.back is None and each.id in allowed.get(each.table, ())]


def _destroy(unit: Unit, part: DestructionPartRow, records: list[DueRecord]) -> None:
    figures: Counter[str] = Counter(json.loads(part.figures))
    files = forget_records(unit, records, figures)
    part.figures = json.dumps(dict(sorted(figures.items())))
    part.destroyed += len(records)
    part.files += files
    days = [each.day for each in records]
    part.oldest = min([*days, *filter(None, [part.oldest])])
    part.newest = max([*days, *filter(None, [part.newest])])
    listed = "\n".join([part.digest, *(each.ref for each in records)])
    part.digest = hashlib.sha256(listed.encode()).hexdigest()
    numbers = json.loads(part.numbers)
    for table, runs in _numbered(records).items():
        before = [number for first, last in numbers["gone"].get(table, ()) for number in range(first, last + 1)]
        after = [number for first, last in runs for number in range(first, last + 1)]
        numbers["gone"][table] = ranges([*before, *after])
    part.numbers = json.dumps(numbers)


def _finish(unit: Unit, row: DestructionRow, parts: list[DestructionPartRow]) -> None:
    """Sweep the full-text index and files that no row names, close the list."""
    for part in parts:
        part.numbers = json.dumps({"gone": json.loads(part.numbers)["gone"]})
    row.finished_at = unit.now
    leave_no_trace(unit.session)
    evidence_faults(unit)


def _digest_of(parts: object) -> str:
    assert isinstance(parts, list | tuple)
    return hashlib.sha256("\n".join(part.digest for part in parts).encode()).hexdigest()
