"""A full-text index of items, and the register's changes noted, so that what they affect is checked again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.seam_changes import note_changes
from app.store.search import make_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
    )
    connection = op.get_bind()
    make_index(connection)
    note_changes(connection)
