"""Rows that were left out, as a list to be mended and brought in again: what each says, and why it was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.enrolment_shapes import RegisterPlan
from app.domain.incoming import IncomingGuardian, IncomingPupil, RegisterReading

WHY = "Why it was left out"
_PUPIL = {
    "upn": "UPN",
    "former_upn": "Former UPN",
    "name": "Full name",
    "first": "Forename",
    "last": "Surname",
    "preferred": "Preferred forename",
    "preferred_last": "Preferred surname",
    "middle": "Middle names",
    "born": "Date of birth",
    "sex": "Sex",
    "year": "Year group",
    "class": "Class",
    "address": "Address",
    "postcode": "Postcode",
    "in_care": "In care",
    "care_authority": "Care authority",
}
_ADULT = {
    "name": "name",
    "title": "title",
    "first": "forename",
    "last": "surname",
    "relationship": "relationship",
    "responsibility": "parental responsibility",
    "order": "priority",
    "email": "email",
    "phone": "telephone",
    "address": "address",
    "postcode": "postcode",
    "language": "language",
}
_WHOSE = {"guardian": "Parent", "mother": "Mother", "father": "Father", "contact": "Contact"}
_ADULT_FIELD = re.compile(r"(guardian|mother|father|contact)(\d*)\??\.(\w+)")
_ALWAYS = ("upn", "first", "last", "born", "class")
"""Columns that a person needs in order to mend a row, filled or not."""


@dataclass(frozen=True, slots=True)
class MendingList:
    """A table of rows that were left out. The last column says why, and is not read when the table comes back."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def heading_of(field: str) -> str:
    """The heading by which a field is known again when the list is brought in; nothing for a field it cannot hold."""
    found = _ADULT_FIELD.fullmatch(field)
    if found is None:
        return _PUPIL.get(field, "")
    return " ".join(part for part in (_WHOSE[found[1]], found[2], _ADULT.get(found[3], "")) if part)


def mending_list(reading: RegisterReading, plan: RegisterPlan) -> MendingList:
    """Every row of the plan that was rejected, is in doubt or was left out by a person, in the files' order."""
    cells = {(each.file, each.row): dict(each.cells) for each in reading.rejected_cells}
    pupils = {(each.file, each.row): each for each in reading.pupils}
    reasons: dict[tuple[str, int], str] = {}
    for remark in plan.rejected:
        if remark.row is not None:
            reasons[remark.file, remark.row] = remark.reason
    for doubt in plan.doubts:
        reasons[doubt.incoming.file, doubt.incoming.row] = doubt.sentence
    for pupil in plan.left_out:
        reasons[pupil.file, pupil.row] = "You left this row out."
    told = {place: cells.get(place) or _cells_of(pupils.get(place)) for place in reasons}
    for repeated in plan.duplicates:
        first, own = (repeated.first_file, repeated.first_row), (repeated.incoming.file, repeated.incoming.row)
        if first in reasons and own not in reasons:
            reasons[own] = f"It repeats row {repeated.first_row}, which was left out."
            told[own] = _cells_of(repeated.incoming)
    fields = _ordered(field for row in told.values() for field in row)
    order = {name: at for at, name in enumerate(reading.files)}
    places = sorted(reasons, key=lambda place: (order.get(place[0], len(order)), place))
    return MendingList(
        (*(heading_of(field) for field in fields), WHY),
        tuple((*(told[place].get(field, "") for field in fields), reasons[place]) for place in places),
    )


def _ordered(fields: Iterable[str]) -> list[str]:
    """Pupil's columns in a usual order, then each adult's together."""
    seen = dict.fromkeys(fields)
    adults: dict[str, None] = {}
    for field in seen:
        if _ADULT_FIELD.fullmatch(field):
            adults.setdefault(field.partition(".")[0].rstrip("?"))
    pupil = [field for field in _PUPIL if field in seen or field in _ALWAYS]
    if "name" in seen:
        pupil = [field for field in pupil if field in seen or field not in ("first", "last")]
    of_adults = [
        f"{adult}.{name}"
        for adult in adults
        for name in _ADULT
        if f"{adult}.{name}" in seen or f"{adult}?.{name}" in seen
    ]
    return pupil + of_adults


def _cells_of(pupil: IncomingPupil | None) -> dict[str, str]:
    if pupil is None:
        return {}
    told: dict[str, str | None] = {field: getattr(pupil, field) for field in _PUPIL if field not in _APART}
    told["born"] = f"{pupil.born:%d/%m/%Y}" if pupil.born else None
    told["class"] = pupil.class_name
    told["in_care"] = _yes_no(pupil.in_care)
    for place, adult in enumerate(pupil.guardians, start=1):
        told |= {f"guardian{place}.{name}": text for name, text in _adult_cells(adult).items()}
    return {field: text for field, text in told.items() if text}


_APART = ("name", "born", "class", "in_care")


def _adult_cells(adult: IncomingGuardian) -> dict[str, str | None]:
    whole = None if adult.first or adult.last else adult.name
    return {
        "name": whole,
        "title": adult.title,
        "first": adult.first,
        "last": adult.last,
        "relationship": adult.relationship,
        "responsibility": _yes_no(adult.responsibility),
        "order": str(adult.order) if adult.order else None,
        "email": adult.email,
        "phone": ", ".join(adult.phones),
        "address": adult.address,
        "postcode": adult.postcode,
        "language": adult.language,
    }


def _yes_no(said: bool | None) -> str | None:
    return None if said is None else "Yes" if said else "No"
