"""What the office would export: the class list and the points report (P4, H8)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

from app.sample.shapes import Guardian, Pupil, SampleSchool, Tie

_CHILD = (
    "CHILD_FIRST_NAME",
    "CHILD_LAST_NAME",
    "CHILD_PREFERRED_FIRST_NAME",
    "CHILD_DATE_OF_BIRTH",
    "CHILD_UPN",
    "CHILD_GENDER",
    "CHILD_YEAR_GROUP",
    "CHILD_REGISTRATION",
    "CHILD_ADDRESS_LINE_1",
    "CHILD_TOWN",
    "CHILD_POSTCODE",
)
_PARENT = (
    "TITLE",
    "NAME",
    "RELATIONSHIP",
    "PARENTAL_RESPONSIBILITY",
    "EMAIL",
    "PHONE",
    "ADDRESS",
    "POSTCODE",
    "LANGUAGE",
)
_YEARS = {"N2": "N2", "R": "Reception"}


def write_class_list(school: SampleSchool, path: Path, on: date | None = None) -> None:
    """The class list of a day, one row a pupil with up to three adults; of the first day of term where None.

    The first day's list names those who have left since and nobody who came later; today's is the other way about.
    """
    day = on or school.year.terms[0][1]
    guardians = {guardian.id: guardian for guardian in school.guardians}
    classes = {entry.id: entry.name for entry in school.classes}
    adults: dict[str, list[Tie]] = {}
    for tie in school.ties:
        adults.setdefault(tie.pupil, []).append(tie)
    most = max(len(ties) for ties in adults.values())
    headings = [*_CHILD, *(f"PARENT_{number}_{word}" for number in range(1, most + 1) for word in _PARENT)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headings)
        for pupil in school.pupils:
            if pupil.on_roll(day):
                row = _pupil_cells(pupil, classes[pupil.class_id])
                for tie in adults[pupil.id]:
                    row += _adult_cells(tie, guardians[tie.guardian])
                writer.writerow(row + [""] * (len(headings) - len(row)))


def _pupil_cells(pupil: Pupil, class_name: str) -> list[str]:
    street, _, town = pupil.address.partition(", ")
    return [
        pupil.first,
        pupil.last,
        pupil.preferred or "",
        f"{pupil.born:%d/%m/%Y}",
        pupil.upn,
        pupil.sex,
        _YEARS.get(pupil.year, pupil.year),
        class_name,
        street,
        town,
        pupil.postcode,
    ]


def _adult_cells(tie: Tie, guardian: Guardian) -> list[str]:
    return [
        guardian.title,
        guardian.name,
        tie.relationship,
        {True: "Yes", False: "No", None: ""}[tie.responsibility],
        guardian.email or "",
        guardian.phone,
        guardian.address,
        guardian.postcode,
        guardian.language,
    ]


def points_totals(school: SampleSchool) -> dict[str, dict[str, int]]:
    """How often each pupil on roll has been given each skill this half-term, by pupil and skill."""
    rng = Random(f"{school.seed}/points")
    skills = [name for way in school.ways for name, _ in way.skills]
    return {
        pupil.id: {name: max(0, round(rng.gauss(5, 3))) for name in skills}
        for pupil in school.pupils
        if pupil.on_roll(school.today)
    }


def write_points_report(school: SampleSchool, path: Path) -> None:
    """The points report as the messaging service gives it: a byte-order mark, a column a skill, totals at the end."""
    worth = {name: weight for way in school.ways for name, weight in way.skills}
    totals = points_totals(school)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(
            ["Student", *(f"{name} ({weight})" for name, weight in worth.items()), "Positive", "Needs work", "Total"]
        )
        for pupil in school.pupils:
            if pupil.id in totals:
                writer.writerow(_points_row(pupil, totals[pupil.id], worth))


def _points_row(pupil: Pupil, counts: Mapping[str, int], worth: Mapping[str, int]) -> list[str]:
    positive = sum(counts[name] * weight for name, weight in worth.items())
    cells = [str(counts[name]) if counts[name] else "" for name in worth]
    return [f"{pupil.called} {pupil.last}", *cells, str(positive), "0", str(positive)]
