"""The retention schedule in months, holds, what was destroyed; points slips that were made.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_KNOWN = (
    (
        "items",
        "Messages and posts",
        "Messages, posts and points",
        12,
        "12 months after the end of the school year in which they were sent",
        "One school year can be compared with the one before.",
    ),
    (
        "forms",
        "Permission forms",
        "Scanned permission forms",
        12,
        "12 months after its last answer stopped counting",
        "A family may ask what it had answered.",
    ),
    (
        "cases",
        "Cases, complaints and the breach register",
        "Cases and the breach register",
        72,
        "6 years after closing",
        "A claim can be made for six years.",
    ),
    (
        "requests",
        "Subject access requests",
        "Requests for somebody's data",
        36,
        "3 years after the answer",
        "The ICO may ask how a request was answered.",
    ),
)
_NEW = (
    (
        "drafts",
        "Drafts checked before posting",
        12,
        "12 months after the check",
        "The yearly review counts them.",
    ),
    (
        "codes",
        "Codes that no longer hold",
        12,
        "12 months after the code stopped holding",
        "The yearly review counts them.",
    ),
    (
        "lists",
        "What earlier class lists said",
        12,
        "12 months after the newer list was issued",
        "It can be told what staff knew when something was posted.",
    ),
    (
        "activity",
        "Record of activity",
        None,
        "Kept whole, as long as the school uses Schoolgate",
        "Every line seals the one before. It names nobody.",
    ),
)


def upgrade() -> None:
    """Lines that a school has stay confirmed or suggested as they are; new lines are suggested."""
    op.add_column("retention", sa.Column("kind", sa.String(length=12), nullable=True))
    op.add_column("retention", sa.Column("months", sa.Integer(), nullable=True))
    op.add_column("retention", sa.Column("why", sa.String(length=300), nullable=True))
    _lines()
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("table", sa.String(length=20), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_retention_hold_lifted_by_account")),
        sa.ForeignKeyConstraint(["placed_by"], ["account.id"], name=op.f("fk_retention_hold_placed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    op.create_index(op.f("ix_retention_hold_kind"), "retention_hold", ["kind"], unique=False)
    op.create_table(
        "destruction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_destruction_approved_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
    )
    op.create_table(
        "destruction_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destruction_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("keep", sa.String(length=120), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("destroyed", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.Date(), nullable=True),
        sa.Column("newest", sa.Date(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["destruction_id"], ["destruction.id"], name=op.f("fk_destruction_part_destruction_id_destruction")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_part")),
    )
    op.create_index(op.f("ix_destruction_part_destruction_id"), "destruction_part", ["destruction_id"], unique=False)
    op.create_table(
        "slips_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_slips_made_class_id_class")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_slips_made_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slips_made")),
    )


def _lines() -> None:
    connection = op.get_bind()
    for kind, was, record, months, keep, why in _KNOWN:
        connection.execute(
            sa.text(
                "UPDATE retention SET kind = :kind, record = :record, months = :months, keep = :keep, why = :why "
                "WHERE record = :was"
            ),
            {"kind": kind, "was": was, "record": record, "months": months, "keep": keep, "why": why},
        )
    if connection.execute(sa.text("SELECT count(*) FROM retention")).scalar_one() == 0:
        return
    for new in _NEW:
        connection.execute(
            sa.text(
                "INSERT INTO retention (kind, record, months, keep, why) VALUES (:kind, :record, :months, :keep, :why)"
            ),
            dict(zip(("kind", "record", "months", "keep", "why"), new, strict=True)),
        )
