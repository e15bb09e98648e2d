"""The audit, for the headteacher: who did what, who was refused, and whether the chain holds (H5)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.roles import HEAD
from app.services.door import Query, answers
from app.services.unit import View
from app.store.audit_chain import broken_at, head
from app.store.reads.activity import ActivityFilter, ActivityLine, activity_count, activity_lines


@dataclass(frozen=True, slots=True)
class Activity(Query[tuple[ActivityLine, ...]]):
    """A page of the audit, newest first."""

    filter: ActivityFilter = ActivityFilter()


@answers(Activity, roles=HEAD)
def activity(query: Activity, view: View) -> tuple[ActivityLine, ...]:
    """Without any restricted word: the audit never holds one."""
    return activity_lines(view.session, query.filter)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether the audit holds. `broken_at` is the number of the first line that was tampered with."""

    lines: int
    head: str
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class CheckChain(Query[ChainState]):
    """Recount the audit's chain from its first line."""


@answers(CheckChain, roles=HEAD)
def check_chain(query: CheckChain, view: View) -> ChainState:
    """Reads every line."""
    del query
    return ChainState(activity_count(view.session), head(view.session), broken_at(view.session))
