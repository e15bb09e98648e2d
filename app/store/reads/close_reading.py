"""Which items a closer reader has still to read, and what it said of those it has read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from app.domain.checks.judge import Kept
from app.store.tables.close_reading import UNFIT, ItemReadingRow
from app.store.tables.content import ItemRow

_AT_A_TIME = 500


def kept_readings(session: Session, ids: Sequence[int]) -> dict[int, Kept]:
    """What was kept of these items; most of a school's old ones have nothing."""
    row = ItemReadingRow
    found: dict[int, Kept] = {}
    for start in range(0, len(ids), _AT_A_TIME):
        wanted = and_(row.item_id.in_(ids[start : start + _AT_A_TIME]), row.of != b"")
        for item_id, said, of in session.execute(select(row.item_id, row.said, row.of).where(wanted)):
            found[item_id] = Kept(said, of)
    return found


def still_open(session: Session, ids: Iterable[int]) -> list[int]:
    """Those of these items that are there, not sealed, and whole."""
    lost = exists().where(ItemReadingRow.item_id == ItemRow.id, ItemReadingRow.of == b"")
    wanted = select(ItemRow.id).where(ItemRow.id.in_(ids), ~ItemRow.restricted, ~lost)
    return list(session.scalars(wanted.order_by(ItemRow.id)))


def any_readings(session: Session) -> bool:
    """Whether anything is kept at all."""
    return bool(session.scalar(select(exists().select_from(ItemReadingRow))))


def mark_unfit(session: Session, ids: Iterable[int]) -> None:
    """These read otherwise now. What was kept counts until they are read again."""
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_A_TIME):
        these = ItemReadingRow.item_id.in_(wanted[start : start + _AT_A_TIME])
        session.execute(update(ItemReadingRow).where(these).values(reader=UNFIT))


def keep_reading(session: Session, reader: str, readings: Iterable[tuple[int, Kept]]) -> None:
    """Keep what was said of each, in place of what was kept before."""
    rows = [(item_id, reader, kept.of, kept.said) for item_id, kept in readings]
    if rows:
        session.connection().exec_driver_sql(
            "INSERT INTO item_reading (item_id, reader, of, said) VALUES (?, ?, ?, ?) ON CONFLICT (item_id) "
            "DO UPDATE SET reader = excluded.reader, of = excluded.of, said = excluded.said",
            rows,
        )


def unread(session: Session, reader: str, most: int) -> list[int]:
    """Items that this reader has still to read, the newest first; none that is sealed or that lost words.

    Only indexes are walked, so that passing over what has been read costs about a microsecond an item.
    """
    read = exists().where(ItemReadingRow.item_id == ItemRow.id, _done(reader))
    newest = (ItemRow.sent_at.desc(), ItemRow.id.desc())
    return list(
        session.scalars(select(ItemRow.id).where(~read, ItemRow.id.not_in(_sealed())).order_by(*newest).limit(most))
    )


def unread_count(session: Session, reader: str) -> int:
    """How many those are: all items less the sealed ones and those it is done with."""
    whole = session.scalar(select(func.count(ItemRow.id))) or 0
    sealed = session.scalar(select(func.count()).select_from(_sealed().subquery())) or 0
    read = session.scalar(select(func.count()).where(_done(reader))) or 0
    return max(0, whole - sealed - read)


def _done(reader: str) -> ColumnElement[bool]:
    """This reader has read it, or words were taken out of it."""
    return or_(ItemReadingRow.reader == reader, ItemReadingRow.of == b"")


def _sealed() -> Select[int]:
    return select(ItemRow.id).where(ItemRow.restricted == literal_column("1"))
