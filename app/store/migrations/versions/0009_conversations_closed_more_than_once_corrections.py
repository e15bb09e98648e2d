"""Every closing of a conversation, corrections to items, what a request to take something down says.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Closings that stood on the conversation itself become rows of their own."""
    op.create_table(
        "thread_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_thread_closing_closed_by_account")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_thread_closing_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_closing")),
    )
    op.create_index(op.f("ix_thread_closing_thread_id"), "thread_closing", ["thread_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_correction_added_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_correction_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_item_id"), "correction", ["item_id"], unique=False)
    op.add_column("takedown", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "INSERT INTO thread_closing (thread_id, channel, at, closed_by) "
        "SELECT id, closed_as, closed_at, closed_by FROM thread "
        "WHERE closed_at IS NOT NULL AND closed_as IS NOT NULL AND closed_by IS NOT NULL"
    )
