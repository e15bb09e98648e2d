"""The school's own wording of its letters, and who confirmed a translation (P3, H2)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class LetterWordingRow(Base):
    """One kind of letter in one language. Without `words` the wording that comes with the program is used.

    A confirmation holds for the wording whose digest it names, so that a later change makes a draft again.
    """

    __tablename__ = "letter_wording"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    words: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_digest: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    speaker: Mapped[str | None] = mapped_column(String(120))
