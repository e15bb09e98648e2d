"""An item of which words were taken out is not read again: its findings stay what they were.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

from alembic import op

from app.store.seam import pass_over_changed_words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass_over_changed_words(op.get_bind())
