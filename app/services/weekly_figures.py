"""The four figures of a leader's page in ClassDojo, noted once a week: the service shows two weeks only (H1, M1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.days import monday_of
from app.domain.problems import Refused
from app.domain.roles import LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.monitoring import SnapshotRow
from app.store.tables.school import TermRow

REACH = timedelta(weeks=2)
"""How far back the service shows its figures: what was not noted by then is gone."""

MOST = 1_000_000
"""More than this in a week is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class NoteWeek(Command[None]):
    """Note the four figures for the week that a day lies in. `positive` is in per cent, as the service shows it."""

    week_of: date
    messages: int
    pictures: int
    videos: int
    positive: float


@does(NoteWeek, roles=LEADERS, verb="week.noted")
def note_week(command: NoteWeek, unit: Unit) -> None:
    """Noting a week again replaces its figures; the audit keeps both. Refused for a week to come."""
    week = monday_of(command.week_of)
    if week > unit.today:
        raise Refused("That week has not begun. Note the figures of this week or of one before.")
    if min(command.messages, command.pictures, command.videos) < 0 or not 0 <= command.positive <= 100:
        raise Refused("Counts are 0 or more, and the positive share lies between 0 and 100. Look at the page again.")
    if max(command.messages, command.pictures, command.videos) > MOST:
        raise Refused("That is more than a school can send in a week. Check the figures for a slip.")
    row = unit.session.scalar(select(SnapshotRow).where(SnapshotRow.week_of == week))
    detail: dict[str, object] = {"week": week.isoformat(), "messages": command.messages}
    if row is None:
        row = SnapshotRow(week_of=week)
        unit.session.add(row)
    else:
        detail["before"] = row.messages
    row.messages, row.pictures, row.videos = command.messages, command.pictures, command.videos
    row.positive_share = command.positive / 100
    row.noted_at, row.noted_by = unit.now, unit.actor.id
    unit.session.flush()
    unit.audit("school", detail)
    unit.changed("samples")


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week's figures; `positive` is in per cent. No figures: it was not noted."""

    week_of: date
    messages: int | None = None
    pictures: int | None = None
    videos: int | None = None
    positive: float | None = None
    noted_at: datetime | None = None
    noted_by: str | None = None
    still_shown: bool = False
    """The service shows it still, so it can be noted."""

    @property
    def noted(self) -> bool:
        """The figures are on record."""
        return self.messages is not None


@dataclass(frozen=True, slots=True)
class WeeksShown:
    """Weeks, the newest first, those without figures too."""

    lines: tuple[WeekLine, ...]
    today: date

    @property
    def missing(self) -> tuple[WeekLine, ...]:
        """Weeks that can be noted and are not."""
        return tuple(line for line in self.lines if line.still_shown and not line.noted)


@dataclass(frozen=True, slots=True)
class WeeklyFigures(Query[WeeksShown]):
    """The weeks of the school year, in term."""


@answers(WeeklyFigures, roles=LEADERS)
def weekly_figures(query: WeeklyFigures, view: View) -> WeeksShown:
    """Weeks of term up to the last one that is over; without terms, only those that were noted or can be."""
    del query
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    noted = {row.week_of: row for row in view.session.scalars(select(SnapshotRow))}
    weeks = set(noted) | {week for week in _weeks_in_term(view) if week < monday_of(view.today)}
    lines = []
    for week in sorted(weeks, reverse=True):
        shown = week >= monday_of(view.today - REACH)
        row = noted.get(week)
        if row is None:
            lines.append(WeekLine(week, still_shown=shown))
            continue
        lines.append(
            WeekLine(
                week,
                row.messages,
                row.pictures,
                row.videos,
                round(row.positive_share * 100, 1),
                row.noted_at,
                names.get(row.noted_by),
                shown,
            )
        )
    return WeeksShown(tuple(lines), view.today)


def _weeks_in_term(view: View) -> set[date]:
    """Mondays of every week that holds a day of term, of the year that runs."""
    terms = [(row.starts, row.ends) for row in view.session.scalars(select(TermRow))]
    since = view.today - timedelta(days=366)
    found = set()
    for starts, ends in terms:
        week = monday_of(max(starts, since))
        while week <= min(ends, view.today):
            found.add(week)
            week += timedelta(weeks=1)
    return found or {monday_of(view.today) - timedelta(weeks=back) for back in (1, 2)}
