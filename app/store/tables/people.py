"""Pupils, guardians, and how they are tied to each other."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class PupilRow(Base):
    """A child on the school's roll, or one who has left.

    `picture_bar` is all that most people may know: "may not be pictured", never why (T11). `name_key` is the folded
    full name that searches look in. `version` grows with each change, so that two people cannot overwrite each other.
    """

    __tablename__ = "pupil"

    id: Mapped[int] = mapped_column(primary_key=True)
    upn: Mapped[str | None] = mapped_column(String(13), unique=True)
    first: Mapped[str] = mapped_column(String(120))
    preferred: Mapped[str | None] = mapped_column(String(120))
    middle: Mapped[str | None] = mapped_column(String(160))
    last: Mapped[str] = mapped_column(String(120))
    preferred_last: Mapped[str | None] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(400), index=True)
    born: Mapped[date | None]
    sex: Mapped[str | None] = mapped_column(String(1))
    year_group: Mapped[str | None] = mapped_column(String(8))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("class.id"), index=True)
    postcode: Mapped[str | None] = mapped_column(String(10))
    source_id: Mapped[str | None] = mapped_column(String(80), index=True)
    picture_bar: Mapped[bool] = mapped_column(default=False)
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class GuardianRow(Base):
    """One adult, across all the children they are tied to (H2, P4)."""

    __tablename__ = "guardian"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None] = mapped_column(String(20))
    first: Mapped[str | None] = mapped_column(String(120))
    last: Mapped[str | None] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    email: Mapped[str | None] = mapped_column(String(200))
    phones: Mapped[str | None] = mapped_column(String(200))
    """Telephone numbers, the first one preferred, separated by a comma."""
    address: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(8), default="en")
    source_id: Mapped[str | None] = mapped_column(String(80), index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"))

    @property
    def name(self) -> str:
        """Title, first and last name, as far as they are known; the e-mail address where no name is."""
        return spoken_name(self.title, self.first, self.last, self.email)


def spoken_name(title: str | None, first: str | None, last: str | None, email: str | None) -> str:
    """An adult's name as it is said: title, first and last name, else the e-mail address."""
    return " ".join(filter(None, (title, first, last))) or email or "No name recorded"


class TieRow(Base):
    """What an adult is to a child: relationship, parental responsibility, contact order, and any bar.

    `responsibility` is None where nobody has said. `contact` is `open`, `restricted` or `barred`; a bar is a hard stop
    on codes and links (P4). The court order's date, its reason and when it is looked at again lie sealed for leaders
    in `ContactNoteRow`; `order_date` is no longer written.
    """

    __tablename__ = "tie"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), index=True)
    relationship: Mapped[str | None] = mapped_column(String(60))
    responsibility: Mapped[bool | None]
    contact_order: Mapped[int | None]
    contact: Mapped[str] = mapped_column(String(12), default="open")
    order_date: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("pupil_id", "guardian_id"),)


class ContactNoteRow(Base):
    """Why an adult's contact with a child is restricted, sealed: the order's date, the reason, the day of review.

    Anyone may write one; only leaders can open it. The rest of the school sees the effect alone.
    """

    __tablename__ = "contact_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    tie_id: Mapped[int] = mapped_column(ForeignKey("tie.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class GuardianMergeRow(Base):
    """Two records that were of one adult, made one. `steps` says what was moved and changed, so that it can be undone.

    `steps` is JSON: a list of [table, row id, values before, values after].
    """

    __tablename__ = "guardian_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), index=True)
    steps: Mapped[str] = mapped_column(Text)
    merged_at: Mapped[datetime]
    merged_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class GuardianApartRow(Base):
    """Somebody has said that these two records are of two adults, however alike they look."""

    __tablename__ = "guardian_apart"

    first_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), primary_key=True)
    said_at: Mapped[datetime]
    said_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
