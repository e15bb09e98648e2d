"""The retention schedule: how long each sort of record is kept and why, suggested until it is confirmed (K4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.retention import RULES, Kept, check_line, keep_words, length_words
from app.domain.roles import EVERYONE, HEAD, LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.monitoring import RetentionRow
from app.store.tables.school import SchoolRow


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One line of the schedule. `kind` is None for leavers' records, which the list of leavers looks after."""

    kind: Kept | None
    words: str
    holds: str
    months: int
    keep: str
    why: str
    confirmed: bool
    confirmed_at: datetime | None = None
    confirmed_by: str = ""

    @property
    def kept_whole(self) -> bool:
        """Nothing of it is ever destroyed."""
        return self.kind is not None and RULES[self.kind].kept_whole


@dataclass(frozen=True, slots=True)
class Schedule(Query[tuple[ScheduleLine, ...]]):
    """Every line, in the order of the schedule. It names nobody."""


@answers(Schedule, roles=EVERYONE)
def schedule(query: Schedule, view: View) -> tuple[ScheduleLine, ...]:
    """Leavers' records stand last."""
    del query
    names: dict[int, str] = {id_: name for id_, name in view.session.execute(select(AccountRow.id, AccountRow.name))}
    rows = {row.kind: row for row in view.session.scalars(select(RetentionRow))}
    lines = [
        ScheduleLine(
            kind=kind,
            words=rule.words,
            holds=rule.holds,
            months=rows[kind].months or 0,
            keep=keep_words(kind, rows[kind].months or 0),
            why=rows[kind].why or "",
            confirmed=rows[kind].confirmed_at is not None,
            confirmed_at=rows[kind].confirmed_at,
            confirmed_by=names.get(rows[kind].confirmed_by or 0, ""),
        )
        for kind, rule in RULES.items()
        if kind in rows
    ]
    return (*lines, _leavers(view))


def _leavers(view: View) -> ScheduleLine:
    school = view.session.scalars(select(SchoolRow)).one()
    return ScheduleLine(
        kind=None,
        words="Leavers' records",
        holds="A leaver's name, numbers, answers and adults without another child here. See Classes, Leavers.",
        months=school.leaver_months,
        keep=f"{length_words(school.leaver_months)} after the last day",
        why="The next school may ask for something that was left out.",
        confirmed=school.leaver_months_confirmed,
    )


@dataclass(frozen=True, slots=True)
class SetRetention(Command[None]):
    """Change how long a sort of record is kept, and why. The line is a suggestion until it is confirmed."""

    kind: Kept
    months: int
    why: str


@does(SetRetention, roles=LEADERS, verb="retention.set")
def set_retention(command: SetRetention, unit: Unit) -> None:
    """Refused out of bounds and without a reason. Nothing is destroyed under the line until it is confirmed anew."""
    row = row_of(unit, command.kind)
    check_line(command.kind, command.months, command.why)
    row.months, row.why = command.months, command.why.strip()
    row.keep = keep_words(command.kind, command.months)
    row.confirmed_at = row.confirmed_by = None
    unit.audit("school", {"kind": command.kind, "months": command.months})
    unit.changed("retention")


@dataclass(frozen=True, slots=True)
class ConfirmRetention(Command[None]):
    """The headteacher's word that a line is the school's own, with the months that stood there."""

    kind: Kept
    months: int


@does(ConfirmRetention, roles=HEAD, verb="retention.confirmed")
def confirm_retention(command: ConfirmRetention, unit: Unit) -> None:
    """`Overtaken` where somebody changed the months meanwhile."""
    row = row_of(unit, command.kind)
    if (row.months or 0) != command.months:
        raise Overtaken("This line was changed meanwhile. Nothing was confirmed: look at it again.")
    if row.confirmed_at is not None:
        raise Overtaken("This line is confirmed already. Nothing was changed.")
    row.confirmed_at, row.confirmed_by = unit.now, unit.actor.id
    unit.audit("school", {"kind": command.kind, "months": command.months})
    unit.changed("retention")


@dataclass(frozen=True, slots=True)
class UnconfirmRetention(Command[None]):
    """Make a line a suggestion again, so that nothing falls due under it."""

    kind: Kept


@does(UnconfirmRetention, roles=HEAD, verb="retention.unconfirmed")
def unconfirm_retention(command: UnconfirmRetention, unit: Unit) -> None:
    """Refused where it is none."""
    row = row_of(unit, command.kind)
    if row.confirmed_at is None:
        raise Refused("This line is not confirmed. Nothing was changed.")
    row.confirmed_at = row.confirmed_by = None
    unit.audit("school", {"kind": command.kind})
    unit.changed("retention")


def row_of(view: View, kind: Kept) -> RetentionRow:
    """The line of a sort of record. Raises `Problem` where the schedule has none."""
    row = view.session.scalars(select(RetentionRow).where(RetentionRow.kind == kind)).one_or_none()
    if row is None:
        raise Problem("This line is not in the schedule. Nothing was changed.")
    return row


def confirmed_months(view: View) -> dict[Kept, int]:
    """The lines under which something can fall due, in the order of the schedule."""
    rows = {row.kind: row for row in view.session.scalars(select(RetentionRow))}
    return {
        kind: rows[kind].months or 0
        for kind, rule in RULES.items()
        if kind in rows and rows[kind].confirmed_at is not None and rows[kind].months and not rule.kept_whole
    }
