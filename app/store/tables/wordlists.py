"""The school's own words: phrases added to a check, exceptions from it, and shipped phrases that it silenced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class OwnPhraseRow(Base):
    """A phrase of the school's own, in force until it was ended. `sort` is `find` or `except`.

    `by` names whose words it is looked for in, parted by commas; empty means anybody's.
    """

    __tablename__ = "own_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    check: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(20), default="")
    sort: Mapped[str] = mapped_column(String(8))
    phrase: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(40), default="")
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class SilencedPhraseRow(Base):
    """A shipped entry, or one phrase of it where `phrase` is given, that this school does not want looked for."""

    __tablename__ = "silenced_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    check: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text)
    phrase: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(String(300))
    silenced_at: Mapped[datetime]
    silenced_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
