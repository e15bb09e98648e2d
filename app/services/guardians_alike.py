"""Which records may be of one adult: name, e-mail, telephone and a shared child, weighed and said (P4).

Only records that share something are compared, so that a town's worth of adults is looked through in a moment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import combinations

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import EVERYONE
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.people import key
from app.store.tables.people import GuardianApartRow, GuardianRow, PupilRow, TieRow

_ALIKE_LAST, _ALIKE_FIRST = 85, 80
"""How alike two names must read, of 100, to be one name written in two ways."""
_MANY = 60
"""More adults than this share a surname or a number for a reason of its own; then the whole name must be the same."""
_MEN, _WOMEN = frozenset({"mr"}), frozenset({"mrs", "miss", "ms"})
_HIS, _HERS = frozenset({"PAF"}), frozenset({"PAM"})


class Sure(IntEnum):
    """How sure it is that two records are of one adult."""

    PERHAPS = 1
    LIKELY = 2
    SURE = 3

    @property
    def words(self) -> str:
        """How it is named on screens."""
        return {Sure.PERHAPS: "Perhaps", Sure.LIKELY: "Likely", Sure.SURE: "Almost certain"}[self]


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared of an adult."""

    id: int
    name: str
    title: str = ""
    first: str = ""
    last: str = ""
    email: str = ""
    phones: frozenset[str] = frozenset()
    postcode: str = ""
    children: Mapping[int, str] = field(default_factory=dict)
    """The children's ids, and what the adult is to each."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one adult, how sure that is, and every reason."""

    first_id: int
    first: str
    second_id: int
    second: str
    sure: Sure
    reasons: tuple[str, ...]
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlikeGuardians(Query[tuple[Pair, ...]]):
    """Records that may be of one adult, the surest first. Those said to be two people are left out."""


@answers(AlikeGuardians, roles=EVERYONE)
def alike_guardians(query: AlikeGuardians, view: View) -> tuple[Pair, ...]:
    """Nothing is ever made one by itself."""
    del query
    session = view.session
    people = _people(session)
    apart = {
        (low, high) for low, high in session.execute(select(GuardianApartRow.first_id, GuardianApartRow.second_id))
    }
    pupils = {
        id_: f"{preferred or first} {last}"
        for id_, first, preferred, last in session.execute(
            select(PupilRow.id, PupilRow.first, PupilRow.preferred, PupilRow.last)
        )
    }
    pairs = []
    for low, high in candidates(people.values()):
        found = compare(people[low], people[high])
        if found is not None and (low, high) not in apart:
            sure, reasons = found
            theirs = dict.fromkeys([*people[low].children, *people[high].children])
            children = tuple(pupils[child] for child in theirs if child in pupils)
            pairs.append(Pair(low, people[low].name, high, people[high].name, sure, reasons, children))
    return tuple(sorted(pairs, key=lambda pair: (-pair.sure, key(pair.first), pair.first_id, pair.second_id)))


def _people(session: Session) -> dict[int, Person]:
    children: dict[int, dict[int, str]] = defaultdict(dict)
    for adult, pupil, kin in session.execute(
        select(TieRow.guardian_id, TieRow.pupil_id, TieRow.relationship).where(TieRow.ended_at.is_(None))
    ):
        children[adult][pupil] = (kin or "").strip().upper()
    return {
        row.id: Person(
            row.id,
            row.name,
            key(row.title or ""),
            key(row.first or ""),
            key(row.last or ""),
            (row.email or "").strip().casefold(),
            numbers(row.phones or ""),
            key(row.postcode or "").replace(" ", ""),
            children[row.id],
        )
        for row in session.scalars(select(GuardianRow).where(GuardianRow.merged_into.is_(None)))
    }


def numbers(phones: str) -> frozenset[str]:
    """The last nine figures of each telephone number: the same however it is written, at home or from abroad."""
    found = (re.sub(r"\D", "", part) for part in re.split(r"[,;/]", phones))
    return frozenset(figures[-9:] for figures in found if len(figures) >= 9)


def candidates(people: Iterable[Person]) -> Iterator[tuple[int, int]]:
    """Pairs of ids that share a child, an e-mail address, a number or a surname; each once, the smaller id first."""
    blocks: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        for child in person.children:
            blocks["child", str(child)].append(person)
        for phone in person.phones:
            blocks["phone", phone].append(person)
        if person.email:
            blocks["email", person.email].append(person)
        if person.last:
            blocks["last", person.last].append(person)
    seen: set[tuple[int, int]] = set()
    for same in blocks.values():
        for group in _small(same):
            for one, other in combinations(sorted(person.id for person in group), 2):
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def _small(same: list[Person]) -> Iterable[list[Person]]:
    if len(same) <= _MANY:
        return [same]
    whole: dict[str, list[Person]] = defaultdict(list)
    for person in same:
        whole[f"{person.first} {person.last}"].append(person)
    return [group for group in whole.values() if len(group) <= _MANY]


def compare(one: Person, other: Person) -> tuple[Sure, tuple[str, ...]] | None:
    """How sure it is that two records are of one adult, and why; None where nothing speaks for it."""
    if not _may_be_one(one, other):
        return None
    named = bool(one.first and other.first)
    same_last = not (one.last and other.last) or fuzz.ratio(one.last, other.last) >= _ALIKE_LAST
    whole = named and bool(one.last) and (one.first, one.last) == (other.first, other.last)
    reasons = [_name_reason(one, other, whole=whole, same_last=same_last)]
    email = bool(one.email) and one.email == other.email
    phone = bool(one.phones & other.phones)
    child = bool(one.children.keys() & other.children.keys())
    home = bool(one.postcode) and one.postcode == other.postcode
    for so, words in (
        (email, "The same e-mail address."), (phone, "The same telephone number."),
        (child, "Both belong to the same child."), (home, "The same postcode."),
    ):  # fmt: skip
        if so:
            reasons.append(words)
    sure = _sure(whole, named, same_last, contacts=email + phone, child=child, home=home)
    return (sure, tuple(reason for reason in reasons if reason)) if sure is not None else None


def _sure(whole: bool, named: bool, same_last: bool, *, contacts: int, child: bool, home: bool) -> Sure | None:
    if whole and (contacts or child):
        return Sure.SURE
    if not named:
        return Sure.LIKELY if contacts and same_last else None
    if same_last and (contacts or child):
        return Sure.SURE if contacts == 2 else Sure.LIKELY
    if contacts:
        return Sure.LIKELY if child or contacts == 2 else Sure.PERHAPS
    if whole:
        return Sure.LIKELY if home else Sure.PERHAPS
    return None


def _name_reason(one: Person, other: Person, *, whole: bool, same_last: bool) -> str:
    if whole:
        return "The same name."
    if not (one.first and other.first):
        return "One of them has no first name."
    return "The names read alike." if same_last else "The same first name, another surname."


def _may_be_one(one: Person, other: Person) -> bool:
    """Nothing says that they are two: the first names fit, and neither is the other parent of a child they share."""
    if one.first and other.first and not _first_names_fit(one.first, other.first):
        return False
    for child in one.children.keys() & other.children.keys():
        both = {one.children[child], other.children[child]}
        if both & _HIS and both & _HERS:
            return False
    titles = {one.title, other.title}
    unlike = bool(titles & _MEN and titles & _WOMEN)
    return not unlike or (one.first == other.first and len(one.first) > 1)


def _first_names_fit(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) or fuzz.ratio(one, other) >= _ALIKE_FIRST
