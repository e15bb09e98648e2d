"""What a closer reader said of an item, kept so that checking again comes to the same (T10, P7, K1)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base

UNFIT = ""
"""Stands for the reader where the words read otherwise now: it counts until the item is read again."""


class ItemReadingRow(Base):
    """A few bytes, no words. The database empties them itself when words are taken out of an item, and takes the row
    away when it is sealed. A row whose `of` is empty says that the item is not to be read again.

    `reader` names the weights that read it, `of` is a digest of all that was read, `said` is in the judge's own signs.
    """

    __tablename__ = "item_reading"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, autoincrement=False)
    reader: Mapped[str] = mapped_column(String(20))
    of: Mapped[bytes] = mapped_column(LargeBinary(12))
    said: Mapped[bytes] = mapped_column(LargeBinary)
