"""What came in from the messaging service: items, their media and tags, threads, files kept as evidence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class ImportRow(Base):
    """One bringing-in of files: what sort, how many rows, what came of it. File names may name people: none is kept."""

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(12))
    format: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    rejected: Mapped[int]
    applied_at: Mapped[datetime]
    applied_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]


class ThreadRow(Base):
    """A conversation between a family and school (P6, T3, T4)."""

    __tablename__ = "thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))
    started_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_as: Mapped[str | None] = mapped_column(String(20))


class ItemRow(Base):
    """A post, comment, message, portfolio entry or points award. Its text is never changed.

    `digest` recognises the same item from the same source, `likeness` the same words by the same person in the same
    minute, whatever they came in. After a referral to the safeguarding lead, `text` is empty and
    `text_sealed` holds it under the leaders' key (K1).
    """

    __tablename__ = "item"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str | None] = mapped_column(String(120), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    likeness: Mapped[str | None] = mapped_column(String(64), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"), index=True)
    author_role: Mapped[str] = mapped_column(String(8))
    author_name: Mapped[str | None] = mapped_column(String(200))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"), index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    value: Mapped[float | None]
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("skill.id"))
    checked_at: Mapped[datetime | None]
    restricted: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_item_kind_sent", "kind", "sent_at"),
        Index("ix_item_sealed", "id", sqlite_where=sql("restricted = 1")),
    )


class MediaRow(Base):
    """A photograph, video or work sample that an item carries (T12)."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    source_id: Mapped[str | None] = mapped_column(String(120))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))


class TagRow(Base):
    """A pupil whom the source, or a reviewer, says the item shows or concerns."""

    __tablename__ = "tag"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True, index=True)
    tagged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class RecipientRow(Base):
    """Whom a message or a portfolio entry went to: a guardian or a member of staff."""

    __tablename__ = "recipient"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class EvidenceRow(Base):
    """A file kept as it came, encrypted in the vault's folder, with its SHA-256.

    A restricted one is sealed for leaders, its thumbnail too. `has_location` notes that the file says where it was
    made; the place itself is never read out.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    mime: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(80), unique=True)
    restricted: Mapped[bool] = mapped_column(default=False)
    has_location: Mapped[bool] = mapped_column(default=False)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)
    captured_at: Mapped[datetime]
    captured_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ItemEvidenceRow(Base):
    """A file that somebody added to an item by hand: a screenshot, a letter. What the item itself carried is media."""

    __tablename__ = "item_evidence"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class WatchedFileRow(Base):
    """A file of the watched folder that was dealt with, known again by its content: `taken` in, or found `broken`."""

    __tablename__ = "watched_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    outcome: Mapped[str] = mapped_column(String(8))
    seen_at: Mapped[datetime]
    seen_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class PointsTotalRow(Base):
    """One pupil's points for one skill over a report's period, as a points report gave them (H8)."""

    __tablename__ = "points_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), index=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    weight: Mapped[float]
    points: Mapped[float]
