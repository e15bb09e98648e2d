"""Reading what stands around an item: its author's past, who has it in hand, corrections, reports, requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind
from app.domain.review import CLAIM_LASTS, FindingState, Takedown
from app.store.tables.accounts import AccountRow
from app.store.tables.content import ItemRow
from app.store.tables.review import ClaimRow, CorrectionRow, FindingRow, ReportedRow, TakedownRow

PAST = 6
"""How many earlier findings about an author are shown."""


@dataclass(frozen=True, slots=True)
class PastFinding:
    """An earlier finding on something else by the same author."""

    item_id: int
    check: Check
    state: FindingState
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody added beside the words of an item."""

    words: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """Who reported an item, and when (T2)."""

    reporter: str
    reported_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class TakedownLine:
    """A request to remove or reword something in ClassDojo, until somebody states that it is done."""

    id: int
    item_id: int
    wanted: Takedown
    words: str
    asked_at: datetime
    asked_by: str
    stated_at: datetime | None
    stated_by: str | None
    kind: Kind
    author_role: AuthorRole
    class_id: int | None
    opening: str


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that stands around an item."""

    author_upheld: int = 0
    author_items: int = 0
    past: tuple[PastFinding, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reports: tuple[Report, ...] = ()
    takedowns: tuple[TakedownLine, ...] = ()


def around(session: Session, row: ItemRow) -> Around:
    """Of one item."""
    upheld, written, past = _author(session, row)
    return Around(
        author_upheld=upheld,
        author_items=written,
        past=past,
        corrections=_corrections(session, row.id),
        reports=_reports(session, row.id),
        takedowns=takedowns(session, item_id=row.id),
    )


def _author(session: Session, row: ItemRow) -> tuple[int, int, tuple[PastFinding, ...]]:
    for column, known in (
        (ItemRow.staff_id, row.staff_id),
        (ItemRow.guardian_id, row.guardian_id),
        (ItemRow.pupil_id, row.pupil_id),
    ):
        if known is None:
            continue
        others = (column == known, ItemRow.id != row.id, ~ItemRow.restricted)
        upheld = session.scalar(
            select(func.count())
            .select_from(FindingRow)
            .join(ItemRow)
            .where(*others, FindingRow.state == FindingState.UPHELD.value)
        )
        written = session.scalar(select(func.count()).select_from(ItemRow).where(column == known))
        rows = session.execute(
            select(FindingRow.item_id, FindingRow.check, FindingRow.state, ItemRow.sent_at)
            .join(ItemRow)
            .where(*others, FindingRow.state.not_in((FindingState.FALSE_ALARM.value, FindingState.LAPSED.value)))
            .order_by(ItemRow.sent_at.desc(), FindingRow.id.desc())
            .limit(PAST)
        )
        past = tuple(PastFinding(item, Check(check), FindingState(state), sent) for item, check, state, sent in rows)
        return upheld or 0, written or 0, past
    return 0, 0, ()


def _corrections(session: Session, item_id: int) -> tuple[Correction, ...]:
    rows = session.execute(
        select(CorrectionRow.words, CorrectionRow.added_at, AccountRow.name)
        .join(AccountRow, AccountRow.id == CorrectionRow.added_by)
        .where(CorrectionRow.item_id == item_id)
        .order_by(CorrectionRow.id)
    )
    return tuple(Correction(words, at, name) for words, at, name in rows)


def _reports(session: Session, item_id: int) -> tuple[Report, ...]:
    rows = session.execute(
        select(ReportedRow.reporter, ReportedRow.reported_at, AccountRow.name)
        .join(AccountRow, AccountRow.id == ReportedRow.recorded_by)
        .where(ReportedRow.item_id == item_id)
        .order_by(ReportedRow.id)
    )
    return tuple(Report(reporter, at, name) for reporter, at, name in rows)


def takedowns(session: Session, *, item_id: int | None = None, done: bool | None = None) -> tuple[TakedownLine, ...]:
    """Requests about one item, or all of them; only open or done ones where told. The oldest first."""
    names: dict[int, str] = {id_: name for id_, name in session.execute(select(AccountRow.id, AccountRow.name))}
    query = select(TakedownRow, ItemRow).join(ItemRow, ItemRow.id == TakedownRow.item_id).where(~ItemRow.restricted)
    if item_id is not None:
        query = query.where(TakedownRow.item_id == item_id)
    if done is not None:
        query = query.where(TakedownRow.stated_at.is_not(None) if done else TakedownRow.stated_at.is_(None))
    return tuple(
        TakedownLine(
            id=row.id,
            item_id=item.id,
            wanted=Takedown(row.wanted),
            words=row.words,
            asked_at=row.asked_at,
            asked_by=names.get(row.asked_by, ""),
            stated_at=row.stated_at,
            stated_by=names.get(row.stated_by or 0),
            kind=Kind(item.kind),
            author_role=AuthorRole(item.author_role),
            class_id=item.class_id,
            opening=" ".join(item.text[:200].split())[:110],
        )
        for row, item in session.execute(query.order_by(TakedownRow.asked_at, TakedownRow.id))
    )


def with_others(session: Session, actor_id: int, now: datetime, items: Iterable[int] | None = None) -> dict[int, str]:
    """Which items somebody else has in hand, and who. A claim that nobody renews runs out by itself."""
    query: Select[int, str] = (
        select(ClaimRow.item_id, AccountRow.name)
        .join(AccountRow, AccountRow.id == ClaimRow.account_id)
        .where(ClaimRow.account_id != actor_id, ClaimRow.since > now - CLAIM_LASTS)
    )
    if items is not None:
        query = query.where(ClaimRow.item_id.in_(list(items)))
    return {item: name for item, name in session.execute(query)}
