"""Which incoming items are here already in another form: the same words, from the same person, in the same minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole, Kind
from app.services.authors import Writer
from app.store.reads.people import key
from app.store.tables.content import ImportRow, ItemRow, MediaRow, RecipientRow, TagRow

if TYPE_CHECKING:
    from app.services.placing import Placed


@dataclass(slots=True)
class Known:
    """An item that is here, or about to be. `file` is the file of this bringing-in that it came from, if it did.

    `media`, `tagged`, `guardians` and `staff` are what is known around it so far.
    """

    writer: Writer
    name: str
    class_id: int | None
    source_id: str | None
    format: str
    id: int | None = None
    row: ItemRow | None = None
    file: str | None = None
    media: set[str] = field(default_factory=set)
    tagged: set[int] = field(default_factory=set)
    guardians: set[int] = field(default_factory=set)
    staff: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Alike:
    """Items by their likeness: those in the store, and those that this bringing-in has made."""

    session: Session
    format: str
    _known: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _looked_up: set[str] = field(default_factory=set)
    _matched: set[tuple[str, int]] = field(default_factory=set)

    def look_up(self, marks: Iterable[str]) -> None:
        """Read the stored items of these marks; what this bringing-in made itself is known already."""
        wanted = sorted(set(marks) - self._looked_up)
        self._looked_up.update(wanted)
        if not wanted:
            return
        rows = self.session.execute(
            select(ItemRow, ImportRow.format)
            .outerjoin(ImportRow, ImportRow.id == ItemRow.import_id)
            .where(ItemRow.likeness.in_(wanted))
            .order_by(ItemRow.id)
        ).all()
        found: dict[int, Known] = {}
        for row, fmt in rows:
            writer = Writer(AuthorRole(row.author_role), row.staff_id, row.guardian_id, row.pupil_id)
            known = Known(writer, key(row.author_name or ""), row.class_id, row.source_id, fmt or "", row.id, row)
            self._known[row.likeness or ""].append(known)
            found[row.id] = known
        self._look_around(found)

    def match(self, placed: Placed) -> Known | None:
        """The item that this one is, if it is here. One file's items are never taken for one another."""
        if placed.mark is None:
            return None
        for known in self._known[placed.mark]:
            if known.file == placed.item.file or (placed.item.file, id(known)) in self._matched:
                continue
            if self._is_same(known, placed):
                self._matched.add((placed.item.file, id(known)))
                return known
        return None

    def enter(self, placed: Placed) -> Known:
        """Note an item that is about to be made; its id follows."""
        item = placed.item
        known = Known(placed.writer, key(item.author_name or ""), placed.class_id, item.source_id, self.format)
        known.file = item.file
        known.media = {kind.value for kind in item.media}
        known.tagged, known.guardians, known.staff = set(placed.tagged), set(placed.guardians), set(placed.staff)
        if placed.mark is not None:
            self._known[placed.mark].append(known)
        return known

    def _is_same(self, known: Known, placed: Placed) -> bool:
        ids = (known.source_id, placed.item.source_id)
        if all(ids) and known.file is None and known.format == self.format:
            return False  # one source tells them apart itself
        return (
            self._same_writer(known, placed)
            and _agree(known.class_id, placed.class_id)
            and _overlap(known.guardians, placed.guardians)
            and _overlap(known.staff, placed.staff)
            and (placed.item.kind is not Kind.PORTFOLIO or _overlap(known.tagged, placed.tagged))
        )

    @staticmethod
    def _same_writer(known: Known, placed: Placed) -> bool:
        one, other = known.writer, placed.writer
        ids = [(w.staff_id, w.guardian_id, w.pupil_id) for w in (one, other)]
        if any(ids[0]) and any(ids[1]):
            return ids[0] == ids[1]
        name = key(placed.item.author_name or "")
        return bool(name) and name == known.name

    def _look_around(self, found: dict[int, Known]) -> None:
        """Read what is known around these items: what they show, whom they concern, whom they went to."""
        ids = list(found)
        if not ids:
            return
        for item_id, kind in self.session.execute(
            select(MediaRow.item_id, MediaRow.kind).where(MediaRow.item_id.in_(ids))
        ):
            found[item_id].media.add(kind)
        for item_id, pupil in self.session.execute(
            select(TagRow.item_id, TagRow.pupil_id).where(TagRow.item_id.in_(ids))
        ):
            found[item_id].tagged.add(pupil)
        for to in self.session.scalars(select(RecipientRow).where(RecipientRow.item_id.in_(ids))):
            if to.guardian_id is not None:
                found[to.item_id].guardians.add(to.guardian_id)
            if to.staff_id is not None:
                found[to.item_id].staff.add(to.staff_id)


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Two sets of people that may be the same: they share somebody, or one of them is not told."""
    first, second = set(one), set(other)
    return not first or not second or bool(first & second)
