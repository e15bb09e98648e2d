"""Who a row may be about where neither a number nor name and birth date says so: a ladder that a person settles.

A full name with an adult in common is very likely the same child; part of that is only perhaps; nothing of it is a new
child. The program never settles this itself: a wrong guess would write one child's facts over another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.enrolment_people import key_of, name_key, phone_key
from app.domain.enrolment_rows import NameKey, class_key, full_key
from app.domain.enrolment_shapes import Candidate, Doubt, Grade, KnownGuardian, KnownPupil, KnownRegister
from app.domain.incoming import IncomingGuardian, IncomingPupil
from app.domain.upn import is_temporary

_SHORTEST = 3
"""A shorter first name is no short form of another: "Jo" begins too many."""
_MOST = 5
"""More candidates than a person can look at side by side are not listed."""


class Ladder:
    """The pupils that no row of the file is surely about, by their names, birth dates and adults."""

    def __init__(self, known: KnownRegister, taken: Iterable[int]) -> None:
        away = set(taken)
        self._names: dict[NameKey, list[KnownPupil]] = defaultdict(list)
        self._born: dict[date, list[KnownPupil]] = defaultdict(list)
        for pupil in known.pupils:
            if pupil.id in away:
                continue
            for key in _full_keys(pupil):
                self._names[key].append(pupil)
            if pupil.born:
                self._born[pupil.born].append(pupil)
        self._classes = {each.id: each.name for each in known.classes}
        self._ties: dict[int, list[int]] | None = None
        self._known = known
        self._guardians: dict[int, KnownGuardian] = {}

    def doubt(self, row: IncomingPupil) -> Doubt | None:
        """The pupils that a row may be about, the likeliest first; None where it is a new child."""
        near: dict[int, KnownPupil] = {}
        for key in _full_keys(row):
            near |= {pupil.id: pupil for pupil in self._names.get(key, ())}
        if row.born:
            near |= {pupil.id: pupil for pupil in self._born.get(row.born, ())}
        found = [each for pupil in near.values() if (each := self._weigh(row, pupil)) is not None]
        if not found:
            return None
        best = [each for each in found if each.grade is Grade.HIGH] or found
        ranked = sorted(found, key=lambda each: (each.grade is not Grade.HIGH, each.pupil.id))[:_MOST]
        return Doubt(row, best[0].grade if len(best) == 1 else Grade.SEVERAL, tuple(ranked))

    def _weigh(self, row: IncomingPupil, pupil: KnownPupil) -> Candidate | None:
        same_name = bool(_full_keys(row) & _full_keys(pupil))
        same_birth = row.born is not None and row.born == pupil.born
        birth_unknown = row.born is None or pupil.born is None
        if not same_name and not (same_birth and _similar(row, pupil)):
            return None
        adult = self._adult_in_common(row, pupil)
        if _numbers_differ(row, pupil) and not (same_name and adult):
            return None
        sure = same_name and bool(adult) and not _numbers_differ(row, pupil)
        if not (sure or adult or same_birth or birth_unknown or _slip(row.born, pupil.born)):
            return None
        because = ["the same name" if same_name else "a similar name"]
        if same_birth:
            because.append("the same date of birth")
        elif not birth_unknown:
            because.append("another date of birth")
        if adult:
            because.append(adult)
        if _numbers_differ(row, pupil):
            because.append("another UPN")
        name = self._classes.get(pupil.class_id or 0)
        if name and row.class_name and class_key(name) == class_key(row.class_name):
            because.append("the same class")
        if not pupil.on_roll:
            because.append("marked as a leaver")
        return Candidate(pupil, Grade.HIGH if sure else Grade.PARTIAL, tuple(because), name)

    def _adult_in_common(self, row: IncomingPupil, pupil: KnownPupil) -> str:
        """What an adult of the row and an adult of the pupil share, in words; nothing where they share nothing."""
        for known in self._adults_of(pupil):
            for said in row.guardians:
                if said.email and known.email and said.email.casefold() == known.email.casefold():
                    return "an adult with the same e-mail address"
                if {phone_key(each) for each in said.phones} & {phone_key(each) for each in known.phones}:
                    return "an adult with the same telephone number"
                if _same_adult(said, known):
                    return "an adult with the same name"
        return ""

    def _adults_of(self, pupil: KnownPupil) -> Sequence[KnownGuardian]:
        if self._ties is None:
            self._ties = defaultdict(list)
            for tie in self._known.ties:
                self._ties[tie.pupil_id].append(tie.guardian_id)
            self._guardians = {each.id: each for each in self._known.guardians}
        return [self._guardians[each] for each in self._ties.get(pupil.id, ()) if each in self._guardians]


def _same_adult(said: IncomingGuardian, known: KnownGuardian) -> bool:
    key = key_of(said)
    return "|" in key and key == key_of(known)


def _full_keys(pupil: IncomingPupil | KnownPupil) -> set[NameKey]:
    firsts = [name for name in (pupil.first, pupil.preferred) if name]
    lasts = [name for name in (pupil.last, pupil.preferred_last) if name]
    return {full_key(first, last) for first in firsts for last in lasts}


def _numbers_differ(row: IncomingPupil, pupil: KnownPupil) -> bool:
    """Two lasting UPNs that are not the same: two children, unless an adult says otherwise."""
    if not row.upn or not pupil.upn or pupil.upn in (row.upn, row.former_upn):
        return False
    return not is_temporary(row.upn) and not is_temporary(pupil.upn)


def _similar(row: IncomingPupil, pupil: KnownPupil) -> bool:
    """One of the two names the same and the other one letter away or a short form: twins are neither."""
    firsts = {name_key(name) for name in (row.first, row.preferred) if name}
    known_firsts = {name_key(name) for name in (pupil.first, pupil.preferred) if name}
    lasts = {name_key(name) for name in (row.last, row.preferred_last) if name}
    known_lasts = {name_key(name) for name in (pupil.last, pupil.preferred_last) if name}
    if lasts & known_lasts:
        return any(_near(one, other) or _short_form(one, other) for one in firsts for other in known_firsts)
    if firsts & known_firsts:
        same_home = bool(row.postcode) and row.postcode == pupil.postcode
        return same_home or any(_near(one, other) for one in lasts for other in known_lasts)
    return False


def _short_form(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short)


def _near(one: str, other: str) -> bool:
    """One letter more, less or other, or two changed over; not in names so short that most are."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) <= _SHORTEST:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[start:], other[start:]
    swapped = len(first) > 1 and len(second) > 1 and first[:2] == second[1::-1] and first[2:] == second[2:]
    return first[1:] == second[1:] or first[1:] == second or first == second[1:] or swapped


def _slip(one: date | None, other: date | None) -> bool:
    """Whether one slip of the pen lies between two days: day and month changed over, or one part of the three."""
    if one is None or other is None:
        return False
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return True
    return (one.year != other.year) + (one.month != other.month) + (one.day != other.day) == 1
