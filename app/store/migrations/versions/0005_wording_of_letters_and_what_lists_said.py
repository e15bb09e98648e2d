"""The school's own wording of its letters with who confirmed it; what each issue of a class list said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_wording",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_digest", sa.String(length=64), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_letter_wording_confirmed_by_account")),
        sa.ForeignKeyConstraint(["saved_by"], ["account.id"], name=op.f("fk_letter_wording_saved_by_account")),
        sa.PrimaryKeyConstraint("kind", "language", name=op.f("pk_letter_wording")),
    )
    op.add_column("class_sheet", sa.Column("said", sa.Text(), nullable=True))
