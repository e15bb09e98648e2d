"""Requests to see, correct or delete one's own data, and the steps of each.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_request",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("asker", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("identity", sa.String(length=12), nullable=False),
        sa.Column("pause_why", sa.String(length=16), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("gone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_data_request_request_id_request")),
        sa.ForeignKeyConstraint(["asked_by"], ["guardian.id"], name=op.f("fk_data_request_asked_by_guardian")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_data_request_staff_id_staff")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_data_request_approved_by_account")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_data_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_data_request_reference")),
    )
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_step_request_id_request")),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_request_step_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    op.create_index(op.f("ix_request_step_request_id"), "request_step", ["request_id"], unique=False)
