"""What the classes screen knows and does, without Qt (H7, T11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.years import YEARS, spoken_year
from app.services.classes import (
    STAFF_ROLES,
    AddClass,
    ChangeClass,
    ChangeStaff,
    ClassBoard,
    Classes,
    ClassLine,
    EndClass,
    EndStaff,
    ReopenClass,
    StaffClass,
    StaffLine,
)
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.pupils_by_hand import MovePupils
from app.services.school import RecordStaff, School
from app.store.reads.pupils import PupilFilter, PupilLine

_ROLES = dict(STAFF_ROLES)


@dataclass(slots=True)
class ClassesPresenter:
    """Classes, the pupils and staff of the one in hand."""

    office: Office
    board: ClassBoard = ClassBoard((), (), 0)
    today: date = date.min

    def load(self) -> None:
        """Read everything again."""
        self.board = self.office.ask(Classes())
        self.today = self.office.ask(School()).today

    @property
    def may_change(self) -> bool:
        """Whether this person keeps classes and staff."""
        return self.office.may(AddClass)

    def classes(self, *, ended: bool) -> list[ClassLine]:
        """Classes in use, or those that ended."""
        return [line for line in self.board.classes if line.active != ended]

    @property
    def ended(self) -> int:
        """How many classes have ended."""
        return sum(not line.active for line in self.board.classes)

    def pupils(self, class_id: int) -> tuple[PupilLine, ...]:
        """Who is in a class."""
        return self.office.ask(Pupils(PupilFilter(class_id=class_id)))

    def years(self) -> list[tuple[str, str]]:
        """Year groups to choose from."""
        return [("", "Mixed, or not recorded"), *((year, spoken_year(year)) for year in YEARS)]

    def add(self, name: str, year: str, initiator: object = None) -> int:
        """A new class."""
        return self.office.perform(AddClass(name, year or None), initiator)

    def change(self, line: ClassLine, name: str, year: str, initiator: object = None) -> None:
        """Another name or year group."""
        self.office.perform(ChangeClass(line.id, name, year or None), initiator)

    def end(self, line: ClassLine, initiator: object = None) -> None:
        """No longer in use."""
        self.office.perform(EndClass(line.id), initiator)

    def reopen(self, line: ClassLine, initiator: object = None) -> None:
        """In use again."""
        self.office.perform(ReopenClass(line.id), initiator)

    def staff_class(self, line: ClassLine, staff: Iterable[int], initiator: object = None) -> None:
        """These and nobody else work in the class."""
        self.office.perform(StaffClass(line.id, frozenset(staff)), initiator)

    def move(self, pupils: Iterable[int], class_id: int | None, initiator: object = None) -> int:
        """Pupils change class; how many did."""
        return self.office.perform(MovePupils(tuple(pupils), class_id), initiator)

    def add_staff(self, name: str, role: str, email: str, initiator: object = None) -> int:
        """A new member of staff."""
        return self.office.perform(RecordStaff(name, role, email=email.strip() or None), initiator)

    def change_staff(self, line: StaffLine, name: str, role: str, email: str, initiator: object = None) -> None:
        """Another name, role or address."""
        self.office.perform(ChangeStaff(line.id, name, role, email), initiator)

    def end_staff(self, line: StaffLine, day: date, initiator: object = None) -> None:
        """A member of staff has left."""
        self.office.perform(EndStaff(line.id, day), initiator)


def role_words(role: str) -> str:
    """A member of staff's role as people say it."""
    return _ROLES.get(role, role.replace("_", " ").capitalize())


def names_of(pairs: Iterable[tuple[int, str]], none: str) -> str:
    """Names in a row."""
    return ", ".join(name for _, name in pairs) or none
