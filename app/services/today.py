"""Today: what waits for me, what is due, what was done; and the counts in the side bar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from app.domain.data_requests import State
from app.domain.roles import EVERYONE, HEAD, LEADERS, SAFEGUARDERS, Role
from app.domain.sheets import SheetState
from app.domain.verbs import spoken
from app.services.case_classdojo import ClassDojoToDo, classdojo_to_do
from app.services.data_request_board import DataRequests, data_requests
from app.services.door import Query, answers
from app.services.today_reminders import (
    TodayLine as TodayLine,
)
from app.services.today_reminders import (
    counted,
    leaver_lines,
    monitoring_lines,
    retention_lines,
    sealed_lines,
    waiting_lines,
)
from app.services.unit import View
from app.store.reads.activity import ActivityFilter, activity_lines
from app.store.reads.codes import LinkNews, link_news
from app.store.reads.sheets import sheets
from app.store.reads.today import TodayFigures, today_figures, waiting_counts


@dataclass(frozen=True, slots=True)
class TodayShown:
    """Three columns."""

    now: tuple[TodayLine, ...]
    due: tuple[TodayLine, ...]
    done: tuple[TodayLine, ...]
    empty_school: bool
    without_items: bool = False
    """The register is there, and no post or message yet."""


@dataclass(frozen=True, slots=True)
class Today(Query[TodayShown]):
    """What waits for the person who asks."""


@dataclass(frozen=True, slots=True)
class WaitingCounts(Query[dict[str, int]]):
    """How many things wait in each area for the person who asks: quick enough to ask after every step."""


@answers(WaitingCounts, roles=EVERYONE)
def count_waiting(query: WaitingCounts, view: View) -> dict[str, int]:
    """Areas in which nothing waits are left out."""
    del query
    counts = waiting_counts(view.session)
    counts["codes"] = link_news(view.session, view.now).waiting
    counts["requests"] = sum(_data_requests_due(view).values())
    shown = {"review", "referrals", "codes", "requests", *(("cases",) if view.actor.role in LEADERS else ())}
    shown |= {"safeguarding"} if view.actor.role in SAFEGUARDERS else set()
    return {area: count for area, count in counts.items() if count and area in shown}


@answers(Today, roles=EVERYONE)
def today(query: Today, view: View) -> TodayShown:
    """Picked by role; a child's name never stands here."""
    del query
    figures = today_figures(view.session, view.today)
    role = view.actor.role
    news = link_news(view.session, view.now - ALERTS_STAND)
    asked = _data_requests_due(view)
    return TodayShown(
        now=(
            *_stopped(news, role),
            *_now(figures, role),
            *_in_classdojo(view),
            *_overdue_requests(asked[State.OVERDUE]),
            *_requests(news),
        ),
        due=(
            *sealed_lines(view),
            *_requests_due(asked[State.SOON]),
            *_due(figures, role, view.today, _lists_to_issue(view)),
            *monitoring_lines(view),
            *waiting_lines(view),
            *leaver_lines(view),
            *retention_lines(view),
        ),
        done=tuple(_done(view)),
        empty_school=figures.pupils == 0 and figures.items == 0,
        without_items=figures.pupils > 0 and figures.items == 0,
    )


def _lists_to_issue(view: View) -> int:
    """Lists that were issued and no longer hold; a school that has issued none yet is not told so every day."""
    wanting = (SheetState.OUTDATED, SheetState.LAST_YEAR)
    return sum(sheet.state in wanting for sheet in sheets(view.session, view.today).values())


_QUIET = frozenset(
    {"session.opened", "case.read", "care.seen", "contact.seen", "item.claimed", "referral.received", "store.verified"}
)
"""Looks and sign-ins: on record, but nothing that a person has done."""


def _done(view: View) -> Iterator[TodayLine]:
    """What this person did last; the same thing done several times on end is one line."""
    recent = activity_lines(view.session, ActivityFilter(actor_id=view.actor.id, size=200))
    lines = [line for line in recent if line.outcome == "done" and line.verb not in _QUIET]
    for verb, same in islice(groupby(lines, key=lambda line: line.verb), 8):
        group = list(same)
        times = f" ({len(group):,}\u00a0times)" if len(group) > 1 else ""
        area = _AREA.get(verb.split(".")[0], "today")
        if area in _LEADERS_ONLY and view.actor.role not in LEADERS:
            area = "today"
        yield TodayLine(spoken(verb) + times, "", group[0].at, "quiet", area)


_AREA = {
    "verdict": "review",
    "referral": "referrals",
    "case": "cases",
    "register": "pupils",
    "feed": "review",
    "permission": "pupils",
    "report": "reports",
    "thread": "replies",
    "takedown": "review",
    "link": "pupils",
    "code": "codes",
    "pupil": "pupils",
    "acceptance": "pupils",
    "guardian": "guardians",
    "tie": "guardians",
    "contact": "guardians",
    "sample": "monitoring",
    "week": "monitoring",
    "setting": "monitoring",
    "history": "monitoring",
    "request": "requests",
}
_LEADERS_ONLY = frozenset({"review", "cases", "reports", "monitoring", "replies"})


ALERTS_STAND = timedelta(days=14)
"""How long a barred adult's attempt stays on Today; it stays on record for good."""


def _stopped(news: LinkNews, role: Role) -> Iterator[TodayLine]:
    """A barred adult tried to be linked to a child: leaders are told first of all (P4)."""
    if role in LEADERS and news.stopped:
        what = counted(len(news.stopped), "barred adult tried", "barred adults tried") + " to be linked to a child"
        why = "It was stopped. Check ClassDojo, and tell the safeguarding lead"
        yield TodayLine(what, why, news.stopped[0], "stop", "codes", "stopped")


def _in_classdojo(view: View) -> Iterator[TodayLine]:
    """Suspensions and removals that nobody has done in ClassDojo yet (P2)."""
    if view.actor.role in LEADERS:
        for line in classdojo_to_do(ClassDojoToDo(), view):
            what = f"{line.outcome.words} in case {line.reference}: to do in ClassDojo"
            yield TodayLine(what, "Do it there, then tick it here", line.decided_at, "warn", "cases",
                            f"case:{line.case_id}")  # fmt: skip


def _requests(news: LinkNews) -> Iterator[TodayLine]:
    if news.waiting:
        what = counted(news.waiting, "request", "requests") + " to be linked to a child"
        yield TodayLine(what, "Match the adult with the register, then approve or reject", news.since, "warn", "codes",
                        "requests")  # fmt: skip


def _data_requests_due(view: View) -> dict[State, int]:
    """How many requests about somebody's data are overdue, and due within a week (K3)."""
    states = [line.state for line in data_requests(DataRequests(), view)]
    return {state: states.count(state) for state in (State.OVERDUE, State.SOON)}


def _overdue_requests(count: int) -> Iterator[TodayLine]:
    if count:
        what = counted(count, "request about somebody's data is", "requests about somebody's data are") + " overdue"
        yield TodayLine(what, "The law gives one calendar month. Answer today", None, "stop", "requests", "open")


def _requests_due(count: int) -> Iterator[TodayLine]:
    if count:
        what = counted(count, "request about somebody's data is", "requests about somebody's data are")
        yield TodayLine(
            f"{what} due within a week", "Gather what is held, then answer", None, "warn", "requests", "open"
        )


def _now(figures: TodayFigures, role: Role) -> list[TodayLine]:
    lines: list[TodayLine] = []
    if role in SAFEGUARDERS:
        for id_, since in figures.unread_referrals:
            lines.append(
                TodayLine(
                    "A referral to the safeguarding lead",
                    "Nobody has read it yet",
                    since,
                    "stop",
                    "safeguarding",
                    f"referral:{id_}",
                )
            )
    if role in LEADERS:
        if figures.harm:
            _, found = figures.harm[0]
            count = counted(len(figures.harm), "possible sign of harm", "possible signs of harm")
            lines.append(TodayLine(count, "Goes to the safeguarding lead first", found, "stop", "review", "harm"))
        if figures.urgent_items.count:
            lines.append(
                TodayLine(
                    counted(figures.urgent_items.count, "item", "items") + " to review soon",
                    "Private matters, pictures without permission, abuse, people from outside",
                    figures.urgent_items.since,
                    "warn",
                    "review",
                    "soon",
                )
            )
    if role in HEAD:
        for id_, reference, opened in figures.open_cases[:5]:
            lines.append(
                TodayLine(f"Case {reference}", "Waits for your decision", opened, "warn", "cases", f"case:{id_}")
            )
    if role is Role.OFFICE and figures.office_referrals.count:
        lines.append(
            TodayLine(
                counted(figures.office_referrals.count, "matter", "matters") + " for the office",
                "Referred from messages",
                figures.office_referrals.since,
                "warn",
                "referrals",
            )
        )
    return lines


def _due(figures: TodayFigures, role: Role, on: date, lists: int) -> list[TodayLine]:
    lines: list[TodayLine] = []
    if role in LEADERS and figures.other_items.count:
        lines.append(
            TodayLine(
                counted(figures.other_items.count, "item", "items") + " to review",
                "Names, office matters, hours, comparisons, points",
                figures.other_items.since,
                "info",
                "review",
                "later",
            )
        )
    if figures.undecided_pupils:
        lines.append(
            TodayLine(
                counted(figures.undecided_pupils, "pupil has", "pupils have") + " no decision on photographs",
                "Until somebody decides, they may not be shown",
                None,
                "warn",
                "pupils",
                "undecided",
            )
        )
    if lists:
        lines.append(
            TodayLine(
                counted(lists, "class list is", "class lists are") + " to issue again",
                "A name, a permission or who is in the class has changed",
                None,
                "warn",
                "sheets",
                "outdated",
            )
        )
    if role in (Role.OFFICE, Role.HEADTEACHER):
        if figures.unlinked_pupils:
            lines.append(
                TodayLine(
                    counted(figures.unlinked_pupils, "pupil has", "pupils have") + " no linked adult",
                    "Give out a code, or ask why it was not used",
                    None,
                    "info",
                    "pupils",
                    "unlinked",
                )
            )
        if figures.guardians_not_accepted:
            lines.append(
                TodayLine(
                    counted(figures.guardians_not_accepted, "linked guardian has", "linked guardians have")
                    + " not accepted the policy",
                    "Using the service means accepting it",
                    None,
                    "info",
                    "pupils",
                )
            )
    if role in LEADERS:
        for due in figures.due:
            words = {
                "ends": f"The decision in case {due.reference} ends",
                "review": f"The decision in case {due.reference} is to be reviewed",
                "exception": "An exception for a third adult is to be looked at again",
            }
            tone = "stop" if due.on < on else "warn"
            if due.what == "exception":
                why = "Say why it stands, or end it"
                lines.append(TodayLine(words[due.what], why, due.on, tone, "codes", "exceptions"))
                continue
            lines.append(TodayLine(words[due.what], "", due.on, tone, "cases", f"case:{due.id}"))
    if role in HEAD and figures.policy_review_due is not None:
        lines.append(
            TodayLine("The yearly review of the policy", "Signed by you", figures.policy_review_due, "quiet", "annual")
        )
    return lines
