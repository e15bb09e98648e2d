"""Keeping the register: saved views, leavers still to be dealt with, login cards, the change of school year."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class SavedViewRow(Base):
    """A filter of the register that one account keeps under a name. `filter` is JSON."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    filter: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("account_id", "name"),)


class LeaverRow(Base):
    """What was done about a pupil who left (H12).

    `step` is what ClassDojo calls it there: graduate, remove or archive. A hold keeps the personal data past its date,
    with the reason. Once `deleted_at` is set, the pupil's row holds no personal data any more.
    """

    __tablename__ = "leaver"

    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True)
    step: Mapped[str | None] = mapped_column(String(10))
    done_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    hold_why: Mapped[str | None] = mapped_column(String(300))
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class LoginCardRow(Base):
    """The code by which one pupil signs in to ClassDojo (H6). Its words are encrypted once more under the main key.

    A later code of the same pupil revokes the earlier one.
    """

    __tablename__ = "login_card"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    ending: Mapped[str] = mapped_column(String(2))
    entered_at: Mapped[datetime]
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    printed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str | None] = mapped_column(String(300))


class SeptemberRow(Base):
    """The change to one school year: a draft until it is applied, and what undoing it needs. Both are JSON."""

    __tablename__ = "september"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[str] = mapped_column(String(20), unique=True)
    draft: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    before: Mapped[str | None] = mapped_column(Text)
