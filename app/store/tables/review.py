"""Findings, the verdicts people give on them, referrals, and who is working on what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables.base import Base


class FindingRow(Base):
    """A reason to look at an item. It is never deleted: one that no longer holds is marked so, with why.

    `state` is open, upheld, advice, false_alarm or lapsed.
    """

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    check: Mapped[str] = mapped_column(String(20), index=True)
    clause: Mapped[str] = mapped_column(String(8))
    severity: Mapped[str] = mapped_column(String(8))
    why: Mapped[str] = mapped_column(Text)
    topics: Mapped[str] = mapped_column(String(120), default="")
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    found_at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(12), default="check")
    lapsed_at: Mapped[datetime | None]
    lapsed_why: Mapped[str | None] = mapped_column(String(300))


class FindingPupilRow(Base):
    """A pupil whom a finding concerns."""

    __tablename__ = "finding_pupil"

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True, index=True)


class VerdictRow(Base):
    """A person's judgement on a finding. A later one supersedes; none is overwritten."""

    __tablename__ = "verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime]
    given_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("verdict.id"))


class ReferralRow(Base):
    """A matter handed on: to the office with topic and brief message (T5, P7), or to the safeguarding lead (K1).

    The words to the safeguarding lead are sealed; the record keeps a reference, not a second child-protection file.
    """

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    to: Mapped[str] = mapped_column(String(14))
    topic: Mapped[str | None] = mapped_column(String(20))
    brief: Mapped[str | None] = mapped_column(Text)
    brief_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime | None]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(String(300))
    reference: Mapped[str | None] = mapped_column(String(80))


class ClaimRow(Base):
    """Who is looking at an item just now, so that others see "with …"."""

    __tablename__ = "claim"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime]


class TakedownRow(Base):
    """A request to remove or reword something in the messaging service, until a named person states it is done."""

    __tablename__ = "takedown"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    wanted: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="", server_default="")
    asked_at: Mapped[datetime]
    asked_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    stated_at: Mapped[datetime | None]
    stated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class ReportedRow(Base):
    """A message that somebody reported (T2): when it was sent, when it was reported, by whom."""

    __tablename__ = "reported"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    reporter: Mapped[str] = mapped_column(String(120))
    reported_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class CorrectionRow(Base):
    """Something that is to be known about an item beside its words, which are never changed."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime]
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ThreadClosingRow(Base):
    """A statement that a conversation was answered away from the page: how, when, said by whom (T3, T4, T5)."""

    __tablename__ = "thread_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    closed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
