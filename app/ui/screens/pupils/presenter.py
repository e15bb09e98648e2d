"""What a pupil's page knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.history import told
from app.domain.incoming import RELATIONSHIPS
from app.domain.leaving import Leaving
from app.domain.linking import NOT_TO_BE_LINKED, Contact, suspended_words
from app.domain.sheets import Sheet
from app.domain.verbs import spoken
from app.domain.words import moment_words
from app.services.leavers import Leavers, RecordLeaver, ReturnPupil
from app.services.login_cards import CardLine, LoginCards
from app.services.office import Office
from app.services.pupils import Pupil
from app.services.pupils_by_hand import ChangePupil
from app.services.review import ItemToReview
from app.services.school import School
from app.services.sheets import ClassSheets
from app.store.reads.pupil_record import GuardianLine, PupilRecord

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


@dataclass(slots=True)
class PupilPresenter:
    """One pupil's record."""

    office: Office
    pupil_id: int
    zone: str = "Europe/London"
    today: date = date.min
    record: PupilRecord | None = None
    sheet: Sheet | None = None
    """The list of the child's class."""
    card: CardLine | None = None
    leaving: Leaving | None = None

    def load(self) -> PupilRecord:
        """Read the record again."""
        facts = self.office.ask(School())
        self.zone, self.today = facts.timezone, facts.today
        self.record = record = self.office.ask(Pupil(self.pupil_id))
        on_roll = record.line.left_on is None
        self.sheet = self.office.ask(ClassSheets()).of(record.class_id) if on_roll and record.class_id else None
        cards = self.office.ask(LoginCards()) if on_roll else ()
        self.card = next((line for line in cards if line.pupil_id == self.pupil_id), None)
        leavers = () if on_roll else self.office.ask(Leavers()).lines
        self.leaving = next((line.leaving for line in leavers if line.pupil_id == self.pupil_id), None)
        return record

    @property
    def may_edit(self) -> bool:
        """Whether this person keeps the register by hand."""
        return self.office.may(ChangePupil)

    def history(self) -> list[tuple[str, str, str]]:
        """What was done about this pupil: when, what in plain words, what changed and by whom."""
        lines = self.record.history if self.record is not None else ()
        return [
            (
                moment_words(h.at, self.zone),
                spoken(h.verb),
                " ".join(p for p in (told(h.verb, h.detail), _by(h.by)) if p),
            )
            for h in lines
        ]

    def reasons(self) -> list[str]:
        """Each kind's ruling with its reasons, a sentence or two each."""
        rulings = self.record.line.rulings if self.record is not None else {}
        return [f"{kind.words}: {found.words.lower()}. {' '.join(found.reasons)}" for kind, found in rulings.items()]

    def record_left(self, left_on: date, initiator: object = None) -> None:
        """The pupil has left."""
        self.office.perform(RecordLeaver(self.pupil_id, left_on), initiator)

    def take_back(self, initiator: object = None) -> None:
        """The pupil is on roll again."""
        self.office.perform(ReturnPupil(self.pupil_id), initiator)

    @property
    def may_open_items(self) -> bool:
        """Only leaders read an item in Review."""
        return self.office.may(ItemToReview)


def _by(name: str) -> str:
    return f"By {name}." if name else ""


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
    if Contact(guardian.contact).stops:
        return NOT_TO_BE_LINKED
    if guardian.link == "suspended":
        return suspended_words(guardian.suspended_until)
    return {"linked": "Linked", "invited": "Invited", "removed": "Removed", "rejected": "Rejected"}.get(
        guardian.link or "", "Not linked"
    )
