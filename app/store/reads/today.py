"""What waits, for whom, since when: the figures behind Today and the side bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check, Severity
from app.domain.permissions import MediaKind
from app.store.reads.register import rulings
from app.store.tables.base import Instant
from app.store.tables.cases import CaseDecisionRow, CaseRow
from app.store.tables.content import ItemRow
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import AcceptanceRow, PolicyVersionRow
from app.store.tables.review import FindingRow, ReferralRow

SOON = timedelta(days=14)
"""What ends or is due within this is shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of something wait, and the oldest since when."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    """Something that ends or is to be looked at again on a day."""

    what: str
    reference: str
    id: int
    on: date


@dataclass(frozen=True, slots=True)
class TodayFigures:
    """Everything that Today may show; the service picks by role."""

    harm: tuple[tuple[int, datetime | None], ...]
    urgent_items: Waiting
    other_items: Waiting
    unread_referrals: tuple[tuple[int, datetime], ...]
    office_referrals: Waiting
    open_cases: tuple[tuple[int, str, datetime], ...]
    due: tuple[DueDate, ...]
    undecided_pupils: int
    unlinked_pupils: int
    guardians_not_accepted: int
    policy_review_due: date | None
    pupils: int
    items: int


def today_figures(session: Session, today: date) -> TodayFigures:
    """Counted afresh from the records."""
    harm = _open_items().where(FindingRow.check == Check.SAFEGUARDING)
    high = _open_items().where(FindingRow.severity == Severity.HIGH)
    rest = _open_items().where(FindingRow.severity.in_((Severity.NORMAL, Severity.LOW)))
    ruled = rulings(session, today)
    undecided = sum(1 for kinds in ruled.values() if kinds[MediaKind.PHOTOGRAPH].words in ("Undecided", "Expired"))
    return TodayFigures(
        harm=tuple((row.item_id, row.since) for row in session.execute(harm)),
        urgent_items=_waiting(session, high),
        other_items=_waiting(session, rest),
        unread_referrals=tuple(
            (row.id, row.made_at)
            for row in session.scalars(
                select(ReferralRow).where(ReferralRow.to == "safeguarding", ReferralRow.received_at.is_(None))
            )
        ),
        office_referrals=_office(session),
        open_cases=tuple(
            (row.id, row.reference, row.opened_at)
            for row in session.scalars(select(CaseRow).where(CaseRow.status == "open").order_by(CaseRow.opened_at))
        ),
        due=tuple(sorted((*_decisions_due(session, today), *_exceptions_due(session, today)), key=lambda d: d.on)),
        undecided_pupils=undecided,
        unlinked_pupils=_unlinked(session),
        guardians_not_accepted=_not_accepted(session),
        policy_review_due=session.scalar(
            select(PolicyVersionRow.review_due).order_by(PolicyVersionRow.number.desc()).limit(1)
        ),
        pupils=session.scalar(select(func.count()).select_from(PupilRow).where(PupilRow.left_on.is_(None))) or 0,
        items=session.scalar(select(func.count()).select_from(ItemRow)) or 0,
    )


def waiting_counts(session: Session) -> dict[str, int]:
    """How many things wait in each area of the side bar, without the rulings that `today_figures` works out."""
    unread = select(func.count()).select_from(ReferralRow)
    unread = unread.where(ReferralRow.to == "safeguarding", ReferralRow.received_at.is_(None))
    items = (
        select(func.count(FindingRow.item_id.distinct()))
        .join(ItemRow, ItemRow.id == FindingRow.item_id)
        .where(FindingRow.state == "open", ~ItemRow.restricted)
    )
    cases = select(func.count()).select_from(CaseRow).where(CaseRow.status == "open")
    return {
        "review": session.scalar(items) or 0,
        "referrals": _office(session).count,
        "safeguarding": session.scalar(unread) or 0,
        "cases": session.scalar(cases) or 0,
    }


def _open_items() -> Select[int, datetime]:
    return (
        select(FindingRow.item_id, func.min(FindingRow.found_at, type_=Instant).label("since"))
        .join(ItemRow, ItemRow.id == FindingRow.item_id)
        .where(FindingRow.state == "open", ~ItemRow.restricted)
        .group_by(FindingRow.item_id)
        .order_by("since", FindingRow.item_id)
    )


def _waiting(session: Session, query: Select[int, datetime]) -> Waiting:
    rows = session.execute(query).all()
    return Waiting(len(rows), rows[0].since if rows else None)


def _office(session: Session) -> Waiting:
    count, since = session.execute(
        select(func.count(), func.min(ReferralRow.made_at, type_=Instant)).where(
            ReferralRow.to == "office", ReferralRow.done_at.is_(None)
        )
    ).one()
    return Waiting(count, since)


def _decisions_due(session: Session, today: date) -> list[DueDate]:
    rows = session.execute(
        select(CaseDecisionRow, CaseRow.reference)
        .join(CaseRow, CaseRow.id == CaseDecisionRow.case_id)
        .where(CaseDecisionRow.superseded_by.is_(None), CaseRow.status != "closed")
    )
    due = []
    for decision, reference in rows:
        for day, what in ((decision.ends_on, "ends"), (decision.review_on, "review")):
            if day is not None and day <= today + SOON:
                due.append(DueDate(what, reference, decision.case_id, day))
    return due


def _exceptions_due(session: Session, today: date) -> list[DueDate]:
    rows = session.scalars(select(LinkRow).where(LinkRow.state == "linked", LinkRow.review_on.is_not(None)))
    return [
        DueDate("exception", "", row.pupil_id, row.review_on)
        for row in rows
        if row.review_on is not None and row.review_on <= today + SOON
    ]


def _unlinked(session: Session) -> int:
    linked = select(LinkRow.pupil_id).where(LinkRow.state == "linked")
    return (
        session.scalar(
            select(func.count()).select_from(PupilRow).where(PupilRow.left_on.is_(None), PupilRow.id.not_in(linked))
        )
        or 0
    )


def _not_accepted(session: Session) -> int:
    version = session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
    accepted = select(AcceptanceRow.guardian_id).where(
        AcceptanceRow.what == "policy", AcceptanceRow.version_id == version, AcceptanceRow.guardian_id.is_not(None)
    )
    linked = select(LinkRow.guardian_id).where(LinkRow.state == "linked")
    return (
        session.scalar(
            select(func.count())
            .select_from(GuardianRow)
            .where(GuardianRow.id.in_(linked), GuardianRow.id.not_in(accepted))
        )
        or 0
    )
