"""Every draw of a sample stays on record; a request says what it asked for and what its review found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sample_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("last_item_id", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["drawn_by"], ["account.id"], name=op.f("fk_sample_draw_drawn_by_account")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sample_draw_sample_id_sample")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_draw")),
    )
    op.create_index(op.f("ix_sample_draw_sample_id"), "sample_draw", ["sample_id"], unique=False)
    op.add_column("request", sa.Column("reviewed_on", sa.Date(), nullable=True))
    op.add_column("request", sa.Column("words", sa.Text(), nullable=True))
    op.add_column("request", sa.Column("outcome", sa.Text(), nullable=True))
