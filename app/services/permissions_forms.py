"""The scanned form behind an answer: kept encrypted as evidence, shown to whoever may look at permissions (P8).

A form is a PDF or a picture. Anything else has its own sentence, and nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from sqlalchemy import select

from app.domain.content import Media
from app.domain.file_kinds import kind_of
from app.domain.problems import Problem, Refused, Unreadable
from app.domain.roles import EVERYONE
from app.services.door import Command, does
from app.services.evidence import EvidenceShown, keep_evidence, show_evidence
from app.services.unit import Unit
from app.store.evidence import MOST_BYTES
from app.store.tables.content import EvidenceRow
from app.store.tables.permissions import PermissionRow
from app.store.thumbnails import thumbnail

PDF = "application/pdf"
_LARGEST = f"{MOST_BYTES // (1024 * 1024)} MB"
_SMALLER = "Nothing was kept. Scan it again in grey at 200 dots per inch, or save fewer pages."


def read_scan(place: Path) -> bytes:
    """A form's file, judged by its size before it is read. Raises `Unreadable` or `Refused`, with what to do."""
    try:
        size = place.stat().st_size
        if size > MOST_BYTES:
            raise Refused(f"The scan is {size // (1024 * 1024)} MB, and at most {_LARGEST} are kept. {_SMALLER}")
        return place.read_bytes()
    except OSError as fault:
        raise Unreadable("The file cannot be read. Save it to a place you can open, and choose it there.") from fault


def judge_scan(content: bytes) -> str:
    """The file's MIME type. Refused, each with its own sentence, for what is no form that can be shown."""
    if not content:
        raise Refused("The file is empty. Nothing was kept. Scan the form again.")
    if len(content) > MOST_BYTES:
        raise Refused(f"The scan is larger than {_LARGEST}. {_SMALLER}")
    kind = kind_of(content)
    if kind.mime == PDF:
        _open_pdf(content)
    elif kind.media is not Media.PHOTO:
        raise Refused(f"The file is {kind.words}. Nothing was kept. Choose the scan as a PDF or a picture.")
    elif thumbnail(content) is None:
        raise Refused(
            f"The file begins as {kind.words} and cannot be opened here. Nothing was kept. "
            "Save the scan as a PDF, JPEG or PNG, and choose that."
        )
    return kind.mime


def _open_pdf(content: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
        document.close()
    except pypdfium2.PdfiumError as fault:
        raise Refused(
            "This PDF is damaged, or a password locks it. Nothing was kept. Save it again without a password."
        ) from fault
    if pages == 0:
        raise Refused("This PDF has no pages. Nothing was kept. Scan the form again.")


def keep_form(unit: Unit, content: bytes, *, restricted: bool = False) -> int:
    """Keep a scan as evidence; its id. `restricted` seals it for leaders. Refused as `judge_scan` refuses."""
    judge_scan(content)
    return keep_evidence(unit, content, restricted=restricted).id


@dataclass(frozen=True, slots=True)
class AttachForm(Command[int]):
    """Add the scanned form to answers that are on record: all those of one child."""

    decisions: tuple[int, ...]
    content: bytes = field(repr=False)


@does(AttachForm, roles=EVERYONE, verb="permission.form_kept")
def attach_form(command: AttachForm, unit: Unit) -> int:
    """The file's id. Refused where the answers are of several children, or one of them has a form already."""
    rows = unit.session.scalars(select(PermissionRow).where(PermissionRow.id.in_(command.decisions))).all()
    if not rows or len(rows) != len(set(command.decisions)):
        raise Problem("That answer is no longer there. Nothing was kept.")
    if len({row.pupil_id for row in rows}) > 1:
        raise Refused("A form is about one child. Choose the answers of one child.")
    if any(row.evidence_id is not None for row in rows):
        raise Refused("This answer has its form already. Record a new answer to keep another form with it.")
    evidence = keep_form(unit, command.content)
    for row in rows:
        row.evidence_id = evidence
    unit.session.flush()
    unit.audit(f"pupil:{rows[0].pupil_id}", {"evidence": evidence, "answers": len(rows)})
    unit.changed("permissions")
    return evidence


@dataclass(frozen=True, slots=True)
class LookAtForm(Command[EvidenceShown]):
    """Open the scanned form of an answer. Every look is audited."""

    decision_id: int


@does(LookAtForm, roles=EVERYONE, verb="permission.form_seen")
def look_at_form(command: LookAtForm, unit: Unit) -> EvidenceShown:
    """Without what a camera noted. Raises `Problem` where the answer has no form."""
    decision = unit.session.get(PermissionRow, command.decision_id)
    row = unit.session.get(EvidenceRow, decision.evidence_id) if decision and decision.evidence_id else None
    if decision is None or row is None:
        raise Problem("No form was kept with this answer.")
    unit.audit(f"pupil:{decision.pupil_id}", {"evidence": row.id})
    return show_evidence(unit, row)
