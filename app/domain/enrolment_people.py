"""Which entries about adults are one person. A pure question of names and signs; nobody on record is looked at here.

Two entries are one adult where the name agrees and so does an e-mail address, a telephone number or the home address,
or where the source gives both the same identifier. An e-mail address without a name belongs to the one who has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.enrolment_shapes import KnownGuardian, PlannedPupil
from app.domain.incoming import IncomingGuardian
from app.domain.naming import name_key as folded_key

Sign = tuple[str, ...]
Home = tuple[str | None, str | None]
Entry = tuple[str, IncomingGuardian, int]
"""An adult's key, the adult, and the place of the pupil they stand beside."""
_FILLED = ("email", "address", "postcode", "language", "source_id", "relationship", "responsibility", "order")
_NOT_DIGIT = re.compile(r"\D")
_REMEMBERED = 200_000
name_key = lru_cache(maxsize=_REMEMBERED)(folded_key)
"""Names and numbers repeat; their keys are remembered while a plan is made, and forgotten with `forget_keys`."""


@dataclass(slots=True)
class Person:
    """One adult of the file: every entry about them, and the places of the pupils they stand beside."""

    person: str
    entries: list[IncomingGuardian] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    known: KnownGuardian | None = None


@lru_cache(maxsize=_REMEMBERED)
def phone_key(phone: str) -> str:
    """A telephone number as it is compared: digits only, +44 and 0044 as the leading nought."""
    digits = _NOT_DIGIT.sub("", phone)
    if phone.lstrip().startswith("+44") or digits.startswith("0044"):
        return "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def forget_keys() -> None:
    """Keep nobody's name or number once a plan is made."""
    name_key.cache_clear()
    phone_key.cache_clear()


def person_key(title: str | None, first: str | None, last: str | None, name: str | None = None) -> str:
    """An adult's name as it is compared; the title counts only where there is no first name. Empty for nobody."""
    if first and last:
        return f"{name_key(first)}|{name_key(last)}"
    whole = first or last or name
    return f"{name_key(title or '')}.{name_key(whole)}" if whole else ""


def key_of(adult: IncomingGuardian | KnownGuardian) -> str:
    """The key of an adult in a file or on record."""
    first, last = adult.first, adult.last
    if first and last:
        return f"{name_key(first)}|{name_key(last)}"
    name = adult.name if isinstance(adult, IncomingGuardian) else None
    return person_key(adult.title, first, last, name)


def signs_of(person: str, adult: IncomingGuardian | KnownGuardian, home: Home = (None, None)) -> list[Sign]:
    """What says who an adult is, the surest first. `home` is the child's, for an adult without an address.

    Nobody is told by a home address without a first name: a surname at an address fits a whole family.
    """
    signs: list[Sign] = [("source", adult.source_id)] if adult.source_id else []
    if adult.email:
        signs.append(("email", person, adult.email.casefold()))
    for phone in adult.phones:
        signs.append(("phone", person, phone_key(phone)))
    address, postcode = (adult.address, adult.postcode) if adult.address or adult.postcode else home
    if (address or postcode) and "|" in person:
        signs.append(("home", person, name_key(address or ""), name_key(postcode or "")))
    return signs


def merged(entries: Sequence[IncomingGuardian]) -> IncomingGuardian:
    """What several entries say together. The name comes whole from the fullest one, never pieced together."""
    if len(entries) == 1:
        return entries[0]
    fullest = max(entries, key=lambda entry: (bool(entry.first and entry.last), bool(entry.name), bool(entry.title)))
    filled = {
        each: next((said for entry in entries if (said := getattr(entry, each)) is not None), None) for each in _FILLED
    }
    phones: dict[str, str] = {}
    for entry in entries:
        for phone in entry.phones:
            phones.setdefault(phone_key(phone), phone)
    return fullest._replace(**filled, phones=tuple(phones.values()))


def home_of(pupil: PlannedPupil) -> Home:
    """Where a pupil lives."""
    return pupil.incoming.address, pupil.incoming.postcode


def gather_people(pupils: Sequence[PlannedPupil]) -> tuple[list[Person], list[list[int]]]:
    """The adults of a file, each once. The second list says, pupil by pupil, which person each entry became."""
    entries = [
        (key_of(adult), adult, child) for child, pupil in enumerate(pupils) for adult in pupil.incoming.guardians
    ]
    unions = _Unions(len(entries))
    for person, some in _namesakes(entries).items():
        seen: dict[Sign, int] = {}
        for entry in some:
            _, adult, child = entries[entry]
            unions.join_by(entry, signs_of(person, adult, home_of(pupils[child])), seen)
        if "|" in person:
            _join_at_home(unions, entries, some)
    sources: dict[Sign, int] = {}
    for entry, (_, adult, _) in enumerate(entries):
        if adult.source_id:
            unions.join_by(entry, [("source", adult.source_id)], sources)
    nameless = [entry for entry, (person, _, _) in enumerate(entries) if not person]
    if nameless:
        _join_nameless(unions, entries, nameless)
    return _people(unions, entries, len(pupils))


def _namesakes(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Entries under a key that more than one has."""
    first: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for place, (person, _, _) in enumerate(entries):
        before = first.setdefault(person, place)
        if before != place:
            found.setdefault(person, [before]).append(place)
    return found


class _Unions:
    """Entries that turned out to be one; each union is known by its first entry."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def root(self, entry: int) -> int:
        parents = self._parents
        while parents[entry] != entry:
            parents[entry] = parents[parents[entry]]
            entry = parents[entry]
        return entry

    def roots(self) -> list[int]:
        """Every entry's union."""
        return [parent if parent == entry else self.root(entry) for entry, parent in enumerate(self._parents)]

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first

    def join_by(self, entry: int, signs: Iterable[Sign], seen: dict[Sign, int]) -> None:
        """Join an entry with the first that has one of its signs. `seen` is who had which sign first."""
        for sign in signs:
            other = seen.setdefault(sign, entry)
            if other != entry:
                self.join(other, entry)


def _join_at_home(unions: _Unions, entries: Sequence[Entry], same_name: Sequence[int]) -> None:
    """One full name twice beside one child is one adult, unless two e-mail addresses or identifiers say otherwise."""
    if len({entries[entry][2] for entry in same_name}) == len(same_name):
        return
    first_of: dict[int, list[int]] = defaultdict(list)
    for entry in same_name:
        adult, child = entries[entry][1], entries[entry][2]
        fitting = (other for other in first_of[child] if _may_be_one(adult, entries[other][1]))
        one = next(fitting, None)
        if one is None:
            first_of[child].append(entry)
        else:
            unions.join(one, entry)


def _may_be_one(one: IncomingGuardian, other: IncomingGuardian) -> bool:
    different_mail = one.email and other.email and one.email.casefold() != other.email.casefold()
    different_source = one.source_id and other.source_id and one.source_id != other.source_id
    return not different_mail and not different_source


def _join_nameless(unions: _Unions, entries: Sequence[Entry], nameless: Iterable[int]) -> None:
    """An e-mail address without a name belongs to the one named adult of the file who has it, if there is just one."""
    named: dict[str, set[int]] = defaultdict(set)
    for entry, (person, adult, _) in enumerate(entries):
        if adult.email and person:
            named[adult.email.casefold()].add(entry)
    for entry in nameless:
        email = (entries[entry][1].email or "").casefold()
        roots = {unions.root(other) for other in named.get(email, ())}
        if len(roots) == 1:
            unions.join(entry, roots.pop())


def _people(unions: _Unions, entries: Sequence[Entry], children: int) -> tuple[list[Person], list[list[int]]]:
    people: list[Person] = []
    place_of: dict[int, int] = {}
    places: list[list[int]] = [[] for _ in range(children)]
    for entry, (root, (key, adult, child)) in enumerate(zip(unions.roots(), entries, strict=True)):
        if root == entry:
            place = place_of[root] = len(people)
            people.append(Person(key, [adult], [child]))
        else:
            place = place_of[root]
            person = people[place]
            person.person = person.person or key
            person.entries.append(adult)
            person.children.append(child)
        places[child].append(place)
    return people, places
