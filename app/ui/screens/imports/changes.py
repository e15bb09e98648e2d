"""The changes that a plan offers for one pupil, each to be taken over or kept as it is. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.domain.enrolment_shapes import ChangeAt, PlannedPupil, RegisterPlan
from app.domain.incoming import RELATIONSHIPS
from app.domain.words import day_words

FIELDS: dict[str, str] = {
    "first": "First name",
    "last": "Surname",
    "preferred": "Preferred name",
    "preferred_last": "Preferred surname",
    "middle": "Middle names",
    "born": "Date of birth",
    "upn": "UPN",
    "year": "Year group",
    "class_name": "Class",
    "sex": "Sex",
    "postcode": "Postcode",
    "in_care": "Restricted information",
    "source_id": "System number",
    "on_roll": "On roll",
}
_ADULT: dict[str, str] = {
    "title": "title",
    "first": "first name",
    "last": "surname",
    "email": "e-mail",
    "phones": "telephone",
    "address": "address",
    "postcode": "postcode",
    "language": "language",
    "source_id": "system number",
    "relationship": "relationship",
    "responsibility": "parental responsibility",
    "order": "contact order",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One change in words: what it is of, what is here now, what the file says. `at` None cannot be refused."""

    word: str
    old: str
    new: str
    at: ChangeAt | None


@dataclass(slots=True)
class Taking:
    """Which changes a person does not take over."""

    refused: set[ChangeAt] = field(default_factory=set)

    def takes(self, change: Offered) -> bool:
        """Whether it will be written."""
        return change.at is None or change.at not in self.refused

    def take(self, change: Offered, taken: bool) -> None:
        """Take a change over, or keep what is here."""
        if change.at is None:
            return
        if taken:
            self.refused.discard(change.at)
        else:
            self.refused.add(change.at)


def changes_of(plan: RegisterPlan, pupil: PlannedPupil) -> list[Offered]:
    """Every change of a known pupil: their own, those of their ties, of their guardians, and guardians added."""
    if pupil.known is None:
        return []
    known = pupil.known
    found = []
    for change in pupil.changes:
        at = None if change.field == "in_care" else ChangeAt("pupil", known.id, change.field)
        words = ("", "") if at is None else (spoken(change.old), spoken(change.new))
        found.append(Offered(FIELDS.get(change.field, change.field), *words, at))
    return found + list(_of_adults(plan, pupil, known.id))


def _of_adults(plan: RegisterPlan, pupil: PlannedPupil, pupil_id: int) -> Iterator[Offered]:
    for tie in pupil.ties:
        adult = plan.guardians[tie.guardian]
        called = adult.incoming.called
        if tie.known is None:
            at = ChangeAt("added", pupil_id, "", tie.guardian)
            relation = adult.incoming.relationship_words
            yield Offered("Guardian", "", f"{called}, {relation}" if relation else called, at)
            continue
        for change in tie.changes:
            at = ChangeAt("tie", pupil_id, change.field, tie.known.guardian_id)
            yield Offered(_of(called, change.field), spoken(change.old), spoken(change.new), at)
        if adult.known is not None:
            for change in adult.changes:
                at = ChangeAt("guardian", adult.known.id, change.field)
                yield Offered(_of(called, change.field), spoken(change.old), spoken(change.new), at)


def _of(called: str, name: str) -> str:
    return f"{called}: {_ADULT.get(name, name)}"


def spoken(value: object) -> str:
    """A value as a person reads it; nothing for none."""
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    text = str(value)
    return RELATIONSHIPS.get(text.upper(), text) if len(text) == 3 else text
