"""Running the content checks over stored items, and keeping what they find (T8 to T13, P4 to P12, K1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.lexicon import Lexicons, parse_lexicons
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.resources import resources
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.reads.items import items
from app.store.reads.register import checks_register, number
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingPupilRow, FindingRow

LAPSED = "lapsed"


def shipped_lexicons() -> Lexicons:
    """The word lists that the program carries."""
    places = sorted((resources() / "lexicons").glob("*.toml"))
    return parse_lexicons({place.stem: place.read_text(encoding="utf-8") for place in places})


def check_items(unit: Unit, ids: Iterable[int], ticket: Ticket | None = None) -> int:
    """Check these items and keep the findings; how many were new.

    A finding that stands already keeps its history; one that no longer holds is marked so and kept.
    """
    wanted = list(ids)
    engine = Engine(checks_register(unit.session, unit.today), shipped_lexicons())
    new = 0
    for place, item in enumerate(items(unit.session, wanted), start=1):
        new += _keep(unit.session, int(item.id), engine.check(item), unit.now)
        if ticket is not None and place % 200 == 0:
            ticket.tick(place, len(wanted), "Checking posts and messages")
    for batch in _batches(wanted):
        unit.session.execute(update(ItemRow).where(ItemRow.id.in_(batch)).values(checked_at=unit.now))
    return new


def _batches(ids: list[int], size: int = 500) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


_Key = tuple[str, tuple[int, ...], str]


def _keep(session: Session, item_id: int, found: tuple[Finding, ...], now: datetime) -> int:
    standing = _standing(session, item_id)
    new = 0
    for finding in found:
        pupils = tuple(sorted(number(pupil) for pupil in finding.pupils))
        key = (finding.check.value, pupils, ",".join(finding.topics))
        if standing.pop(key, None) is None:
            _add(session, item_id, finding, pupils, now)
            new += 1
    for row_id, state in standing.values():
        if state == "open":
            session.execute(
                update(FindingRow)
                .where(FindingRow.id == row_id)
                .values(state=LAPSED, lapsed_at=now, lapsed_why="Checked again: it no longer holds.")
            )
    return new


def _standing(session: Session, item_id: int) -> dict[_Key, tuple[int, str]]:
    rows = session.execute(
        select(FindingRow.id, FindingRow.check, FindingRow.topics, FindingRow.state).where(
            FindingRow.item_id == item_id, FindingRow.origin == "check", FindingRow.state != LAPSED
        )
    ).all()
    found: dict[_Key, tuple[int, str]] = {}
    for row_id, check, topics, state in rows:
        pupils = session.scalars(
            select(FindingPupilRow.pupil_id)
            .where(FindingPupilRow.finding_id == row_id)
            .order_by(FindingPupilRow.pupil_id)
        )
        found[check, tuple(pupils), topics] = (row_id, state)
    return found


def _add(session: Session, item_id: int, finding: Finding, pupils: tuple[int, ...], now: datetime) -> None:
    row = FindingRow(
        item_id=item_id,
        check=finding.check,
        clause=finding.clause,
        severity=finding.severity,
        why=finding.why,
        topics=",".join(finding.topics),
        span_start=finding.span[0] if finding.span else None,
        span_end=finding.span[1] if finding.span else None,
        found_at=now,
    )
    session.add(row)
    session.flush()
    if pupils:
        session.execute(insert(FindingPupilRow), [{"finding_id": row.id, "pupil_id": pupil} for pupil in pupils])


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
