"""Which records may not be destroyed though their day has come, and why (K1, K3, K4, M2).

In doubt a record stays: everything about a family is kept back while one of its children was referred to the
safeguarding lead, while a request for its data is open, or while a leaver's record of it is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, Select, select, union
from sqlalchemy.orm import Session

from app.domain.retention import KeptBack
from app.store.tables.cases import CaseRow
from app.store.tables.content import ItemRow, RecipientRow, TagRow, ThreadRow
from app.store.tables.monitoring import RequestRow, SampleItemRow, SampleRow
from app.store.tables.people import TieRow
from app.store.tables.register import LeaverRow
from app.store.tables.retention import RetentionHoldRow
from app.store.tables.review import FindingPupilRow, FindingRow, ReferralRow, TakedownRow

Reasons = dict[int, KeptBack]


@dataclass(frozen=True, slots=True)
class Families:
    """Children and adults whose records are kept back."""

    pupils: Reasons
    guardians: Reasons

    def reason(self, pupil_id: int | None, guardian_id: int | None = None) -> KeptBack | None:
        """Why a record about these is kept back; None where it is not."""
        return self.pupils.get(pupil_id or 0) or self.guardians.get(guardian_id or 0)


@dataclass(frozen=True, slots=True)
class Holds:
    """What the headteacher holds: whole sorts of record, and single ones."""

    kinds: frozenset[str]
    records: frozenset[tuple[str, int]]


def holds(session: Session) -> Holds:
    """Holds that were not let go."""
    rows = session.scalars(select(RetentionHoldRow).where(RetentionHoldRow.lifted_at.is_(None))).all()
    return Holds(
        frozenset(row.kind for row in rows if row.record_id is None),
        frozenset((row.table or "", row.record_id) for row in rows if row.record_id is not None),
    )


def families(session: Session) -> Families:
    """The families to be left alone; a referral outweighs a request, and that a held leaver."""
    pupils: Reasons = {}
    guardians: Reasons = {}
    grave_pupils, grave_guardians = _referred(session)
    for why, children, adults in (
        (KeptBack.SAFEGUARDING, grave_pupils, grave_guardians),
        (KeptBack.REQUEST, *_asked(session)),
        (KeptBack.HOLD, set(_ids(session, select(LeaverRow.pupil_id).where(LeaverRow.hold_why.is_not(None)))), set()),
    ):
        whole = children | _children_of(session, adults)
        for pupil_id in whole:
            pupils.setdefault(pupil_id, why)
        for guardian_id in adults | _adults_of(session, whole):
            guardians.setdefault(guardian_id, why)
    return Families(pupils, guardians)


def _referred(session: Session) -> tuple[set[int], set[int]]:
    """Whom the items concern that went to the safeguarding lead, whether or not the referral is closed."""
    items = grave_items()
    children = set(_ids(session, select(ItemRow.pupil_id).where(ItemRow.id.in_(items))))
    children |= set(_ids(session, select(TagRow.pupil_id).where(TagRow.item_id.in_(items))))
    found = select(FindingPupilRow.pupil_id).join(FindingRow, FindingRow.id == FindingPupilRow.finding_id)
    children |= set(_ids(session, found.where(FindingRow.item_id.in_(items))))
    children |= set(_ids(session, select(CaseRow.pupil_id).where(CaseRow.item_id.in_(items))))
    adults = set(_ids(session, select(ItemRow.guardian_id).where(ItemRow.id.in_(items))))
    adults |= set(_ids(session, select(RecipientRow.guardian_id).where(RecipientRow.item_id.in_(items))))
    adults |= set(_ids(session, select(CaseRow.guardian_id).where(CaseRow.item_id.in_(items))))
    return children, adults


def grave_items() -> CompoundSelect[int]:
    """Items that went to the safeguarding lead: two short lists put together, each found by its index."""
    referred = select(ReferralRow.item_id).where(ReferralRow.to == "safeguarding", ReferralRow.item_id.is_not(None))
    return union(select(ItemRow.id).where(ItemRow.restricted), referred)


def _asked(session: Session) -> tuple[set[int], set[int]]:
    """Whose data somebody asked for and has not been given: destroying them now would be an offence."""
    waits = RequestRow.answered_on.is_(None)
    return (
        set(_ids(session, select(RequestRow.about_pupil).where(waits))),
        set(_ids(session, select(RequestRow.about_guardian).where(waits))),
    )


def _children_of(session: Session, adults: set[int]) -> set[int]:
    return set(_ids(session, select(TieRow.pupil_id).where(_among(TieRow.guardian_id, adults))))


def _adults_of(session: Session, children: set[int]) -> set[int]:
    return set(_ids(session, select(TieRow.guardian_id).where(_among(TieRow.pupil_id, children))))


def _among(column: object, ids: Iterable[int]) -> ColumnElement[bool]:
    return column.in_(sorted(ids))  # type: ignore[attr-defined, no-any-return]  # a mapped column has it


def _ids(session: Session, statement: Select[int] | Select[int | None] | CompoundSelect[int]) -> list[int]:
    return [id_ for id_ in session.scalars(statement) if id_ is not None]


def guarded_items(session: Session, around: Families) -> Reasons:
    """Items that may not go, each with the first reason found, the gravest first."""
    back: Reasons = {}
    open_finding = select(FindingRow.item_id).where(FindingRow.state == "open")
    by_finding = select(FindingRow.item_id).join(CaseRow, CaseRow.finding_id == FindingRow.id)
    unfinished = select(SampleItemRow.item_id).join(SampleRow, SampleRow.id == SampleItemRow.sample_id)
    for why, statement in (
        (KeptBack.SAFEGUARDING, grave_items()),
        (KeptBack.CASE, select(CaseRow.item_id)),
        (KeptBack.CASE, by_finding),
        (KeptBack.REFERRED, select(ReferralRow.item_id).where(ReferralRow.done_at.is_(None))),
        (KeptBack.REVIEW, open_finding),
        (KeptBack.REVIEW, select(TakedownRow.item_id).where(TakedownRow.stated_at.is_(None))),
        (KeptBack.LOOK, unfinished.where(SampleRow.done_at.is_(None))),
    ):
        for item_id in _ids(session, statement):
            back.setdefault(item_id, why)
    _of_families(session, around, back)
    _beside(session, back)
    return back


def _of_families(session: Session, around: Families, back: Reasons) -> None:
    found = select(FindingRow.item_id, FindingPupilRow.pupil_id).join(
        FindingPupilRow, FindingPupilRow.finding_id == FindingRow.id
    )
    said_in = select(ItemRow.id, ThreadRow.guardian_id).join(ThreadRow, ThreadRow.id == ItemRow.thread_id)
    for reasons, column, statement in (
        (around.pupils, ItemRow.pupil_id, select(ItemRow.id, ItemRow.pupil_id)),
        (around.pupils, TagRow.pupil_id, select(TagRow.item_id, TagRow.pupil_id)),
        (around.pupils, FindingPupilRow.pupil_id, found),
        (around.guardians, ItemRow.guardian_id, select(ItemRow.id, ItemRow.guardian_id)),
        (around.guardians, RecipientRow.guardian_id, select(RecipientRow.item_id, RecipientRow.guardian_id)),
        (around.guardians, ThreadRow.guardian_id, said_in),
    ):
        if reasons:
            for item_id, whose in session.execute(statement.where(_among(column, reasons))):
                if whose is not None:
                    back.setdefault(item_id, reasons[whose])


def _beside(session: Session, back: Reasons) -> None:
    """A conversation in which something went to the safeguarding lead stays whole."""
    threads = select(ItemRow.thread_id).where(ItemRow.id.in_(grave_items()), ItemRow.thread_id.is_not(None))
    for item_id in session.scalars(select(ItemRow.id).where(ItemRow.thread_id.in_(threads))):
        back.setdefault(item_id, KeptBack.SAFEGUARDING)
