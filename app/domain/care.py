"""A looked-after child's record, and what it means for pictures (T11). Unknown means no image."""

from __future__ import annotations

from dataclasses import asdict, dataclass
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
        )
