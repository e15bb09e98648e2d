"""Permissions per audience; adults whose records were made one; what only leaders may know of a barred adult."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.seam_changes import note_stories

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SAID = (
    "pupil_id, guardian_id, by_child, kind, answer, decided_on, route, basis, expires_on, evidence_id, recorded_at, "
    "recorded_by, withdrawn_note"
)


def upgrade() -> None:
    op.create_table(
        "asked_audience",
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("pk_asked_audience")),
    )
    op.create_table(
        "contact_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tie_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_contact_note_recorded_by_account")),
        sa.ForeignKeyConstraint(["tie_id"], ["tie.id"], name=op.f("fk_contact_note_tie_id_tie")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_note")),
    )
    op.create_index(op.f("ix_contact_note_tie_id"), "contact_note", ["tie_id"], unique=False)
    op.create_table(
        "guardian_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["gone_id"], ["guardian.id"], name=op.f("fk_guardian_merge_gone_id_guardian")),
        sa.ForeignKeyConstraint(["kept_id"], ["guardian.id"], name=op.f("fk_guardian_merge_kept_id_guardian")),
        sa.ForeignKeyConstraint(["merged_by"], ["account.id"], name=op.f("fk_guardian_merge_merged_by_account")),
        sa.ForeignKeyConstraint(["undone_by"], ["account.id"], name=op.f("fk_guardian_merge_undone_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian_merge")),
    )
    op.create_index(op.f("ix_guardian_merge_gone_id"), "guardian_merge", ["gone_id"], unique=False)
    op.create_index(op.f("ix_guardian_merge_kept_id"), "guardian_merge", ["kept_id"], unique=False)
    op.create_table(
        "guardian_apart",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["guardian.id"], name=op.f("fk_guardian_apart_first_id_guardian")),
        sa.ForeignKeyConstraint(["said_by"], ["account.id"], name=op.f("fk_guardian_apart_said_by_account")),
        sa.ForeignKeyConstraint(["second_id"], ["guardian.id"], name=op.f("fk_guardian_apart_second_id_guardian")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_guardian_apart")),
    )
    _one_answer_for_each_story()


def _one_answer_for_each_story() -> None:
    """What was said of the service as a whole was said of both its stories: nothing is opened that was not before."""
    op.execute("UPDATE permission SET audience = 'class_story' WHERE audience = 'classdojo'")
    op.execute(
        f"INSERT INTO permission ({_SAID}, audience) SELECT {_SAID}, 'school_story' FROM permission "
        "WHERE audience = 'class_story' ORDER BY id"
    )
    note_stories(op.get_bind())
