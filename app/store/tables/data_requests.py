"""Requests by people about their own data, beside the dates that `RequestRow` keeps (H12, K3)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class DataRequestRow(Base):
    """Who asks, how their identity was checked, how the request ended.

    Of whom it is about `RequestRow` keeps the number. What was asked in words lies sealed for leaders. `name` is for
    somebody who is not in the register. `gone` counts what an erasure deleted, as JSON: the certificate is made of it.
    """

    __tablename__ = "data_request"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True, key="id")
    """Keyed `id`, so that what goes through every table by its rows' ids (merging two adults) finds it too."""
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    asker: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    """The guardian who asks for a pupil."""
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str | None] = mapped_column(String(120))
    identity: Mapped[str] = mapped_column(String(12))
    pause_why: Mapped[str | None] = mapped_column(String(16))
    paused_days: Mapped[int] = mapped_column(default=0)
    told_on: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(String(12))
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    gone: Mapped[str | None] = mapped_column(Text)


class RequestStepRow(Base):
    """A step of a request, on a day, by whom. Rows are only ever added. Words are sealed for leaders."""

    __tablename__ = "request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
