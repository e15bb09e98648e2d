"""Pictures and files kept as evidence: put away encrypted, shown without what the camera noted (T2, M2, K1).

A file is written before its row and taken away again where the transaction fails, so that neither stands without the
other. Where it was made is noted as a yes or no and never told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy import select

from app.domain.content import Media
from app.domain.file_kinds import KINDS, UNKNOWN, FileKind, kind_of, tells_place
from app.domain.problems import NotAllowed, Problem, Refused
from app.domain.roles import EVERYONE, HEAD, LEADERS, SAFEGUARDERS
from app.services.checking import check_items
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.evidence import MOST_BYTES, EvidenceFolder
from app.store.keys import seal, unseal
from app.store.tables.accounts import AccountRow
from app.store.tables.content import EvidenceRow, ItemEvidenceRow, ItemRow, MediaRow
from app.store.thumbnails import thumbnail, without_notes

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp")
_NO_FOLDER = "This school lives in memory only, so no file can be kept."


def keep_evidence(unit: Unit, content: bytes, *, restricted: bool = False) -> EvidenceRow:
    """Put a file away and enter it. Refused where it is empty, too large, a program, or packed to do harm."""
    kind = _can_be_kept(content)
    small = thumbnail(content) if kind.mime.startswith("image/") else None
    folder = _folder(unit)
    place = folder.put(content, restricted=restricted)
    unit.on_failure.append(partial(folder.remove, place))
    row = EvidenceRow(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        mime=kind.mime,
        place=place,
        restricted=restricted,
        has_location=tells_place(content),
        thumbnail=seal(small, unit.keys.public) if small is not None and restricted else small,
        captured_at=unit.now,
        captured_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    return row


def _can_be_kept(content: bytes) -> FileKind:
    if not content:
        raise Refused("The file is empty. Save it again from where it came.")
    if len(content) > MOST_BYTES:
        raise Refused(
            f"The file is larger than {MOST_BYTES // (1024 * 1024)} MB. Keep a smaller copy here, "
            "or note where the whole one is kept."
        )
    kind = kind_of(content)
    if kind.is_program:
        raise Refused(f"The file is {kind.words}. Programs are not kept: they can do harm to whoever opens them.")
    return kind


def _folder(view: View) -> EvidenceFolder:
    if view.vault is None:
        raise Problem(_NO_FOLDER)
    return EvidenceFolder(view.vault.evidence, view.keys)


def restrict_evidence(unit: Unit, item_id: int) -> int:
    """Seal an item's files for leaders, as its words are sealed (K1); how many. The open copies go with the commit."""
    rows = [row for row in _rows(unit, item_id) if not row.restricted]
    for row in rows:
        folder = _folder(unit)
        old = row.place
        new = folder.put(folder.get(old), restricted=True)
        unit.on_failure.append(partial(folder.remove, new))
        unit.on_success.append(partial(folder.remove, old))
        row.place, row.restricted = new, True
        row.thumbnail = seal(row.thumbnail, unit.keys.public) if row.thumbnail is not None else None
    unit.session.flush()
    return len(rows)


def _rows(view: View, item_id: int) -> Iterable[EvidenceRow]:
    carried = select(MediaRow.evidence_id).where(MediaRow.item_id == item_id, MediaRow.evidence_id.is_not(None))
    added = select(ItemEvidenceRow.evidence_id).where(ItemEvidenceRow.item_id == item_id)
    return view.session.scalars(
        select(EvidenceRow).where(EvidenceRow.id.in_(carried.union(added))).order_by(EvidenceRow.id)
    ).all()


@dataclass(frozen=True, slots=True)
class AddEvidence(Command[int]):
    """Add a file to an item by hand. `carried` says that the item itself showed it to its readers, and as what."""

    item_id: int
    content: bytes = field(repr=False)
    carried: Media | None = None


@does(AddEvidence, roles=EVERYONE, verb="evidence.added")
def add_evidence(command: AddEvidence, unit: Unit) -> int:
    """The file's id. What an item carried is checked with it again."""
    item = unit.session.get(ItemRow, command.item_id)
    if item is None:
        raise Problem("That item is no longer there. Nothing was kept.")
    row = keep_evidence(unit, command.content, restricted=item.restricted)
    if command.carried is None:
        unit.session.add(ItemEvidenceRow(item_id=item.id, evidence_id=row.id))
    else:
        unit.session.add(MediaRow(item_id=item.id, kind=command.carried, evidence_id=row.id))
    unit.session.flush()
    if command.carried is not None and not item.restricted:
        check_items(unit, [item.id])
    unit.audit(f"item:{item.id}", {"evidence": row.id, "size": row.size})
    unit.changed("review", "evidence")
    return row.id


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A file as it stands in a list. `carried`: the item showed it. `thumbnail` is a JPEG, None where there is none."""

    id: int
    kind: FileKind
    size: int
    carried: bool
    restricted: bool
    has_location: bool
    captured_at: datetime
    captured_by: str
    thumbnail: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ItemEvidence(Query[tuple[EvidenceLine, ...]]):
    """The files of one item."""

    item_id: int


@answers(ItemEvidence, roles=LEADERS)
def item_evidence(query: ItemEvidence, view: View) -> tuple[EvidenceLine, ...]:
    """Restricted ones only for those who may read the referral itself."""
    names: dict[int, str] = {id_: name for id_, name in view.session.execute(select(AccountRow.id, AccountRow.name))}
    carried = set(view.session.scalars(select(MediaRow.evidence_id).where(MediaRow.item_id == query.item_id)))
    return tuple(
        EvidenceLine(
            id=row.id,
            kind=_kind(row),
            size=row.size,
            carried=row.id in carried,
            restricted=row.restricted,
            has_location=row.has_location,
            captured_at=row.captured_at,
            captured_by=names.get(row.captured_by, ""),
            thumbnail=_opened(view, row),
        )
        for row in _rows(view, query.item_id)
        if not row.restricted or view.actor.role in SAFEGUARDERS
    )


def _opened(view: View, row: EvidenceRow) -> bytes | None:
    if row.thumbnail is None or not row.restricted:
        return row.thumbnail
    return unseal(row.thumbnail, view.keys.leaders) if view.keys.leaders is not None else None


def _kind(row: EvidenceRow) -> FileKind:
    """The kind that was told when the file was kept."""
    return KINDS.get(row.mime, UNKNOWN)


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A file to look at. `is_copy`: drawn anew without what the camera noted, so not what was kept byte for byte."""

    id: int
    kind: FileKind
    is_copy: bool
    content: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """A name to save it under, which says nothing."""
        return f"evidence-{self.id}.{self.kind.ending}"


@dataclass(frozen=True, slots=True)
class LookAtEvidence(Command[EvidenceShown]):
    """Open a file. Every look is audited."""

    evidence_id: int


@does(LookAtEvidence, roles=LEADERS, verb="evidence.seen")
def look_at_evidence(command: LookAtEvidence, unit: Unit) -> EvidenceShown:
    """Where the file says where it was made, a copy without that; refused where none can be made."""
    row = _row(unit, command.evidence_id)
    unit.audit(f"evidence:{row.id}")
    return show_evidence(unit, row)


def show_evidence(unit: Unit, row: EvidenceRow) -> EvidenceShown:
    """A kept file for whoever the calling command lets look at it, without where it was made."""
    content = _content(unit, row)
    if not row.has_location:
        return EvidenceShown(row.id, _kind(row), False, content)
    copy = without_notes(content) if row.mime in _PICTURES else None
    if copy is None:
        raise Refused(
            "This file says where it was made, and that cannot be taken out of it here. "
            "The headteacher can take out the file as it was kept."
        )
    return EvidenceShown(row.id, kind_of(copy), True, copy)


@dataclass(frozen=True, slots=True)
class TakeOutEvidence(Command[EvidenceShown]):
    """The file byte for byte as it was kept, with everything the camera noted: for the police or a court."""

    evidence_id: int


@does(TakeOutEvidence, roles=HEAD, verb="evidence.taken_out")
def take_out_evidence(command: TakeOutEvidence, unit: Unit) -> EvidenceShown:
    """Its SHA-256 is what was noted when it was kept."""
    row = _row(unit, command.evidence_id)
    content = _content(unit, row)
    unit.audit(f"evidence:{row.id}", {"sha256": row.sha256})
    return EvidenceShown(row.id, _kind(row), False, content)


def _row(unit: Unit, evidence_id: int) -> EvidenceRow:
    row = unit.session.get(EvidenceRow, evidence_id)
    if row is None:
        raise Problem("That file is no longer there.")
    if row.restricted and unit.actor.role not in SAFEGUARDERS:
        raise NotAllowed("Only the safeguarding lead and the headteacher can open this file.")
    return row


def _content(unit: Unit, row: EvidenceRow) -> bytes:
    content = _folder(unit).get(row.place)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Problem("This file is not what was kept. Restore the school's folder from a backup.")
    return content


def evidence_faults(unit: Unit) -> list[str]:
    """What is wrong with the files, as sentences; and let go of files that no row names, once this commits.

    Such files are left where a computer stopped between writing a file and entering it, or between sealing a copy and
    taking the open one away. No other command can be half-way now: this one holds the only right to write.
    """
    if unit.vault is None:
        return []
    folder = EvidenceFolder(unit.vault.evidence, unit.keys)
    places: dict[str, int] = {
        place: id_ for id_, place in unit.session.execute(select(EvidenceRow.id, EvidenceRow.place))
    }
    here = set(folder.places())
    for place in here - places.keys():
        unit.on_success.append(partial(folder.remove, place))
    return [f"Evidence file {places[place]} is missing." for place in sorted(places.keys() - here)]
