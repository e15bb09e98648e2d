"""Permission decisions and care records (P8, T11, T12)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class PermissionRow(Base):
    """One answer by one adult with responsibility, or the child's own wish, for one kind of media and audience.

    Rows are never changed: a later answer supersedes an earlier one by its date.
    """

    __tablename__ = "permission"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    by_child: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(String(20))
    audience: Mapped[str] = mapped_column(String(20), default="class_story")
    answer: Mapped[str] = mapped_column(String(12))
    decided_on: Mapped[date]
    route: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str | None] = mapped_column(String(40))
    expires_on: Mapped[date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    withdrawn_note: Mapped[str | None] = mapped_column(String(300))


class CareRecordRow(Base):
    """A looked-after child's record, sealed whole: even which child it is about (T11).

    Anyone may write one (the office imports the flag); only leaders hold the key that opens it. What the rest of the
    school sees is the pupil's `picture_bar`.
    """

    __tablename__ = "care_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("care_record.id"))


class AskedAudienceRow(Base):
    """An audience that the school's forms ask about, where the school has chosen; where none stands, the two stories.

    What is not asked about has no answer, and unknown means no.
    """

    __tablename__ = "asked_audience"

    audience: Mapped[str] = mapped_column(String(20), primary_key=True)
