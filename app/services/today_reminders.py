"""Lines of Today that remind: what was to be looked at again, asked for or destroyed by now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.roles import HEAD, LEADERS
from app.services.care import care_reviews
from app.services.guardians_contact import contact_reviews
from app.services.leavers import Leavers, leavers
from app.services.monitoring_due import monitoring_due
from app.services.reminders import asked_down, late_replies
from app.services.retention_reminders import retention_reminders
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import View
from app.store.reads.today import SOON


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One line: what, why it is here, since or until when, and the area it opens, at the part that `lens` names."""

    what: str
    why: str
    when: datetime | date | None
    tone: str
    area: str
    lens: str = ""


def monitoring_lines(view: View) -> Iterator[TodayLine]:
    """What senior leaders look at of their own accord."""
    if view.actor.role in LEADERS:
        for due in monitoring_due(view):
            yield TodayLine(due.what, due.why, due.on, due.tone, "monitoring", due.page)


def sealed_lines(view: View) -> Iterator[TodayLine]:
    """What only leaders may read and must look at again: nobody else is told that there is anything (T11, P4)."""
    for review in care_reviews(view, SOON):
        tone = "stop" if review.on < view.today else "warn"
        what = "A restricted record is to be looked at again"
        yield TodayLine(what, "Open it on the child's page", review.on, tone, "pupils", f"pupil:{review.pupil_id}")
    days = contact_reviews(view, SOON)
    if days:
        what = counted(len(days), "limit on contact is", "limits on contact are") + " to be looked at again"
        tone = "stop" if days[0] < view.today else "warn"
        yield TodayLine(what, "Look at why it stands, then set it anew", days[0], tone, "guardians", "stopped")


def waiting_lines(view: View) -> Iterator[TodayLine]:
    """What was asked of authors in ClassDojo, and families who still wait (T12, P6)."""
    if view.actor.role not in LEADERS:
        return
    down, late = asked_down(view), late_replies(view)
    if down.count:
        what = counted(down.count, "request", "requests") + " to take something down"
        why = "Look in ClassDojo, then state that it is done"
        yield TodayLine(what, why, down.since, "warn", "review", "takedowns")
    if late.count:
        what = counted(late.count, "family waits", "families wait") + " for an answer longer than promised"
        yield TodayLine(what, "Answer, or say how they were answered", late.since, "warn", "replies", "overdue")


def leaver_lines(view: View) -> Iterator[TodayLine]:
    """Leavers whom nobody has done in ClassDojo yet, and records whose date for deletion has come (H12)."""
    if view.actor.role not in OFFICE_AND_HEAD:
        return
    board = leavers(Leavers(), view)
    if board.to_do:
        what = counted(board.to_do, "leaver", "leavers") + " still to be done in ClassDojo"
        yield TodayLine(what, "Graduate, remove or archive, then tick it here", None, "warn", "pupils", "leavers")
    if board.due and view.actor.role in HEAD:
        what = counted(board.due, "leaver's record is", "leavers' records are") + " due for deletion"
        yield TodayLine(what, "The date that the school's retention gives has come", None, "warn", "pupils", "leavers")


def retention_lines(view: View) -> Iterator[TodayLine]:
    """Records whose day has come, and holds to look at again: for the headteacher, who approves both (K4)."""
    if view.actor.role not in HEAD:
        return
    kept = retention_reminders(view)
    if kept.cut_off:
        what = "A destruction that you approved was cut off"
        yield TodayLine(what, "Go on with it, so that the list is whole", None, "warn", "retention", "due")
    elif kept.due:
        what = "Records have reached the end of their time"
        yield TodayLine(what, "Look at what would be destroyed, then approve it", None, "info", "retention", "due")
    if kept.holds:
        what = counted(len(kept.holds), "hold on records is", "holds on records are") + " to be looked at again"
        yield TodayLine(what, "Say why it stands, or let it go", kept.holds[0], "warn", "retention", "holds")


def counted(number: int, one: str, many: str) -> str:
    """ "1 pupil has", "12 pupils have"."""
    return f"{number:,} {one if number == 1 else many}"
