"""What importing keeps beside the register: which column means what, and how the last import is taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class ColumnPresetRow(Base):
    """A person's word on the columns of files with these headings, by a name of their choosing.

    `area` is `register`, `messages` or `points`. `headings` is JSON, the headings as they are compared, in order;
    `meanings` is JSON, a field for each column, empty for one that is not read.
    """

    __tablename__ = "column_preset"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    area: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Recognises the headings, whatever their capitals and spaces."""
    headings: Mapped[str] = mapped_column(Text)
    meanings: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ImportUndoRow(Base):
    """What the last import of a register made and what it changed, until another one comes or it is taken back.

    `made` is JSON: for each table the ids that were given. `before` is JSON: for each row that was changed what stood
    there, and what was put there.
    """

    __tablename__ = "import_undo"

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), primary_key=True)
    made: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
