"""Placing incoming items into the store: who wrote them, where they belong, and which of them are here already.

An item is known again by its source's id or its whole content (`digest`), and across formats by the same words from
the same person in the same minute (`likeness`). What came twice is kept once; where the second coming tells more (a
picture, a tag, whom it went to), that is added, and the item is checked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from sqlalchemy import insert, select

from app.domain.content import AuthorRole, Kind
from app.domain.incoming import IncomingItem, PointsTotal, Remark
from app.domain.likeness import likeness
from app.services.alike import Alike, Known
from app.services.attaching import Attaching
from app.services.authors import Authors, Writer
from app.services.conversations import Conversations
from app.services.unit import Unit
from app.store.reads.people import key
from app.store.tables.content import ItemRow, MediaRow, PointsTotalRow, RecipientRow, TagRow
from app.store.tables.school import SkillRow


def digest_of(parts: list[str]) -> str:
    """SHA-256 over a list of texts."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def item_digest(item: IncomingItem) -> str:
    """What recognises the same item from the same source: its id there, else content, author and time."""
    sent = item.sent_at.astimezone(UTC).isoformat() if item.sent_at else None
    author = [item.author_role, item.author_id, item.author_name]
    rest = [*author, item.text, [m.value for m in item.media], list(item.tagged), list(item.to), item.value, item.skill]
    told = [item.kind.value, item.source_id] if item.source_id else [item.kind.value, sent, *rest]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Placed:
    """An incoming item with everybody in it looked up."""

    item: IncomingItem
    digest: str
    mark: str | None
    """Its likeness; see `domain/likeness.py`."""
    writer: Writer
    class_id: int | None
    guardians: tuple[int, ...]
    staff: tuple[int, ...]
    tagged: tuple[int, ...]


@dataclass(slots=True)
class Placing:
    """Places items, a batch at a time, all in one command's transaction."""

    unit: Unit
    import_id: int
    format: str
    authors: Authors = field(init=False)
    alike: Alike = field(init=False)
    conversations: Conversations = field(init=False)
    attaching: Attaching = field(init=False)
    to_check: list[int] = field(default_factory=list)
    """Ids of items that are new, or of which more is known now."""
    totals_are_here: bool = False
    """The points report was brought in before: totals have no ids of their own."""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    _skills: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.authors = Authors.of(self.unit.session)
        self.alike = Alike(self.unit.session, self.format)
        self.conversations = Conversations(self.unit.session, self.authors.book)
        self.attaching = Attaching(self.unit)

    def keep(self, items: Sequence[IncomingItem]) -> None:
        """Keep the ones that are not here yet: rows first, then what hangs on them."""
        placed = [self._place(item) for item in items]
        here = set(
            self.unit.session.scalars(select(ItemRow.digest).where(ItemRow.digest.in_([p.digest for p in placed])))
        )
        self.alike.look_up(p.mark for p in placed if p.mark is not None and p.digest not in here)
        fresh: list[tuple[Placed, Known]] = []
        again: list[tuple[Placed, Known]] = []
        for each in placed:
            if each.digest in here:
                self.unchanged += 1
                continue
            here.add(each.digest)
            known = self.alike.match(each)
            if known is None:
                fresh.append((each, self.alike.enter(each)))
            else:
                again.append((each, known))
        if fresh:
            self._insert(fresh)
        for each, known in again:
            self._add_what_is_new(each, known)
        self._take_remarks()

    def _place(self, item: IncomingItem) -> Placed:
        to = [self.authors.recipient(said) for said in item.to]
        pupils = self.authors.book.pupils
        tagged = [found for said in item.tagged if (found := pupils.get(key(said))) is not None]
        return Placed(
            item=item,
            digest=item_digest(item),
            mark=likeness(item.kind, item.sent_at, item.text),
            writer=self.authors.who(item.author_role, item.author_id, item.author_name),
            class_id=self.authors.book.class_of(item.class_id, item.class_name),
            guardians=tuple(dict.fromkeys(each.guardian_id for each in to if each.guardian_id is not None)),
            staff=tuple(dict.fromkeys(each.staff_id for each in to if each.staff_id is not None)),
            tagged=tuple(dict.fromkeys(tagged)),
        )

    def _insert(self, fresh: list[tuple[Placed, Known]]) -> None:
        rows = [self._row(placed) for placed, _ in fresh]
        statement = insert(ItemRow).returning(ItemRow.id, sort_by_parameter_order=True)
        ids = self.unit.session.scalars(statement, rows).all()
        for item_id, (_, known) in zip(ids, fresh, strict=True):
            known.id = item_id
        self._add_around([(item_id, placed) for item_id, (placed, _) in zip(ids, fresh, strict=True)])
        self.to_check += ids
        self.added += len(ids)

    def _row(self, placed: Placed) -> dict[str, Any]:
        item, writer = placed.item, placed.writer
        if item.kind is Kind.CLASS_STORY and placed.class_id is None and (item.class_name or item.class_id):
            self._warn(item, "class", f"No class in the register is called “{item.class_name or item.class_id}”.")
        return {
            "source_id": item.source_id,
            "digest": placed.digest,
            "likeness": placed.mark,
            "import_id": self.import_id,
            "kind": item.kind,
            "class_id": placed.class_id,
            "thread_id": self.conversations.thread_of(placed.item, writer, placed.guardians, placed.class_id),
            "author_role": writer.role,
            "author_name": item.author_name,
            "staff_id": writer.staff_id,
            "guardian_id": writer.guardian_id,
            "pupil_id": writer.pupil_id,
            "sent_at": item.sent_at,
            "text": item.text,
            "value": item.value,
            "skill_id": self._skill(item.skill) if item.skill else None,
        }

    def _add_around(self, kept: Iterable[tuple[int, Placed]]) -> None:
        media: list[dict[str, Any]] = []
        tags: list[dict[str, Any]] = []
        to: list[dict[str, Any]] = []
        for item_id, placed in kept:
            media += self.attaching.media_of(item_id, placed.item)
            tags += [{"item_id": item_id, "pupil_id": pupil} for pupil in placed.tagged]
            to += [{"item_id": item_id, "guardian_id": guardian, "staff_id": None} for guardian in placed.guardians]
            to += [{"item_id": item_id, "guardian_id": None, "staff_id": member} for member in placed.staff]
        for table, rows in ((MediaRow, media), (TagRow, tags), (RecipientRow, to)):
            if rows:
                self.unit.session.execute(insert(table), rows)

    def _add_what_is_new(self, placed: Placed, known: Known) -> None:
        """The item is here in another form: add the pictures, tags and readers that only this form tells of."""
        assert known.id is not None
        row = known.row or self.unit.session.get(ItemRow, known.id)
        assert row is not None
        media = self.attaching.media_of(known.id, placed.item, restricted=row.restricted, here=known.media)
        tags = [{"item_id": known.id, "pupil_id": pupil} for pupil in placed.tagged if pupil not in known.tagged]
        readers = placed.guardians if not known.guardians and not known.staff else ()
        to = [{"item_id": known.id, "guardian_id": guardian, "staff_id": None} for guardian in readers]
        for table, rows in ((MediaRow, media), (TagRow, tags), (RecipientRow, to)):
            if rows:
                self.unit.session.execute(insert(table), rows)
        known.media |= {each["kind"] for each in media}
        known.tagged |= set(placed.tagged)
        known.guardians |= set(readers)
        if self._settle(row, placed) or media or tags or to:
            self.changed += 1
            if not row.restricted:
                self.to_check.append(known.id)
        else:
            self.unchanged += 1

    def _settle(self, row: ItemRow, placed: Placed) -> bool:
        """Fill in what nobody knew of an item when it came first: its writer, its class, its conversation."""
        learned = False
        writer = placed.writer
        if (row.staff_id, row.guardian_id, row.pupil_id) == (None, None, None) and writer != Writer(writer.role):
            row.author_role, row.staff_id = writer.role, writer.staff_id
            row.guardian_id, row.pupil_id, learned = writer.guardian_id, writer.pupil_id, True
        if row.class_id is None and placed.class_id is not None:
            row.class_id, learned = placed.class_id, True
        if row.thread_id is None:
            row.thread_id = self.conversations.thread_of(placed.item, writer, placed.guardians, placed.class_id)
        return learned

    def keep_total(self, total: PointsTotal) -> None:
        """A pupil's line of a points report; points that were taken away become items, so that they are seen (H8)."""
        if self.totals_are_here:
            self.unchanged += 1
            return
        pupil_id = self.authors.book.pupils.get(key(total.pupil))
        if pupil_id is None:
            reason = "No pupil, or more than one, has this name in the register."
            self.rejected.append(Remark(total.file, total.row, "pupil", reason))
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
            self.unit.session.execute(insert(PointsTotalRow), rows)
        self.added += 1
        for points in total.skills:
            if points.weight < 0 and points.count:
                self._keep_removal(pupil_id, points.skill, points.weight * abs(points.count))

    def _keep_removal(self, pupil_id: int, skill: str, value: float) -> None:
        row = ItemRow(
            digest=digest_of([str(self.import_id), str(pupil_id), skill]),
            import_id=self.import_id,
            kind=Kind.POINTS,
            class_id=self.authors.book.pupil_class.get(pupil_id),
            author_role=AuthorRole.STAFF,
            text=skill,
            value=value,
            skill_id=self._skill(skill),
        )
        self.unit.session.add(row)
        self.unit.session.flush()
        self.unit.session.execute(insert(TagRow), [{"item_id": row.id, "pupil_id": pupil_id}])
        self.to_check.append(row.id)

    def _skill(self, name: str) -> int:
        told = name.strip()
        if told not in self._skills:
            row = self.unit.session.scalar(select(SkillRow).where(SkillRow.name == told))
            if row is None:
                row = SkillRow(name=told)
                self.unit.session.add(row)
                self.unit.session.flush()
            self._skills[told] = row.id
        return self._skills[told]

    def _take_remarks(self) -> None:
        self.warnings += self.attaching.remarks
        self.attaching.remarks = []

    def _warn(self, item: IncomingItem, name: str, reason: str) -> None:
        self.warnings.append(Remark(item.file, item.row, name, reason))
