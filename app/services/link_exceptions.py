"""Exceptions for a third adult: which there are, and looking at one again when its day has come (P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.services.door import Command, Query, answers, does
from app.services.linking import EXCEPTION_BY, OFFICE_AND_LEADERS
from app.services.unit import Unit, View
from app.store.reads.codes import ExceptionLine, exceptions
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow


@dataclass(frozen=True, slots=True)
class LinkExceptions(Query[tuple[ExceptionLine, ...]]):
    """Every exception that stands."""


@answers(LinkExceptions, roles=OFFICE_AND_LEADERS)
def link_exceptions(query: LinkExceptions, view: View) -> tuple[ExceptionLine, ...]:
    """The one to look at first stands first."""
    del query
    return exceptions(view.session)


@dataclass(frozen=True, slots=True)
class LinkedAdults(Query[tuple[str, ...]]):
    """Who is linked to a child now."""

    pupil_id: int


@answers(LinkedAdults, roles=OFFICE_AND_LEADERS)
def linked_adults(query: LinkedAdults, view: View) -> tuple[str, ...]:
    """Their names."""
    rows = view.session.scalars(
        select(GuardianRow)
        .join(LinkRow, LinkRow.guardian_id == GuardianRow.id)
        .where(LinkRow.pupil_id == query.pupil_id, LinkRow.state == "linked")
        .order_by(GuardianRow.name_key)
    )
    return tuple(row.name for row in rows)


@dataclass(frozen=True, slots=True)
class ReviewException(Command[None]):
    """An exception was looked at again: it stands until `review_on`, or it ends and the adult's link with it (None)."""

    link_id: int
    reason: str
    review_on: date | None


@does(ReviewException, roles=EXCEPTION_BY, verb="exception.reviewed")
def review_exception(command: ReviewException, unit: Unit) -> None:
    """Refused without a reason and for a day that does not lie ahead; `Overtaken` where it ended already."""
    row = unit.session.get(LinkRow, command.link_id)
    if row is None:
        raise Problem("That link is no longer there. Nothing was changed.")
    if row.state != "linked" or not row.exception_why:
        raise Overtaken("This exception has ended already. Nothing was changed.")
    reason = command.reason.strip()[:500]
    if not reason:
        raise Refused("Say why the exception stands or ends. The reason stays on record.")
    if command.review_on is None:
        row.state, row.ended_at, row.reason = "removed", unit.now, reason
    elif command.review_on <= unit.today:
        raise Refused("An exception needs a day ahead on which it is looked at again. Choose one.")
    else:
        row.exception_why, row.exception_by, row.review_on = reason, unit.actor.id, command.review_on
    row.decided_at, row.decided_by = unit.now, unit.actor.id
    unit.audit(f"link:{row.id}", {"stands": command.review_on is not None})
    unit.changed("links", "pupils")
