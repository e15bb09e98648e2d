"""The peer of the imports: the same job by SQLAlchemy's unit of work, written as its tutorial teaches it.

Tables are mapped classes with relationships; everybody on record is loaded with their families at the start, so that
nothing is asked row by row; every value is checked by the program's own rules, one row after the other; what changed,
the session finds out. The school is encrypted as the program's is, with the same columns and indexes.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from app.bench.race import peer_module
from app.bench.school import NOW
from app.domain.naming import fold
from app.domain.upn import UpnVerdict, read_upn
from app.intake.values import read_postcode, tidy
from app.store.audit_chain import append
from app.store.database import Database
from app.store.tables.audit import AuditRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow

_YEARS = frozenset(("N1", "N2", "R", *"123456"))


@dataclass(frozen=True, slots=True)
class Models:
    """The mapped classes."""

    base: Any
    pupil: Any
    guardian: Any
    tie: Any
    school_class: Any


@cache
def models() -> Models:
    """Classes over copies of the program's tables, tied to each other by relationships."""
    alchemy, orm = peer_module("sqlalchemy"), peer_module("sqlalchemy.orm")
    base = orm.declarative_base()
    tables = {}
    for kind in (ClassRow, PupilRow, GuardianRow, TieRow, AuditRow):
        source: Any = kind.__table__
        tables[kind] = source.to_metadata(base.metadata)
    for name in ("account", "school_year"):
        alchemy.Table(name, base.metadata, alchemy.Column("id", alchemy.Integer, primary_key=True))
    school_class = type("School", (base,), {"__table__": tables[ClassRow]})
    guardian = type("Guardian", (base,), {"__table__": tables[GuardianRow]})
    tie = type("Tie", (base,), {"__table__": tables[TieRow], "guardian": orm.relationship(guardian, lazy="joined")})
    pupil = type(
        "Pupil",
        (base,),
        {
            "__table__": tables[PupilRow],
            "ties": orm.relationship(tie, lazy="selectin"),
            "school_class": orm.relationship(school_class),
        },
    )
    return Models(base, pupil, guardian, tie, school_class)


def found_for_orm(database: Database) -> None:
    """The tables, empty."""
    models().base.metadata.create_all(database.engine)


def bring_in_by_orm(database: Database, file: Path) -> None:
    """The whole import in one transaction, with its line in the audit."""
    made, select = models(), peer_module("sqlalchemy").select
    with database.writing() as session:
        classes = {row.name: row for row in session.scalars(select(made.school_class))}
        pupils = {row.upn: row for row in session.scalars(select(made.pupil))}
        guardians = {row.email: row for row in session.scalars(select(made.guardian))}
        count = 0
        with file.open(encoding="utf-8-sig", newline="") as lines, session.no_autoflush:
            for cells in csv.DictReader(lines):
                values = _checked(cells)
                if values is None:
                    continue
                count += 1
                place = classes.get(values["class"])
                if place is None:
                    place = classes[values["class"]] = made.school_class(
                        name=values["class"], year_group=values["year"]
                    )
                pupil = pupils.get(values["upn"])
                if pupil is None:
                    pupil = pupils[values["upn"]] = made.pupil(upn=values["upn"])
                    session.add(pupil)
                _set(pupil, values["pupil"])
                if pupil.school_class is not place:
                    pupil.school_class = place
                for order, (email, adult, relationship) in enumerate(values["adults"], start=1):
                    guardian = guardians.get(email)
                    if guardian is None:
                        guardian = guardians[email] = made.guardian(email=email)
                    _set(guardian, adult)
                    tie = next((each for each in pupil.ties if each.guardian is guardian), None)
                    if tie is None:
                        tie = made.tie(guardian=guardian)
                        pupil.ties.append(tie)
                    _set(tie, {"relationship": relationship, "contact_order": order})
        append(
            session, at=NOW, actor_id=1, actor_role="headteacher", verb="register.brought_in", subject="school",
            outcome="done", detail={"rows": count},
        )  # fmt: skip


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _checked(row: dict[str, str]) -> dict[str, Any] | None:
    """One row's values by the program's rules; None where the row cannot be used."""
    cells = {name: tidy(cell) for name, cell in row.items()}
    upn = read_upn(cells["UPN"])
    try:
        born = datetime.strptime(cells["Date of birth"], "%d/%m/%Y").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None
    first, last = cells["Forename"], cells["Surname"]
    if upn.verdict is UpnVerdict.WRONG_SHAPE or cells["Year group"] not in _YEARS or not first or not last:
        return None
    adults = []
    for place in (1, 2):
        name = cells[f"Contact {place} name"]
        given, _, family = name.partition(" ")
        adult = {"first": given, "last": family, "phones": cells[f"Contact {place} phone"], "name_key": fold(name)}
        adults.append((cells[f"Contact {place} email"].casefold(), adult, cells[f"Contact {place} relationship"]))
    pupil = {
        "first": first,
        "last": last,
        "born": born,
        "year_group": cells["Year group"],
        "postcode": read_postcode(cells["Postcode"]) or cells["Postcode"],
        "name_key": fold(f"{first} {last}"),
    }
    return {"upn": upn.upn, "class": cells["Class"], "year": cells["Year group"], "pupil": pupil, "adults": adults}
