"""Gathering everything held on one person into one export; every gathering is in the audit (H12, K3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.domain.problems import Problem, Refused
from app.domain.redaction import PersonNames, Redactor
from app.domain.roles import EVERYONE, LEADERS
from app.services.data_request_board import STOPPED, about_words, doubt_words
from app.services.data_requests import CHANGED, add_step, open_request, request_rows
from app.services.door import Command, does
from app.services.engines import shipped_lexicons
from app.services.held_register import Held, Subject, open_children, register_parts
from app.services.held_words import word_parts
from app.services.unit import Unit
from app.store.audit_chain import head
from app.store.tables.data_requests import DataRequestRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.school import SchoolRow, StaffRow

NOT_HERE = "This request is about nobody in the register, so there is nothing to gather. Answer it from your own files."


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything held on one person, for whom it was gathered, when and by whom.

    `full` is False where the office gathered: words and cases are added by a leader. `doubt` is for the leader alone.
    """

    request_id: int
    reference: str
    about: str
    school: str
    at: datetime
    by: str
    audit_head: str
    full: bool
    doubt: str
    parts: tuple[Held, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class GatherHoldings(Command[Holdings]):
    """Gather what is held on the person of an open request, other people's names taken out."""

    request_id: int


@does(GatherHoldings, roles=EVERYONE, verb="request.gathered")
def gather_holdings(command: GatherHoldings, unit: Unit) -> Holdings:
    """The register's part for the office; with posts, messages and cases for leaders. Nothing restricted for anyone."""
    row, detail = open_request(unit, command.request_id)
    full = unit.actor.role in LEADERS
    doubt = doubt_words(unit, row, detail)
    if doubt == STOPPED and not full:
        raise Refused(f"Nothing was gathered. {STOPPED}")
    school = unit.session.scalars(select(SchoolRow)).one()
    subject = subject_of(unit, row, detail, full=full)
    parts = [*register_parts(subject)]
    if full:
        parts += word_parts(subject, unit)
    unit.audit(f"request:{row.id}", {"parts": len(parts), "rows": sum(len(part.rows) for part in parts)})
    return Holdings(
        request_id=row.id,
        reference=detail.reference,
        about=about_words(unit, row, detail),
        school=school.name,
        at=unit.now.astimezone(subject.zone),
        by=unit.actor.name,
        audit_head=head(unit.session),
        full=full,
        doubt=doubt,
        parts=tuple(parts),
    )


def subject_of(unit: Unit, row: RequestRow, detail: DataRequestRow, *, full: bool) -> Subject:
    """The person, and what is taken out for them. Raises `Problem` where they are not in the register."""
    session = unit.session
    pupil = session.get(PupilRow, row.about_pupil) if row.about_pupil is not None else None
    guardian = session.get(GuardianRow, row.about_guardian) if row.about_guardian is not None else None
    if (pupil is None and guardian is None) or detail.gone is not None:
        raise Problem(NOT_HERE)
    asker = session.get(GuardianRow, detail.asked_by) if detail.asked_by is not None else None
    school = session.scalars(select(SchoolRow)).one()
    redactor = _redactor(unit, pupil, guardian, asker, school)
    return Subject(session, guardian, pupil, asker, redactor, ZoneInfo(school.timezone), full)


def _redactor(
    unit: Unit, pupil: PupilRow | None, guardian: GuardianRow | None, asker: GuardianRow | None, school: SchoolRow
) -> Redactor:
    """The person, who asks, and children they may know of stay named; everybody else in the register does not."""
    session = unit.session
    known = {pupil.id} if pupil is not None else set()
    if guardian is not None:
        known |= open_children(session, guardian.id)
    named = [one for one in (guardian, asker) if one is not None]
    own = {one.id for one in named}
    children = session.scalars(select(PupilRow)).all()
    adults = session.scalars(select(GuardianRow).where(GuardianRow.name_key != "")).all()
    spared = [_pupil(one) for one in children if one.id in known] + [_adult(one) for one in named]
    contacts = [school.email, school.phone]
    for one in named:
        contacts += [one.email, *re.split(r"[,;]", one.phones or "")]
    return Redactor(
        tuple(spared),
        tuple(_pupil(one) for one in children if one.id not in known),
        tuple(_adult(one) for one in adults if one.id not in own),
        tuple(session.scalars(select(StaffRow.name))),
        shipped_lexicons().common,
        tuple(one.strip() for one in contacts if one),
    )


def _pupil(row: PupilRow) -> PersonNames:
    return PersonNames.of((row.first, row.preferred), (row.last, row.preferred_last))


def _adult(row: GuardianRow) -> PersonNames:
    return PersonNames.of((row.first,), (row.last,))


@dataclass(frozen=True, slots=True)
class RecordExport(Command[None]):
    """Note that what is held was saved as a file, with the file's SHA-256."""

    request_id: int
    sha256: str


@does(RecordExport, roles=EVERYONE, verb="request.exported")
def record_export(command: RecordExport, unit: Unit) -> None:
    """The last file's digest stands with the request; each saving is one of its steps."""
    row, _ = request_rows(unit, command.request_id)
    if not re.fullmatch(r"[0-9a-f]{64}", command.sha256):
        raise Problem("The file's digest is missing. Nothing was noted.")
    row.file_sha256 = command.sha256
    add_step(unit, row.id, "exported", unit.today)
    unit.audit(f"request:{row.id}", {"sha256": command.sha256, "full": unit.actor.role in LEADERS})
    unit.changed(CHANGED)
