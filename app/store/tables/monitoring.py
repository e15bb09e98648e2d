"""How senior leaders look for themselves, and what they and the law ask for on a date (M1, T12, K3, K4)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class SampleRow(Base):
    """A planned look at a class in a half-term. The seed stands here, so that anyone can draw the same items again."""

    __tablename__ = "sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"), index=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    size: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date]
    drawn_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    words: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("class_id", "term_id"),)


class SampleItemRow(Base):
    """An item that was drawn, and who looked at it."""

    __tablename__ = "sample_item"

    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(16))
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class SampleDrawRow(Base):
    """A draw of a sample: from what, with which seed, by whom. A later draw replaces it and never removes it."""

    __tablename__ = "sample_draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), index=True)
    seed: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    last_item_id: Mapped[int]
    """The newest item at the time: only items up to it can be drawn again."""
    posts: Mapped[int]
    comments: Mapped[int]
    messages: Mapped[int]
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    why: Mapped[str | None] = mapped_column(String(300))
    """Why it was drawn again; nothing for the first draw."""


class SnapshotRow(Base):
    """The four figures a leader's page shows, noted once a week: they are gone after two."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    week_of: Mapped[date] = mapped_column(unique=True)
    messages: Mapped[int]
    pictures: Mapped[int]
    videos: Mapped[int]
    positive_share: Mapped[float]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class AttestationRow(Base):
    """A named person states how a setting or a practice was found, against what is expected."""

    __tablename__ = "attestation"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"))
    subject: Mapped[str] = mapped_column(String(40))
    expected: Mapped[str] = mapped_column(String(120))
    found: Mapped[str] = mapped_column(String(120))
    stated_at: Mapped[datetime]
    stated_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class RequestRow(Base):
    """Something asked for with a date: a message history from the service, subject access, erasure (K3, H12)."""

    __tablename__ = "request"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    about_guardian: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    about_pupil: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    paused_on: Mapped[date | None]
    resumed_on: Mapped[date | None]
    extended_to: Mapped[date | None]
    extension_why: Mapped[str | None] = mapped_column(String(300))
    answered_on: Mapped[date | None]
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reviewed_on: Mapped[date | None]
    words: Mapped[str | None] = mapped_column(Text)
    """What was asked for."""
    outcome: Mapped[str | None] = mapped_column(Text)
    """What the review of it found."""
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class RetentionRow(Base):
    """How long a sort of record is kept, and why; suggested until the headteacher confirms it (K4).

    `kind` is one of `app.domain.retention.Kept`; a line of a kind that is not known destroys nothing.
    """

    __tablename__ = "retention"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str | None] = mapped_column(String(12))
    months: Mapped[int | None]
    why: Mapped[str | None] = mapped_column(String(300))
    record: Mapped[str] = mapped_column(String(40), unique=True)
    keep: Mapped[str] = mapped_column(String(120))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class BeforePostingRow(Base):
    """A draft that was checked before it was posted (T12). Its words are not kept, only their digest."""

    __tablename__ = "before_posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"))
    digest: Mapped[str] = mapped_column(String(64))
    findings: Mapped[int]
    checked_at: Mapped[datetime]
    checked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ReportMadeRow(Base):
    """A report that was made, with the audit head printed in it and the file's digest."""

    __tablename__ = "report_made"

    id: Mapped[int] = mapped_column(primary_key=True)
    report: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(8))
    starts: Mapped[date]
    ends: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64))
    audit_head: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
