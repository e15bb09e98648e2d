"""Which adults of a file are one person, and which of them the school has already.

Two entries are one adult where the name agrees and so does an e-mail address, a telephone number or the home address;
an adult given by e-mail or number alone is known by that. A name alone never joins two adults of different children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.enrolment_shapes import (
    FieldChange,
    KnownGuardian,
    KnownRegister,
    KnownTie,
    PlannedGuardian,
    PlannedPupil,
    PlannedTie,
)
from app.domain.incoming import IncomingGuardian
from app.domain.naming import name_key

Key = tuple[str, ...]
_COMPARED = ("title", "first", "last", "postcode", "language", "source_id")
_FILLED = (*_COMPARED, "name", "email", "address", "relationship", "responsibility", "order")


def phone_key(phone: str) -> str:
    """A telephone number as it is compared: digits only, +44 and 0044 as the leading nought."""
    digits = "".join(character for character in phone if character.isdigit())
    if phone.lstrip().startswith("+44") or digits.startswith("0044"):
        return "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def person_key(title: str | None, first: str | None, last: str | None, name: str | None = None) -> str:
    """An adult's name as it is compared; the title counts only where there is no first name. Empty for nobody."""
    if first and last:
        return f"{name_key(first)}|{name_key(last)}"
    whole = first or last or name
    return f"{name_key(title or '')}.{name_key(whole)}" if whole else ""


def _guardian_key(adult: IncomingGuardian | KnownGuardian) -> str:
    name = adult.name if isinstance(adult, IncomingGuardian) else None
    return person_key(adult.title, adult.first, adult.last, name)


def _signs(person: str, adult: IncomingGuardian | KnownGuardian, home: tuple[str | None, str | None]) -> Iterator[Key]:
    """What says who an adult is, the surest first. Nobody is told by a home address without a first name."""
    if adult.source_id:
        yield "source", adult.source_id
    if adult.email:
        yield "email", person, adult.email.casefold()
    for phone in adult.phones:
        yield "phone", person, phone_key(phone)
    address, postcode = (adult.address, adult.postcode) if adult.address or adult.postcode else home
    if "|" in person and (address or postcode):
        yield "home", person, name_key(address or ""), name_key(postcode or "")


@dataclass(slots=True)
class _Person:
    """One adult while the file is gone through: entries so far, and at whose child each stands."""

    person: str
    entries: list[IncomingGuardian] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    signs: list[Key] = field(default_factory=list)
    known: KnownGuardian | None = None


def plan_adults(
    pupils: Sequence[PlannedPupil], known: KnownRegister
) -> tuple[tuple[PlannedGuardian, ...], tuple[PlannedPupil, ...]]:
    """The adults of a file, each once, and the same pupils with their ties to them."""
    people, places = _gather(pupils)
    _recognise(people, pupils, known)
    people, places = _join_recognised(people, places)
    guardians = tuple(_planned(person) for person in people)
    return guardians, tuple(_with_ties(pupils, places, guardians, known))


def _gather(pupils: Sequence[PlannedPupil]) -> tuple[list[_Person], list[list[int]]]:
    """Put the entries together by their signs. `places` says, pupil by pupil, which person each entry became."""
    parents: list[int] = []
    by_sign: dict[Key, int] = {}
    entries: list[tuple[str, IncomingGuardian, int, list[Key]]] = []
    for child, pupil in enumerate(pupils):
        home = (pupil.incoming.address, pupil.incoming.postcode)
        for adult in pupil.incoming.guardians:
            person = _guardian_key(adult)
            entry = len(entries)
            signs = list(_signs(person, adult, home))
            entries.append((person, adult, child, signs))
            parents.append(entry)
            for sign in signs:
                other = by_sign.setdefault(sign, entry)
                if other != entry:
                    _unite(parents, other, entry)
    _unite_nameless(parents, entries)
    people: list[_Person] = []
    place_of_root: dict[int, int] = {}
    places: list[list[int]] = [[] for _ in pupils]
    for entry, (person, adult, child, signs) in enumerate(entries):
        root = _root(parents, entry)
        place = place_of_root.setdefault(root, len(people))
        if place == len(people):
            people.append(_Person(person))
        people[place].person = people[place].person or person
        people[place].entries.append(adult)
        people[place].children.append(child)
        people[place].signs.extend(signs)
        places[child].append(place)
    return people, places


def _unite_nameless(parents: list[int], entries: Sequence[tuple[str, IncomingGuardian, int, list[Key]]]) -> None:
    """An e-mail address without a name belongs to the one named adult of the file who has it, if there is just one."""
    named: dict[str, set[int]] = defaultdict(set)
    nameless: list[tuple[str, int]] = []
    for entry, (person, adult, _, _) in enumerate(entries):
        if adult.email and person:
            named[adult.email.casefold()].add(entry)
        elif adult.email:
            nameless.append((adult.email.casefold(), entry))
    for email, entry in nameless:
        roots = {_root(parents, other) for other in named.get(email, ())}
        if len(roots) == 1:
            _unite(parents, roots.pop(), entry)


def _root(parents: list[int], entry: int) -> int:
    while parents[entry] != entry:
        parents[entry] = parents[parents[entry]]
        entry = parents[entry]
    return entry


def _unite(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _recognise(people: Sequence[_Person], pupils: Sequence[PlannedPupil], known: KnownRegister) -> None:
    """Find each person among the guardians on record: by a sure sign first, then through the children."""
    by_sign: dict[Key, KnownGuardian] = {}
    by_email: dict[str, list[KnownGuardian]] = defaultdict(list)
    for guardian in known.guardians:
        for sign in _signs(_guardian_key(guardian), guardian, (None, None)):
            by_sign.setdefault(sign, guardian)
        if guardian.email:
            by_email[guardian.email.casefold()].append(guardian)
    taken: set[int] = set()
    for person in people:
        person.known = next((by_sign[sign] for sign in person.signs if sign in by_sign), None)
        if person.known is None and not person.person:
            alike = {
                id(each): each for entry in person.entries for each in by_email.get((entry.email or "").casefold(), ())
            }
            person.known = next(iter(alike.values())) if len(alike) == 1 else None
        if person.known is not None:
            taken.add(person.known.id)
    adults = {guardian.id: guardian for guardian in known.guardians}
    of_pupil: dict[int, list[KnownGuardian]] = defaultdict(list)
    for tie in known.ties:
        if tie.guardian_id in adults:
            of_pupil[tie.pupil_id].append(adults[tie.guardian_id])
    for person in people:
        if person.known is None:
            person.known = _through_children(person, pupils, of_pupil, taken)
            if person.known is not None:
                taken.add(person.known.id)


def _through_children(
    person: _Person, pupils: Sequence[PlannedPupil], of_pupil: dict[int, list[KnownGuardian]], taken: set[int]
) -> KnownGuardian | None:
    """An adult of the same child with the same name, or with the same e-mail address and first name or no name."""
    emails = {entry.email.casefold() for entry in person.entries if entry.email}
    first = next((name_key(entry.first) for entry in person.entries if entry.first), "")
    for child in person.children:
        settled = pupils[child].known
        for guardian in of_pupil.get(settled.id, ()) if settled is not None else ():
            if guardian.id in taken:
                continue
            key = _guardian_key(guardian)
            same_email = bool(guardian.email) and (guardian.email or "").casefold() in emails
            if (person.person and key == person.person) or (
                same_email and (not key or not person.person or name_key(guardian.first or "") == first)
            ):
                return guardian
    return None


def _join_recognised(people: Sequence[_Person], places: list[list[int]]) -> tuple[list[_Person], list[list[int]]]:
    """Entries that turned out to be the same guardian on record become one person."""
    joined: list[_Person] = []
    by_known: dict[int, int] = {}
    moved: list[int] = []
    for person in people:
        place = by_known.get(person.known.id) if person.known is not None else None
        if place is None:
            place = len(joined)
            joined.append(person)
            if person.known is not None:
                by_known[person.known.id] = place
        else:
            joined[place].entries.extend(person.entries)
            joined[place].children.extend(person.children)
        moved.append(place)
    return joined, [[moved[place] for place in of_child] for of_child in places]


def _planned(person: _Person) -> PlannedGuardian:
    merged = _merged(person.entries)
    if person.known is None:
        return PlannedGuardian(merged)
    return PlannedGuardian(merged, person.known, _changes(merged, person.known))


def _merged(entries: Sequence[IncomingGuardian]) -> IncomingGuardian:
    first = next((entry for entry in entries if entry.name), entries[0])
    if len(entries) == 1:
        return first
    filled = {
        each: next((said for entry in entries if (said := getattr(entry, each)) is not None), None) for each in _FILLED
    }
    phones = {phone_key(phone): phone for entry in reversed(entries) for phone in reversed(entry.phones)}
    return replace(first, **filled, phones=tuple(reversed(phones.values())))


def _changes(said: IncomingGuardian, known: KnownGuardian) -> tuple[FieldChange, ...]:
    """What the file says differently. A number is news only where its first number is not among those on record."""
    changes = [
        FieldChange(each, old, new)
        for each in _COMPARED
        if (new := getattr(said, each)) is not None and new != (old := getattr(known, each))
    ]
    if said.email and said.email.casefold() != (known.email or "").casefold():
        changes.append(FieldChange("email", known.email, said.email))
    if said.address and name_key(said.address) != name_key(known.address or ""):
        changes.append(FieldChange("address", known.address, said.address))
    if said.phones and phone_key(said.phones[0]) not in {phone_key(phone) for phone in known.phones}:
        changes.append(FieldChange("phones", known.phones, said.phones))
    return tuple(changes)


def _with_ties(
    pupils: Sequence[PlannedPupil],
    places: Sequence[Sequence[int]],
    guardians: Sequence[PlannedGuardian],
    known: KnownRegister,
) -> Iterable[PlannedPupil]:
    on_record = {(tie.pupil_id, tie.guardian_id): tie for tie in known.ties}
    for pupil, of_child in zip(pupils, places, strict=True):
        if of_child:
            yield replace(pupil, ties=tuple(_ties(pupil, of_child, guardians, on_record)))
        else:
            yield pupil


def _ties(
    pupil: PlannedPupil,
    of_child: Sequence[int],
    guardians: Sequence[PlannedGuardian],
    on_record: dict[tuple[int, int], KnownTie],
) -> Iterator[PlannedTie]:
    said: dict[int, list[IncomingGuardian]] = defaultdict(list)
    for place, adult in zip(of_child, pupil.incoming.guardians, strict=True):
        said[place].append(adult)
    for place, entries in said.items():
        merged = _merged(entries)
        known = guardians[place].known
        tie = on_record.get((pupil.known.id, known.id)) if pupil.known is not None and known is not None else None
        yield PlannedTie(
            place,
            merged.relationship,
            merged.responsibility,
            merged.order,
            tie,
            () if tie is None else _tie_changes(merged, tie),
        )


def _tie_changes(said: IncomingGuardian, tie: KnownTie) -> tuple[FieldChange, ...]:
    changes = []
    if said.relationship and said.relationship.casefold() != (tie.relationship or "").casefold():
        changes.append(FieldChange("relationship", tie.relationship, said.relationship))
    if said.responsibility is not None and said.responsibility != tie.responsibility:
        changes.append(FieldChange("responsibility", tie.responsibility, said.responsibility))
    if said.order is not None and said.order != tie.order:
        changes.append(FieldChange("order", tie.order, said.order))
    return tuple(changes)
