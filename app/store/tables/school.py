"""The school itself: hours, years, terms, closures, classes, staff, School Ways."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class SchoolRow(Base):
    """The one school of this store, and the figures of its policy that a school may change (T1, P4, P6)."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    la: Mapped[str | None] = mapped_column(String(3))
    estab: Mapped[str | None] = mapped_column(String(4))
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(10))
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    open_days: Mapped[str] = mapped_column(String(20), default="0,1,2,3,4")
    opens: Mapped[time] = mapped_column(default=time(8, 0))
    closes: Mapped[time] = mapped_column(default=time(17, 0))
    reply_hours: Mapped[int] = mapped_column(default=24)
    adult_cap: Mapped[int] = mapped_column(default=2)
    code_needs_acceptance: Mapped[bool] = mapped_column(default=False)
    watched_folder: Mapped[str | None] = mapped_column(String(500))
    """A folder whose new files are taken in by themselves, where the school set one."""
    leaver_months: Mapped[int] = mapped_column(default=12)
    """Months after the last day until a leaver's personal data are deleted: suggested until confirmed (H12, K4)."""
    leaver_months_confirmed: Mapped[bool] = mapped_column(default=False)


class YearRow(Base):
    """A school year, 1 September to 31 August as a rule."""

    __tablename__ = "school_year"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    starts: Mapped[date]
    ends: Mapped[date]


class TermRow(Base):
    """A term or half-term: the period of the monitoring plan and report (M1)."""

    __tablename__ = "term"

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("school_year.id"))
    name: Mapped[str] = mapped_column(String(60))
    starts: Mapped[date]
    ends: Mapped[date]

    __table_args__ = (UniqueConstraint("year_id", "name"),)


class ClosureRow(Base):
    """Days on which the school is closed, both ends inclusive (T1, P6)."""

    __tablename__ = "closure"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts: Mapped[date]
    ends: Mapped[date]
    reason: Mapped[str] = mapped_column(String(120))


class ClassRow(Base):
    """A class; its name is unique among the classes in use."""

    __tablename__ = "class"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    year_group: Mapped[str | None] = mapped_column(String(8))
    year_id: Mapped[int | None] = mapped_column(ForeignKey("school_year.id"))
    source_id: Mapped[str | None] = mapped_column(String(80), index=True)
    active: Mapped[bool] = mapped_column(default=True)


class StaffRow(Base):
    """A member of staff as named on the messaging service ("Mrs Holt")."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20), default="teacher")
    email: Mapped[str | None] = mapped_column(String(200))
    source_id: Mapped[str | None] = mapped_column(String(80), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]


class StaffClassRow(Base):
    """Who teaches or supports which class."""

    __tablename__ = "staff_class"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id"), primary_key=True)


class SchoolWayRow(Base):
    """One of the School Ways that points reward (H8, M4)."""

    __tablename__ = "school_way"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class SkillRow(Base):
    """A skill as the messaging service names it, and the School Way it belongs to (H8)."""

    __tablename__ = "skill"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    way_id: Mapped[int | None] = mapped_column(ForeignKey("school_way.id"))
