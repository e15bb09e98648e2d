"""What changed in the register since items were last checked against it; emptied as soon as they are checked again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class RegisterChangeRow(Base):
    """One change that may make checks find something else than before. The database's own triggers write it.

    `what` is the table; `row_id` the pupil, guardian, member of staff, class or item that it is about. `was` is JSON:
    the values before, null for a row that is new. `due_on` lies ahead where the change only comes to pass then: a
    permission runs out.
    """

    __tablename__ = "register_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(12))
    row_id: Mapped[int]
    was: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[date | None]
