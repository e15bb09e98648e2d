"""Points slips that were made for families (P11, H8)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class SlipsMadeRow(Base):
    """So many slips were made for a period, for one class or, where `class_id` is None, for others or for everyone.

    What stood on them is not kept.
    """

    __tablename__ = "slips_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"))
    slips: Mapped[int]
    starts: Mapped[date]
    ends: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
