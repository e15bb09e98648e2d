"""Stored items as the checks read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole, Item, PlainItem, item_from
from app.store.reads.register import ref
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow

BATCH = 500
"""How many items are held in memory at a time."""

_LETTERS = {AuthorRole.STAFF.value: "s", AuthorRole.PARENT.value: "g", AuthorRole.PUPIL.value: "p"}


def items(session: Session, ids: Iterable[int]) -> Iterator[Item]:
    """The items with these ids, a batch at a time; restricted ones are left out."""
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        yield from map(item_from, plain_items(session, wanted[start : start + BATCH]))


def plain_items(session: Session, ids: Sequence[int]) -> list[PlainItem]:
    """The same as plain values, all at once, for handing on to another process."""
    media: dict[int, tuple[str, ...]] = {}
    for item_id, kind in session.execute(
        select(MediaRow.item_id, MediaRow.kind).where(MediaRow.item_id.in_(ids)).order_by(MediaRow.id)
    ):
        media[item_id] = (*media.get(item_id, ()), kind)
    tags: dict[int, list[str]] = defaultdict(list)
    for item_id, pupil_id in session.execute(select(TagRow.item_id, TagRow.pupil_id).where(TagRow.item_id.in_(ids))):
        tags[item_id].append(ref("p", pupil_id))
    to: dict[int, list[str]] = defaultdict(list)
    for item_id, guardian_id, staff_id in session.execute(
        select(RecipientRow.item_id, RecipientRow.guardian_id, RecipientRow.staff_id)
        .where(RecipientRow.item_id.in_(ids))
        .order_by(RecipientRow.id)
    ):
        to[item_id].append(ref("g", guardian_id) if guardian_id else ref("s", staff_id or 0))
    row = ItemRow
    rows = session.execute(
        select(
            row.id,
            row.kind,
            row.class_id,
            row.author_role,
            row.staff_id,
            row.guardian_id,
            row.pupil_id,
            row.sent_at,
            row.text,
            row.value,
        )
        .where(row.id.in_(ids), ~row.restricted)
        .order_by(row.id)
    )
    return [
        (
            str(id_),
            kind,
            ref("c", class_id) if class_id else None,
            role,
            _author(role, staff, guardian, pupil),
            sent_at,
            text,
            media.get(id_, ()),
            tuple(tags[id_]) if id_ in tags else (),
            tuple(to[id_]) if id_ in to else (),
            value,
        )
        for id_, kind, class_id, role, staff, guardian, pupil, sent_at, text, value in rows
    ]


def _author(role: str, staff: int | None, guardian: int | None, pupil: int | None) -> str | None:
    known = {"s": staff, "g": guardian, "p": pupil}.get(_LETTERS.get(role, ""))
    return ref(_LETTERS[role], known) if known else None
