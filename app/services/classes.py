"""Classes and who works in them: adding, renaming, ending a class; staff and their classes (H7, T11)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from app.domain.enrolment_rows import class_key
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE
from app.domain.sheets import Sheet
from app.domain.years import YEARS
from app.services.door import Command, Query, answers, does
from app.services.school import OFFICE_AND_HEAD, year_order
from app.services.unit import Unit, View
from app.store.reads.people import key
from app.store.reads.sheets import sheets
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow, StaffClassRow, StaffRow

_NO_CLASS = "That class is no longer in the register. Nothing was changed."
STAFF_ROLES: tuple[tuple[str, str], ...] = (
    ("teacher", "Teacher"),
    ("support", "Teaching assistant"),
    ("leader", "Senior leader"),
    ("office", "Office"),
)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with how many pupils it has, who works in it, and where its list of permitted names stands."""

    id: int
    name: str
    year_group: str | None
    pupils: int
    staff: tuple[tuple[int, str], ...]
    sheet: Sheet | None
    active: bool = True


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A member of staff who is here, with their classes."""

    id: int
    name: str
    role: str
    email: str
    classes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ClassBoard:
    """Classes by year group, those that ended after them, and staff by name."""

    classes: tuple[ClassLine, ...]
    staff: tuple[StaffLine, ...]
    unplaced: int
    """Pupils on roll without a class."""


@dataclass(frozen=True, slots=True)
class Classes(Query[ClassBoard]):
    """Every class and every member of staff."""


@answers(Classes, roles=EVERYONE)
def classes(query: Classes, view: View) -> ClassBoard:
    """Ended classes have nobody in them and are there to be taken into use again."""
    del query
    held: dict[int | None, int] = {
        class_id: count
        for class_id, count in view.session.execute(
            select(PupilRow.class_id, func.count()).where(PupilRow.left_on.is_(None)).group_by(PupilRow.class_id)
        )
    }
    staff = {row.id: row for row in view.session.scalars(select(StaffRow).where(StaffRow.active))}
    rows = {row.id: row for row in view.session.scalars(select(ClassRow))}
    of_class: dict[int, list[tuple[int, str]]] = defaultdict(list)
    of_staff: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for tie in view.session.scalars(select(StaffClassRow)):
        if tie.staff_id in staff and rows[tie.class_id].active:
            of_class[tie.class_id].append((tie.staff_id, staff[tie.staff_id].name))
            of_staff[tie.staff_id].append((tie.class_id, rows[tie.class_id].name))
    lists = sheets(view.session, view.today)
    lines = [
        ClassLine(
            row.id, row.name, row.year_group, held.get(row.id, 0), _by_name(of_class[row.id]), lists.get(row.id),
            row.active,
        )
        for row in rows.values()
    ]  # fmt: skip
    lines.sort(key=lambda line: (not line.active, year_order(line.year_group, line.name)))
    people = [
        StaffLine(row.id, row.name, row.role, row.email or "", _by_name(of_staff[row.id])) for row in staff.values()
    ]
    people.sort(key=lambda line: line.name.casefold())
    return ClassBoard(tuple(lines), tuple(people), held.get(None, 0))


def _by_name(pairs: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


@dataclass(frozen=True, slots=True)
class AddClass(Command[int]):
    """A new class."""

    name: str
    year_group: str | None = None


@does(AddClass, roles=OFFICE_AND_HEAD, verb="class.added")
def add_class(command: AddClass, unit: Unit) -> int:
    """Its id. Refused without a name, and where a class in use is called so already."""
    row = new_class(unit, command.name, command.year_group)
    unit.audit(f"class:{row.id}", {"year": command.year_group or ""})
    unit.changed("school")
    return row.id


def new_class(unit: Unit, name: str, year_group: str | None) -> ClassRow:
    """A class that is in use from now on; for commands that make classes among other things."""
    row = ClassRow(name=_name(unit, name, None), year_group=_year(year_group))
    unit.session.add(row)
    unit.session.flush()
    return row


@dataclass(frozen=True, slots=True)
class ChangeClass(Command[None]):
    """Another name or year group for a class."""

    class_id: int
    name: str
    year_group: str | None = None


@does(ChangeClass, roles=OFFICE_AND_HEAD, verb="class.changed")
def change_class(command: ChangeClass, unit: Unit) -> None:
    """Pupils and staff stay in it. Refused where another class in use is called so."""
    row = _class(unit, command.class_id)
    row.name, row.year_group = _name(unit, command.name, row.id), _year(command.year_group)
    unit.audit(f"class:{row.id}", {"year": command.year_group or ""})
    unit.changed("school", "pupils")


@dataclass(frozen=True, slots=True)
class EndClass(Command[None]):
    """A class is no longer in use. What was recorded of it stays."""

    class_id: int


@does(EndClass, roles=OFFICE_AND_HEAD, verb="class.ended")
def end_class(command: EndClass, unit: Unit) -> None:
    """Its staff are taken out of it. Refused while pupils are in it."""
    row = _class(unit, command.class_id)
    if not row.active:
        raise Overtaken("This class has ended already. Nothing was changed.")
    count = unit.session.scalar(
        select(func.count()).select_from(PupilRow).where(PupilRow.class_id == row.id, PupilRow.left_on.is_(None))
    )
    if count:
        children = "1 pupil is" if count == 1 else f"{count} pupils are"
        raise Refused(f"{children} still in this class. Move them to another class first, then end it.")
    row.active = False
    unit.session.execute(delete(StaffClassRow).where(StaffClassRow.class_id == row.id))
    unit.audit(f"class:{row.id}")
    unit.changed("school")


@dataclass(frozen=True, slots=True)
class ReopenClass(Command[None]):
    """Take an ended class into use again."""

    class_id: int


@does(ReopenClass, roles=OFFICE_AND_HEAD, verb="class.reopened")
def reopen_class(command: ReopenClass, unit: Unit) -> None:
    """Refused where another class in use is called so by now."""
    row = _class(unit, command.class_id)
    if row.active:
        raise Overtaken("This class is in use already. Nothing was changed.")
    row.name = _name(unit, row.name, row.id)
    row.active = True
    unit.audit(f"class:{row.id}")
    unit.changed("school")


@dataclass(frozen=True, slots=True)
class StaffClass(Command[None]):
    """Say who works in a class: these and nobody else."""

    class_id: int
    staff: frozenset[int]


@does(StaffClass, roles=OFFICE_AND_HEAD, verb="class.staffed")
def staff_class(command: StaffClass, unit: Unit) -> None:
    """Refused for a class that has ended and for staff who have left."""
    row = _class(unit, command.class_id)
    if not row.active:
        raise Refused("This class has ended. Take it into use again before you say who works in it.")
    here = set(unit.session.scalars(select(StaffRow.id).where(StaffRow.active)))
    if command.staff - here:
        raise Refused("A member of staff has left since. Look at the class again.")
    now = set(unit.session.scalars(select(StaffClassRow.staff_id).where(StaffClassRow.class_id == row.id)))
    for staff_id in now - command.staff:
        unit.session.delete(unit.session.get_one(StaffClassRow, (staff_id, row.id)))
    for staff_id in command.staff - now:
        unit.session.add(StaffClassRow(staff_id=staff_id, class_id=row.id))
    unit.audit(f"class:{row.id}", {"staff": len(command.staff)})
    unit.changed("school", "sheets")


@dataclass(frozen=True, slots=True)
class ChangeStaff(Command[None]):
    """Another name or role for a member of staff."""

    staff_id: int
    name: str
    role: str
    email: str = ""


@does(ChangeStaff, roles=OFFICE_AND_HEAD, verb="staff.changed")
def change_staff(command: ChangeStaff, unit: Unit) -> None:
    """Refused without a name, and where another member of staff is called so."""
    row = _staff(unit, command.staff_id)
    name = " ".join(command.name.split())
    if not name:
        raise Refused("A member of staff needs a name, as it is shown on the service (“Mrs Holt”).")
    for other in unit.session.scalars(select(StaffRow).where(StaffRow.active, StaffRow.id != row.id)):
        if key(other.name) == key(name):
            raise Refused(f"Another member of staff is called {other.name}. Add a first name or an initial.")
    row.name, row.role, row.email = name[:120], command.role[:20], command.email.strip() or None
    unit.audit(f"staff:{row.id}", {"role": row.role})
    unit.changed("school", "sheets")


@dataclass(frozen=True, slots=True)
class EndStaff(Command[None]):
    """A member of staff has left."""

    staff_id: int
    left_on: date


@does(EndStaff, roles=OFFICE_AND_HEAD, verb="staff.left")
def end_staff(command: EndStaff, unit: Unit) -> None:
    """They are in no class any more; what they wrote stays under their name. Refused for a day ahead."""
    row = _staff(unit, command.staff_id)
    if not row.active:
        raise Overtaken("This member of staff has left already. Nothing was changed.")
    if command.left_on > unit.today:
        raise Refused("The last day lies ahead. Record that they left when it has come.")
    row.active, row.left_on = False, command.left_on
    unit.session.execute(delete(StaffClassRow).where(StaffClassRow.staff_id == row.id))
    unit.audit(f"staff:{row.id}")
    unit.changed("school", "sheets")


def _class(unit: Unit, class_id: int) -> ClassRow:
    row = unit.session.get(ClassRow, class_id)
    if row is None:
        raise Problem(_NO_CLASS)
    return row


def _staff(unit: Unit, staff_id: int) -> StaffRow:
    row = unit.session.get(StaffRow, staff_id)
    if row is None:
        raise Problem("That member of staff is no longer in the register. Nothing was changed.")
    return row


def _name(unit: Unit, name: str, own: int | None) -> str:
    """A class's name that no other class in use has, spelt however."""
    wanted = " ".join(name.split())[:80]
    if not wanted:
        raise Refused("A class needs a name, such as Willow or 3H. Enter one.")
    for row in unit.session.scalars(select(ClassRow).where(ClassRow.active)):
        if row.id != own and class_key(row.name) == class_key(wanted):
            raise Refused(f"There is a class called {row.name} already. Choose another name.")
    return wanted


def _year(year_group: str | None) -> str | None:
    if not year_group:
        return None
    if year_group not in YEARS:
        raise Refused("Choose a year group from Nursery 1 to Year 6, or none for a mixed class.")
    return year_group
