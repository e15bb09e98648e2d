"""Saved views of the register, what is done about leavers, pupils' login cards, the change of school year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("school", sa.Column("leaver_months", sa.Integer(), nullable=False, server_default="12"))
    op.add_column(
        "school", sa.Column("leaver_months_confirmed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )
    op.create_index(op.f("ix_saved_view_account_id"), "saved_view", ["account_id"], unique=False)
    op.create_table(
        "leaver",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("hold_why", sa.String(length=300), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deleted_by"], ["account.id"], name=op.f("fk_leaver_deleted_by_account")),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_leaver_done_by_account")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_leaver_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("pupil_id", name=op.f("pk_leaver")),
    )
    op.create_table(
        "login_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.String(length=2), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_login_card_entered_by_account")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_login_card_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_card")),
    )
    op.create_index(op.f("ix_login_card_pupil_id"), "login_card", ["pupil_id"], unique=False)
    op.create_table(
        "september",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["applied_by"], ["account.id"], name=op.f("fk_september_applied_by_account")),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_september_saved_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_september")),
        sa.UniqueConstraint("year", name=op.f("uq_september_year")),
    )
