"""Looked-after children: the sealed record, every look at it, and the bar on pictures that others see (T11).

Anybody may say that a child is looked after; only leaders read what was written. What is sealed is one stream: care
records, and bars that leaders set for another reason. The pupil's `picture_bar` is what follows from both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.care import CareRecord, standing
from app.domain.problems import Problem, Refused
from app.domain.roles import EVERYONE, LEADERS
from app.services.door import Command, does
from app.services.evidence import EvidenceShown, show_evidence
from app.services.permissions_forms import keep_form
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.content import EvidenceRow
from app.store.tables.people import PupilRow
from app.store.tables.permissions import CareRecordRow

_GONE = "That pupil is no longer in the register. Nothing was recorded."


@dataclass(frozen=True, slots=True)
class RecordCare(Command[int]):
    """A looked-after child's record, replacing the one before. The office may write it and cannot read it.

    `document` is the delegated-authority document, kept sealed; without it the one kept before stays.
    """

    record: CareRecord
    document: bytes | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return "RecordCare()"


@does(RecordCare, roles=EVERYONE, verb="care.recorded")
def record_care(command: RecordCare, unit: Unit) -> int:
    """The record's id. Sets the pupil's picture bar from it, and nothing else that others can see.

    Refused where images would be allowed by nobody, or by somebody who may not read the record; and for dates in the
    wrong order.
    """
    record = command.record
    pupil = unit.session.get(PupilRow, record.pupil_id)
    if pupil is None:
        raise Problem(_GONE)
    _check(unit, record)
    if command.document is not None:
        record = replace(record, evidence_id=keep_form(unit, command.document, restricted=True))
    row = _keep(unit, record.as_json())
    if unit.keys.leaders is None:
        pupil.picture_bar = True
    else:
        _replace_earlier(unit, row, pupil.id, bar=False)
        pupil.picture_bar = _barred(unit, pupil.id)
    unit.audit(f"care:{row.id}")
    unit.changed("pupils", "permissions", "care")
    return row.id


def _check(unit: Unit, record: CareRecord) -> None:
    if record.images_allowed is True and unit.keys.leaders is None:
        raise Refused("Only senior leaders can record that images are allowed. Nothing was recorded.")
    if (wants := record.wants()) is not None:
        raise Refused(wants)
    if record.starts is not None and record.ends is not None and record.ends < record.starts:
        raise Refused("The record would end before it begins. Check the two dates.")


def _keep(unit: Unit, said: dict[str, Any]) -> CareRecordRow:
    row = CareRecordRow(sealed=unit.sealed(said), recorded_at=unit.now, recorded_by=unit.actor.id)
    unit.session.add(row)
    unit.session.flush()
    return row


@dataclass(frozen=True, slots=True)
class _Opened:
    row: CareRecordRow
    said: dict[str, Any]

    @property
    def is_bar(self) -> bool:
        return "bar" in self.said

    @property
    def record(self) -> CareRecord:
        return CareRecord.from_json(self.said)


def _opened(view: View, pupil_id: int | None = None, *, all_of_it: bool = False) -> Iterator[_Opened]:
    """What was sealed about a child (None: about all), oldest first; only what still holds, unless all of it."""
    wanted = select(CareRecordRow).order_by(CareRecordRow.id)
    if not all_of_it:
        wanted = wanted.where(CareRecordRow.replaced_by.is_(None))
    for row in view.session.scalars(wanted):
        said = view.opened(row.sealed)
        if pupil_id is None or said["pupil_id"] == pupil_id:
            yield _Opened(row, said)


def _replace_earlier(unit: Unit, newest: CareRecordRow, pupil_id: int, *, bar: bool) -> None:
    for found in list(_opened(unit, pupil_id)):
        if found.row.id != newest.id and found.is_bar is bar:
            found.row.replaced_by = newest.id
    unit.session.flush()


def _barred(view: View, pupil_id: int) -> bool:
    """A record or a leader's own bar stands against pictures today."""
    found = list(_opened(view, pupil_id))
    record = standing([each.record for each in found if not each.is_bar])
    bars = [each.said["bar"] for each in found if each.is_bar]
    return bool(bars and bars[-1]) or (record is not None and record.bars_pictures(view.today))


@dataclass(frozen=True, slots=True)
class LookAtCare(Command[CareRecord | None]):
    """See a child's care record. Every look stands in the audit."""

    pupil_id: int


@does(LookAtCare, roles=LEADERS, verb="care.seen")
def look_at_care(command: LookAtCare, unit: Unit) -> CareRecord | None:
    """The newest record, None where there is none."""
    found = [each for each in _opened(unit, command.pupil_id) if not each.is_bar]
    if found:
        unit.audit(f"care:{found[-1].row.id}")
    return standing([each.record for each in found])


@dataclass(frozen=True, slots=True)
class CareEntry:
    """A care record with who wrote it and when."""

    record: CareRecord = field(repr=False)
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class CareFile:
    """All that is written about one child, the newest first; and a leader's own bar, with its reason."""

    newest: CareRecord | None = field(repr=False)
    """The record that holds."""
    entries: tuple[CareEntry, ...] = field(repr=False)
    bar: bool = False
    bar_why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LookAtCareFile(Command[CareFile]):
    """See everything that was ever written about a child's care. Every look stands in the audit."""

    pupil_id: int


@does(LookAtCareFile, roles=LEADERS, verb="care.seen")
def look_at_care_file(command: LookAtCareFile, unit: Unit) -> CareFile:
    """Earlier records too: they are kept as they were."""
    names = {row.id: row.name for row in unit.session.scalars(select(AccountRow))}
    everything = list(_opened(unit, command.pupil_id, all_of_it=True))
    records = [found for found in everything if not found.is_bar]
    bars = [found for found in everything if found.is_bar]
    if records:
        unit.audit(f"care:{records[-1].row.id}")
    return CareFile(
        standing([found.record for found in records if found.row.replaced_by is None]),
        tuple(
            CareEntry(found.record, found.row.recorded_at, names.get(found.row.recorded_by, ""))
            for found in reversed(records)
        ),
        bool(bars and bars[-1].said["bar"]),
        str(bars[-1].said.get("why", "")) if bars else "",
    )


@dataclass(frozen=True, slots=True)
class LookAtCareDocument(Command[EvidenceShown]):
    """Open the delegated-authority document of a child's record. Every look stands in the audit."""

    pupil_id: int


@does(LookAtCareDocument, roles=LEADERS, verb="care.document_seen")
def look_at_care_document(command: LookAtCareDocument, unit: Unit) -> EvidenceShown:
    """Raises `Problem` where none was kept."""
    record = standing([each.record for each in _opened(unit, command.pupil_id) if not each.is_bar])
    kept = record.evidence_id if record is not None else None
    row = unit.session.get(EvidenceRow, kept) if kept is not None else None
    if row is None:
        raise Problem("No document was kept with this record.")
    unit.audit(f"evidence:{row.id}")
    return show_evidence(unit, row)


@dataclass(frozen=True, slots=True)
class BarPictures(Command[None]):
    """Set or lift a leader's own bar on showing a child. The reason is sealed."""

    pupil_id: int
    barred: bool
    why: str = field(default="", repr=False)


@does(BarPictures, roles=LEADERS, verb="permission.barred")
def bar_pictures(command: BarPictures, unit: Unit) -> None:
    """Acts at once on every ruling. A care record that bars pictures goes on doing so."""
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    row = _keep(unit, {"pupil_id": pupil.id, "bar": command.barred, "why": command.why})
    _replace_earlier(unit, row, pupil.id, bar=True)
    pupil.picture_bar = _barred(unit, pupil.id)
    unit.audit(f"pupil:{pupil.id}", {"barred": pupil.picture_bar})
    unit.changed("pupils", "permissions", "care")


def pupils_with_records(view: View) -> frozenset[int]:
    """Whom a record is about, for counts alone; nobody for those who may not read the records."""
    if view.actor.role not in LEADERS or view.keys.leaders is None:
        return frozenset()
    return frozenset(found.record.pupil_id for found in _opened(view) if not found.is_bar)


@dataclass(frozen=True, slots=True)
class CareReview:
    """A record that is to be looked at again."""

    pupil_id: int
    on: date


def care_reviews(view: View, within: timedelta) -> tuple[CareReview, ...]:
    """The reviews that are due soon or late, the latest first; nothing for those who may not read the records."""
    if view.actor.role not in LEADERS or view.keys.leaders is None:
        return ()
    written: dict[int, list[CareRecord]] = defaultdict(list)
    for found in _opened(view):
        if not found.is_bar:
            written[found.record.pupil_id].append(found.record)
    here = set(view.session.scalars(select(PupilRow.id).where(PupilRow.left_on.is_(None))))
    due = [
        CareReview(pupil, record.review_on)
        for pupil, records in written.items()
        if pupil in here
        and (record := standing(records)) is not None
        and record.review_on is not None
        and record.review_on <= view.today + within
        and (record.ends is None or record.ends >= view.today)
    ]
    return tuple(sorted(due, key=lambda review: (review.on, review.pupil_id)))
