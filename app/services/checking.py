"""Running the content checks over stored items, and keeping what they find (T8 to T13, P4 to P12, K1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.lexicon import LEXICON_FILES, Lexicons, parse_lexicons
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.resources import text_of
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.reads.items import items
from app.store.reads.register import checks_register, number
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingPupilRow, FindingRow

LAPSED = "lapsed"


@cache
def shipped_lexicons() -> Lexicons:
    """The word lists that the program carries."""
    return parse_lexicons({name: text_of("lexicons", name) for name in LEXICON_FILES})


def check_items(unit: Unit, ids: Iterable[int], ticket: Ticket | None = None) -> int:
    """Check these items and keep the findings; how many were new.

    A finding that stands already keeps its history; one that no longer holds is marked so and kept.
    """
    wanted = list(ids)
    if not wanted:
        return 0
    engine = Engine(checks_register(unit.session, unit.today), shipped_lexicons())
    new = done = 0
    for batch in batched(wanted):
        checked = [(int(item.id), engine.check(item)) for item in items(unit.session, batch)]
        new += _keep(unit.session, checked, unit.now)
        unit.session.execute(update(ItemRow).where(ItemRow.id.in_(batch)).values(checked_at=unit.now))
        done += len(batch)
        if ticket is not None:
            ticket.tick(done, len(wanted), "Checking posts and messages")
    return new


def batched(ids: list[int], size: int = 200) -> Iterator[list[int]]:
    """The ids in lists of at most `size`, for statements that name them."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


_Key = tuple[str, tuple[int, ...], str]
_Standing = dict[_Key, tuple[int, str]]


def _keep(session: Session, checked: list[tuple[int, tuple[Finding, ...]]], now: datetime) -> int:
    """Compare what was found with what stands, for many items at once; how many findings are new."""
    standing = _standing(session, [item_id for item_id, _ in checked])
    new: list[tuple[int, Finding, tuple[int, ...]]] = []
    for item_id, found in checked:
        here = standing.get(item_id, {})
        for finding in found:
            pupils = tuple(sorted(number(pupil) for pupil in finding.pupils))
            key = (finding.check.value, pupils, ",".join(finding.topics))
            if here.pop(key, None) is None:
                new.append((item_id, finding, pupils))
    _add(session, new, now)
    gone = [row_id for here in standing.values() for row_id, state in here.values() if state == "open"]
    for batch in batched(gone):
        session.execute(
            update(FindingRow)
            .where(FindingRow.id.in_(batch))
            .values(state=LAPSED, lapsed_at=now, lapsed_why="Checked again: it no longer holds.")
        )
    return len(new)


def _standing(session: Session, item_ids: list[int]) -> dict[int, _Standing]:
    found: dict[int, _Standing] = defaultdict(dict)
    rows = session.execute(
        select(FindingRow.id, FindingRow.item_id, FindingRow.check, FindingRow.topics, FindingRow.state).where(
            FindingRow.item_id.in_(item_ids), FindingRow.origin == "check", FindingRow.state != LAPSED
        )
    ).all()
    pupils: dict[int, list[int]] = defaultdict(list)
    concerned = select(FindingPupilRow).where(FindingPupilRow.finding_id.in_([row.id for row in rows]))
    for pair in session.scalars(concerned) if rows else ():
        pupils[pair.finding_id].append(pair.pupil_id)
    for row in rows:
        found[row.item_id][row.check, tuple(sorted(pupils[row.id])), row.topics] = (row.id, row.state)
    return found


def _add(session: Session, new: list[tuple[int, Finding, tuple[int, ...]]], now: datetime) -> None:
    if not new:
        return
    rows = [
        {
            "item_id": item_id,
            "check": finding.check,
            "clause": finding.clause,
            "severity": finding.severity,
            "why": finding.why,
            "topics": ",".join(finding.topics),
            "span_start": finding.span[0] if finding.span else None,
            "span_end": finding.span[1] if finding.span else None,
            "found_at": now,
        }
        for item_id, finding, _ in new
    ]
    statement = insert(FindingRow).returning(FindingRow.id, sort_by_parameter_order=True)
    ids = session.scalars(statement, rows).all()
    pairs = [
        {"finding_id": finding_id, "pupil_id": pupil}
        for finding_id, (_, _, pupils) in zip(ids, new, strict=True)
        for pupil in pupils
    ]
    if pairs:
        session.execute(insert(FindingPupilRow), pairs)


@dataclass(frozen=True, slots=True)
class CheckAgain(Command[int]):
    """Check every item again, after names, permissions or word lists changed."""

    ticket: Ticket | None = None


@does(CheckAgain, roles=EVERYONE, verb="items.checked")
def check_again(command: CheckAgain, unit: Unit) -> int:
    """How many findings are new."""
    ids = list(unit.session.scalars(select(ItemRow.id).order_by(ItemRow.id)))
    new = check_items(unit, ids, command.ticket)
    unit.audit("school", {"items": len(ids), "new": new})
    unit.changed("review")
    return new
