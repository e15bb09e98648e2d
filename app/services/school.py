"""The school's own facts: contacts, hours, years, closures, staff and who teaches which class (T1, P5, P6)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.domain.incoming import SchoolNumber
from app.domain.problems import Refused
from app.domain.roles import EVERYONE, HEAD, LEADERS, Role
from app.services.door import Command, Query, answers, does
from app.services.standing import school_year_of
from app.services.unit import Unit, View
from app.store.tables.school import (
    ClassRow,
    ClosureRow,
    SchoolRow,
    SchoolWayRow,
    SkillRow,
    StaffClassRow,
    StaffRow,
    TermRow,
    YearRow,
)

OFFICE_AND_HEAD = frozenset({Role.OFFICE, Role.HEADTEACHER})


@dataclass(frozen=True, slots=True)
class SetSchool(Command[None]):
    """Change the school's contacts and hours. None leaves a value as it is."""

    name: str | None = None
    la: str | None = None
    estab: str | None = None
    phone: str | None = None
    email: str | None = None
    postcode: str | None = None
    timezone: str | None = None
    open_days: frozenset[int] | None = None
    opens: time | None = None
    closes: time | None = None
    reply_hours: int | None = None
    adult_cap: int | None = None
    code_needs_acceptance: bool | None = None
    """No code before the adult accepts the policy and agrees to processing (P1, H4)."""


@does(SetSchool, roles=HEAD, verb="school.set")
def set_school(command: SetSchool, unit: Unit) -> None:
    """Refused where the hours make no day or the zone is unknown."""
    row = unit.session.scalars(select(SchoolRow)).one()
    opens, closes = command.opens or row.opens, command.closes or row.closes
    if opens >= closes:
        raise Refused("School would close before it opens. Check the two times.")
    if command.timezone is not None:
        try:
            ZoneInfo(command.timezone)
        except (ValueError, OSError, KeyError) as fault:
            raise Refused("That time zone is not known. Use a name such as Europe/London.") from fault
    for name in (
        "name", "la", "estab", "phone", "email", "postcode", "timezone", "opens", "closes", "reply_hours", "adult_cap",
        "code_needs_acceptance",
    ):  # fmt: skip
        value = getattr(command, name)
        if value is not None:
            setattr(row, name, value)
    if command.open_days is not None:
        if not command.open_days:
            raise Refused("School needs at least one day in the week.")
        row.open_days = ",".join(str(day) for day in sorted(command.open_days))
    unit.audit("school")
    unit.changed("school")


@dataclass(frozen=True, slots=True)
class SetCalendar(Command[None]):
    """The terms and closures of the school year that they lie in, in place of those noted before."""

    terms: tuple[tuple[str, date, date], ...]
    closures: tuple[tuple[date, date, str], ...]


@does(SetCalendar, roles=OFFICE_AND_HEAD, verb="school.calendar_set")
def set_calendar(command: SetCalendar, unit: Unit) -> None:
    """Refused where a term or closure ends before it starts, or two terms overlap."""
    for what, starts, ends in [*command.terms, *((why, a, b) for a, b, why in command.closures)]:
        if ends < starts:
            raise Refused(f"“{what}” ends before it starts. Check the two dates.")
    ordered = sorted(command.terms, key=lambda term: term[1])
    for (name, _, ends), (next_name, starts, _) in itertools.pairwise(ordered):
        if starts <= ends:
            raise Refused(f"“{name}” and “{next_name}” overlap. Check their dates.")
    for row in unit.session.scalars(select(ClosureRow)):
        unit.session.delete(row)
    for starts, ends, why in command.closures:
        unit.session.add(ClosureRow(starts=starts, ends=ends, reason=why))
    for name, starts, ends in ordered:
        _set_term(unit, name, starts, ends)
    unit.audit("school", {"terms": len(command.terms), "closures": len(command.closures)})
    unit.changed("school")


def _set_term(unit: Unit, name: str, starts: date, ends: date) -> None:
    wanted = school_year_of(starts)
    year = unit.session.scalar(select(YearRow).where(YearRow.name == wanted.name))
    if year is None:
        year = wanted
        unit.session.add(year)
        unit.session.flush()
    term = unit.session.scalar(select(TermRow).where(TermRow.year_id == year.id, TermRow.name == name))
    if term is None:
        unit.session.add(TermRow(year_id=year.id, name=name, starts=starts, ends=ends))
    else:
        term.starts, term.ends = starts, ends


@dataclass(frozen=True, slots=True)
class RecordStaff(Command[int]):
    """Add a member of staff, or change one with the same source id or name; their classes by name."""

    name: str
    role: str = "teacher"
    classes: tuple[str, ...] = ()
    email: str | None = None
    source_id: str | None = None


@does(RecordStaff, roles=OFFICE_AND_HEAD, verb="staff.recorded")
def record_staff(command: RecordStaff, unit: Unit) -> int:
    """The member's id. A class that is not known yet is made."""
    if not command.name.strip():
        raise Refused("A member of staff needs a name, as it is shown on the service (“Mrs Holt”).")
    row = unit.session.scalar(select(StaffRow).where(StaffRow.name == command.name.strip(), StaffRow.active))
    if row is None:
        row = StaffRow(name=command.name.strip(), role=command.role)
        unit.session.add(row)
    row.role, row.email, row.source_id = command.role, command.email or row.email, command.source_id or row.source_id
    unit.session.flush()
    for name in command.classes:
        class_id = class_named(unit, name)
        if unit.session.get(StaffClassRow, (row.id, class_id)) is None:
            unit.session.add(StaffClassRow(staff_id=row.id, class_id=class_id))
    unit.audit(f"staff:{row.id}", {"role": command.role})
    unit.changed("school")
    return row.id


def class_named(unit: Unit, name: str, year_group: str | None = None) -> int:
    """The id of the class in use of that name; it is made where there is none."""
    row = unit.session.scalar(select(ClassRow).where(ClassRow.name == name.strip(), ClassRow.active))
    if row is None:
        row = ClassRow(name=name.strip(), year_group=year_group)
        unit.session.add(row)
        unit.session.flush()
    elif year_group and not row.year_group:
        row.year_group = year_group
    return row.id


@dataclass(frozen=True, slots=True)
class SetSchoolWays(Command[None]):
    """The School Ways in their order, and which of them each skill on the service belongs to (H8, M4)."""

    ways: tuple[str, ...]
    skills: tuple[tuple[str, str], ...] = ()
    """Pairs of skill and School Way."""


@does(SetSchoolWays, roles=LEADERS, verb="school.ways_set")
def set_school_ways(command: SetSchoolWays, unit: Unit) -> None:
    """A way that is left out is retired, never deleted."""
    known = {row.name: row for row in unit.session.scalars(select(SchoolWayRow))}
    for row in known.values():
        row.active = row.name in command.ways
    for place, name in enumerate(command.ways, start=1):
        if name in known:
            known[name].position = place
        else:
            known[name] = SchoolWayRow(name=name, position=place)
            unit.session.add(known[name])
    unit.session.flush()
    for skill, way in command.skills:
        if way not in known:
            raise Refused(f"“{way}” is not one of the School Ways. Add it first.")
        placed = unit.session.scalar(select(SkillRow).where(SkillRow.name == skill))
        if placed is None:
            placed = SkillRow(name=skill)
            unit.session.add(placed)
        placed.way_id = known[way].id
    unit.audit("school", {"ways": len(command.ways)})
    unit.changed("school")


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What screens say about the school."""

    name: str
    timezone: str
    opens: time
    closes: time
    today: date
    terms: tuple[tuple[str, date, date], ...]
    classes: tuple[tuple[int, str, str | None], ...]
    number: SchoolNumber | None = None


@dataclass(frozen=True, slots=True)
class School(Query[SchoolFacts]):
    """The school's facts."""


@answers(School, roles=EVERYONE)
def school(query: School, view: View) -> SchoolFacts:
    """Terms by date, classes by year group and name."""
    del query
    row = view.session.scalars(select(SchoolRow)).one()
    terms = view.session.scalars(select(TermRow).order_by(TermRow.starts))
    classes = view.session.scalars(select(ClassRow).where(ClassRow.active))
    return SchoolFacts(
        name=row.name,
        timezone=row.timezone,
        opens=row.opens,
        closes=row.closes,
        today=view.today,
        terms=tuple((term.name, term.starts, term.ends) for term in terms),
        classes=tuple(sorted(((c.id, c.name, c.year_group) for c in classes), key=lambda c: year_order(c[2], c[1]))),
        number=SchoolNumber(row.la, row.estab) if row.la and row.estab else None,
    )


def year_order(year_group: str | None, name: str) -> tuple[int, str]:
    """A sort key that puts Nursery before Reception before Year 1."""
    early = {"N1": 0, "N2": 1, "N": 1, "E1": 0, "E2": 1, "R": 2}
    year = (year_group or "").upper()
    place = early.get(year, int(year) + 2 if year.isdigit() else 99)
    return place, name.casefold()
