"""What the adults' screens know and do, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.linking import NOT_TO_BE_LINKED, Contact, suspended_words
from app.domain.words import day_words
from app.services.guardian_view import WhatGuardianSees
from app.services.guardians import EndTie, Guardian, Guardians, SaveGuardian, SaveTie
from app.services.guardians_alike import AlikeGuardians, Pair
from app.services.guardians_contact import ContactNote, LookAtContact
from app.services.guardians_merging import MergedGuardians, MergeGuardians, TellApart, UndoMerge
from app.services.linking import SetContact
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from app.store.reads.guardians import (
    ChildOf,
    GuardianDetails,
    GuardianEntry,
    GuardianFilter,
    GuardianRecord,
    MergedLine,
)
from app.ui.screens.pupils.presenter import LANGUAGES, relationship_words, responsibility_words

ALIKE, MERGED = "alike", "merged"
FLAGS: dict[str, str] = {
    "stopped": NOT_TO_BE_LINKED,
    "unsure": "Responsibility not recorded",
    "unreachable": "No e-mail or telephone",
    "unlinked": "Not linked",
}
"""The filters that keep some adults."""


@dataclass(slots=True)
class GuardiansPresenter:
    """Adults, records that may be of one adult, and those that were made one."""

    office: Office
    filter: GuardianFilter = field(default_factory=GuardianFilter)
    classes: tuple[tuple[int, str, str | None], ...] = ()
    pairs: tuple[Pair, ...] = ()
    today: date = date.min

    def load(self) -> tuple[GuardianEntry, ...]:
        """Read the list again."""
        facts = self.office.ask(School())
        self.classes, self.today = facts.classes, facts.today
        self.pairs = self.office.ask(AlikeGuardians())
        return self.entries()

    @property
    def may_see_content(self) -> bool:
        """Whether this person may look at what an adult sees."""
        return self.office.may(WhatGuardianSees)

    def entries(self) -> tuple[GuardianEntry, ...]:
        """The adults that the filter keeps; records that look alike are not looked for again."""
        return self.office.ask(Guardians(self.filter))

    def merged(self) -> tuple[MergedLine, ...]:
        """What was made one."""
        return self.office.ask(MergedGuardians())

    def keep(self, words: str, on: frozenset[str]) -> None:
        """Show only these adults."""

        def chosen(group: str) -> str | None:
            return next((key.partition(":")[2] for key in on if key.startswith(f"{group}:")), None)

        class_id = chosen("class")
        self.filter = GuardianFilter(
            words,
            int(class_id) if class_id else None,
            chosen("language"),
            "stopped" in on,
            "unsure" in on,
            "unreachable" in on,
            "unlinked" in on,
        )

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered away."""
        return self.filter != GuardianFilter()

    @property
    def may_see_why(self) -> bool:
        """Only leaders read why contact is limited."""
        return self.office.may(LookAtContact)

    def record(self, guardian_id: int) -> GuardianRecord:
        """One adult."""
        return self.office.ask(Guardian(guardian_id))

    def save(
        self, guardian_id: int | None, said: GuardianDetails, was: GuardianDetails | None, initiator: object = None
    ) -> int:
        """Enter an adult, or change one."""
        return self.office.perform(SaveGuardian(guardian_id, said, was), initiator)

    def tie(
        self,
        guardian_id: int,
        pupil_id: int,
        relationship: str | None,
        responsibility: bool | None,
        order: int | None,
        initiator: object = None,
    ) -> None:
        """Say what an adult is to a child."""
        self.office.perform(SaveTie(pupil_id, guardian_id, relationship, responsibility, order), initiator)

    def end(self, guardian_id: int, pupil_id: int, initiator: object = None) -> None:
        """The adult no longer belongs to the child."""
        self.office.perform(EndTie(pupil_id, guardian_id), initiator)

    def set_contact(self, command: SetContact, initiator: object = None) -> None:
        """Open, restrict or bar contact."""
        self.office.perform(command, initiator)

    def why(self, guardian_id: int, pupil_id: int) -> list[tuple[str, str]]:
        """Why contact is limited, as facts. The look is noted."""
        return [fact for note in self.office.perform(LookAtContact(pupil_id, guardian_id)) for fact in _facts(note)]

    def merge(self, kept: int, gone: int, initiator: object = None) -> int:
        """Make two records one."""
        return self.office.perform(MergeGuardians(kept, gone), initiator)

    def undo_merge(self, merge_id: int, initiator: object = None) -> int:
        """Make them two again."""
        return self.office.perform(UndoMerge(merge_id), initiator)

    def tell_apart(self, pair: Pair, initiator: object = None) -> None:
        """They are two people."""
        self.office.perform(TellApart(pair.first_id, pair.second_id), initiator)

    def pupils(self) -> Sequence[tuple[int, str]]:
        """Children on roll, to tie an adult to."""
        lines = self.office.ask(Pupils())
        return [(line.id, f"{line.known_as} {line.last}, {line.class_name or 'no class'}") for line in lines]


def _facts(note: ContactNote) -> list[tuple[str, str]]:
    said = [
        ("Contact", note.contact.words),
        ("Court order of", day_words(note.order_date) if note.order_date else ""),
        ("Why", note.why),
        ("Look at it again", day_words(note.review_on) if note.review_on else ""),
        ("Recorded", f"{day_words(note.recorded_at.date())}, {note.recorded_by}"),
    ]
    return [(name, words) for name, words in said if words]


def link_state_words(child: ChildOf) -> str:
    """How the adult stands to the service, for this child."""
    if child.stopped:
        return NOT_TO_BE_LINKED
    if child.link == "suspended":
        return suspended_words(child.suspended_until)
    words = {"linked": "Linked", "invited": "Invited", "requested": "Has asked", "removed": "Removed"}
    return words.get(child.link or "", "Not linked")


def children_words(entry: GuardianEntry) -> str:
    """The children's names in a list."""
    return ", ".join(child.name for child in entry.children) or "No child"


def details_facts(record: GuardianRecord) -> list[tuple[str, str]]:
    """What is recorded of an adult."""
    said = record.details

    def accepted(on: date | None) -> str:
        return f"Accepted {day_words(on)}" if on else "Not accepted yet"

    return [
        ("E-mail", said.email),
        ("Telephone", said.phones),
        ("Language", LANGUAGES.get(said.language, said.language)),
        ("Address", ", ".join(part for part in (said.address, said.postcode) if part)),
        ("Policy", accepted(record.policy_accepted_on)),
        ("Data processing", accepted(record.processing_accepted_on)),
    ]


def compared(record: GuardianRecord) -> list[tuple[str, str]]:
    """What to look at before two records are made one."""
    facts = [*details_facts(record)[:3], ("Postcode", record.details.postcode)]
    for child in record.children:
        facts += [
            (child.name, relationship_words(child.relationship)),
            ("Responsibility", responsibility_words(child.responsibility)),
            ("On ClassDojo", link_state_words(child)),
        ]
    return [*facts, ("Codes given", str(record.codes)), ("Answers", str(record.answers))]


CONTACT_CHOICES: tuple[tuple[str, str], ...] = tuple((contact.value, contact.words) for contact in Contact)
