"""What of the senior leaders' own looking is due: for Today (M1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.services.attestations import SettingsAttested, settings_attested
from app.services.histories import Histories, histories
from app.services.unit import View
from app.services.weekly_figures import WeeklyFigures, weekly_figures
from app.store.reads.samples import newest_item, sample_lines
from app.store.reads.today import SOON


@dataclass(frozen=True, slots=True)
class MonitoringDue:
    """One line for Today: what, why, by when, how pressing, which page of Monitoring it opens."""

    what: str
    why: str
    on: date | None
    tone: str
    page: str


def monitoring_due(view: View) -> Iterator[MonitoringDue]:
    """Looks that are late or due soon, weeks to note, settings to look up before term ends, histories that wait."""
    yield from _looks(view)
    missing = weekly_figures(WeeklyFigures(), view).missing
    if missing and _has_items(view):
        weeks = "1 week's figures" if len(missing) == 1 else f"{len(missing)} weeks' figures"
        yield MonitoringDue(f"{weeks} to note from ClassDojo", "It shows two weeks only", None, "info", "weeks")
    settings = settings_attested(SettingsAttested(), view)
    if settings.waiting and settings.term_ends is not None and settings.term_ends <= view.today + SOON:
        what = "1 setting" if settings.waiting == 1 else f"{settings.waiting} settings"
        yield MonitoringDue(f"{what} in ClassDojo to look up", "Once a term", settings.term_ends, "warn", "settings")
    asked = histories(Histories(), view)
    for state, words, tone in (("overdue", "overdue", "stop"), ("received", "to be read", "warn")):
        lines = [line for line in asked if line.state == state]
        if lines:
            many = "A message history is" if len(lines) == 1 else f"{len(lines)} message histories are"
            yield MonitoringDue(f"{many} {words}", "Asked for from ClassDojo", lines[0].due_on, tone, "histories")


def _looks(view: View) -> Iterator[MonitoringDue]:
    waiting = [line for line in sample_lines(view.session) if line.done_at is None]
    mine = [line for line in waiting if line.owner_id in (None, view.actor.id)]
    late = [line for line in mine if line.late(view.today)]
    soon = [line for line in mine if view.today <= line.due_on <= view.today + SOON]
    for lines, words, tone in ((late, "late", "stop"), (soon, "due", "info")):
        if lines:
            looks = "1 look at a class is" if len(lines) == 1 else f"{len(lines)} looks at classes are"
            first = min(line.due_on for line in lines)
            yield MonitoringDue(f"{looks} {words}", "The monitoring plan", first, tone, "plan")


def _has_items(view: View) -> bool:
    """Something has come in: before that, no week has figures."""
    return newest_item(view.session) > 0
