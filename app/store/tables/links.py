"""Linking codes and links: who is joined to which child on the messaging service (P3, P4, H7)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class LinkingCodeRow(Base):
    """A code in the ledger. Only a keyed digest is kept, so that a thief of the database cannot use it."""

    __tablename__ = "linking_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    origin: Mapped[str] = mapped_column(String(12), default="school")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(2))
    issued_at: Mapped[datetime]
    issued_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    route: Mapped[str] = mapped_column(String(20))
    expires_on: Mapped[date | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(String(300))


class LinkRow(Base):
    """An adult's standing on a child's account: invited, requested, linked, suspended, removed or rejected.

    A third adult needs an exception with a reason and a review date (P4). `processing_accepted_at` is the permission
    for processing that a guardian gives on joining (H4).
    """

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    name_given: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12), index=True)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("linking_code.id"))
    requested_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(500))
    exception_why: Mapped[str | None] = mapped_column(String(500))
    exception_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    review_on: Mapped[date | None]
    suspended_until: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    processing_accepted_at: Mapped[datetime | None]
