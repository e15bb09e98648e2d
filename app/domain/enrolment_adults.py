"""Which of a file's adults the school has already, what the file says differently of them, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from app.domain.enrolment_people import (
    Person,
    Sign,
    gather_people,
    home_of,
    key_of,
    merged,
    name_key,
    phone_key,
    signs_of,
)
from app.domain.enrolment_shapes import (
    FieldChange,
    KnownGuardian,
    KnownRegister,
    PlannedGuardian,
    PlannedPupil,
    picking,
)
from app.domain.enrolment_ties import with_ties
from app.domain.incoming import IncomingGuardian

_NAMED = ("title", "first", "last")
_REACHED = ("email", "phones", "address", "postcode")
_said_name, _known_name = picking(IncomingGuardian, *_NAMED), picking(KnownGuardian, *_NAMED)
_said_ways, _known_ways = picking(IncomingGuardian, *_REACHED), picking(KnownGuardian, *_REACHED)
_NOBODY = 0
_COMPARED = ("title", "first", "last", "postcode", "language", "source_id")


def plan_adults(
    pupils: Sequence[PlannedPupil], known: KnownRegister
) -> tuple[tuple[PlannedGuardian, ...], tuple[PlannedPupil, ...]]:
    """The adults of a file, each once, and the same pupils with their ties to them."""
    people, places = gather_people(pupils)
    if known.guardians:
        recognised_twice = _Recogniser(pupils, known).recognise(people, places)
        if recognised_twice:
            people, places = _join_recognised(people, places)
    merged = _merged_into(known)
    guardians = tuple([_planned(person, merged) for person in people])
    return guardians, tuple(with_ties(pupils, places, guardians, known))


def _merged_into(known: KnownRegister) -> dict[int, list[KnownGuardian]]:
    """What earlier records said, by the record that now stands for them."""
    merged: dict[int, list[KnownGuardian]] = defaultdict(list)
    for each in known.merged:
        merged[each.kept_id].append(each.said)
    return merged


class _Recogniser:
    """Finds adults on record: through the children they are tied to, then by signs, then by an e-mail address.

    A record that was made one with another is found under what either of them says.
    """

    def __init__(self, pupils: Sequence[PlannedPupil], known: KnownRegister) -> None:
        self._pupils = pupils
        self._known = known
        self._adults = {guardian.id: guardian for guardian in known.guardians}
        self._keys = {guardian.id: key_of(guardian) for guardian in known.guardians}
        self._merged = {id_: said for id_, said in _merged_into(known).items() if id_ in self._adults}
        self._homes = self._namesakes_at_home()
        self._of_pupil: dict[int, list[KnownGuardian]] = {}

    def _namesakes_at_home(self) -> dict[tuple[int, str], int | None]:
        """The adult of each name beside each child; None where there are several."""
        keys = self._keys
        homes: dict[tuple[int, str], int | None] = {}
        for tie in self._known.ties:
            guardian = tie.guardian_id
            if guardian in keys:
                place = tie.pupil_id, keys[guardian]
                homes[place] = guardian if homes.setdefault(place, guardian) == guardian else None
        for tie in self._known.ties if self._merged else ():
            for said in self._merged.get(tie.guardian_id, ()):
                place, guardian = (tie.pupil_id, key_of(said)), tie.guardian_id
                homes[place] = guardian if homes.setdefault(place, guardian) == guardian else None
        return homes

    def _records(self) -> Iterator[tuple[KnownGuardian, str, KnownGuardian]]:
        """What every record says, with its key and the guardian it stands for: standing ones go before merged ones."""
        for guardian in self._known.guardians:
            yield guardian, self._keys[guardian.id], guardian
        for kept_id, records in self._merged.items():
            for said in records:
                yield said, key_of(said), self._adults[kept_id]

    def recognise(self, people: Sequence[Person], places: Sequence[Sequence[int]]) -> bool:
        """Give each person the guardian on record that they are, where there is one.

        Says whether several people turned out to be one.
        """
        doubled = _doubled(people, places)
        for place, person in enumerate(people):
            if person.person and place not in doubled:
                person.known = self._namesake_at_home(person)
        rest = [person for person in people if person.known is None]
        if rest:
            self._recognise_rest(people, rest)
        recognised = [person.known.id for person in people if person.known is not None]
        return len(set(recognised)) < len(recognised)

    def _recognise_rest(self, people: Sequence[Person], rest: Sequence[Person]) -> None:
        self._note_adults_beside(rest)
        self._by_signs(rest)
        taken = {person.known.id for person in people if person.known is not None}
        for person in rest:
            if person.known is None:
                person.known = self._of_same_child(person, taken)
                if person.known is not None:
                    taken.add(person.known.id)

    def _note_adults_beside(self, people: Sequence[Person]) -> None:
        children = {self._pupils[child].known for person in people for child in person.children}
        wanted = {pupil.id for pupil in children if pupil is not None}
        for tie in self._known.ties:
            if tie.pupil_id in wanted and tie.guardian_id in self._adults:
                self._of_pupil.setdefault(tie.pupil_id, []).append(self._adults[tie.guardian_id])

    def _adults_beside(self, person: Person) -> Iterator[KnownGuardian]:
        """Everybody on record who is tied to one of the person's children."""
        for child in person.children:
            pupil = self._pupils[child].known
            if pupil is not None:
                yield from self._of_pupil.get(pupil.id, ())

    def _namesake_at_home(self, person: Person) -> KnownGuardian | None:
        """The one adult of the same children who has the same name."""
        found: int | None = None
        for child in person.children:
            pupil = self._pupils[child].known
            here = self._homes.get((pupil.id, person.person), _NOBODY) if pupil is not None else _NOBODY
            if here is None or (found is not None and here not in (found, _NOBODY)):
                return None
            if here != _NOBODY:
                found = here
        return self._adults[found] if found is not None else None

    def _by_signs(self, people: Sequence[Person]) -> None:
        by_sign: dict[Sign, KnownGuardian] = {}
        by_email: dict[str, list[KnownGuardian]] = defaultdict(list)
        names = {person.person for person in people}
        sources = {entry.source_id for person in people for entry in person.entries if entry.source_id}
        for said, key, guardian in self._records():
            if key in names or said.source_id in sources:  # no sign of another's could fit
                for sign in signs_of(key, said):
                    by_sign.setdefault(sign, guardian)
            if said.email and "" in names:
                by_email[said.email.casefold()].append(guardian)
        for person in people:
            signs = (
                sign
                for entry, child in zip(person.entries, person.children, strict=True)
                for sign in signs_of(person.person, entry, home_of(self._pupils[child]))
            )
            person.known = next((by_sign[sign] for sign in signs if sign in by_sign), None)
            if person.known is None and not person.person:
                emails = {entry.email.casefold() for entry in person.entries if entry.email}
                alike = {each.id: each for email in emails for each in by_email.get(email, ())}
                person.known = next(iter(alike.values())) if len(alike) == 1 else None

    def _of_same_child(self, person: Person, taken: set[int]) -> KnownGuardian | None:
        """An adult of the same child with the same name, or the same e-mail and first name, or e-mail and no name."""
        emails = {entry.email.casefold() for entry in person.entries if entry.email}
        first = next((name_key(entry.first) for entry in person.entries if entry.first), "")
        for guardian in self._adults_beside(person):
            if guardian.id in taken:
                continue
            key = self._keys[guardian.id]
            same_email = (guardian.email or "").casefold() in emails
            if (person.person and key == person.person) or (
                same_email and (not key or not person.person or name_key(guardian.first or "") == first)
            ):
                return guardian
        return None


def _doubled(people: Sequence[Person], places: Sequence[Sequence[int]]) -> set[int]:
    """People beside whom another of the same name stands at the same child: they cannot be told by name."""
    keys = [person.person for person in people]
    found: set[int] = set()
    for of_child in places:
        if len({keys[place] for place in of_child}) < len(of_child):
            by_key: dict[str, set[int]] = defaultdict(set)
            for place in of_child:
                by_key[keys[place]].add(place)
            found |= {place for some in by_key.values() if len(some) > 1 for place in some}
    return found


def _join_recognised(people: list[Person], places: list[list[int]]) -> tuple[list[Person], list[list[int]]]:
    """Entries that turned out to be the same guardian on record become one person."""
    joined: list[Person] = []
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


def _planned(person: Person, merged_into: Mapping[int, Sequence[KnownGuardian]]) -> PlannedGuardian:
    entries, known = person.entries, person.known
    said = entries[0] if len(entries) == 1 else merged(entries)
    if known is None or _says_the_same(said, known):
        return PlannedGuardian(said, known)
    changes = _changes(said, known)
    for earlier in merged_into.get(known.id, ()):
        news = {each.field for each in _changes(said, earlier)}
        changes = tuple(each for each in changes if each.field in news)
    return PlannedGuardian(said, known, changes)


def _changes(said: IncomingGuardian, known: KnownGuardian) -> tuple[FieldChange, ...]:
    """What the file says differently. A number is news only where its first number is not among those on record."""
    changes = [
        FieldChange(each, old, new)
        for each in _COMPARED
        if (new := getattr(said, each)) is not None and new != (old := getattr(known, each))
    ]
    if said.email and said.email != known.email and said.email.casefold() != (known.email or "").casefold():
        changes.append(FieldChange("email", known.email, said.email))
    if said.address and name_key(said.address) != name_key(known.address or ""):
        changes.append(FieldChange("address", known.address, said.address))
    if said.phones and said.phones[0] not in known.phones and _is_news(said.phones[0], known.phones):
        changes.append(FieldChange("phones", known.phones, said.phones))
    return tuple(changes)


def _says_the_same(said: IncomingGuardian, known: KnownGuardian) -> bool:
    """Word for word, which is how nearly every adult of a list stands that comes in again."""
    return (
        _said_name(said) == _known_name(known)
        and _said_ways(said) == _known_ways(known)
        and (said.language is None or said.language == known.language)
        and (said.source_id is None or said.source_id == known.source_id)
    )


def _is_news(phone: str, known: Sequence[str]) -> bool:
    return phone_key(phone) not in {phone_key(each) for each in known}
