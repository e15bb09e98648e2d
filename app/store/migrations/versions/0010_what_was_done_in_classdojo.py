"""Who did a suspension or a removal in ClassDojo, and when.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "done_in_classdojo",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["case_decision.id"], name=op.f("fk_done_in_classdojo_decision_id_case_decision")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_done_in_classdojo_done_by_account")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_done_in_classdojo")),
    )
