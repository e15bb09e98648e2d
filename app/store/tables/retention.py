"""What is kept past its time, and what was destroyed under the retention schedule (K4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class RetentionHoldRow(Base):
    """A record, or a whole sort of record where `record_id` is None, that is kept past its time until it is let go.

    The reason may name somebody, so it lies sealed for leaders.
    """

    __tablename__ = "retention_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), index=True)
    table: Mapped[str | None] = mapped_column(String(20))
    record_id: Mapped[int | None]
    why_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    review_on: Mapped[date]
    placed_at: Mapped[datetime]
    placed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class DestructionRow(Base):
    """What the headteacher approved to be destroyed on a day. Until `finished_at` it is to be gone on with."""

    __tablename__ = "destruction"

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date]
    approved_at: Mapped[datetime]
    approved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    finished_at: Mapped[datetime | None]


class DestructionPartRow(Base):
    """One sort of record of a destruction: figures and references, never what it said or who it was about.

    `figures` is JSON, how many of what; `numbers` is JSON, for each table the runs of record numbers that went.
    `digest` chains the SHA-256 of every record's reference, batch by batch, so that the list cannot be changed later.
    """

    __tablename__ = "destruction_part"

    id: Mapped[int] = mapped_column(primary_key=True)
    destruction_id: Mapped[int] = mapped_column(ForeignKey("destruction.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    keep: Mapped[str] = mapped_column(String(120))
    """The line of the schedule as it was confirmed."""
    months: Mapped[int]
    approved: Mapped[int]
    destroyed: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    oldest: Mapped[date | None]
    newest: Mapped[date | None]
    figures: Mapped[str] = mapped_column(Text, default="{}")
    numbers: Mapped[str] = mapped_column(Text, default="{}")
    digest: Mapped[str] = mapped_column(String(64), default="")
