"""Whom a row is about: a file's rows gathered by pupil, found on the register, compared field by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.enrolment_people import name_key
from app.domain.enrolment_shapes import Duplicate, FieldChange, KnownPupil, KnownRegister
from app.domain.incoming import IncomingPupil, Remark
from app.domain.upn import is_temporary

NameKey = tuple[str, str]
COMPARED = ("first", "last", "born", "upn", "preferred", "preferred_last", "middle", "year", "sex", "postcode")
_FILLED = (*COMPARED[2:], "class_name", "address", "in_care", "care_authority", "former_upn", "source_id")
FIELD_WORDS = {
    "first": "first name",
    "last": "last name",
    "born": "date of birth",
    "upn": "UPN",
    "preferred": "preferred first name",
    "preferred_last": "preferred last name",
    "middle": "middle names",
    "year": "year",
    "sex": "sex",
    "postcode": "postcode",
    "class_name": "class",
    "address": "address",
    "in_care": "in care",
    "care_authority": "care authority",
    "former_upn": "former UPN",
    "source_id": "identifier",
}


def full_key(first: str, last: str) -> NameKey:
    """A first and last name as they are compared. Names in scripts without letters keep their characters."""
    return name_key(first) or first.casefold(), name_key(last) or last.casefold()


def class_key(name: str | None) -> str:
    """A class's name as it is compared: "3 Oak" and "3oak" are one class."""
    return (name_key(name) or name.casefold()) if name else ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file's pupils, each once, with the rows that repeat them."""

    pupils: tuple[IncomingPupil, ...]
    duplicates: tuple[Duplicate, ...]
    warnings: tuple[Remark, ...]


def gather(rows: Iterable[IncomingPupil]) -> Gathered:
    """Put rows about one pupil together: the first row leads, later ones fill its gaps and add their adults.

    Rows are about the same pupil where UPN or source identifier agree, or name and date of birth do and neither UPN
    nor identifier says otherwise. Many school systems print one row for each contact.
    """
    pupils: list[IncomingPupil] = []
    by_upn: dict[str, int] = {}
    by_source: dict[str, int] = {}
    by_name: dict[tuple[NameKey, date], list[int]] = defaultdict(list)
    duplicates: list[Duplicate] = []
    warnings: list[Remark] = []
    for row in rows:
        name = full_key(row.first, row.last)
        place = _place(row, name, pupils, by_upn, by_source, by_name)
        if place is None:
            place = len(pupils)
            pupils.append(row)
        else:
            leader = pupils[place]
            duplicates.append(Duplicate(row, leader.file, leader.row))
            warnings.append(_repetition(row, leader, name))
            pupils[place] = _together(leader, row)
        leader = pupils[place]
        if leader.upn:
            by_upn.setdefault(leader.upn, place)
        if leader.source_id:
            by_source.setdefault(leader.source_id, place)
        if leader.born and place not in (places := by_name[(name, leader.born)]):
            places.append(place)
    return Gathered(tuple(pupils), tuple(duplicates), tuple(warnings))


def _place(
    row: IncomingPupil,
    name: NameKey,
    pupils: Sequence[IncomingPupil],
    by_upn: dict[str, int],
    by_source: dict[str, int],
    by_name: dict[tuple[NameKey, date], list[int]],
) -> int | None:
    if row.upn and row.upn in by_upn:
        return by_upn[row.upn]
    if row.source_id and row.source_id in by_source:
        return by_source[row.source_id]
    if row.born is None:
        return None
    for place in by_name.get((name, row.born), ()):
        other = pupils[place]
        differs = (row.upn and other.upn) or (row.source_id and other.source_id)
        if not differs:
            return place
    return None


def _repetition(row: IncomingPupil, leader: IncomingPupil, name: NameKey) -> Remark:
    told = f"Row {row.row} is about the same pupil as row {leader.row}"
    if row.file != leader.file:
        told += f" of {leader.file}"
    if name != full_key(leader.first, leader.last):
        told += f", who is called {leader.first} {leader.last} there: check which is right"
    differing = [
        FIELD_WORDS[field]
        for field in _FILLED
        if (said := getattr(row, field)) is not None and (first := getattr(leader, field)) is not None and said != first
    ]
    if differing:
        return Remark(
            row.file,
            row.row,
            differing[0],
            f"{told}. They differ in {', '.join(differing)}: the earlier row was kept.",
        )
    return Remark(row.file, row.row, None, f"{told}. The pupil was counted once.")


def _together(leader: IncomingPupil, row: IncomingPupil) -> IncomingPupil:
    filled = {
        field: said for field in _FILLED if getattr(leader, field) is None and (said := getattr(row, field)) is not None
    }
    adults = leader.guardians + tuple(adult for adult in row.guardians if adult not in leader.guardians)
    return replace(leader, guardians=adults, **filled)


@dataclass(frozen=True, slots=True)
class Match:
    """Which known pupil a row is about, by what; or why that cannot be said."""

    known: KnownPupil | None = None
    by: str = ""
    refusal: str = ""
    warning: str = ""


class Finder:
    """Finds incoming pupils on the register: by UPN, then by the source's identifier, then by name and birth."""

    def __init__(self, known: KnownRegister) -> None:
        self._register_filled = bool(known.pupils)
        self._upn = {pupil.upn: pupil for pupil in known.pupils if pupil.upn}
        self._source = {pupil.source_id: pupil for pupil in known.pupils if pupil.source_id}
        self._name: dict[tuple[NameKey, date], list[KnownPupil]] = defaultdict(list)
        for pupil in known.pupils:
            if pupil.born:
                self._name[(full_key(pupil.first, pupil.last), pupil.born)].append(pupil)
        self._classes = {each.id: class_key(each.name) for each in known.classes}

    def find_all(self, pupils: Sequence[IncomingPupil]) -> list[Match]:
        """A match for each, in order. Nobody on the register is matched twice: sure signs go before likely ones."""
        if not self._register_filled:
            return [Match()] * len(pupils)
        found: list[Match | None] = [self._surely(pupil) for pupil in pupils]
        taken = {match.known.id for match in found if match is not None and match.known is not None}
        matches: list[Match] = []
        for pupil, match in zip(pupils, found, strict=True):
            settled = match if match is not None else self._likely(pupil, taken)
            if match is None and settled.known is not None:
                taken.add(settled.known.id)
            matches.append(settled)
        return matches

    def _surely(self, pupil: IncomingPupil) -> Match | None:
        for upn in (pupil.upn, pupil.former_upn):
            known = self._upn.get(upn) if upn else None
            if known is not None:
                if _somewhat_alike(pupil, known):
                    return Match(known, "UPN")
                return Match(
                    refusal=f"The UPN {upn} belongs to {known.first} {known.last} on the register, whose name and date "
                    "of birth are both different. Check the UPN."
                )
        known = self._source.get(pupil.source_id) if pupil.source_id else None
        return Match(known, "source") if known is not None and _somewhat_alike(pupil, known) else None

    def _likely(self, pupil: IncomingPupil, taken: set[int]) -> Match:
        if pupil.born is None:
            return Match()
        key = (full_key(pupil.first, pupil.last), pupil.born)
        others = [known for known in self._name.get(key, ()) if known.id not in taken]
        if len(others) > 1 and pupil.class_name:
            same_class = class_key(pupil.class_name)
            others = [each for each in others if self._classes.get(each.class_id or 0) == same_class] or others
        if len(others) > 1:
            return Match(
                refusal=f"The register has {len(others)} pupils with this name and date of birth. Add the UPN to say "
                "which one is meant."
            )
        if not others:
            return Match()
        known = others[0]
        if pupil.upn and known.upn and pupil.upn != known.upn and not is_temporary(known.upn):
            return Match(
                known,
                "name and date of birth",
                warning=f"The register has the UPN {known.upn} for this pupil and the file has {pupil.upn}. "
                "Check which is right before you accept the change.",
            )
        return Match(known, "name and date of birth")


def _somewhat_alike(pupil: IncomingPupil, known: KnownPupil) -> bool:
    """Whether anything but the number speaks for it: a birth date, a surname or a first name in common."""
    if pupil.born is not None and pupil.born == known.born:
        return True
    firsts = {name_key(name) for name in (pupil.first, pupil.preferred) if name}
    lasts = {name_key(name) for name in (pupil.last, pupil.preferred_last) if name}
    return bool(
        firsts & {name_key(name) for name in (known.first, known.preferred) if name}
        or lasts & {name_key(name) for name in (known.last, known.preferred_last) if name}
    )


def own_changes(pupil: IncomingPupil, known: KnownPupil, class_name: str | None) -> tuple[FieldChange, ...]:
    """What the file says differently of the pupil. Silence changes nothing, and "not in care" changes only a yes."""
    changes = [
        FieldChange(field, old, said)
        for field in COMPARED
        if (said := getattr(pupil, field)) is not None and said != (old := getattr(known, field))
    ]
    if pupil.class_name and class_key(pupil.class_name) != class_key(class_name):
        changes.append(FieldChange("class_name", class_name, pupil.class_name))
    if pupil.in_care is not None and pupil.in_care != bool(known.in_care):
        changes.append(FieldChange("in_care", known.in_care, pupil.in_care))
    if pupil.source_id and pupil.source_id != known.source_id:
        changes.append(FieldChange("source_id", known.source_id, pupil.source_id))
    if not known.on_roll:
        changes.append(FieldChange("on_roll", False, True))
    return tuple(changes)
