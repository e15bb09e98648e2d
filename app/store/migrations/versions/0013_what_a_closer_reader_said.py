"""What a closer reader said of items, gone when their words go.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.seam import forget_readings

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_reading",
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("of", sa.LargeBinary(length=12), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_reading_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_reading")),
    )
    forget_readings(op.get_bind())
