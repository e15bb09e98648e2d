"""Holds: a record, or a whole sort of record, that is kept past its time for a reason (K4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.problems import Overtaken, Refused
from app.domain.retention import LONGEST_REASON, RULES, Kept
from app.domain.roles import HEAD
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables import Base
from app.store.tables.accounts import AccountRow
from app.store.tables.retention import RetentionHoldRow

TABLES: dict[str, tuple[Kept, str]] = {
    "item": (Kept.ITEMS, "Item"),
    "points_total": (Kept.ITEMS, "Line of a points report"),
    "before_posting": (Kept.DRAFTS, "Draft that was checked"),
    "linking_code": (Kept.CODES, "Linking code"),
    "login_card": (Kept.CODES, "Pupil's login code"),
    "evidence": (Kept.FORMS, "Scanned permission form"),
    "class_sheet": (Kept.LISTS, "Class list"),
    "breach_case": (Kept.CASES, "Case"),
    "data_breach": (Kept.CASES, "Entry of the breach register"),
    "request": (Kept.REQUESTS, "Request"),
}
"""The tables that the schedule's records lie in, with their line and their word."""


@dataclass(frozen=True, slots=True)
class PlaceHold(Command[int]):
    """Keep records past their time. Without records, everything of that sort is held."""

    kind: Kept
    records: tuple[tuple[str, int], ...]
    why: str
    review_on: date

    def __repr__(self) -> str:
        return f"PlaceHold({self.kind}, {len(self.records)})"


@does(PlaceHold, roles=HEAD, verb="retention.held")
def place_hold(command: PlaceHold, unit: Unit) -> int:
    """How many holds were placed; all of them or none. Refused without a reason, or with a day that has passed."""
    why = command.why.strip()
    if not why:
        raise Refused("Say why it is held. The reason stays on record, for senior leaders alone.")
    if len(why) > LONGEST_REASON:
        raise Refused(f"The reason is too long: keep it under {LONGEST_REASON} letters.")
    if command.review_on <= unit.today:
        raise Refused("Choose a day ahead on which the hold is looked at again.")
    if RULES[command.kind].kept_whole:
        raise Refused("This record is kept whole, so there is nothing to hold.")
    held = _in_force(unit)
    wanted: tuple[tuple[str | None, int | None], ...] = command.records or ((None, None),)
    for table, record_id in wanted:
        if table is not None:
            _check_record(unit, command.kind, table, record_id or 0)
        if (command.kind, table, record_id) in held:
            raise Overtaken("This is held already. Nothing was changed.")
        unit.session.add(
            RetentionHoldRow(
                kind=command.kind,
                table=table,
                record_id=record_id,
                why_sealed=unit.sealed(why),
                review_on=command.review_on,
                placed_at=unit.now,
                placed_by=unit.actor.id,
            )
        )
    unit.audit("school", {"kind": command.kind, "records": len(command.records)})
    unit.changed("retention")
    return len(wanted)


def _check_record(unit: Unit, kind: Kept, table: str, record_id: int) -> None:
    if TABLES.get(table, (None,))[0] is not kind:
        raise Refused("This record does not belong to that line of the schedule. Nothing was held.")
    rows = Base.metadata.tables[table]
    if unit.session.execute(select(rows.c.id).where(rows.c.id == record_id)).first() is None:
        raise Overtaken("One of these records is no longer there. Nothing was held: look at the list again.")


def _in_force(view: View) -> set[tuple[str, str | None, int | None]]:
    rows = view.session.scalars(select(RetentionHoldRow).where(RetentionHoldRow.lifted_at.is_(None)))
    return {(row.kind, row.table, row.record_id) for row in rows}


@dataclass(frozen=True, slots=True)
class LiftHold(Command[int]):
    """Let go of holds: the records are due again as their line says."""

    holds: tuple[int, ...]


@does(LiftHold, roles=HEAD, verb="retention.let_go")
def lift_hold(command: LiftHold, unit: Unit) -> int:
    """How many; all of them or none."""
    if not command.holds:
        raise Refused("No hold was chosen. Choose one or several.")
    for hold_id in command.holds:
        row = unit.session.get(RetentionHoldRow, hold_id)
        if row is None or row.lifted_at is not None:
            raise Overtaken("One of these holds was let go already. Look at the list again.")
        row.lifted_at, row.lifted_by = unit.now, unit.actor.id
    unit.audit("school", {"holds": len(command.holds)})
    unit.changed("retention")
    return len(command.holds)


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold in force."""

    id: int
    kind: Kept
    words: str
    why: str
    review_on: date
    placed_at: datetime
    placed_by: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class HoldsInForce(Query[tuple[HoldLine, ...]]):
    """What is held, the next one to be looked at again first."""


@answers(HoldsInForce, roles=HEAD)
def holds_in_force(query: HoldsInForce, view: View) -> tuple[HoldLine, ...]:
    """With the reason, which is sealed for leaders."""
    del query
    names: dict[int, str] = {id_: name for id_, name in view.session.execute(select(AccountRow.id, AccountRow.name))}
    rows = view.session.scalars(
        select(RetentionHoldRow)
        .where(RetentionHoldRow.lifted_at.is_(None))
        .order_by(RetentionHoldRow.review_on, RetentionHoldRow.id)
    )
    return tuple(
        HoldLine(
            id=row.id,
            kind=Kept(row.kind),
            words=_words(row),
            why=str(view.opened(row.why_sealed)),
            review_on=row.review_on,
            placed_at=row.placed_at,
            placed_by=names.get(row.placed_by, ""),
            overdue=row.review_on <= view.today,
        )
        for row in rows
    )


def _words(row: RetentionHoldRow) -> str:
    if row.record_id is None:
        return f"All of: {Kept(row.kind).words}"
    return f"{TABLES[row.table or ''][1]}, number {row.record_id}"
