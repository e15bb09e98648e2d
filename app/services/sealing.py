"""What was written about an item before it went to the safeguarding lead is taken away with it (K1).

A verdict's words, a message to the office or a correction may quote what was said. All of them leave the open in the
same transaction as the item's own words; the lead reads them with the referral.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, select, update

from app.services.unit import Unit
from app.store.tables.accounts import AccountRow
from app.store.tables.review import (
    ClaimRow,
    CorrectionRow,
    FindingRow,
    ReferralRow,
    TakedownRow,
    VerdictRow,
)

WITHDRAWN = "A senior leader deals with this now. There is nothing left to do for the office."


def take_away(unit: Unit, item_id: int) -> list[str]:
    """Take every word about an item out of the open; what they were, for the referral to carry."""
    names: dict[int, str] = {id_: name for id_, name in unit.session.execute(select(AccountRow.id, AccountRow.name))}
    said = [
        *_findings(unit, item_id),
        *_verdicts(unit, item_id, names),
        *_office(unit, item_id, names),
        *_corrections(unit, item_id, names),
        *_takedowns(unit, item_id, names),
    ]
    unit.session.execute(delete(ClaimRow).where(ClaimRow.item_id == item_id))
    unit.session.flush()
    unit.words_went = True
    return said


def _findings(unit: Unit, item_id: int) -> Iterator[str]:
    for row in unit.session.scalars(select(FindingRow).where(FindingRow.item_id == item_id).order_by(FindingRow.id)):
        yield f"Found: {row.why}"
        row.why, row.span_start, row.span_end = "Referred.", None, None
        row.lapsed_why = None


def _verdicts(unit: Unit, item_id: int, names: dict[int, str]) -> Iterator[str]:
    findings = select(FindingRow.id).where(FindingRow.item_id == item_id)
    for row in unit.session.scalars(
        select(VerdictRow).where(VerdictRow.finding_id.in_(findings), VerdictRow.words.is_not(None))
    ):
        yield f"{names.get(row.given_by, '')} judged: {row.words}"
        row.words = None


def _office(unit: Unit, item_id: int, names: dict[int, str]) -> Iterator[str]:
    """What the office was told leaves its list: open matters are closed, closed ones keep their dates and no words."""
    for row in unit.session.scalars(
        select(ReferralRow).where(ReferralRow.item_id == item_id, ReferralRow.to == "office")
    ):
        yield f"{names.get(row.made_by, '')} told the office: {row.brief or ''}"
        if row.outcome:
            yield f"The office closed it: {row.outcome}"
        row.brief = WITHDRAWN
        row.outcome = None
        if row.done_at is None:
            row.done_at, row.done_by = unit.now, unit.actor.id


def _corrections(unit: Unit, item_id: int, names: dict[int, str]) -> Iterator[str]:
    for row in unit.session.scalars(select(CorrectionRow).where(CorrectionRow.item_id == item_id)):
        yield f"{names.get(row.added_by, '')} corrected: {row.words}"
    unit.session.execute(update(CorrectionRow).where(CorrectionRow.item_id == item_id).values(words=""))


def _takedowns(unit: Unit, item_id: int, names: dict[int, str]) -> Iterator[str]:
    for row in unit.session.scalars(select(TakedownRow).where(TakedownRow.item_id == item_id)):
        if row.words:
            yield f"{names.get(row.asked_by, '')} asked: {row.words}"
        row.words = ""
