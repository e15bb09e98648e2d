"""Evidence of a case, frozen as it was: the item, the conversation around it, its files, and files added (M2, K1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.domain.content import AuthorRole
from app.domain.file_kinds import KINDS, UNKNOWN
from app.domain.problems import Problem, Refused
from app.domain.roles import LEADERS
from app.services.door import Command, does
from app.services.evidence import EvidenceShown, keep_evidence, show_evidence
from app.services.unit import Unit
from app.services.withheld import WITHHELD, is_withheld
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import CaseEvidenceRow, CaseRow
from app.store.tables.content import EvidenceRow, ItemEvidenceRow, ItemRow, MediaRow

FILE = "file"
"""The kind of evidence that is a file alone."""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """Something said in the conversation around the item."""

    sent_at: datetime | None
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file that belonged to the evidence, known again by its SHA-256. `size` in bytes."""

    words: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen, frozen as it was. `file_id` is of a file added by hand, which can be opened."""

    id: int
    captured_at: datetime
    captured_by: str
    sha256: str
    kind: str
    sent_at: datetime | None
    text: str
    by: str = ""
    thread: tuple[ThreadLine, ...] = ()
    files: tuple[FrozenFile, ...] = ()
    file_id: int | None = None


def freeze_item(unit: Unit, case_id: int, item: ItemRow) -> None:
    """Keep an item with the whole conversation around it and the seals of its files, under the leaders' key."""
    _keep(
        unit,
        case_id,
        {
            "kind": item.kind,
            "sent_at": item.sent_at.isoformat() if item.sent_at else None,
            "by": _author(item),
            "text": item.text,
            "digest": item.digest,
            "thread": [_said(one) for one in _around(unit, item)],
            "files": [_described(file) for file in _files(unit, item.id)],
        },
    )


def freeze_file(unit: Unit, case_id: int, content: bytes) -> None:
    """Keep a file that somebody adds, sealed for leaders. Refused where it cannot be kept."""
    file = keep_evidence(unit, content, restricted=True)
    described = _described(file)
    _keep(unit, case_id, {"kind": FILE, "sent_at": None, "text": "", "files": [described]}, file.id)


def _keep(unit: Unit, case_id: int, frozen: dict[str, Any], evidence_id: int | None = None) -> None:
    written = json.dumps(frozen, ensure_ascii=False, sort_keys=True).encode()
    unit.session.add(
        CaseEvidenceRow(
            case_id=case_id,
            evidence_id=evidence_id,
            captured_at=unit.now,
            captured_by=unit.actor.id,
            sha256=hashlib.sha256(written).hexdigest(),
            sealed=unit.sealed(frozen),
        )
    )


def _around(unit: Unit, item: ItemRow) -> list[ItemRow]:
    """The other items of the conversation; what went to the safeguarding lead has no words left to freeze (K1)."""
    if item.thread_id is None:
        return []
    return list(
        unit.session.scalars(
            select(ItemRow)
            .where(ItemRow.thread_id == item.thread_id, ItemRow.id != item.id)
            .order_by(ItemRow.sent_at, ItemRow.id)
        )
    )


def _said(item: ItemRow) -> dict[str, Any]:
    return {
        "id": item.id,
        "sent_at": item.sent_at.isoformat() if item.sent_at else None,
        "by": _author(item),
        "text": WITHHELD if item.restricted else item.text,
        "digest": item.digest,
    }


def _author(item: ItemRow) -> str:
    return item.author_name or AuthorRole(item.author_role).words


def _files(unit: Unit, item_id: int) -> list[EvidenceRow]:
    carried = select(MediaRow.evidence_id).where(MediaRow.item_id == item_id, MediaRow.evidence_id.is_not(None))
    added = select(ItemEvidenceRow.evidence_id).where(ItemEvidenceRow.item_id == item_id)
    wanted = select(EvidenceRow).where(EvidenceRow.id.in_(carried.union(added))).order_by(EvidenceRow.id)
    return list(unit.session.scalars(wanted))


def _described(file: EvidenceRow) -> dict[str, Any]:
    return {"words": KINDS.get(file.mime, UNKNOWN).words, "size": file.size, "sha256": file.sha256}


def read_evidence(unit: Unit, kept: CaseEvidenceRow, names: dict[int, str], *, shut: bool) -> Evidence:
    """What was frozen; what went to the safeguarding lead since is kept from others (K1)."""
    said = unit.opened(kept.sealed)

    def shown(text: str) -> str:
        return WITHHELD if shut else text

    return Evidence(
        id=kept.id,
        captured_at=kept.captured_at,
        captured_by=names[kept.captured_by],
        sha256=kept.sha256,
        kind=said["kind"],
        sent_at=_moment(said["sent_at"]),
        text=shown(said["text"]),
        by=said.get("by", ""),
        thread=tuple(_line(unit, one, shown) for one in said.get("thread", ())),
        files=tuple(FrozenFile(one["words"], one["size"], one["sha256"]) for one in said.get("files", ())),
        file_id=None if shut else kept.evidence_id,
    )


def _line(unit: Unit, one: dict[str, Any], shown: Callable[[str], str]) -> ThreadLine:
    text = WITHHELD if is_withheld(unit, one["id"]) else shown(one["text"])
    return ThreadLine(_moment(one["sent_at"]), one["by"], text)


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


@dataclass(frozen=True, slots=True)
class LookAtCaseFile(Command[EvidenceShown]):
    """Open a file that was added to a case by hand. Every look stands in the audit."""

    case_evidence_id: int


@does(LookAtCaseFile, roles=LEADERS, verb="case.file_seen")
def look_at_case_file(command: LookAtCaseFile, unit: Unit) -> EvidenceShown:
    """Without where it was made. Refused where the case went to the safeguarding lead (K1)."""
    kept = unit.session.get(CaseEvidenceRow, command.case_evidence_id)
    file = unit.session.get(EvidenceRow, kept.evidence_id) if kept and kept.evidence_id is not None else None
    if kept is None or file is None:
        raise Problem("That file is no longer there.")
    row = unit.session.get(CaseRow, kept.case_id)
    if row is None or is_withheld(unit, row.item_id):
        raise Refused(WITHHELD)
    unit.audit(f"case:{kept.case_id}", {"evidence": file.id})
    return show_evidence(unit, file)


def names_of(unit: Unit) -> dict[int, str]:
    """Every account's name, by its id."""
    return {account.id: account.name for account in unit.session.scalars(select(AccountRow))}
