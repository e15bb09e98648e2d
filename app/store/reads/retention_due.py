"""Which records' day has come under a line of the retention schedule, sort by sort (K4).

Nothing that a record says is read here but a class list's pupils: a due record is known by its number, its day and
what sort of thing it is.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.content import Kind
from app.domain.retention import Kept, KeptBack, last_kept, newest_due
from app.domain.sheets import lines_of
from app.store.reads.retention_cases import cases_and_breaches
from app.store.reads.retention_guard import Families, Holds, families, guarded_items, holds
from app.store.tables.content import ImportRow, ItemRow, PointsTotalRow
from app.store.tables.links import LinkingCodeRow
from app.store.tables.monitoring import BeforePostingRow, RequestRow
from app.store.tables.people import PupilRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import ClassSheetRow
from app.store.tables.register import LoginCardRow
from app.store.tables.school import ClassRow, SchoolRow

Found = tuple[str, int, date, str, str, KeptBack | None]
"""Table, id, day, what it is, reference, why it is kept back."""


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record whose day has come. `words` say what sort of thing it is, never what it says or who it is about."""

    kind: Kept
    table: str
    id: int
    day: date
    words: str
    ref: str
    back: KeptBack | None = None
    """Why it is not destroyed all the same."""

    @property
    def key(self) -> tuple[str, int]:
        """What it is known by."""
        return self.table, self.id


class Finder:
    """Looks for due records as of one day, with what is guarded read once."""

    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today
        self.zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
        self.around: Families = families(session)
        self.holds: Holds = holds(session)
        self.classes: dict[int, str] = {id_: name for id_, name in session.execute(select(ClassRow.id, ClassRow.name))}

    def due(self, kind: Kept, months: int) -> list[DueRecord]:
        """Every record of this sort whose day has come, oldest first; those that are kept back among them."""
        newest = newest_due(kind, months, self.today)
        rows = [
            DueRecord(kind, table, id_, day, words, ref, self._held(kind, table, id_) or back)
            for table, id_, day, words, ref, back in _FINDERS[kind](self, newest)
            if last_kept(kind, day, months) < self.today
        ]
        return sorted(rows, key=lambda each: (each.day, each.table, each.id))

    def any_due(self, months: Mapping[Kept, int]) -> bool:
        """Whether anything would go: the first record that is neither held nor guarded ends the search."""
        return any(
            back is None and last_kept(kind, day, many) < self.today and self._held(kind, table, id_) is None
            for kind, many in months.items()
            for table, id_, day, _, _, back in _FINDERS[kind](self, newest_due(kind, many, self.today))
        )

    def _held(self, kind: Kept, table: str, id_: int) -> KeptBack | None:
        held = kind in self.holds.kinds or (table, id_) in self.holds.records
        return KeptBack.HOLD if held else None

    def day(self, moment: datetime) -> date:
        """The school's own day."""
        return moment.astimezone(self.zone).date()

    def after(self, day: date) -> datetime:
        """The moment at which a day of the school is over."""
        return datetime.combine(day + timedelta(days=1), time.min, self.zone)

    def named(self, words: str, class_id: int | None) -> str:
        """Something with the class it belongs to."""
        name = self.classes.get(class_id or 0)
        return f"{words}, {name}" if name else words


def seal_of(records: list[DueRecord]) -> str:
    """SHA-256 over the references, in order: tells whether two lists are of the same records."""
    return hashlib.sha256("\n".join(sorted(each.ref for each in records)).encode()).hexdigest()


def _items(find: Finder, newest: date) -> Iterator[Found]:
    """What has no day of its own counts from the day it was brought in; what has neither stays."""
    back = guarded_items(find.session, find.around)
    at = func.coalesce(ItemRow.sent_at, ImportRow.applied_at, type_=ItemRow.sent_at.type)
    rows = find.session.execute(
        select(ItemRow.id, ItemRow.kind, ItemRow.class_id, ItemRow.digest, at)
        .outerjoin(ImportRow, ImportRow.id == ItemRow.import_id)
        .where(at < find.after(newest))
    )
    for id_, kind, class_id, digest, moment in rows:
        yield "item", id_, find.day(moment), find.named(Kind(kind).words, class_id), digest, back.get(id_)
    totals = find.session.execute(
        select(PointsTotalRow.id, PointsTotalRow.pupil_id, ImportRow.applied_at)
        .join(ImportRow, ImportRow.id == PointsTotalRow.import_id)
        .where(ImportRow.applied_at < find.after(newest))
    )
    for id_, pupil_id, moment in totals:
        ref = f"points_total:{id_}"
        yield "points_total", id_, find.day(moment), "Line of a points report", ref, find.around.reason(pupil_id)


def _drafts(find: Finder, newest: date) -> Iterator[Found]:
    rows = find.session.execute(
        select(BeforePostingRow.id, BeforePostingRow.class_id, BeforePostingRow.checked_at).where(
            BeforePostingRow.checked_at < find.after(newest)
        )
    )
    for id_, class_id, at in rows:
        yield "before_posting", id_, find.day(at), find.named("Draft that was checked", class_id), f"draft:{id_}", None


def _codes(find: Finder, newest: date) -> Iterator[Found]:
    """A code that still holds is never among them."""
    for row in find.session.scalars(select(LinkingCodeRow)):
        ends = [find.day(at) for at in (row.used_at, row.revoked_at) if at is not None]
        if row.expires_on is not None and row.expires_on < find.today:
            ends.append(row.expires_on)
        if ends and min(ends) <= newest:
            why = find.around.reason(row.pupil_id, row.guardian_id)
            yield "linking_code", row.id, min(ends), "Linking code", f"linking_code:{row.id}", why
    for card in find.session.scalars(select(LoginCardRow).where(LoginCardRow.revoked_at.is_not(None))):
        assert card.revoked_at is not None
        if find.day(card.revoked_at) <= newest:
            why = find.around.reason(card.pupil_id)
            yield "login_card", card.id, find.day(card.revoked_at), "Pupil's login code", f"login_card:{card.id}", why


def _forms(find: Finder, newest: date) -> Iterator[Found]:
    """A scan counts as long as one answer on it does: not replaced, not run out, and the child is here."""
    left: dict[int, date | None] = {
        id_: day for id_, day in find.session.execute(select(PupilRow.id, PupilRow.left_on))
    }
    rows = find.session.scalars(select(PermissionRow).order_by(PermissionRow.decided_on, PermissionRow.id)).all()
    after: dict[tuple[object, ...], date] = {}
    ends: dict[int, list[date | None]] = defaultdict(list)
    back: dict[int, KeptBack | None] = {}
    for row in reversed(rows):
        same = (row.pupil_id, row.guardian_id, row.by_child, row.kind, row.audience)
        if row.evidence_id is not None:
            known = [day for day in (after.get(same), row.expires_on, left.get(row.pupil_id)) if day is not None]
            ends[row.evidence_id].append(min(known) if known else None)
            back[row.evidence_id] = back.get(row.evidence_id) or find.around.reason(row.pupil_id, row.guardian_id)
        after[same] = row.decided_on
    for evidence_id, days in ends.items():
        known = [day for day in days if day is not None]
        if len(known) == len(days) and max(known) <= newest:
            yield (
                "evidence",
                evidence_id,
                max(known),
                "Scanned permission form",
                f"evidence:{evidence_id}",
                back[evidence_id],
            )


def _lists(find: Finder, newest: date) -> Iterator[Found]:
    """The newest list of a class is never among them."""
    later: dict[int | None, datetime] = {}
    rows = find.session.scalars(select(ClassSheetRow).order_by(ClassSheetRow.number.desc(), ClassSheetRow.id.desc()))
    for row in rows:
        replaced = later.get(row.class_id)
        later[row.class_id] = row.issued_at
        if replaced is None or row.said is None or find.day(replaced) > newest:
            continue
        about = (find.around.reason(line.pupil_id) for line in lines_of(row.said))
        why = next((reason for reason in about if reason is not None), None)
        words = find.named(f"Class list, issue {row.number}", row.class_id)
        yield "class_sheet", row.id, find.day(replaced), words, f"class_sheet:{row.id}:{row.digest}", why


def _cases(find: Finder, newest: date) -> Iterator[Found]:
    for found in cases_and_breaches(find.session, find.around, find.today, find.day):
        if found[2] <= newest:
            yield found


def _requests(find: Finder, newest: date) -> Iterator[Found]:
    rows = find.session.execute(
        select(
            RequestRow.id, RequestRow.kind, RequestRow.answered_on, RequestRow.about_pupil, RequestRow.about_guardian
        )
    )
    for id_, kind, answered_on, pupil_id, guardian_id in rows:
        if answered_on is not None and answered_on <= newest:
            words = "Request for a message history" if kind == "history" else "Request about somebody's data"
            yield "request", id_, answered_on, words, f"request:{id_}", find.around.reason(pupil_id, guardian_id)


def _none(find: Finder, newest: date) -> Iterator[Found]:
    del find, newest
    return iter(())


_FINDERS: dict[Kept, Callable[[Finder, date], Iterator[Found]]] = {
    Kept.ITEMS: _items,
    Kept.DRAFTS: _drafts,
    Kept.CODES: _codes,
    Kept.FORMS: _forms,
    Kept.LISTS: _lists,
    Kept.CASES: _cases,
    Kept.REQUESTS: _requests,
    Kept.ACTIVITY: _none,
}
