"""Points slips for families: a child's own points by School Way, given and never taken away (P11, H8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.problems import Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.reads.codes import permitted_names
from app.store.reads.people import key
from app.store.reads.pupil_points import Points, points_given
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow, SchoolRow
from app.store.tables.slips import SlipsMadeRow


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A pupil on roll, and whether there is anything to put on a slip. How much is not told beside others' names."""

    pupil_id: int
    name: str
    permitted: str
    class_id: int | None
    class_name: str | None
    has_points: bool


@dataclass(frozen=True, slots=True)
class SlipLines(Query[tuple[SlipLine, ...]]):
    """Every pupil on roll, with or without points in these days."""

    first: date
    last: date


@answers(SlipLines, roles=EVERYONE)
def slip_lines(query: SlipLines, view: View) -> tuple[SlipLine, ...]:
    """By class and surname."""
    names = permitted_names(view.session)
    given = points_given(view.session, names, query.first, query.last)
    rows = view.session.execute(
        select(PupilRow, ClassRow.name)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(PupilRow.left_on.is_(None))
    )
    lines = [
        SlipLine(
            pupil_id=pupil.id,
            name=f"{pupil.preferred or pupil.first} {pupil.last}",
            permitted=names.get(pupil.id, pupil.preferred or pupil.first),
            class_id=pupil.class_id,
            class_name=class_name,
            has_points=pupil.id in given,
        )
        for pupil, class_name in rows
    ]
    return tuple(sorted(lines, key=lambda line: (key(line.class_name or ""), key(line.name), line.pupil_id)))


@dataclass(frozen=True, slots=True)
class Slip:
    """One child's slip: the permitted name, the class, the points by School Way."""

    name: str
    class_name: str
    points: Points

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(points for _, points in self.points)


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips to print, for which school and days, and how many of the wanted pupils were given no point."""

    school: str
    first: date
    last: date
    at: datetime
    slips: tuple[Slip, ...]
    without: int


@dataclass(frozen=True, slots=True)
class MakeSlips(Command[Slips]):
    """Make the slips of these pupils, to be printed."""

    pupils: tuple[int, ...]
    first: date
    last: date


@does(MakeSlips, roles=EVERYONE, verb="slips.made")
def make_slips(command: MakeSlips, unit: Unit) -> Slips:
    """In the order asked for. Refused for days the wrong way round, and where none of them was given a point.

    That slips were made is noted with their number; what stood on them is not.
    """
    if command.first > command.last:
        raise Refused("The first day lies after the last one. Turn them round.")
    names = permitted_names(unit.session)
    given = points_given(unit.session, command.pupils, command.first, command.last)
    classes = {id_: name for id_, name in unit.session.execute(select(ClassRow.id, ClassRow.name))}
    wanted = [pupil_id for pupil_id in dict.fromkeys(command.pupils) if pupil_id in names and pupil_id in given]
    if not wanted:
        raise Refused("None of these pupils was given a point in these days. Bring in the points first, or more days.")
    places = {pupil_id: unit.session.get_one(PupilRow, pupil_id).class_id for pupil_id in wanted}
    slips = tuple(Slip(names[id_], classes.get(places[id_] or 0, ""), given[id_]) for id_ in wanted)
    class_id = next(iter(places.values())) if len(set(places.values())) == 1 else None
    unit.session.add(
        SlipsMadeRow(
            class_id=class_id,
            slips=len(slips),
            starts=command.first,
            ends=command.last,
            made_at=unit.now,
            made_by=unit.actor.id,
        )
    )
    unit.audit("school", {"slips": len(slips)})
    unit.changed("slips")
    school = unit.session.scalars(select(SchoolRow.name)).one()
    return Slips(school, command.first, command.last, unit.now, slips, len(set(command.pupils)) - len(slips))
