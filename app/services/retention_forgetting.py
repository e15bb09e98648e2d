"""How the records of one batch go: rows, what hangs on them, files, the index, what notes of them were left (K4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from sqlalchemy import delete, func, select, update

from app.services.unit import Unit
from app.store.evidence import EvidenceFolder
from app.store.forgetting import Forgetting, is_named
from app.store.reads.retention_due import DueRecord
from app.store.tables.content import EvidenceRow, ItemRow, ThreadRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import ClassSheetRow
from app.store.tables.rechecking import RegisterChangeRow
from app.store.tables.review import FindingRow, ReferralRow

_AT_A_TIME = 500
_FIGURES = {
    "finding": "Findings",
    "verdict": "Verdicts",
    "referral": "Matters passed to the office",
    "reported": "Reports of a message",
    "takedown": "Requests to take down",
    "thread": "Conversations left empty",
    "case_evidence": "Pieces of evidence",
    "case_decision": "Decisions",
    "appeal": "Appeals",
}
"""What is counted of the rows that went along with a record."""


def forget_records(unit: Unit, records: Sequence[DueRecord], figures: Counter[str]) -> int:
    """Destroy these records and add to the figures how many of what; how many files went."""
    going = Forgetting(unit.session)
    for each in records:
        figures[each.words.partition(",")[0] if each.table != "breach_case" else "Cases"] += 1
    tables: dict[str, list[int]] = {}
    for each in records:
        tables.setdefault(each.table, []).append(each.id)
    for table, ids in tables.items():
        for start in range(0, len(ids), _AT_A_TIME):
            _forget(unit, going, table, ids[start : start + _AT_A_TIME], figures)
    for table, words in _FIGURES.items():
        if going.gone[table]:
            figures[words] += going.gone[table]
    unit.session.flush()
    unit.session.expire_all()
    return sum(_let_go(unit, evidence_id) for evidence_id in sorted(going.files))


def _forget(unit: Unit, going: Forgetting, table: str, ids: list[int], figures: Counter[str]) -> None:
    if table == "item":
        _forget_items(unit, going, ids, figures)
    elif table == "class_sheet":
        unit.session.execute(update(ClassSheetRow).where(ClassSheetRow.id.in_(ids)).values(said=None))
    elif table == "evidence":
        unit.session.execute(update(PermissionRow).where(PermissionRow.evidence_id.in_(ids)).values(evidence_id=None))
        going.files.update(ids)
    else:
        going.forget(table, ids)


def _forget_items(unit: Unit, going: Forgetting, ids: list[int], figures: Counter[str]) -> None:
    """Items with what was passed on about them; conversations that nothing is left of; what the findings came to."""
    session = unit.session
    judged = session.execute(
        select(FindingRow.state, func.count()).where(FindingRow.item_id.in_(ids)).group_by(FindingRow.state)
    )
    for state, count in judged:
        figures[f"Findings: {str(state).replace('_', ' ')}"] += count
    threads = set(session.scalars(select(ItemRow.thread_id).where(ItemRow.id.in_(ids), ItemRow.thread_id.is_not(None))))
    going.forget("referral", session.scalars(select(ReferralRow.id).where(ReferralRow.item_id.in_(ids))))
    going.forget("item", ids)
    session.execute(
        delete(RegisterChangeRow).where(RegisterChangeRow.what == "item", RegisterChangeRow.row_id.in_(ids))
    )
    left = set(session.scalars(select(ItemRow.thread_id).where(ItemRow.thread_id.in_(threads))))
    empty = select(ThreadRow.id).where(ThreadRow.id.in_(threads - left))
    going.forget("thread", session.scalars(empty))


def _let_go(unit: Unit, evidence_id: int) -> bool:
    """Take a file away that no row names any more; whether it was so."""
    row = unit.session.get(EvidenceRow, evidence_id)
    if row is None or is_named(unit.session, "evidence", evidence_id):
        return False
    if unit.vault is not None:
        unit.on_success.append(partial(EvidenceFolder(unit.vault.evidence, unit.keys).remove, row.place))
    unit.session.delete(row)
    unit.session.flush()
    return True
