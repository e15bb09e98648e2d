"""What the pupils screens know and do, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.care import CareRecord
from app.domain.incoming import RELATIONSHIPS
from app.domain.linking import suspended_words
from app.domain.permissions import Answer, MediaKind
from app.domain.words import day_words
from app.services.care import LookAtCare
from app.services.office import Office
from app.services.permissions import RecordPermission, RecordPermissions
from app.services.pupils import Pupil, Pupils
from app.services.review import ItemToReview
from app.services.school import School
from app.store.reads.pupils import GuardianLine, PupilFilter, PupilLine, PupilRecord

LANGUAGES: dict[str, str] = {
    "en": "English",
    "cy": "Welsh",
    "pl": "Polish",
    "ro": "Romanian",
    "sk": "Slovak",
    "cs": "Czech",
    "ur": "Urdu",
    "ar": "Arabic",
    "uk": "Ukrainian",
    "ckb": "Kurdish (Sorani)",
}

FLAGS: dict[str, str] = {
    "no_permission": "May not be photographed",
    "undecided": "Undecided",
    "unlinked": "No linked adult",
    "left": "Leavers",
}
"""The filters above the list that are not classes."""


@dataclass(slots=True)
class PupilsPresenter:
    """The list of pupils under a filter."""

    office: Office
    filter: PupilFilter = field(default_factory=PupilFilter)
    classes: tuple[tuple[int, str, str | None], ...] = ()

    def load(self) -> tuple[PupilLine, ...]:
        """Read the list again."""
        self.classes = self.office.ask(School()).classes
        return self.office.ask(Pupils(self.filter))

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered away."""
        return self.filter != PupilFilter()

    def keep(self, words: str, on: frozenset[str], class_id: int | None) -> None:
        """Show only these."""
        flags = {name: name in on for name in FLAGS}
        self.filter = replace(self.filter, words=words, class_id=class_id, **flags)


@dataclass(slots=True)
class PupilPresenter:
    """One pupil's record."""

    office: Office
    pupil_id: int
    zone: str = "Europe/London"
    today: date = date.min
    record: PupilRecord | None = None

    def load(self) -> PupilRecord:
        """Read the record again."""
        facts = self.office.ask(School())
        self.zone, self.today = facts.timezone, facts.today
        self.record = self.office.ask(Pupil(self.pupil_id))
        return self.record

    @property
    def may_open_items(self) -> bool:
        """Only leaders read an item in Review."""
        return self.office.may(ItemToReview)

    @property
    def may_record(self) -> bool:
        """Whether this person may enter an answer on a form."""
        return self.office.may(RecordPermissions)

    def answerers(self) -> list[tuple[int | None, str]]:
        """Whose answer can be recorded, as id and words: adults who may hold responsibility, then the child."""
        guardians = self.record.guardians if self.record is not None else ()
        people: list[tuple[int | None, str]] = [
            (g.id, f"{g.name}, {relationship_words(g.relationship).lower()}{_unsure(g)}")
            for g in guardians
            if g.responsibility is not False
        ]
        return [*people, (None, "The child's own wish")]

    def record_answers(
        self,
        guardian_id: int | None,
        answers: Mapping[MediaKind, Answer],
        decided_on: date,
        route: str,
        expires_on: date | None,
        initiator: object = None,
    ) -> int:
        """What one person said on one form, all of it or nothing; how many answers there were."""
        decisions = tuple(
            RecordPermission(
                self.pupil_id,
                guardian_id,
                kind,
                answer,
                decided_on,
                route,
                expires_on=expires_on if answer is Answer.GIVEN else None,
            )
            for kind, answer in answers.items()
        )
        return self.office.perform(RecordPermissions(decisions), initiator)

    @property
    def may_see_care(self) -> bool:
        """Only leaders may ask whether and why a child is looked after."""
        return self.office.may(LookAtCare)

    def look_at_care(self) -> CareRecord | None:
        """The care record. The look is audited."""
        return self.office.perform(LookAtCare(self.pupil_id))


def _unsure(guardian: GuardianLine) -> str:
    return "" if guardian.responsibility else " (responsibility not recorded)"


def year_words(year: str | None) -> str:
    """A year group as people say it: "Nursery", "Reception", "Year 3"."""
    if not year:
        return ""
    early = {"E": "Nursery", "N": "Nursery", "R": "Reception"}
    return f"Year {year}" if year.isdigit() else early.get(year[:1].upper(), year)


def relationship_words(code: str | None) -> str:
    """Mother, father, or what the school's own system wrote."""
    if not code:
        return "Not recorded"
    words = RELATIONSHIPS.get(code.strip().upper(), code)
    return words[:1].upper() + words[1:]


def responsibility_words(said: bool | None) -> str:
    """Whether the adult has parental responsibility, as far as anybody has said."""
    return {True: "Yes", False: "No", None: "Not recorded"}[said]


def link_words(guardian: GuardianLine) -> str:
    """How the adult stands to the service, in a few words."""
    if guardian.contact == "barred":
        return "Barred"
    if guardian.link == "suspended":
        return suspended_words(guardian.suspended_until)
    return {"linked": "Linked", "invited": "Invited", "removed": "Removed", "rejected": "Rejected"}.get(
        guardian.link or "", "Not linked"
    )


def care_facts(record: CareRecord) -> list[tuple[str, str]]:
    """A care record as facts, for those who may see it."""
    images = {True: "Allowed", False: "Refused", None: "Not yet decided: no images"}[record.images_allowed]
    return [
        ("Legal status", record.status.words),
        ("Responsible authority", record.authority or "Not recorded"),
        ("Social worker", record.social_worker or "Not recorded"),
        ("Who decides on images", record.decides or "Not recorded"),
        ("Images", images),
        ("Document", record.document or "Not recorded"),
        ("Next review", day_words(record.review_on) if record.review_on else "Not recorded"),
    ]
