"""Adults: one record each across all their children, entered, put right and tied to a child (H2, P4)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import select

from app.domain.linking import Contact
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.linking import stop_links
from app.services.unit import Unit, View
from app.store.reads.guardians import (
    GuardianDetails,
    GuardianEntry,
    GuardianFilter,
    GuardianRecord,
    details_of,
    guardian_entries,
    guardian_record,
)
from app.store.reads.people import key
from app.store.tables.people import GuardianRow, PupilRow, TieRow

_MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_LENGTHS = {"title": 20, "first": 120, "last": 120, "email": 200, "phones": 200, "address": 300, "postcode": 10}
GONE = "That adult is no longer in the register. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Guardians(Query[tuple[GuardianEntry, ...]]):
    """The adults that a filter keeps."""

    filter: GuardianFilter = GuardianFilter()

    def __repr__(self) -> str:
        return "Guardians()"


@answers(Guardians, roles=EVERYONE)
def guardians(query: Guardians, view: View) -> tuple[GuardianEntry, ...]:
    """By last name. Of a bar they say that no link may be made, and never why."""
    return guardian_entries(view.session, query.filter)


@dataclass(frozen=True, slots=True)
class Guardian(Query[GuardianRecord]):
    """One adult's record."""

    guardian_id: int


@answers(Guardian, roles=EVERYONE)
def guardian(query: Guardian, view: View) -> GuardianRecord:
    """Raises `Problem` where there is no such adult."""
    return guardian_record(view.session, query.guardian_id)


@dataclass(frozen=True, slots=True)
class SaveGuardian(Command[int]):
    """Enter an adult (`guardian_id` None), or change what is recorded of one. `was` is what the form showed before."""

    guardian_id: int | None
    details: GuardianDetails = field(repr=False)
    was: GuardianDetails | None = field(default=None, repr=False)


@does(SaveGuardian, roles=EVERYONE, verb="guardian.saved")
def save_guardian(command: SaveGuardian, unit: Unit) -> int:
    """The adult's id. Refused where the adult has no name, or an address that cannot be one.

    Raises `Overtaken` where somebody changed the record meanwhile.
    """
    said = _tidied(command.details)
    _check(said)
    if command.guardian_id is None:
        row = GuardianRow(name_key="")
        unit.session.add(row)
    else:
        row = standing_guardian(unit, command.guardian_id)
        if command.was is not None and details_of(row) != command.was:
            raise Overtaken("Somebody changed this adult's record meanwhile. Look at it again, then change it.")
    for name in _LENGTHS:
        setattr(row, name, getattr(said, name) or None)
    row.language, row.name_key = said.language, key(f"{said.first} {said.last}")
    unit.session.flush()
    unit.audit(f"guardian:{row.id}", {"new": command.guardian_id is None})
    unit.changed("guardians", "pupils")
    return row.id


def _tidied(said: GuardianDetails) -> GuardianDetails:
    def plain(words: str) -> str:
        return " ".join(words.split())

    phones = ", ".join(plain(part) for part in re.split(r"[,;\n]", said.phones) if part.strip())
    return GuardianDetails(
        plain(said.title), plain(said.first), plain(said.last), plain(said.email), phones, said.language,
        plain(said.address), plain(said.postcode).upper(),
    )  # fmt: skip


def _check(said: GuardianDetails) -> None:
    if not said.first and not said.last:
        raise Refused("An adult needs a name. Enter the first name, the last name or both.")
    if said.email and not _MAIL.fullmatch(said.email):
        raise Refused("The e-mail address cannot be one. Check it: it has one @ and a full stop after it.")
    for phone in said.phones.split(", ") if said.phones else ():
        figures = sum(sign.isdigit() for sign in phone)
        if not 7 <= figures <= 15 or re.search(r"[^\d\s()+.-]", phone):
            raise Refused("A telephone number has 7 to 15 figures and no letters. Check it, with a comma between two.")
    for name, longest in _LENGTHS.items():
        if len(getattr(said, name)) > longest:
            raise Refused(f"The {_SPOKEN[name]} is longer than {longest} letters. Shorten it.")
    if not re.fullmatch(r"[a-z]{2,3}", said.language):
        raise Refused("Choose a language of the list.")


_SPOKEN = {
    "title": "title", "first": "first name", "last": "last name", "email": "e-mail address",
    "phones": "list of telephone numbers", "address": "address", "postcode": "postcode",
}  # fmt: skip


def standing_guardian(unit: Unit, guardian_id: int) -> GuardianRow:
    """The adult's row. Raises `Problem` where there is none, or where it was made one with another."""
    row = unit.session.get(GuardianRow, guardian_id)
    if row is None:
        raise Problem(GONE)
    if row.merged_into is not None:
        raise Overtaken("This adult's record was made one with another's meanwhile. Look at the list again.")
    return row


@dataclass(frozen=True, slots=True)
class SaveTie(Command[None]):
    """Say what an adult is to a child; ties them where they were not."""

    pupil_id: int
    guardian_id: int
    relationship: str | None = None
    responsibility: bool | None = None
    order: int | None = None


@does(SaveTie, roles=EVERYONE, verb="tie.saved")
def save_tie(command: SaveTie, unit: Unit) -> None:
    """A bar that stood stands on. What an adult without responsibility once allowed no longer counts."""
    standing_guardian(unit, command.guardian_id)
    if unit.session.get(PupilRow, command.pupil_id) is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    if command.order is not None and not 1 <= command.order <= 20:
        raise Refused("The contact order is a number from 1, for whom to call first.")
    row = _tie(unit, command.pupil_id, command.guardian_id)
    if row is None:
        row = TieRow(pupil_id=command.pupil_id, guardian_id=command.guardian_id)
        unit.session.add(row)
    kin = " ".join((command.relationship or "").split())
    if len(kin) > 60:
        raise Refused("The relationship is longer than 60 letters. Shorten it.")
    row.relationship, row.responsibility, row.contact_order = kin or None, command.responsibility, command.order
    row.ended_at = None
    unit.session.flush()
    unit.audit(f"pupil:{command.pupil_id}", {"guardian": command.guardian_id})
    unit.changed("guardians", "pupils", "permissions")


@dataclass(frozen=True, slots=True)
class EndTie(Command[None]):
    """The adult no longer belongs to the child. What they said and did stays on record."""

    pupil_id: int
    guardian_id: int


@does(EndTie, roles=EVERYONE, verb="tie.ended")
def end_tie(command: EndTie, unit: Unit) -> None:
    """Their link is removed and their codes are revoked. Refused for an adult who may not be linked."""
    row = _tie(unit, command.pupil_id, command.guardian_id)
    if row is None or row.ended_at is not None:
        raise Problem("The register does not tie this adult to this child. Nothing was changed.")
    if Contact(row.contact).stops:
        raise Refused(
            "This adult may not be linked to this child, and that holds only as long as they are on record. "
            "Nothing was changed."
        )
    row.ended_at = unit.now
    stop_links(unit, command.pupil_id, command.guardian_id, "The adult no longer belongs to the child.")
    unit.audit(f"pupil:{command.pupil_id}", {"guardian": command.guardian_id})
    unit.changed("guardians", "pupils", "links", "permissions")


def _tie(unit: Unit, pupil_id: int, guardian_id: int) -> TieRow | None:
    return unit.session.scalar(select(TieRow).where(TieRow.pupil_id == pupil_id, TieRow.guardian_id == guardian_id))
