"""Which items were sealed is known without looking at all of them: a closer reader passes them over.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_item_sealed", "item", ["id"], unique=False, sqlite_where=sa.text("restricted = 1"))
