"""The whole domain as tables, and the triggers that keep the growing tables growing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.seam import guard_growing_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_role", sa.String(length=20), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_index(op.f("ix_audit_verb"), "audit", ["verb"], unique=False)
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_table(
        "guardian",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=True),
        sa.Column("first", sa.String(length=120), nullable=True),
        sa.Column("last", sa.String(length=120), nullable=True),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phones", sa.String(length=200), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into"], ["guardian.id"], name=op.f("fk_guardian_merged_into_guardian")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
    )
    op.create_index(op.f("ix_guardian_name_key"), "guardian", ["name_key"], unique=False)
    op.create_index(op.f("ix_guardian_source_id"), "guardian", ["source_id"], unique=False)
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("la", sa.String(length=3), nullable=True),
        sa.Column("estab", sa.String(length=4), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("open_days", sa.String(length=20), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("reply_hours", sa.Integer(), nullable=False),
        sa.Column("adult_cap", sa.Integer(), nullable=False),
        sa.Column("code_needs_acceptance", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    op.create_table(
        "school_way",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_way")),
        sa.UniqueConstraint("name", name=op.f("uq_school_way_name")),
    )
    op.create_table(
        "school_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_year")),
        sa.UniqueConstraint("name", name=op.f("uq_school_year_name")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_source_id"), "staff", ["source_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_account_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_table(
        "class",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("year_group", sa.String(length=8), nullable=True),
        sa.Column("year_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name=op.f("fk_class_year_id_school_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class")),
    )
    op.create_index(op.f("ix_class_source_id"), "class", ["source_id"], unique=False)
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("way_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["way_id"], ["school_way.id"], name=op.f("fk_skill_way_id_school_way")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("name", name=op.f("uq_skill_name")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name=op.f("fk_term_year_id_school_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("year_id", "name", name=op.f("uq_term_year_id_name")),
    )
    op.create_table(
        "annual_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("audit_head", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_annual_review_signed_by_account")),
        sa.ForeignKeyConstraint(["year_id"], ["school_year.id"], name=op.f("fk_annual_review_year_id_school_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_review")),
        sa.UniqueConstraint("year_id", name=op.f("uq_annual_review_year_id")),
    )
    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("expected", sa.String(length=120), nullable=False),
        sa.Column("found", sa.String(length=120), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stated_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_attestation_stated_by_account")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_attestation_term_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
    )
    op.create_table(
        "before_posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["account.id"], name=op.f("fk_before_posting_checked_by_account")),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_before_posting_class_id_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_before_posting")),
    )
    op.create_table(
        "care_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_care_record_recorded_by_account")),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["care_record.id"], name=op.f("fk_care_record_replaced_by_care_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_record")),
    )
    op.create_table(
        "class_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_class_sheet_class_id_class")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_class_sheet_issued_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_sheet")),
    )
    op.create_index(op.f("ix_class_sheet_class_id"), "class_sheet", ["class_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["captured_by"], ["account.id"], name=op.f("fk_evidence_captured_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("place", name=op.f("uq_evidence_place")),
    )
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["applied_by"], ["account.id"], name=op.f("fk_import_applied_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    op.create_table(
        "policy_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["signed_by"], ["account.id"], name=op.f("fk_policy_version_signed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_version")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_version_number")),
    )
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upn", sa.String(length=13), nullable=True),
        sa.Column("first", sa.String(length=120), nullable=False),
        sa.Column("preferred", sa.String(length=120), nullable=True),
        sa.Column("middle", sa.String(length=160), nullable=True),
        sa.Column("last", sa.String(length=120), nullable=False),
        sa.Column("preferred_last", sa.String(length=120), nullable=True),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("year_group", sa.String(length=8), nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("postcode", sa.String(length=10), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=True),
        sa.Column("picture_bar", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_pupil_class_id_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
        sa.UniqueConstraint("upn", name=op.f("uq_pupil_upn")),
    )
    op.create_index(op.f("ix_pupil_class_id"), "pupil", ["class_id"], unique=False)
    op.create_index(op.f("ix_pupil_name_key"), "pupil", ["name_key"], unique=False)
    op.create_index(op.f("ix_pupil_source_id"), "pupil", ["source_id"], unique=False)
    op.create_table(
        "report_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("audit_head", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_report_made_made_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_made")),
    )
    op.create_table(
        "retention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("keep", sa.String(length=120), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["confirmed_by"], ["account.id"], name=op.f("fk_retention_confirmed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention")),
        sa.UniqueConstraint("record", name=op.f("uq_retention_record")),
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_sample_class_id_class")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_sample_owner_id_account")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_sample_term_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("class_id", "term_id", name=op.f("uq_sample_class_id_term_id")),
    )
    op.create_index(op.f("ix_sample_class_id"), "sample", ["class_id"], unique=False)
    op.create_index(op.f("ix_sample_term_id"), "sample", ["term_id"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("videos", sa.Integer(), nullable=False),
        sa.Column("positive_share", sa.Double(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["account.id"], name=op.f("fk_snapshot_noted_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("week_of", name=op.f("uq_snapshot_week_of")),
    )
    op.create_table(
        "staff_class",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_staff_class_class_id_class")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_class_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "class_id", name=op.f("pk_staff_class")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_as", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_thread_class_id_class")),
        sa.ForeignKeyConstraint(["closed_by"], ["account.id"], name=op.f("fk_thread_closed_by_account")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_thread_guardian_id_guardian")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("key", name=op.f("uq_thread_key")),
    )
    op.create_index(op.f("ix_thread_class_id"), "thread", ["class_id"], unique=False)
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("class_sheet_id", sa.Integer(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_sheet_id"], ["class_sheet.id"], name=op.f("fk_acceptance_class_sheet_id_class_sheet")
        ),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_acceptance_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_acceptance_recorded_by_account")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_acceptance_staff_id_staff")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["policy_version.id"], name=op.f("fk_acceptance_version_id_policy_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    op.create_index(op.f("ix_acceptance_guardian_id"), "acceptance", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_acceptance_staff_id"), "acceptance", ["staff_id"], unique=False)
    op.create_index(op.f("ix_acceptance_what"), "acceptance", ["what"], unique=False)
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["policy_version.id"], name=op.f("fk_clause_version_id_policy_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("version_id", "code", name=op.f("uq_clause_version_id_code")),
    )
    op.create_table(
        "clause_judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.Column("action_due", sa.Date(), nullable=True),
        sa.Column("action_done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["annual_review.id"], name=op.f("fk_clause_judgement_review_id_annual_review")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_judgement")),
        sa.UniqueConstraint("review_id", "code", name=op.f("uq_clause_judgement_review_id_code")),
    )
    op.create_index(op.f("ix_clause_judgement_review_id"), "clause_judgement", ["review_id"], unique=False)
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("author_role", sa.String(length=8), nullable=False),
        sa.Column("author_name", sa.String(length=200), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("skill_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_item_class_id_class")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_item_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_item_import_id_import")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_item_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_item_skill_id_skill")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_item_staff_id_staff")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_item_thread_id_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("digest", name=op.f("uq_item_digest")),
    )
    op.create_index(op.f("ix_item_class_id"), "item", ["class_id"], unique=False)
    op.create_index(op.f("ix_item_guardian_id"), "item", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_item_import_id"), "item", ["import_id"], unique=False)
    op.create_index(op.f("ix_item_kind"), "item", ["kind"], unique=False)
    op.create_index("ix_item_kind_sent", "item", ["kind", "sent_at"], unique=False)
    op.create_index(op.f("ix_item_pupil_id"), "item", ["pupil_id"], unique=False)
    op.create_index(op.f("ix_item_sent_at"), "item", ["sent_at"], unique=False)
    op.create_index(op.f("ix_item_source_id"), "item", ["source_id"], unique=False)
    op.create_index(op.f("ix_item_staff_id"), "item", ["staff_id"], unique=False)
    op.create_index(op.f("ix_item_thread_id"), "item", ["thread_id"], unique=False)
    op.create_table(
        "linking_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("ending", sa.String(length=2), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_linking_code_class_id_class")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_linking_code_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["issued_by"], ["account.id"], name=op.f("fk_linking_code_issued_by_account")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_linking_code_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linking_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_linking_code_digest")),
    )
    op.create_index(op.f("ix_linking_code_guardian_id"), "linking_code", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_linking_code_pupil_id"), "linking_code", ["pupil_id"], unique=False)
    op.create_table(
        "permission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("by_child", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_permission_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_permission_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_permission_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_permission_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission")),
    )
    op.create_index(op.f("ix_permission_pupil_id"), "permission", ["pupil_id"], unique=False)
    op.create_table(
        "points_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_points_total_import_id_import")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_points_total_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_points_total_skill_id_skill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_total")),
    )
    op.create_index(op.f("ix_points_total_import_id"), "points_total", ["import_id"], unique=False)
    op.create_index(op.f("ix_points_total_pupil_id"), "points_total", ["pupil_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about_guardian", sa.Integer(), nullable=True),
        sa.Column("about_pupil", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extension_why", sa.String(length=300), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["about_guardian"], ["guardian.id"], name=op.f("fk_request_about_guardian_guardian")),
        sa.ForeignKeyConstraint(["about_pupil"], ["pupil.id"], name=op.f("fk_request_about_pupil_pupil")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_request_recorded_by_account")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["account.id"], name=op.f("fk_request_reviewed_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    op.create_index(op.f("ix_request_kind"), "request", ["kind"], unique=False)
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("relationship", sa.String(length=60), nullable=True),
        sa.Column("responsibility", sa.Boolean(), nullable=True),
        sa.Column("contact_order", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=12), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_tie_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_tie_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sa.UniqueConstraint("pupil_id", "guardian_id", name=op.f("uq_tie_pupil_id_guardian_id")),
    )
    op.create_index(op.f("ix_tie_guardian_id"), "tie", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_tie_pupil_id"), "tie", ["pupil_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_claim_account_id_account")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_claim_item_id_item")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_claim")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("check", sa.String(length=20), nullable=False),
        sa.Column("clause", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("topics", sa.String(length=120), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_finding_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_check"), "finding", ["check"], unique=False)
    op.create_index(op.f("ix_finding_item_id"), "finding", ["item_id"], unique=False)
    op.create_index(op.f("ix_finding_state"), "finding", ["state"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("name_given", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("exception_why", sa.String(length=500), nullable=True),
        sa.Column("exception_by", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("processing_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["linking_code.id"], name=op.f("fk_link_code_id_linking_code")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_link_decided_by_account")),
        sa.ForeignKeyConstraint(["exception_by"], ["account.id"], name=op.f("fk_link_exception_by_account")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_link_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_link_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_guardian_id"), "link", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_link_pupil_id"), "link", ["pupil_id"], unique=False)
    op.create_index(op.f("ix_link_state"), "link", ["state"], unique=False)
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.String(length=120), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_media_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_media_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_item_id"), "media", ["item_id"], unique=False)
    op.create_table(
        "recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_recipient_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_recipient_item_id_item")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recipient_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    op.create_index(op.f("ix_recipient_guardian_id"), "recipient", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_recipient_item_id"), "recipient", ["item_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("to", sa.String(length=14), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=True),
        sa.Column("brief", sa.Text(), nullable=True),
        sa.Column("brief_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=300), nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_referral_done_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_referral_item_id_item")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_referral_made_by_account")),
        sa.ForeignKeyConstraint(["received_by"], ["account.id"], name=op.f("fk_referral_received_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_item_id"), "referral", ["item_id"], unique=False)
    op.create_table(
        "reported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reporter", sa.String(length=120), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reported_item_id_item")),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_reported_recorded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported")),
    )
    op.create_index(op.f("ix_reported_item_id"), "reported", ["item_id"], unique=False)
    op.create_table(
        "sample_item",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("stratum", sa.String(length=16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_sample_item_item_id_item")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sample_item_sample_id_sample")),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name=op.f("fk_sample_item_seen_by_account")),
        sa.PrimaryKeyConstraint("sample_id", "item_id", name=op.f("pk_sample_item")),
    )
    op.create_table(
        "tag",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("tagged_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_tag_item_id_item")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_tag_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["tagged_by"], ["account.id"], name=op.f("fk_tag_tagged_by_account")),
        sa.PrimaryKeyConstraint("item_id", "pupil_id", name=op.f("pk_tag")),
    )
    op.create_index(op.f("ix_tag_pupil_id"), "tag", ["pupil_id"], unique=False)
    op.create_table(
        "takedown",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stated_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name=op.f("fk_takedown_asked_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_takedown_item_id_item")),
        sa.ForeignKeyConstraint(["stated_by"], ["account.id"], name=op.f("fk_takedown_stated_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown")),
    )
    op.create_index(op.f("ix_takedown_item_id"), "takedown", ["item_id"], unique=False)
    op.create_table(
        "breach_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=8), nullable=False),
        sa.Column("about_role", sa.String(length=8), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_breach_case_finding_id_finding")),
        sa.ForeignKeyConstraint(["guardian_id"], ["guardian.id"], name=op.f("fk_breach_case_guardian_id_guardian")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_breach_case_item_id_item")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_breach_case_opened_by_account")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_breach_case_pupil_id_pupil")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_breach_case_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_breach_case_reference")),
    )
    op.create_index(op.f("ix_breach_case_guardian_id"), "breach_case", ["guardian_id"], unique=False)
    op.create_index(op.f("ix_breach_case_item_id"), "breach_case", ["item_id"], unique=False)
    op.create_index(op.f("ix_breach_case_staff_id"), "breach_case", ["staff_id"], unique=False)
    op.create_index(op.f("ix_breach_case_status"), "breach_case", ["status"], unique=False)
    op.create_table(
        "finding_pupil",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_pupil_finding_id_finding")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_finding_pupil_pupil_id_pupil")),
        sa.PrimaryKeyConstraint("finding_id", "pupil_id", name=op.f("pk_finding_pupil")),
    )
    op.create_index(op.f("ix_finding_pupil_pupil_id"), "finding_pupil", ["pupil_id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_verdict_finding_id_finding")),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name=op.f("fk_verdict_given_by_account")),
        sa.ForeignKeyConstraint(["superseded_by"], ["verdict.id"], name=op.f("fk_verdict_superseded_by_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_finding_id"), "verdict", ["finding_id"], unique=False)
    op.create_table(
        "case_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["breach_case.id"], name=op.f("fk_case_decision_case_id_breach_case")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_case_decision_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["superseded_by"], ["case_decision.id"], name=op.f("fk_case_decision_superseded_by_case_decision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decision")),
    )
    op.create_index(op.f("ix_case_decision_case_id"), "case_decision", ["case_id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["account.id"], name=op.f("fk_case_event_by_account")),
        sa.ForeignKeyConstraint(["case_id"], ["breach_case.id"], name=op.f("fk_case_event_case_id_breach_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_case_id"), "case_event", ["case_id"], unique=False)
    op.create_table(
        "case_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("captured_by", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["captured_by"], ["account.id"], name=op.f("fk_case_evidence_captured_by_account")),
        sa.ForeignKeyConstraint(["case_id"], ["breach_case.id"], name=op.f("fk_case_evidence_case_id_breach_case")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_case_evidence_evidence_id_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_evidence")),
    )
    op.create_index(op.f("ix_case_evidence_case_id"), "case_evidence", ["case_id"], unique=False)
    op.create_table(
        "data_breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("aware_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("risk", sa.String(length=12), nullable=True),
        sa.Column("reported", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["breach_case.id"], name=op.f("fk_data_breach_case_id_breach_case")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_data_breach_decided_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_breach")),
    )
    op.create_index(op.f("ix_data_breach_case_id"), "data_breach", ["case_id"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("heard_by", sa.String(length=120), nullable=True),
        sa.Column("heard_by_account", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["case_decision.id"], name=op.f("fk_appeal_decision_id_case_decision")
        ),
        sa.ForeignKeyConstraint(["heard_by_account"], ["account.id"], name=op.f("fk_appeal_heard_by_account_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
    )
    guard_growing_tables(op.get_bind())
