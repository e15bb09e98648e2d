"""What a school's columns mean, and what it takes to take an import back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "column_preset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("meanings", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_column_preset_saved_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_preset")),
        sa.UniqueConstraint("digest", name=op.f("uq_column_preset_digest")),
        sa.UniqueConstraint("name", name=op.f("uq_column_preset_name")),
    )
    op.create_table(
        "import_undo",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_import_undo_import_id_import")),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import_undo")),
    )
