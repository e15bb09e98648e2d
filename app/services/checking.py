"""Running the content checks over stored items, and keeping what they find (T8 to T13, P4 to P12, K1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Finding
from app.domain.checks.judge import Judge
from app.domain.checks.lexicon import LEXICON_FILES, Lexicons, parse_lexicons
from app.domain.checks.own_words import InForce, OwnWords, in_force
from app.domain.checks.register import Register
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.judge import load_judge
from app.resources import text_of
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.reads.changes import forget_changes
from app.store.reads.items import items
from app.store.reads.register import checks_register, number
from app.store.reads.wordlists import own_words
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingPupilRow, FindingRow

OPEN = "open"
LAPSED = "lapsed"


@cache
def shipped_lexicons() -> Lexicons:
    """The word lists that the program carries."""
    return parse_lexicons({name: text_of("lexicons", name) for name in LEXICON_FILES})


@cache
def shipped_judge() -> Judge | None:
    """The second stage, by words alone: quick enough for a term's messages at once. None where numpy is absent."""
    return load_judge(encoder=False)


@lru_cache(maxsize=4)
def _in_force(words: OwnWords) -> InForce:
    return in_force(shipped_lexicons(), words)


def engine_with(register: Register, words: OwnWords) -> Engine:
    """The checks for a school with these changes to the word lists."""
    if words.is_empty:
        return Engine(register, shipped_lexicons(), shipped_judge())
    here = _in_force(words)
    return Engine(register, here.lexicons, here.judge(shipped_judge()))


def engine_for(session: Session, register: Register) -> Engine:
    """The checks as this school has them: the shipped word lists, and what it changed about them."""
    return engine_with(register, own_words(session))


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
    is marked so, with why, and kept. `register` is that of this moment where the caller has it already.
    """
    wanted = list(ids)
    if not wanted:
        return 0
    known = register or checks_register(unit.session, unit.today)
    engine = engine_for(unit.session, known)
    lapsing = lapsing or _CheckedAgain()
    new = done = 0
    for batch in batched(wanted):
        checked = [(int(item.id), engine.check(item)) for item in items(unit.session, batch)]
        new += _keep(unit.session, checked, unit.now, lapsing)
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


class _Stands(NamedTuple):
    """A finding that is kept already."""

    id: int
    state: str
    why: str
    span: tuple[int, int] | None


_Standing = dict[_Key, _Stands]


def _keep(session: Session, checked: list[tuple[int, tuple[Finding, ...]]], now: datetime, lapsing: Lapsing) -> int:
    """Compare what was found with what stands, for many items at once; how many findings are new."""
    standing = _standing(session, [item_id for item_id, _ in checked])
    new: list[tuple[int, Finding, tuple[int, ...]]] = []
    for item_id, found in checked:
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
    rows = session.scalars(
        select(FindingRow).where(
            FindingRow.item_id.in_(item_ids), FindingRow.origin == "check", FindingRow.state != LAPSED
        )
    ).all()
    pupils: dict[int, list[int]] = defaultdict(list)
    concerned = select(FindingPupilRow).where(FindingPupilRow.finding_id.in_([row.id for row in rows]))
    for pair in session.scalars(concerned) if rows else ():
        pupils[pair.finding_id].append(pair.pupil_id)
    for row in rows:
        span = None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end)
        key = (row.check, tuple(sorted(pupils[row.id])), row.topics)
        found[row.item_id][key] = _Stands(row.id, row.state, row.why, span)
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
    forget_changes(unit.session, unit.today)
    unit.audit("school", {"items": len(ids), "new": new})
    unit.changed("review")
    return new
