"""The invented town as files that a school office would bring in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from app.bench.race import peer_module
from app.bench.town import Child

HEADINGS = (
    "UPN", "Forename", "Surname", "Date of birth", "Year group", "Class", "Postcode",
    "Contact 1 name", "Contact 1 relationship", "Contact 1 email", "Contact 1 phone",
    "Contact 2 name", "Contact 2 relationship", "Contact 2 email", "Contact 2 phone",
)  # fmt: skip


def rows(town: Sequence[Child], changed: float = 0.0) -> Iterator[tuple[str, ...]]:
    """A row a child as a class list shows them. `changed` is the share whose class and postcode are new."""
    every = round(1 / changed) if changed else 0
    for child in town:
        moved = every and child.number % every == 0
        contacts: list[str] = []
        for place, (first, last, email) in enumerate(child.guardians):
            phone = f"07700 900{(2 * child.number + place) % 1000:03}"
            contacts += (f"{first} {last}", ("Mother", "Father")[place], email, phone)
        yield (
            child.upn,
            child.first,
            child.last,
            f"{child.born:%d/%m/%Y}",
            child.year,
            f"{child.class_name}B" if moved else child.class_name,
            "S99 9ZZ" if moved else child.postcode,
            *contacts,
        )


def write_csv(path: Path, town: Sequence[Child], changed: float = 0.0) -> Path:
    """A class list as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(town, changed))
    return path


def write_xlsx(path: Path, town: Sequence[Child]) -> Path:
    """The same as a spreadsheet."""
    book = peer_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("Pupils")
    sheet.append(HEADINGS)
    for row in rows(town):
        sheet.append(row)
    book.save(path)
    return path


def write_ctf(path: Path, town: Sequence[Child]) -> Path:
    """The same as a common transfer file, with two contacts each."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<CTfile><Header><DocumentName>Common Transfer File</DocumentName>'
            "<CTFversion>25.0</CTFversion><DateTime>2026-11-23T09:00:00</DateTime>"
            "<DocumentQualifier>full</DocumentQualifier><SourceSchool><LEA>372</LEA><Estab>2038</Estab></SourceSchool>"
            "<DestSchool><LEA>372</LEA><Estab>2038</Estab></DestSchool></Header><CTFpupilData>\n"
        )
        for child in town:
            file.write(_pupil(child))
        file.write("</CTFpupilData></CTfile>\n")
    return path


def _pupil(child: Child) -> str:
    contacts = "".join(
        f"<Contact><Order>{place}</Order><Surname>{escape(last)}</Surname><Forename>{escape(first)}</Forename>"
        f"<Relationship>{code}</Relationship><Responsibility>true</Responsibility>"
        f"<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900{child.number % 1000:03}</PhoneNo></Phone>"
        f"</Phones><Email>{email}</Email></Contact>"
        for place, ((first, last, email), code) in enumerate(zip(child.guardians, ("PAM", "PAF"), strict=True), start=1)
    )
    return (
        f"<Pupil><UPN>{child.upn}</UPN><Surname>{escape(child.last)}</Surname><Forename>{escape(child.first)}</Forename>"
        f"<DOB>{child.born.isoformat()}</DOB><Sex>F</Sex><BasicDetails><NCyearActual>{child.year}</NCyearActual>"
        f"<EnrolStatus>C</EnrolStatus></BasicDetails><Address><PostCode>{child.postcode}</PostCode></Address>"
        f"<Contacts>{contacts}</Contacts></Pupil>\n"
    )
