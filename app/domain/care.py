"""A looked-after child's record, and what it means for pictures (T11). Unknown means no image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class LegalStatus(StrEnum):
    """Under what a child is looked after."""

    SECTION_20 = "section_20"
    CARE_ORDER = "care_order"
    INTERIM_ORDER = "interim_order"
    SPECIAL_GUARDIANSHIP = "special_guardianship"
    ADOPTED = "adopted"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """How the status is named on screens, for those who may see it."""
        return {
            LegalStatus.SECTION_20: "Accommodated (section 20)",
            LegalStatus.CARE_ORDER: "Care order",
            LegalStatus.INTERIM_ORDER: "Interim care order",
            LegalStatus.SPECIAL_GUARDIANSHIP: "Special guardianship",
            LegalStatus.ADOPTED: "Adopted",
            LegalStatus.UNKNOWN: "Not yet known",
        }[self]


@dataclass(frozen=True, slots=True)
class CareRecord:
    """What leaders know about a looked-after child, and who decides about images."""

    pupil_id: int
    status: LegalStatus = LegalStatus.UNKNOWN
    authority: str = ""
    social_worker: str = ""
    decides: str = ""
    images_allowed: bool | None = None
    document: str = ""
    starts: date | None = None
    ends: date | None = None
    review_on: date | None = None
    decision: str = ""
    """What the one who decides about images has said, in words."""
    evidence_id: int | None = None
    """The delegated-authority document, kept sealed as evidence."""

    def bars_pictures(self, on: date) -> bool:
        """No image unless the one who decides has said yes; a record that has ended bars nothing."""
        ended = self.ends is not None and self.ends < on
        return not ended and self.images_allowed is not True

    def as_json(self) -> dict[str, Any]:
        """The record as it is sealed."""
        said = asdict(self)
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> CareRecord:
        """The record as it was sealed."""

        def day(name: str) -> date | None:
            return date.fromisoformat(said[name]) if said.get(name) else None

        return cls(
            pupil_id=int(said["pupil_id"]),
            status=LegalStatus(said["status"]),
            authority=str(said["authority"]),
            social_worker=str(said["social_worker"]),
            decides=str(said["decides"]),
            images_allowed=said["images_allowed"],
            document=str(said["document"]),
            starts=day("starts"),
            ends=day("ends"),
            review_on=day("review_on"),
            decision=str(said.get("decision", "")),
            evidence_id=said.get("evidence_id"),
        )

    @property
    def is_flag(self) -> bool:
        """It says no more than that the child is looked after, as a class list does."""
        return self.status is LegalStatus.UNKNOWN and not self.decides and self.images_allowed is None

    def wants(self) -> str | None:
        """What is missing before images can be allowed: it takes a person who decides, and what they said (T11)."""
        if self.images_allowed is not True:
            return None
        if self.status is LegalStatus.UNKNOWN:
            return "Images can be allowed only where the legal status is known. Enter it, or leave images undecided."
        if not self.decides.strip():
            return "Images can be allowed only by somebody. Enter who decides about images."
        return None


def standing(records: Sequence[CareRecord]) -> CareRecord | None:
    """The record that holds, of all in the order they were written; None where there is none.

    A bare flag that comes after a full record (a class list brought in again) takes nothing away from it but a
    permission: who decides must say so again.
    """
    if not records:
        return None
    full = [record for record in records if not record.is_flag]
    if records[-1].is_flag and full:
        return replace(full[-1], images_allowed=None)
    return records[-1]
