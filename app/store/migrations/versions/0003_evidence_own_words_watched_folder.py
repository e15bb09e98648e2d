"""Evidence with thumbnails, items known again by their words, the school's own phrases, a watched folder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.domain.content import Kind
from app.domain.likeness import likeness
from app.store.tables.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("has_location", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("evidence", sa.Column("thumbnail", sa.LargeBinary(), nullable=True))
    op.add_column("school", sa.Column("watched_folder", sa.String(length=500), nullable=True))
    op.add_column("item", sa.Column("likeness", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_item_likeness"), "item", ["likeness"], unique=False)
    op.create_table(
        "item_evidence",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_item_evidence_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_evidence_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", "evidence_id", name=op.f("pk_item_evidence")),
    )
    op.create_table(
        "watched_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_watched_file_seen_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_watched_file_digest")),
    )
    op.create_table(
        "own_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_own_phrase_added_by_account")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_own_phrase_ended_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_phrase")),
    )
    op.create_table(
        "silenced_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=20), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("phrase", sa.Text(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("silenced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("silenced_by", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_silenced_phrase_lifted_by_account")),
        sa.ForeignKeyConstraint(["silenced_by"], ["account.id"], name=op.f("fk_silenced_phrase_silenced_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silenced_phrase")),
    )
    _mark_what_is_here()


def _mark_what_is_here() -> None:
    """Items that were kept before are known again like those that come."""
    item = sa.table(
        "item",
        sa.column("id", sa.Integer),
        sa.column("kind", sa.String),
        sa.column("sent_at", Instant()),
        sa.column("text", sa.Text),
        sa.column("restricted", sa.Boolean),
        sa.column("likeness", sa.String),
    )
    connection = op.get_bind()
    wanted = sa.select(item.c.id, item.c.kind, item.c.sent_at, item.c.text).where(sa.not_(item.c.restricted))
    marks = [
        {"at": row.id, "mark": mark}
        for row in connection.execute(wanted)
        if (mark := likeness(Kind(row.kind), row.sent_at, row.text)) is not None
    ]
    if marks:
        statement = sa.update(item).where(item.c.id == sa.bindparam("at")).values(likeness=sa.bindparam("mark"))
        connection.execute(statement, marks)
