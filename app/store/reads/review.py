"""Reading the review queue, an item in its conversation, and referrals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check, Severity
from app.domain.content import AuthorRole, Kind, Media
from app.domain.permissions import MediaKind, Ruling
from app.domain.problems import Problem
from app.domain.review import FindingState, Reason, Verdict
from app.store.reads.around import Around, around, with_others
from app.store.reads.register import rulings
from app.store.tables.accounts import AccountRow
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import ClauseRow
from app.store.tables.review import FindingPupilRow, FindingRow, ReferralRow, VerdictRow
from app.store.tables.school import ClassRow, StaffRow

_RANK = case(
    {
        Severity.URGENT.value: 0,
        Severity.HIGH.value: 1,
        Severity.NORMAL.value: 2,
        Severity.LOW.value: 3,
    },
    value=FindingRow.severity,
    else_=4,
)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows. Empty sets mean everything."""

    checks: frozenset[Check] = frozenset()
    classes: frozenset[int] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One item in the queue. `waiting` counts its open findings; `severity` is the highest of them."""

    item_id: int
    kind: Kind
    class_name: str | None
    author: str
    author_role: AuthorRole
    sent_at: datetime | None
    found_at: datetime
    severity: Severity
    checks: tuple[Check, ...]
    waiting: int
    opening: str
    """The first words of the text."""
    with_whom: str | None = None
    """Somebody else who has it in hand just now."""


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """An earlier judgement."""

    id: int
    verdict: Verdict
    reason: Reason
    words: str | None
    given_at: datetime
    given_by: str
    mine_id: int
    standing: bool


@dataclass(frozen=True, slots=True)
class PupilRuling:
    """A child whom a finding concerns, and what may be shown of them: never why."""

    pupil_id: int
    name: str
    class_name: str | None
    rulings: dict[MediaKind, Ruling]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding as the reviewer reads it."""

    id: int
    check: Check
    clause: str
    clause_heading: str
    clause_words: str
    severity: Severity
    why: str
    topics: tuple[str, ...]
    span: tuple[int, int] | None
    state: FindingState
    found_at: datetime
    lapsed_why: str | None
    pupils: tuple[PupilRuling, ...]
    verdicts: tuple[VerdictLine, ...]


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item as a person reads it."""

    id: int
    kind: Kind
    class_name: str | None
    author: str
    author_role: AuthorRole
    sent_at: datetime | None
    text: str
    media: tuple[Media, ...]
    tagged: tuple[str, ...]
    to: tuple[str, ...]
    value: float | None


@dataclass(frozen=True, slots=True)
class ItemInContext:
    """The item, what was said before and after it, its findings, and what stands around it."""

    item: ItemShown
    before: tuple[ItemShown, ...]
    after: tuple[ItemShown, ...]
    findings: tuple[FindingCard, ...]
    around: Around
    referred: tuple[str, ...]
    source_id: str | None = None
    thread_id: int | None = None


def queue(session: Session, wanted: QueueFilter, now: datetime, actor_id: int) -> tuple[QueueLine, ...]:
    """Lines in the order they should be worked through: signs of harm, then by severity, then by age."""
    states = [FindingState.OPEN.value] if not wanted.decided else [v.value for v in Verdict]
    query = (
        select(
            FindingRow.item_id,
            func.min(_RANK).label("rank"),
            func.count().label("waiting"),
            func.min(FindingRow.found_at, type_=FindingRow.found_at.type).label("found_at"),
        )
        .join(ItemRow, ItemRow.id == FindingRow.item_id)
        .where(FindingRow.state.in_(states), ~ItemRow.restricted)
        .group_by(FindingRow.item_id)
    )
    if wanted.checks:
        query = query.where(FindingRow.check.in_([check.value for check in wanted.checks]))
    if wanted.classes:
        query = query.where(ItemRow.class_id.in_(wanted.classes))
    if wanted.kinds:
        query = query.where(ItemRow.kind.in_([kind.value for kind in wanted.kinds]))
    age = func.min(func.coalesce(ItemRow.sent_at, FindingRow.found_at))
    query = query.order_by("rank", age, FindingRow.item_id)
    found = session.execute(query).all()
    ids = [row.item_id for row in found]
    checks = _checks(session, ids, states)
    heads = _heads(session, ids)
    held = with_others(session, actor_id, now)
    ranked = (Severity.URGENT, Severity.HIGH, Severity.NORMAL, Severity.LOW)
    return tuple(
        QueueLine(
            item_id=row.item_id,
            kind=heads[row.item_id].kind,
            class_name=heads[row.item_id].class_name,
            author=heads[row.item_id].author,
            author_role=heads[row.item_id].author_role,
            sent_at=heads[row.item_id].sent_at,
            found_at=row.found_at,
            severity=ranked[min(row.rank, 3)],
            checks=tuple(checks[row.item_id]),
            waiting=row.waiting,
            opening=" ".join(heads[row.item_id].text[:200].split())[:120],
            with_whom=held.get(row.item_id),
        )
        for row in found
    )


def _checks(session: Session, ids: list[int], states: list[str]) -> dict[int, list[Check]]:
    found: dict[int, list[Check]] = defaultdict(list)
    for batch in range(0, len(ids), 500):
        rows = session.execute(
            select(FindingRow.item_id, FindingRow.check)
            .where(FindingRow.item_id.in_(ids[batch : batch + 500]), FindingRow.state.in_(states))
            .order_by(_RANK, FindingRow.id)
        )
        for item_id, check in rows:
            if Check(check) not in found[item_id]:
                found[item_id].append(Check(check))
    return found


def _heads(session: Session, ids: list[int]) -> dict[int, ItemShown]:
    shown: dict[int, ItemShown] = {}
    for batch in range(0, len(ids), 500):
        shown.update({item.id: item for item in shown_items(session, ids[batch : batch + 500])})
    return shown


def shown_items(session: Session, ids: list[int]) -> list[ItemShown]:
    """Items as a person reads them, oldest first; restricted ones without their text."""
    media: dict[int, list[Media]] = defaultdict(list)
    for item_id, kind in session.execute(select(MediaRow.item_id, MediaRow.kind).where(MediaRow.item_id.in_(ids))):
        media[item_id].append(Media(kind))
    tagged: dict[int, list[str]] = defaultdict(list)
    for item_id, first, preferred in session.execute(
        select(TagRow.item_id, PupilRow.first, PupilRow.preferred).join(PupilRow).where(TagRow.item_id.in_(ids))
    ):
        tagged[item_id].append(preferred or first)
    to: dict[int, list[str]] = defaultdict(list)
    for item_id, guardian, staff in session.execute(
        select(RecipientRow.item_id, GuardianRow, StaffRow)
        .outerjoin(GuardianRow, GuardianRow.id == RecipientRow.guardian_id)
        .outerjoin(StaffRow, StaffRow.id == RecipientRow.staff_id)
        .where(RecipientRow.item_id.in_(ids))
    ):
        to[item_id].append(guardian.name if guardian else staff.name)
    rows = session.execute(
        select(ItemRow, ClassRow.name, StaffRow.name, GuardianRow, PupilRow)
        .outerjoin(ClassRow, ClassRow.id == ItemRow.class_id)
        .outerjoin(StaffRow, StaffRow.id == ItemRow.staff_id)
        .outerjoin(GuardianRow, GuardianRow.id == ItemRow.guardian_id)
        .outerjoin(PupilRow, PupilRow.id == ItemRow.pupil_id)
        .where(ItemRow.id.in_(ids))
        .order_by(ItemRow.sent_at, ItemRow.id)
    )
    shown = []
    for item, class_name, staff_name, guardian, pupil in rows:
        author = (
            staff_name
            or (guardian.name if guardian else None)
            or ((pupil.preferred or pupil.first) if pupil else None)
            or item.author_name
            or "Unknown person"
        )
        shown.append(
            ItemShown(
                id=item.id,
                kind=Kind(item.kind),
                class_name=class_name,
                author=author,
                author_role=AuthorRole(item.author_role),
                sent_at=item.sent_at,
                text=item.text,
                media=tuple(media[item.id]),
                tagged=tuple(tagged[item.id]),
                to=tuple(to[item.id]),
                value=item.value,
            )
        )
    return shown


NEIGHBOURS = 6
"""How many messages of the conversation are shown before and after."""


def item_in_context(session: Session, item_id: int, today: date) -> ItemInContext:
    """One item to review; `Problem` where it is gone or restricted."""
    row = session.get(ItemRow, item_id)
    if row is None or row.restricted:
        raise Problem("This item has been referred and is no longer shown here.")
    talk = _thread_ids(session, row)
    place = talk.index(item_id)
    before, after = talk[max(0, place - NEIGHBOURS) : place], talk[place + 1 : place + 1 + NEIGHBOURS]
    shown = {item.id: item for item in shown_items(session, [*before, item_id, *after])}
    referred = session.scalars(
        select(ReferralRow.topic).where(ReferralRow.item_id == item_id, ReferralRow.to == "office")
    )
    return ItemInContext(
        item=shown[item_id],
        before=tuple(shown[i] for i in before),
        after=tuple(shown[i] for i in after),
        findings=_cards(session, item_id, today),
        around=around(session, row),
        referred=tuple(topic or "" for topic in referred),
        source_id=row.source_id,
        thread_id=row.thread_id,
    )


def _thread_ids(session: Session, row: ItemRow) -> list[int]:
    if row.thread_id is None:
        return [row.id]
    return list(
        session.scalars(
            select(ItemRow.id)
            .where(ItemRow.thread_id == row.thread_id, ~ItemRow.restricted)
            .order_by(ItemRow.sent_at, ItemRow.id)
        )
    )


def _cards(session: Session, item_id: int, today: date) -> tuple[FindingCard, ...]:
    rows = session.scalars(
        select(FindingRow).where(FindingRow.item_id == item_id).order_by(_RANK, FindingRow.span_start, FindingRow.id)
    ).all()
    ids = [row.id for row in rows]
    pupils = _pupils(session, ids, today)
    verdicts = _verdicts(session, ids)
    clauses: dict[str, tuple[str, str]] = {
        code: (heading, words)
        for code, heading, words in session.execute(select(ClauseRow.code, ClauseRow.heading, ClauseRow.words))
    }
    return tuple(
        FindingCard(
            id=row.id,
            check=Check(row.check),
            clause=row.clause,
            clause_heading=clauses.get(row.clause, ("", ""))[0],
            clause_words=clauses.get(row.clause, ("", ""))[1],
            severity=Severity(row.severity),
            why=row.why,
            topics=tuple(topic for topic in row.topics.split(",") if topic),
            span=(row.span_start, row.span_end) if row.span_start is not None and row.span_end is not None else None,
            state=FindingState(row.state),
            found_at=row.found_at,
            lapsed_why=row.lapsed_why,
            pupils=tuple(pupils[row.id]),
            verdicts=tuple(verdicts[row.id]),
        )
        for row in rows
    )


def _pupils(session: Session, finding_ids: list[int], today: date) -> dict[int, list[PupilRuling]]:
    rows = session.execute(
        select(FindingPupilRow.finding_id, PupilRow, ClassRow.name)
        .join(PupilRow, PupilRow.id == FindingPupilRow.pupil_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(FindingPupilRow.finding_id.in_(finding_ids))
        .order_by(PupilRow.last, PupilRow.first)
    ).all()
    ruled = rulings(session, today, {pupil.id for _, pupil, _ in rows})
    found: dict[int, list[PupilRuling]] = defaultdict(list)
    for finding_id, pupil, class_name in rows:
        name = f"{pupil.preferred or pupil.first} {pupil.last}"
        found[finding_id].append(PupilRuling(pupil.id, name, class_name, ruled[pupil.id]))
    return found


def _verdicts(session: Session, finding_ids: list[int]) -> dict[int, list[VerdictLine]]:
    rows = session.execute(
        select(VerdictRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == VerdictRow.given_by)
        .where(VerdictRow.finding_id.in_(finding_ids))
        .order_by(VerdictRow.id.desc())
    )
    found: dict[int, list[VerdictLine]] = defaultdict(list)
    for row, name in rows:
        found[row.finding_id].append(
            VerdictLine(
                id=row.id,
                verdict=Verdict(row.verdict),
                reason=Reason(row.reason),
                words=row.words,
                given_at=row.given_at,
                given_by=name,
                mine_id=row.given_by,
                standing=row.superseded_by is None,
            )
        )
    return found
