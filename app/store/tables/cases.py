"""Breach cases: evidence, a timeline that only grows, the headteacher's decisions, appeals (M2, T13, P2, P9, K2)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class CaseRow(Base):
    """A possible breach of the code of conduct. What it says is sealed for leaders; what is counted stands open."""

    __tablename__ = "breach_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    clause: Mapped[str] = mapped_column(String(8))
    about_role: Mapped[str] = mapped_column(String(8))
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupil.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))
    status: Mapped[str] = mapped_column(String(12), default="open", index=True)
    summary_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    closed_at: Mapped[datetime | None]


class CaseEventRow(Base):
    """A line of a case's timeline. Rows are only ever added."""

    __tablename__ = "case_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("breach_case.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseEvidenceRow(Base):
    """What was seen, frozen as it was: who captured it, when, and its SHA-256 before sealing."""

    __tablename__ = "case_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("breach_case.id"), index=True)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    captured_at: Mapped[datetime]
    captured_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CaseDecisionRow(Base):
    """What the headteacher decided, with reasons and an end or review date. Superseded, never overwritten."""

    __tablename__ = "case_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("breach_case.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime]
    decided_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ends_on: Mapped[date | None]
    review_on: Mapped[date | None]
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("case_decision.id"))


class AppealRow(Base):
    """An appeal against a decision, heard by someone else: their name lies sealed with their reasons.

    `heard_by` and `heard_by_account` are no longer written.
    """

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("case_decision.id"), unique=True)
    received_on: Mapped[date]
    heard_by: Mapped[str | None] = mapped_column(String(120))
    heard_by_account: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_on: Mapped[date | None]


class DataBreachRow(Base):
    """A personal data breach: when the school became aware, whether it was reported, and why (K2)."""

    __tablename__ = "data_breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("breach_case.id"), index=True)
    aware_at: Mapped[datetime]
    risk: Mapped[str | None] = mapped_column(String(12))
    reported: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class DoneInClassDojoRow(Base):
    """Somebody has done a suspension or a removal in ClassDojo too. Without a row it is still to do (P2, M2)."""

    __tablename__ = "done_in_classdojo"

    decision_id: Mapped[int] = mapped_column(ForeignKey("case_decision.id"), primary_key=True)
    done_at: Mapped[datetime]
    done_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
