"""A looked-after child's record without Qt: looked at on request, written, and what it says as facts (T11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.care import CareRecord
from app.domain.words import day_words
from app.services.care import (
    BarPictures,
    CareEntry,
    CareFile,
    LookAtCareDocument,
    LookAtCareFile,
    RecordCare,
)
from app.services.evidence import EvidenceShown
from app.services.office import Office
from app.services.school import School

IMAGES: tuple[tuple[bool | None, str], ...] = (
    (None, "Not yet decided: no images"),
    (False, "Refused"),
    (True, "Allowed"),
)
"""What the one who decides may have said."""
_NOT_RECORDED = "Not recorded"


@dataclass(slots=True)
class CareDesk:
    """One child's record. Nothing is kept here longer than it is shown."""

    office: Office
    pupil_id: int

    @property
    def today(self) -> date:
        """The school's own date."""
        return self.office.ask(School()).today

    @property
    def may_look(self) -> bool:
        """Only leaders may ask whether and why a child is looked after."""
        return self.office.may(LookAtCareFile)

    def look(self) -> CareFile:
        """Everything that was written. The look is audited."""
        return self.office.perform(LookAtCareFile(self.pupil_id))

    def record(self, said: CareRecord, document: bytes | None, initiator: object = None) -> None:
        """Write a new record; the one before is kept behind it."""
        self.office.perform(RecordCare(said, document), initiator)

    def document(self) -> EvidenceShown:
        """The kept document. The look is audited."""
        return self.office.perform(LookAtCareDocument(self.pupil_id))

    def bar(self, barred: bool, why: str, initiator: object = None) -> None:
        """Set or lift a leader's own bar."""
        self.office.perform(BarPictures(self.pupil_id, barred, why), initiator)


def images_words(allowed: bool | None) -> str:
    """What was decided about images."""
    return dict(IMAGES)[allowed]


def facts_of(record: CareRecord) -> list[tuple[str, str]]:
    """A record as facts, for those who may see it."""

    def day(value: date | None) -> str:
        return day_words(value) if value else ""

    facts = [
        ("Legal status", record.status.words),
        ("Responsible authority", record.authority or _NOT_RECORDED),
        ("Social worker", record.social_worker or _NOT_RECORDED),
        ("Who decides on images", record.decides or _NOT_RECORDED),
        ("Images", images_words(record.images_allowed)),
        ("What was decided", record.decision),
        ("Paper kept at", record.document),
        ("Document", "Kept here, sealed" if record.evidence_id is not None else "None kept here"),
        ("Looked after since", day(record.starts)),
        ("Ended", day(record.ends)),
        ("Next review", day(record.review_on) or _NOT_RECORDED),
    ]
    return [(name, said) for name, said in facts if said]


def earlier_words(entries: tuple[CareEntry, ...]) -> list[str]:
    """One line for each record before the newest."""
    return [
        f"{day_words(entry.recorded_at.date())}, {entry.recorded_by}: {entry.record.status.words}, images "
        f"{images_words(entry.record.images_allowed).lower()}"
        for entry in entries[1:]
    ]
