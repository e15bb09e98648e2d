"""A file's rows gathered by pupil: many systems print one row for each contact, and offices paste lists together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.enrolment_people import name_key
from app.domain.enrolment_shapes import Duplicate, KnownPupil
from app.domain.incoming import IncomingPupil, Remark

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
    refused: tuple[tuple[IncomingPupil, Remark], ...]
    """Rows whose number or identifier an earlier row has for somebody else."""
    warnings: tuple[Remark, ...]


def gather(rows: Iterable[IncomingPupil]) -> Gathered:
    """Put rows about one pupil together: the first row leads, later ones fill its gaps and add their adults.

    Rows are about the same pupil where UPN or source identifier agree, or name and date of birth do and neither UPN
    nor identifier says otherwise. Many school systems print one row for each contact.
    """
    rows = tuple(rows)
    if _are_all_numbered_apart(rows):
        return Gathered(rows, (), (), ())
    pupils: list[IncomingPupil] = []
    by_upn: dict[str, int] = {}
    by_source: dict[str, int] = {}
    by_name: dict[tuple[NameKey, date], list[int]] = defaultdict(list)
    duplicates: list[Duplicate] = []
    refused: list[tuple[IncomingPupil, Remark]] = []
    warnings: list[Remark] = []
    for row in rows:
        name = full_key(row.first, row.last)
        place = _place(row, name, pupils, by_upn, by_source, by_name)
        if place is None:
            place = len(pupils)
            pupils.append(row)
        elif not alike(row, pupils[place]):
            refused.append((row, _somebody_else(row, pupils[place])))
            continue
        else:
            leader = pupils[place]
            duplicates.append(Duplicate(row, leader.file, leader.row))
            warnings.append(_repetition(row, leader, name))
            barred = {
                field
                for field, owners in (("upn", by_upn), ("source_id", by_source))
                if owners.get(getattr(row, field) or "", place) != place
            }
            pupils[place] = _together(leader, row, barred)
        leader = pupils[place]
        if leader.upn:
            by_upn.setdefault(leader.upn, place)
        if leader.source_id:
            by_source.setdefault(leader.source_id, place)
        if leader.born and place not in (places := by_name[(name, leader.born)]):
            places.append(place)
    return Gathered(tuple(pupils), tuple(duplicates), tuple(refused), tuple(warnings))


def _are_all_numbered_apart(rows: Sequence[IncomingPupil]) -> bool:
    """Every row has a UPN of its own, and no identifier stands twice: then no row can repeat another."""
    upns = {row.upn for row in rows}
    sources = [row.source_id for row in rows if row.source_id]
    return None not in upns and len(upns) == len(rows) and len(set(sources)) == len(sources)


def alike(row: IncomingPupil, other: IncomingPupil | KnownPupil) -> bool:
    """Whether anything but a number says that two are one pupil: a birth date, a surname or a first name in common."""
    if row.born is not None and row.born == other.born:
        return True
    firsts = {name_key(name) for name in (row.first, row.preferred) if name}
    lasts = {name_key(name) for name in (row.last, row.preferred_last) if name}
    return bool(
        firsts & {name_key(name) for name in (other.first, other.preferred) if name}
        or lasts & {name_key(name) for name in (other.last, other.preferred_last) if name}
    )


def _somebody_else(row: IncomingPupil, leader: IncomingPupil) -> Remark:
    what = f"The UPN {row.upn}" if row.upn and row.upn == leader.upn else "The identifier"
    return Remark(
        row.file,
        row.row,
        "UPN" if row.upn and row.upn == leader.upn else "identifier",
        f"{what} is row {leader.row}'s too, where it belongs to {leader.first} {leader.last}. Check which is right.",
    )


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


def _together(leader: IncomingPupil, row: IncomingPupil, barred: set[str]) -> IncomingPupil:
    """The leader with its gaps filled, but not with a number or identifier that another pupil of the file has."""
    filled = {
        field: said
        for field in _FILLED
        if field not in barred and getattr(leader, field) is None and (said := getattr(row, field)) is not None
    }
    adults = leader.guardians + tuple(adult for adult in row.guardians if adult not in leader.guardians)
    return leader._replace(guardians=adults, **filled)
