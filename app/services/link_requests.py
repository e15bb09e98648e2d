"""Requests to be linked to a child: matched, approved or rejected with a reason, stopped where barred (P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from app.domain.link_requests import KnownAdult, Match, match_adult
from app.domain.linking import LinkRuling
from app.domain.problems import Overtaken, Problem, Refused
from app.services.codes import code_named
from app.services.door import Command, Query, answers, does
from app.services.linking import EXCEPTION_BY, OFFICE_AND_LEADERS, ruling_on
from app.services.unit import Unit, View
from app.store.reads.codes import RequestLine, requests
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow

LEAVER: Final = "This child has left the school, so nobody can be linked any more. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a request: `requested` (it waits), `linked`, `rejected` or `stopped`, and every reason."""

    link_id: int
    state: str
    guardian_id: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestLink(Command[Asked]):
    """Somebody asks on the service to be linked to a child; `code` is the code they used, where it is known."""

    pupil_id: int
    name_given: str
    code: str = ""

    def __repr__(self) -> str:
        return f"RequestLink(pupil_id={self.pupil_id})"


@does(RequestLink, roles=OFFICE_AND_LEADERS, verb="link.requested")
def request_link(command: RequestLink, unit: Unit) -> Asked:
    """A known adult waits for a decision, an unknown one is rejected, a barred one is stopped and leaders are told.

    Refused for a leaver, without a name, for a mistyped code, and for an adult who is linked or waits already.
    """
    name = " ".join(command.name_given.split())[:200]
    if not name:
        raise Refused("Enter the name that the adult gave on the service.")
    pupil = _pupil(unit, command.pupil_id)
    if pupil.left_on is not None:
        raise Refused(LEAVER)
    code = code_named(command.code, unit) if command.code.strip() else None
    match = match_adult(name, _adults(unit, pupil.id))
    reasons = (match.reason, *_about_code(code, pupil.id, match))
    if match.guardian_id is None:
        row = LinkRow(pupil_id=pupil.id, name_given=name, state="rejected", requested_at=unit.now)
        unit.session.add(row)
        return _settled(row, "rejected", reasons, unit, code)
    row = _row_for(unit, pupil.id, match.guardian_id)
    row.name_given = name
    ruling = ruling_on(unit, pupil.id, match.guardian_id)
    if ruling.alert:
        return _settled(row, "stopped", ruling.reasons, unit, code)
    return _waits(row, (*reasons, *ruling.reasons), unit, code)


@dataclass(frozen=True, slots=True)
class UseCode(Command[Asked]):
    """A code was used on the service by the adult it was given to. They are linked where the policy allows it.

    `accepted_processing` records the permission for processing that is given on joining (H4).
    """

    code: str
    accepted_processing: bool = False

    def __repr__(self) -> str:
        return "UseCode()"


@does(UseCode, roles=OFFICE_AND_LEADERS, verb="code.used")
def use_code(command: UseCode, unit: Unit) -> Asked:
    """Refused for a mistyped, unknown, used, revoked or expired code and for a leaver; a barred adult is stopped.

    Where only the number of adults stands against it, the request waits for a decision.
    """
    code = code_named(command.code, unit)
    pupil = _pupil(unit, code.pupil_id)
    if pupil.left_on is not None:
        raise Refused(LEAVER)
    if code.guardian_id is None:
        raise Refused("The ledger does not say whom this code was given to. Enter the request with the name instead.")
    ruling = ruling_on(unit, pupil.id, code.guardian_id)
    row = _row_for(unit, pupil.id, code.guardian_id)
    if ruling.alert:
        return _settled(row, "stopped", ruling.reasons, unit, code)
    if not ruling.allowed:
        return _waits(row, ruling.reasons, unit, code)
    if command.accepted_processing:
        row.processing_accepted_at = unit.now
    return _settled(row, "linked", ("The code was given to this adult.",), unit, code)


@dataclass(frozen=True, slots=True)
class ApproveRequest(Command[Asked]):
    """Link the adult who asked. One adult more than the policy allows needs `exception_why` and `review_on`."""

    link_id: int
    reason: str
    exception_why: str = ""
    review_on: date | None = None


@does(ApproveRequest, roles=OFFICE_AND_LEADERS, verb="link.approved")
def approve_request(command: ApproveRequest, unit: Unit) -> Asked:
    """Refused, with every reason, where the policy stands against it. An adult barred meanwhile is stopped instead."""
    row = _waiting(unit, command.link_id)
    why, exception = command.reason.strip(), command.exception_why.strip()
    if not why:
        raise Refused("Say why the request is approved: how you know who it is. The reason stays on record.")
    if row.guardian_id is None:
        raise Refused("The register does not name this adult for this child. Reject the request.")
    if exception:
        _check_exception(command, unit)
    ruling = ruling_on(unit, row.pupil_id, row.guardian_id, exception=bool(exception))
    if ruling.alert:
        return _settled(row, "stopped", ruling.reasons, unit, None)
    if not ruling.allowed:
        raise Refused("They were not linked. " + " ".join(ruling.reasons))
    needed = exception and not ruling_on(unit, row.pupil_id, row.guardian_id).allowed
    row.exception_why = exception[:500] if needed else None
    row.exception_by = unit.actor.id if needed else None
    row.review_on = command.review_on if needed else None
    code = unit.session.get(LinkingCodeRow, row.code_id) if row.code_id is not None else None
    return _settled(row, "linked", (why,), unit, code)


def _check_exception(command: ApproveRequest, unit: Unit) -> None:
    if unit.actor.role not in EXCEPTION_BY:
        raise Refused("Only a senior leader or the headteacher can allow one adult more. Ask one of them.")
    if command.review_on is None or command.review_on <= unit.today:
        raise Refused("An exception needs a day ahead on which it is looked at again. Choose one.")


@dataclass(frozen=True, slots=True)
class RejectRequest(Command[Asked]):
    """Turn a request down, with the reason."""

    link_id: int
    reason: str


@does(RejectRequest, roles=OFFICE_AND_LEADERS, verb="link.rejected")
def reject_request(command: RejectRequest, unit: Unit) -> Asked:
    """Refused without a reason; `Overtaken` where somebody decided first."""
    row = _waiting(unit, command.link_id)
    if not command.reason.strip():
        raise Refused("Say why the request is rejected. The reason stays on record.")
    return _settled(row, "rejected", (command.reason.strip(),), unit, None)


@dataclass(frozen=True, slots=True)
class LinkRequests(Query[tuple[RequestLine, ...]]):
    """Requests that wait, and those that were turned down or stopped."""


@answers(LinkRequests, roles=OFFICE_AND_LEADERS)
def link_requests(query: LinkRequests, view: View) -> tuple[RequestLine, ...]:
    """The newest first."""
    del query
    return requests(view.session)


@dataclass(frozen=True, slots=True)
class RulingOnRequest(Query[LinkRuling]):
    """What the policy says about a request now, before anybody decides."""

    link_id: int


@answers(RulingOnRequest, roles=OFFICE_AND_LEADERS)
def ruling_on_request(query: RulingOnRequest, view: View) -> LinkRuling:
    """Every reason against."""
    row = view.session.get(LinkRow, query.link_id)
    if row is None or row.guardian_id is None:
        return LinkRuling(False, ("The register names no such adult for this child.",))
    return ruling_on(view, row.pupil_id, row.guardian_id)


def _pupil(unit: Unit, pupil_id: int) -> PupilRow:
    pupil = unit.session.get(PupilRow, pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    return pupil


def _adults(unit: Unit, pupil_id: int) -> list[KnownAdult]:
    rows = unit.session.scalars(
        select(GuardianRow)
        .join(TieRow, TieRow.guardian_id == GuardianRow.id)
        .where(TieRow.pupil_id == pupil_id, TieRow.ended_at.is_(None))
    )
    return [KnownAdult(row.id, row.first or "", row.last or "") for row in rows]


def _about_code(code: LinkingCodeRow | None, pupil_id: int, match: Match) -> tuple[str, ...]:
    if code is None:
        return ()
    if code.pupil_id != pupil_id:
        raise Refused("This code was issued for another child. Nothing was recorded. Check the code and the child.")
    if code.guardian_id is None or code.guardian_id == match.guardian_id:
        return ("The code was given to this family.",)
    return ("The code was given to another adult of this child. Ask how it came here.",)


def _row_for(unit: Unit, pupil_id: int, guardian_id: int) -> LinkRow:
    row = unit.session.scalar(select(LinkRow).where(LinkRow.pupil_id == pupil_id, LinkRow.guardian_id == guardian_id))
    if row is None:
        row = LinkRow(pupil_id=pupil_id, guardian_id=guardian_id, state="requested")
        unit.session.add(row)
    elif row.state == "linked":
        raise Overtaken("This adult is linked to this child already. Nothing was changed.")
    elif row.state == "suspended":
        raise Refused("This adult is suspended. Nothing was changed. The case says until when.")
    row.requested_at = unit.now
    row.exception_why = row.exception_by = row.review_on = row.ended_at = None
    return row


def _waiting(unit: Unit, link_id: int) -> LinkRow:
    row = unit.session.get(LinkRow, link_id)
    if row is None:
        raise Problem("That request is no longer there. Nothing was changed.")
    if row.state != "requested":
        if _pupil(unit, row.pupil_id).left_on is not None:
            raise Refused(LEAVER)
        raise Overtaken("Somebody decided this request already. Nothing was changed.")
    return row


def _waits(row: LinkRow, reasons: tuple[str, ...], unit: Unit, code: LinkingCodeRow | None) -> Asked:
    unit.session.flush()
    row.state, row.reason = "requested", " ".join(reasons)[:500]
    row.code_id, row.decided_at, row.decided_by = (code.id if code else None), None, None
    unit.session.flush()
    unit.audit(f"link:{row.id}", {"state": row.state})
    unit.changed("links")
    return Asked(row.id, row.state, row.guardian_id, reasons)


def _settled(row: LinkRow, state: str, reasons: tuple[str, ...], unit: Unit, code: LinkingCodeRow | None) -> Asked:
    """Decide a request. A code is used up only by a link; one that a stopped adult held is revoked."""
    row.state, row.reason = state, " ".join(reasons)[:500]
    row.decided_at, row.decided_by = unit.now, unit.actor.id
    if code is not None:
        row.code_id = code.id
        if state == "linked" and code.guardian_id in (None, row.guardian_id):
            code.used_at = unit.now
        elif state == "stopped":
            code.revoked_at, code.revoked_why = unit.now, "Contact is barred."
    unit.session.flush()
    unit.audit(f"link:{row.id}", {"state": state, "alert": state == "stopped", "exception": bool(row.exception_why)})
    unit.changed("links", "pupils")
    return Asked(row.id, state, row.guardian_id, reasons)
