"""Bringing in posts, messages and points: everything new is kept once, and checked (H1, T1 to T13, P4 to P12)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole, Kind
from app.domain.incoming import FeedReading, IncomingItem, PointsTotal, Remark
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.services.checking import check_items
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.reads.people import Directory, directory, key
from app.store.tables.content import (
    ImportRow,
    ItemRow,
    MediaRow,
    PointsTotalRow,
    RecipientRow,
    TagRow,
    ThreadRow,
)
from app.store.tables.school import SkillRow

BATCH = 500
"""How many items are placed at a time."""


@dataclass(frozen=True, slots=True)
class FeedApplied:
    """What came of bringing in content. `unchanged` counts what was here already."""

    new: int
    unchanged: int
    rejected: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class ApplyFeed(Command[FeedApplied]):
    """Keep what was read and is not here yet, and check it."""

    reading: FeedReading
    ticket: Ticket | None = None

    def __repr__(self) -> str:
        return f"ApplyFeed(rows={self.reading.rows})"


@does(ApplyFeed, roles=EVERYONE, verb="feed.brought_in")
def apply_feed(command: ApplyFeed, unit: Unit) -> FeedApplied:
    """One transaction for all of it: rows that cannot be placed are named, the good ones go in."""
    reading = command.reading
    batch = ImportRow(
        area="feed",
        format=reading.format,
        digest=_reading_digest(reading),
        rows=reading.rows,
        new=0,
        changed=0,
        unchanged=0,
        rejected=len(reading.rejected),
        applied_at=unit.now,
        applied_by=unit.actor.id,
    )
    unit.session.add(batch)
    unit.session.flush()
    keeper = _Keeper(unit.session, directory(unit.session), batch.id)
    keeper.totals_are_here = _is_here(unit.session, batch)
    for start in range(0, len(reading.items), BATCH):
        keeper.keep(reading.items[start : start + BATCH])
        if command.ticket is not None:
            command.ticket.tick(start, len(reading.items), "Bringing in posts and messages")
    for total in reading.points:
        keeper.keep_total(total)
    findings = check_items(unit, keeper.new, command.ticket)
    rejected = (*reading.rejected, *keeper.rejected)
    batch.new, batch.unchanged, batch.rejected = keeper.added, keeper.unchanged, len(rejected)
    unit.audit(
        f"import:{batch.id}",
        {"format": reading.format, "new": keeper.added, "unchanged": keeper.unchanged, "findings": findings},
    )
    unit.changed("review", "content")
    return FeedApplied(keeper.added, keeper.unchanged, rejected, (*reading.warnings, *keeper.warnings), findings)


def _reading_digest(reading: FeedReading) -> str:
    totals = [f"{total.pupil}\t{total.skills!r}" for total in reading.points]
    return _digest([item_digest(item) for item in reading.items] + totals)


def _is_here(session: Session, batch: ImportRow) -> bool:
    """The same content was brought in before."""
    earlier = select(ImportRow.id).where(
        ImportRow.area == "feed", ImportRow.digest == batch.digest, ImportRow.id != batch.id
    )
    return session.scalar(earlier) is not None


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def item_digest(item: IncomingItem) -> str:
    """What recognises the same item again: its source's id where there is one, else content, author and time."""
    sent = item.sent_at.astimezone(UTC).isoformat() if item.sent_at else None
    author = [item.author_role, item.author_id, item.author_name]
    rest = [*author, item.text, [m.value for m in item.media], list(item.tagged), list(item.to), item.value, item.skill]
    told = [item.kind.value, item.source_id] if item.source_id else [item.kind.value, sent, *rest]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(slots=True)
class _Keeper:
    """Places incoming items into the store, a batch at a time."""

    session: Session
    book: Directory
    import_id: int
    new: list[int] = field(default_factory=list)
    totals_are_here: bool = False
    """The points report was brought in before: totals have no ids of their own."""
    added: int = 0
    unchanged: int = 0
    threads: dict[int, int] = field(default_factory=dict)
    skills: dict[str, int] = field(default_factory=dict)
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def keep(self, items: Sequence[IncomingItem]) -> None:
        """Keep the ones that are not here yet: rows first, then what hangs on them."""
        digests = [item_digest(item) for item in items]
        here = set(self.session.scalars(select(ItemRow.digest).where(ItemRow.digest.in_(digests))))
        fresh: list[IncomingItem] = []
        rows: list[dict[str, Any]] = []
        for item, digest in zip(items, digests, strict=True):
            if digest in here:
                self.unchanged += 1
                continue
            here.add(digest)
            fresh.append(item)
            rows.append(self._row(item, digest))
        if not rows:
            return
        ids = self.session.scalars(insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True), rows).all()
        self._add_around(list(zip(ids, fresh, strict=True)))
        self.new += ids
        self.added += len(ids)

    def _row(self, item: IncomingItem, digest: str) -> dict[str, Any]:
        staff_id = guardian_id = pupil_id = None
        people = {AuthorRole.STAFF: self.book.staff, AuthorRole.PARENT: self.book.guardians}
        people[AuthorRole.PUPIL] = self.book.pupils
        author = self._person(people.get(item.author_role, {}), item.author_id, item.author_name)
        if item.author_role is AuthorRole.STAFF:
            staff_id = author
        elif item.author_role is AuthorRole.PARENT:
            guardian_id = author
        elif item.author_role is AuthorRole.PUPIL:
            pupil_id = author
        class_id = self.book.class_of(item.class_id, item.class_name)
        if item.kind is Kind.CLASS_STORY and class_id is None and (item.class_name or item.class_id):
            self._warn(item, "class", f"No class in the register is called “{item.class_name or item.class_id}”.")
        return {
            "source_id": item.source_id,
            "digest": digest,
            "import_id": self.import_id,
            "kind": item.kind,
            "class_id": class_id,
            "thread_id": self._thread(item, guardian_id, class_id),
            "author_role": item.author_role,
            "author_name": item.author_name,
            "staff_id": staff_id,
            "guardian_id": guardian_id,
            "pupil_id": pupil_id,
            "sent_at": item.sent_at,
            "text": item.text,
            "value": item.value,
            "skill_id": self._skill(item.skill) if item.skill else None,
        }

    def _person(self, people: dict[str, int], source_id: str | None, name: str | None) -> int | None:
        for said in (source_id, name):
            if said and (found := people.get(key(said))) is not None:
                return found
        return None

    def _recipients(self, item: IncomingItem) -> tuple[list[int], list[int]]:
        guardians, staff = [], []
        for said in item.to:
            if (found := self.book.guardians.get(key(said))) is not None:
                guardians.append(found)
            elif (found := self.book.staff.get(key(said))) is not None:
                staff.append(found)
        return guardians, staff

    def _thread(self, item: IncomingItem, guardian_id: int | None, class_id: int | None) -> int | None:
        if item.kind is not Kind.MESSAGE:
            return None
        family = guardian_id
        if family is None:
            guardians, _ = self._recipients(item)
            family = guardians[0] if len(guardians) == 1 else None
        if family is None:
            return None
        if family not in self.threads:
            self.threads[family] = self._make_thread(family, item, class_id)
        return self.threads[family]

    def _make_thread(self, family: int, item: IncomingItem, class_id: int | None) -> int:
        name = f"guardian:{family}"
        row = self.session.scalar(select(ThreadRow).where(ThreadRow.key == name))
        if row is None:
            children = self.book.guardian_pupils.get(family, set())
            classes = {self.book.pupil_class.get(child) for child in children}
            known = next(iter(classes)) if len(classes) == 1 else None
            row = ThreadRow(key=name, guardian_id=family, class_id=class_id or known, started_at=item.sent_at)
            self.session.add(row)
            self.session.flush()
        return row.id

    def _add_around(self, kept: list[tuple[int, IncomingItem]]) -> None:
        media, tags, to = [], [], []
        for item_id, item in kept:
            names = {attachment.media: attachment.source_id for attachment in item.attachments}
            media += [{"item_id": item_id, "kind": kind, "source_id": names.get(kind)} for kind in item.media]
            tagged = [found for said in item.tagged if (found := self.book.pupils.get(key(said))) is not None]
            tags += [{"item_id": item_id, "pupil_id": pupil} for pupil in dict.fromkeys(tagged)]
            guardians, staff = self._recipients(item)
            to += [{"item_id": item_id, "guardian_id": guardian, "staff_id": None} for guardian in guardians]
            to += [{"item_id": item_id, "guardian_id": None, "staff_id": member} for member in staff]
        for table, rows in ((MediaRow, media), (TagRow, tags), (RecipientRow, to)):
            if rows:
                self.session.execute(insert(table), rows)

    def _skill(self, name: str) -> int:
        told = name.strip()
        if told not in self.skills:
            self.skills[told] = self._make_skill(told)
        return self.skills[told]

    def _make_skill(self, name: str) -> int:
        row = self.session.scalar(select(SkillRow).where(SkillRow.name == name))
        if row is None:
            row = SkillRow(name=name)
            self.session.add(row)
            self.session.flush()
        return row.id

    def keep_total(self, total: PointsTotal) -> None:
        """A pupil's line of a points report; points that were taken away become items, so that they are seen (H8)."""
        if self.totals_are_here:
            self.unchanged += 1
            return
        pupil_id = self.book.pupils.get(key(total.pupil))
        if pupil_id is None:
            self.rejected.append(
                Remark(total.file, total.row, "pupil", "No pupil, or more than one, has this name in the register.")
            )
            return
        rows = [
            {
                "import_id": self.import_id,
                "pupil_id": pupil_id,
                "skill_id": self._skill(points.skill),
                "weight": points.weight,
                "points": points.count,
            }
            for points in total.skills
        ]
        if rows:
            self.session.execute(insert(PointsTotalRow), rows)
        self.added += 1
        for points in total.skills:
            if points.weight < 0 and points.count:
                self._keep_removal(pupil_id, points.skill, points.weight * abs(points.count))

    def _keep_removal(self, pupil_id: int, skill: str, value: float) -> None:
        row = ItemRow(
            digest=_digest([str(self.import_id), str(pupil_id), skill]),
            import_id=self.import_id,
            kind=Kind.POINTS,
            class_id=self.book.pupil_class.get(pupil_id),
            author_role=AuthorRole.STAFF,
            text=skill,
            value=value,
            skill_id=self._skill(skill),
        )
        self.session.add(row)
        self.session.flush()
        self.session.execute(insert(TagRow), [{"item_id": row.id, "pupil_id": pupil_id}])
        self.new.append(row.id)

    def _warn(self, item: IncomingItem, name: str, reason: str) -> None:
        self.warnings.append(Remark(item.file, item.row, name, reason))
