"""Reading the monitoring plan: planned looks, what each draws from, what was seen and found (M1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind
from app.domain.sampling import KINDS, Drawn, Estimate, Stratum, by_stratum, draw, estimate, place
from app.store.tables.accounts import AccountRow
from app.store.tables.content import ItemRow, ThreadRow
from app.store.tables.monitoring import SampleDrawRow, SampleItemRow, SampleRow
from app.store.tables.review import FindingRow
from app.store.tables.school import ClassRow, SchoolRow, TermRow

WHOLE_SCHOOL = "School story"
"""The look at what goes to every family."""

BY_SAMPLE = "sample"
"""The origin of a finding that a person made in a sample."""


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One planned look. `state` is planned, drawn, done or empty (drawn, and there was nothing to look at)."""

    id: int
    class_id: int | None
    class_name: str
    term: str
    starts: date
    ends: date
    size: int
    seed: str
    owner: str | None
    owner_id: int | None
    due_on: date
    state: str
    drawn: int
    seen: int
    found: int
    done_at: datetime | None
    words: str | None

    @property
    def left(self) -> int:
        """Items that nobody has looked at yet."""
        return self.drawn - self.seen

    def late(self, today: date) -> bool:
        """Not done, and its day has passed."""
        return self.done_at is None and self.due_on < today


@dataclass(frozen=True, slots=True)
class DrawLine:
    """One draw on record: what from, with which seed."""

    seed: str
    size: int
    drawn_at: datetime
    drawn_by: str
    why: str | None
    last_item_id: int
    there: dict[Stratum, int]


@dataclass(frozen=True, slots=True)
class SampledLine:
    """An item of a sample, in the order of the draw. A restricted one is with the safeguarding lead: not to be seen."""

    item_id: int
    stratum: Stratum
    kind: Kind
    author: str
    author_role: AuthorRole
    sent_at: datetime | None
    opening: str
    restricted: bool
    flagged: bool
    """A check had found something, whatever became of it."""
    seen_at: datetime | None
    found: tuple[Check, ...]
    """What people noted in this sample."""

    @property
    def waits(self) -> bool:
        """Somebody has still to look at it."""
        return self.seen_at is None and not self.restricted


def sample_lines(session: Session, term_id: int | None = None) -> tuple[SampleLine, ...]:
    """Planned looks, by half-term and class."""
    rows = select(SampleRow, TermRow, ClassRow.name, ClassRow.year_group, AccountRow.name).join(
        TermRow, TermRow.id == SampleRow.term_id
    )
    rows = rows.outerjoin(ClassRow, ClassRow.id == SampleRow.class_id)
    rows = rows.outerjoin(AccountRow, AccountRow.id == SampleRow.owner_id)
    if term_id is not None:
        rows = rows.where(SampleRow.term_id == term_id)
    drawn, seen = _counted(session)
    found = _found(session)
    made = []
    for row, term, class_name, _, owner in session.execute(rows.order_by(TermRow.starts, ClassRow.name)):
        count = drawn[row.id]
        state = "planned" if row.drawn_at is None else "done" if row.done_at else "drawn" if count else "empty"
        made.append(
            SampleLine(
                id=row.id,
                class_id=row.class_id,
                class_name=class_name or WHOLE_SCHOOL,
                term=term.name,
                starts=term.starts,
                ends=term.ends,
                size=row.size,
                seed=row.seed,
                owner=owner,
                owner_id=row.owner_id,
                due_on=row.due_on,
                state=state,
                drawn=count,
                seen=seen[row.id],
                found=found[row.id],
                done_at=row.done_at,
                words=row.words,
            )
        )
    return tuple(made)


def _counted(session: Session) -> tuple[Counter[int], Counter[int]]:
    """Items of each sample, and those that need no look any more: seen, or with the safeguarding lead."""
    drawn: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    rows = session.execute(
        select(SampleItemRow.sample_id, SampleItemRow.seen_at, ItemRow.restricted).join(
            ItemRow, ItemRow.id == SampleItemRow.item_id
        )
    )
    for sample, at, restricted in rows:
        drawn[sample] += 1
        seen[sample] += at is not None or restricted
    return drawn, seen


def _found(session: Session) -> Counter[int]:
    rows = session.execute(
        select(SampleItemRow.sample_id, func.count(FindingRow.id))
        .join(FindingRow, FindingRow.item_id == SampleItemRow.item_id)
        .where(FindingRow.origin == BY_SAMPLE, FindingRow.state != "lapsed")
        .group_by(SampleItemRow.sample_id)
    )
    return Counter({sample: count for sample, count in rows})


def newest_item(session: Session) -> int:
    """The number of the newest item; 0 where there is none."""
    return session.scalar(select(func.max(ItemRow.id))) or 0


def there_to_draw(session: Session, class_id: int | None, term: TermRow, up_to: int) -> dict[Stratum, list[int]]:
    """Everything of a class in a half-term, or what went to the whole school, up to item number `up_to`.

    Items without a time belong to no half-term. What has gone to the safeguarding lead stays in: the draw must come
    out the same before and after.
    """
    zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    starts = datetime.combine(term.starts, time(), zone)
    ends = datetime.combine(term.ends + timedelta(days=1), time(), zone)
    home = func.coalesce(ItemRow.class_id, ThreadRow.class_id)
    wanted = [kind for kinds in KINDS.values() for kind in kinds]
    rows = (
        select(ItemRow.id, ItemRow.kind)
        .outerjoin(ThreadRow, ThreadRow.id == ItemRow.thread_id)
        .where(ItemRow.sent_at >= starts, ItemRow.sent_at < ends, ItemRow.id <= up_to, ItemRow.kind.in_(wanted))
    )
    if class_id is None:
        rows = rows.where(home.is_(None))
    else:
        rows = rows.where(home == class_id)
    return by_stratum([(number, Kind(kind)) for number, kind in session.execute(rows)])


def draws_of(session: Session, sample_id: int) -> tuple[DrawLine, ...]:
    """Every draw, the first one first."""
    rows = session.execute(
        select(SampleDrawRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == SampleDrawRow.drawn_by)
        .where(SampleDrawRow.sample_id == sample_id)
        .order_by(SampleDrawRow.id)
    )
    return tuple(
        DrawLine(
            seed=row.seed,
            size=row.size,
            drawn_at=row.drawn_at,
            drawn_by=name,
            why=row.why,
            last_item_id=row.last_item_id,
            there={
                Stratum.POSTS: row.posts,
                Stratum.COMMENTS: row.comments,
                Stratum.MESSAGES: row.messages,
            },
        )
        for row, name in rows
    )


def drawn_again(session: Session, sample_id: int) -> tuple[tuple[Drawn, ...], frozenset[int]]:
    """The last draw worked out afresh from its record, and the items that the record holds: they must agree."""
    sample = session.get_one(SampleRow, sample_id)
    last = session.scalars(
        select(SampleDrawRow).where(SampleDrawRow.sample_id == sample_id).order_by(SampleDrawRow.id.desc()).limit(1)
    ).one()
    there = there_to_draw(session, sample.class_id, session.get_one(TermRow, sample.term_id), last.last_item_id)
    kept = session.scalars(select(SampleItemRow.item_id).where(SampleItemRow.sample_id == sample_id))
    return draw(there, last.size, last.seed), frozenset(kept)


def sampled_items(session: Session, sample_id: int, seed: str) -> tuple[SampledLine, ...]:
    """The items of a sample in the order of the draw."""
    found: dict[int, list[Check]] = defaultdict(list)
    flagged: set[int] = set()
    notes = session.execute(
        select(FindingRow.item_id, FindingRow.check, FindingRow.origin, FindingRow.state)
        .join(SampleItemRow, SampleItemRow.item_id == FindingRow.item_id)
        .where(SampleItemRow.sample_id == sample_id)
    )
    for item_id, check, origin, state in notes:
        if origin != BY_SAMPLE:
            flagged.add(item_id)
        elif state != "lapsed":
            found[item_id].append(Check(check))
    rows = session.execute(
        select(SampleItemRow, ItemRow)
        .join(ItemRow, ItemRow.id == SampleItemRow.item_id)
        .where(SampleItemRow.sample_id == sample_id)
    )
    lines = [
        SampledLine(
            item_id=item.id,
            stratum=Stratum(row.stratum),
            kind=Kind(item.kind),
            author="" if item.restricted else item.author_name or AuthorRole(item.author_role).words,
            author_role=AuthorRole(item.author_role),
            sent_at=item.sent_at,
            opening="" if item.restricted else " ".join(item.text[:160].split()),
            restricted=item.restricted,
            flagged=item.id in flagged,
            seen_at=row.seen_at,
            found=() if item.restricted else tuple(found[item.id]),
        )
        for row, item in rows
    ]
    return tuple(sorted(lines, key=lambda line: place(seed, line.item_id)))


@dataclass(frozen=True, slots=True)
class SamplingFigures:
    """What looking found beside what the checks found, over finished and unfinished looks of a period."""

    planned: int
    done: int
    looked: int
    flagged: int
    """Of the items looked at, those that a check had flagged before."""
    people_only: int
    """Of the items that no check had flagged, those in which a person found something."""
    unflagged_in_all: int
    """Items of the period that no check flagged: what the estimate is about."""

    @property
    def missed(self) -> Estimate | None:
        """The share of unflagged items in which there was something after all."""
        return estimate(self.people_only, self.looked - self.flagged)


def sampling_figures(session: Session, starts: date, ends: date) -> SamplingFigures:
    """Of all looks at half-terms that lie in the period, both ends inclusive."""
    terms = select(TermRow.id).where(TermRow.starts >= starts, TermRow.ends <= ends)
    samples = list(session.scalars(select(SampleRow).where(SampleRow.term_id.in_(terms))))
    ids = [row.id for row in samples]
    seen = list(
        session.scalars(
            select(SampleItemRow.item_id).where(SampleItemRow.sample_id.in_(ids), SampleItemRow.seen_at.is_not(None))
        )
    )
    by_check = set(_items_found(session, seen, sample=False))
    by_people = set(_items_found(session, seen, sample=True))
    return SamplingFigures(
        planned=len(samples),
        done=sum(row.done_at is not None for row in samples),
        looked=len(seen),
        flagged=len(by_check),
        people_only=len(by_people - by_check),
        unflagged_in_all=_unflagged(session, starts, ends),
    )


def _items_found(session: Session, items: list[int], *, sample: bool) -> list[int]:
    origin = FindingRow.origin == BY_SAMPLE if sample else FindingRow.origin != BY_SAMPLE
    rows = select(FindingRow.item_id).distinct().where(FindingRow.item_id.in_(items), origin)
    if sample:
        rows = rows.where(FindingRow.state != "lapsed")
    return list(session.scalars(rows))


def _unflagged(session: Session, starts: date, ends: date) -> int:
    zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    wanted = [kind for kinds in KINDS.values() for kind in kinds]
    flagged = select(FindingRow.item_id).where(FindingRow.origin != BY_SAMPLE)
    return (
        session.scalar(
            select(func.count())
            .select_from(ItemRow)
            .where(
                ItemRow.sent_at >= datetime.combine(starts, time(), zone),
                ItemRow.sent_at < datetime.combine(ends + timedelta(days=1), time(), zone),
                ItemRow.kind.in_(wanted),
                ItemRow.id.not_in(flagged),
            )
        )
        or 0
    )
