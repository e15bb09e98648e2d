"""Judging several trivial findings at once: one check, one reason, and a record for each (M1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.checks.finding import SEVERITY, Check
from app.domain.problems import Refused
from app.domain.review import TRIVIAL, FindingState, Reason, Verdict
from app.domain.roles import LEADERS
from app.services.door import Command, does
from app.services.review import check_reason, record_verdict
from app.services.unit import Unit
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow, VerdictRow

MOST = 200
"""How many items may be judged at once."""


@dataclass(frozen=True, slots=True)
class JudgedMany:
    """The verdicts that were given; and how many items were left because somebody else had decided them meanwhile."""

    verdicts: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class FalseAlarms(Command[JudgedMany]):
    """What one check found on these items was a false alarm, for one reason."""

    item_ids: tuple[int, ...]
    check: Check
    reason: Reason
    words: str = ""


@does(FalseAlarms, roles=LEADERS, verb="verdict.given_many")
def false_alarms(command: FalseAlarms, unit: Unit) -> JudgedMany:
    """Refused for anything serious. What is decided already stays as it is."""
    if SEVERITY[command.check] not in TRIVIAL:
        raise Refused(
            f"“{command.check.words}” is too serious to be judged several at a time. Read them one by one. "
            "Nothing was changed."
        )
    if len(command.item_ids) > MOST:
        raise Refused(f"At most {MOST} items can be judged at once. Select fewer.")
    check_reason(Verdict.FALSE_ALARM, command.reason, command.words)
    found = unit.session.scalars(
        select(FindingRow)
        .join(ItemRow, ItemRow.id == FindingRow.item_id)
        .where(
            FindingRow.item_id.in_(command.item_ids),
            FindingRow.check == command.check,
            FindingRow.state == FindingState.OPEN.value,
            ~ItemRow.restricted,
        )
        .order_by(FindingRow.id)
    ).all()
    verdicts = [
        record_verdict(unit, finding, Verdict.FALSE_ALARM, command.reason, command.words).id for finding in found
    ]
    left = len(set(command.item_ids) - {finding.item_id for finding in found})
    unit.audit("school", {"check": command.check, "reason": command.reason, "verdicts": len(verdicts), "left": left})
    unit.changed("review")
    return JudgedMany(tuple(verdicts), left)


@dataclass(frozen=True, slots=True)
class TakeBackVerdicts(Command[int]):
    """Undo several of one's own verdicts."""

    verdict_ids: tuple[int, ...]


@does(TakeBackVerdicts, roles=LEADERS, verb="verdict.taken_back_many")
def take_back_verdicts(command: TakeBackVerdicts, unit: Unit) -> int:
    """How many were taken back. What somebody replaced meanwhile stays as it is; somebody else's is never touched."""
    rows: Sequence[VerdictRow] = unit.session.scalars(
        select(VerdictRow).where(
            VerdictRow.id.in_(command.verdict_ids),
            VerdictRow.given_by == unit.actor.id,
            VerdictRow.superseded_by.is_(None),
        )
    ).all()
    for row in rows:
        row.superseded_by = row.id
        unit.session.get_one(FindingRow, row.finding_id).state = FindingState.OPEN.value
    unit.audit("school", {"verdicts": len(rows)})
    unit.changed("review")
    return len(rows)
