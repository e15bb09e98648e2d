"""The policy: versions, clauses, who accepted what, and the yearly review (H3, P1, M3, T14)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class PolicyVersionRow(Base):
    """A version of the policy, in force from a day until the next one is."""

    __tablename__ = "policy_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    adopted_on: Mapped[date]
    review_due: Mapped[date | None]
    changes: Mapped[str] = mapped_column(Text, default="")
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None]


class ClauseRow(Base):
    """A clause of one version, in the school's own words for the program."""

    __tablename__ = "clause"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    code: Mapped[str] = mapped_column(String(8))
    heading: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (UniqueConstraint("version_id", "code"),)


class AcceptanceRow(Base):
    """Somebody accepted, acknowledged or stated something.

    `what` is policy (P1, M3), processing (H4), class_sheet (T11) or device (T14).
    """

    __tablename__ = "acceptance"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(12), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("policy_version.id"))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    class_sheet_id: Mapped[int | None] = mapped_column(ForeignKey("class_sheet.id"))
    accepted_on: Mapped[date]
    route: Mapped[str] = mapped_column(String(20))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ClassSheetRow(Base):
    """An issue of a class's list of permitted names and rulings (T8, T11)."""

    __tablename__ = "class_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"), index=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    said: Mapped[str | None] = mapped_column(Text)
    """What the list said, so that the next issue can tell what changed; not kept of the earliest lists."""
    issued_at: Mapped[datetime]
    issued_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class AnnualReviewRow(Base):
    """One yearly review of the policy, signed by the headteacher (H3)."""

    __tablename__ = "annual_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"), unique=True)
    due_on: Mapped[date]
    opened_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    audit_head: Mapped[str | None] = mapped_column(String(64))


class ClauseJudgementRow(Base):
    """How well a clause was kept over the year, and what is to be done about it."""

    __tablename__ = "clause_judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("annual_review.id"), index=True)
    code: Mapped[str] = mapped_column(String(8))
    judgement: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(String(120))
    action_due: Mapped[date | None]
    action_done_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("review_id", "code"),)
