"""Stored items as the checks read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.store.reads.register import ref
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow

BATCH = 500
"""How many items are held in memory at a time."""


def items(session: Session, ids: Iterable[int]) -> Iterator[Item]:
    """The items with these ids, a batch at a time; restricted ones are left out."""
    wanted = list(ids)
    for start in range(0, len(wanted), BATCH):
        yield from _batch(session, wanted[start : start + BATCH])


def _batch(session: Session, ids: Sequence[int]) -> Iterator[Item]:
    media: dict[int, list[Media]] = defaultdict(list)
    for item_id, kind in session.execute(
        select(MediaRow.item_id, MediaRow.kind).where(MediaRow.item_id.in_(ids)).order_by(MediaRow.id)
    ):
        media[item_id].append(Media(kind))
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
    rows = session.scalars(select(ItemRow).where(ItemRow.id.in_(ids), ~ItemRow.restricted).order_by(ItemRow.id))
    for row in rows:
        yield Item(
            id=str(row.id),
            kind=Kind(row.kind),
            class_id=ref("c", row.class_id) if row.class_id else None,
            author=_author(row),
            sent_at=row.sent_at,
            text=row.text,
            media=tuple(media[row.id]),
            tagged=tuple(tags[row.id]),
            to=tuple(to[row.id]),
            value=row.value,
        )


def _author(row: ItemRow) -> Author:
    letter, known = {
        AuthorRole.STAFF: ("s", row.staff_id),
        AuthorRole.PARENT: ("g", row.guardian_id),
        AuthorRole.PUPIL: ("p", row.pupil_id),
        AuthorRole.UNKNOWN: ("", None),
    }[AuthorRole(row.author_role)]
    return Author(AuthorRole(row.author_role), ref(letter, known) if known else None)
