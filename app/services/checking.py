"""Running the content checks over stored items, and keeping what they find (T8 to T13, P4 to P12, K1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.register import Register
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.services.checking_apart import Batch, Checked, can_check_apart, check_apart, check_batch
from app.services.door import Command, does
from app.services.engines import engine_with as engine_with
from app.services.engines import shipped_judge as shipped_judge
from app.services.engines import shipped_lexicons as shipped_lexicons
from app.services.unit import Unit
from app.store.bulk import insert_many
from app.store.reads.changes import forget_changes
from app.store.reads.close_reading import any_readings, kept_readings, mark_unfit
from app.store.reads.items import plain_items
from app.store.reads.register import checks_register, number
from app.store.reads.wordlists import own_words
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingPupilRow, FindingRow

APART_FROM = 20_000
"""So many items are worth processes of their own: checking them here would take ten seconds."""

APART_AT_A_TIME = 500
OPEN = "open"
LAPSED = "lapsed"
BY_CHECK = "check"

UNREAD = "unread"
"""Told among a command's changes where items were checked that a closer reader has still to read."""

_COLUMNS = (
    "item_id", "check", "clause", "severity", "why", "topics", "span_start", "span_end", "state", "found_at", "origin",
)  # fmt: skip


def engine_for(session: Session, register: Register, *, closely: bool = False) -> Engine:
    """The checks as this school has them: the shipped word lists, and what it changed about them."""
    return engine_with(register, own_words(session), closely=closely)


class Lapsing(Protocol):
    """Says why a finding no longer holds."""

    def why(self, item_id: int, check: str, pupils: Sequence[int]) -> str:
        """One sentence for the reviewer."""
        ...


class _CheckedAgain:
    def why(self, item_id: int, check: str, pupils: Sequence[int]) -> str:
        del item_id, check, pupils
        return "Checked again: it no longer holds."


def check_items(
    unit: Unit,
    ids: Iterable[int],
    ticket: Ticket | None = None,
    *,
    register: Register | None = None,
    lapsing: Lapsing | None = None,
) -> int:
    """Check these items and keep the findings; how many were new.

    A finding that stands already keeps its history and its verdict; one that nobody has judged and that no longer holds
    is marked so, with why, and kept. What a closer reader said of an item counts here too. `register` is that of this
    moment where the caller has it already.
    """
    wanted = list(ids)
    if not wanted:
        return 0
    known = register or checks_register(unit.session, unit.today)
    lapsing = lapsing or _CheckedAgain()
    new = done = 0
    for batch, checked in _checked(unit.session, wanted, known):
        new += _keep(unit.session, checked, unit.now, lapsing)
        mark_unfit(unit.session, [each.id for each in checked if each.fits is False])
        if not all(each.fits for each in checked):
            unit.changed(UNREAD)
        unit.session.execute(update(ItemRow).where(ItemRow.id.in_(batch)).values(checked_at=unit.now))
        done += len(batch)
        if ticket is not None:
            ticket.tick(done, len(wanted), "Checking posts and messages")
    return new


def _checked(session: Session, wanted: list[int], register: Register) -> Iterator[tuple[list[int], Checked]]:
    """Ids and what was found in those items: here, or by processes of their own where there are very many."""
    closely = any_readings(session)

    def read(batch: list[int]) -> Batch:
        return Batch(plain_items(session, batch), kept_readings(session, batch) if closely else {})

    if len(wanted) < APART_FROM or not can_check_apart():
        engine = engine_for(session, register)
        for batch in batched(wanted):
            yield batch, check_batch(engine, *read(batch))
        return
    batches = map(read, batched(wanted, APART_AT_A_TIME))
    found = check_apart(batches, register, own_words(session))
    yield from zip(batched(wanted, APART_AT_A_TIME), found, strict=True)


def batched(ids: list[int], size: int = 200) -> Iterator[list[int]]:
    """The ids in lists of at most `size`, for statements that name them."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


_Key = tuple[str, tuple[int, ...], str]


class _Stands(NamedTuple):
    """A finding that is kept already."""

    id: int
    state: str
    why: str
    span: tuple[int, int] | None


_Standing = dict[_Key, _Stands]


def _keep(session: Session, checked: Checked, now: datetime, lapsing: Lapsing) -> int:
    """Compare what was found with what stands, for many items at once; how many findings are new."""
    standing = _standing(session, [each.id for each in checked])
    new: list[tuple[int, Finding, tuple[int, ...]]] = []
    for item_id, found, _ in checked:
        here = standing.get(item_id, {})
        for finding in found:
            pupils = tuple(sorted(number(pupil) for pupil in finding.pupils))
            key = (finding.check.value, pupils, ",".join(finding.topics))
            stands = here.pop(key, None)
            if stands is None:
                new.append((item_id, finding, pupils))
            elif stands.state == OPEN and (stands.why, stands.span) != (finding.why, finding.span):
                _say_anew(session, stands.id, finding)
    _add(session, new, now)
    for item_id, here in standing.items():
        for (check, pupils, _), stands in here.items():
            if stands.state == OPEN:
                _lapse(session, stands.id, now, lapsing.why(item_id, check, pupils))
    return len(new)


def _say_anew(session: Session, finding_id: int, finding: Finding) -> None:
    """It holds for a reason that reads otherwise now: fewer permissions lack, another name is spelt out."""
    start, end = finding.span or (None, None)
    session.execute(
        update(FindingRow).where(FindingRow.id == finding_id).values(why=finding.why, span_start=start, span_end=end)
    )


def _lapse(session: Session, finding_id: int, now: datetime, why: str) -> None:
    session.execute(
        update(FindingRow).where(FindingRow.id == finding_id).values(state=LAPSED, lapsed_at=now, lapsed_why=why[:300])
    )


def _standing(session: Session, item_ids: list[int]) -> dict[int, _Standing]:
    found: dict[int, _Standing] = defaultdict(dict)
    row = FindingRow
    rows = session.execute(
        select(row.id, row.item_id, row.check, row.topics, row.state, row.why, row.span_start, row.span_end).where(
            row.item_id.in_(item_ids), row.origin == BY_CHECK, row.state != LAPSED
        )
    ).all()
    pupils: dict[int, list[int]] = defaultdict(list)
    if rows:
        pair = FindingPupilRow
        concerned = select(pair.finding_id, pair.pupil_id).where(pair.finding_id.in_([each.id for each in rows]))
        for finding_id, pupil_id in session.execute(concerned):
            pupils[finding_id].append(pupil_id)
    for each in rows:
        span = None if each.span_start is None or each.span_end is None else (each.span_start, each.span_end)
        key = (each.check, tuple(sorted(pupils[each.id])), each.topics)
        found[each.item_id][key] = _Stands(each.id, each.state, each.why, span)
    return found


def _add(session: Session, new: list[tuple[int, Finding, tuple[int, ...]]], now: datetime) -> None:
    if not new:
        return
    found_at = now.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    rows = [
        (
            item_id, finding.check.value, finding.clause, finding.severity.value, finding.why, ",".join(finding.topics),
            *(finding.span or (None, None)), OPEN, found_at, BY_CHECK,
        )
        for item_id, finding, _ in new
    ]  # fmt: skip
    ids = insert_many(session, FindingRow, _COLUMNS, rows)
    pairs = [(finding_id, pupil) for finding_id, (_, _, pupils) in zip(ids, new, strict=True) for pupil in pupils]
    if pairs:
        session.connection().exec_driver_sql("INSERT INTO finding_pupil (finding_id, pupil_id) VALUES (?, ?)", pairs)


@dataclass(frozen=True, slots=True)
class CheckAgain(Command[int]):
    """Check every item again, after names, permissions or word lists changed."""

    ticket: Ticket | None = None


@does(CheckAgain, roles=EVERYONE, verb="items.checked")
def check_again(command: CheckAgain, unit: Unit) -> int:
    """How many findings are new."""
    ids = list(unit.session.scalars(select(ItemRow.id).order_by(ItemRow.id)))
    new = check_items(unit, ids, command.ticket)
    forget_changes(unit.session, unit.today)
    unit.audit("school", {"items": len(ids), "new": new})
    unit.changed("review")
    return new
