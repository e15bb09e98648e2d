"""Deleting what is held on somebody because they asked: looked at first, approved by the headteacher (H12, K3).

What goes and what stays is worked out by one function, for the preview and for the deletion, and the headteacher
approves exactly what was seen. Everything goes in one transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.domain.data_requests import Asked, Identity, Result
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import HEAD, LEADERS
from app.services.data_erasure_scope import STAYS, Scope, is_held, scope_of
from app.services.data_erasure_words import erase_words
from app.services.data_requests import CHANGED, add_step, is_in_register, open_request, request_rows
from app.services.door import Command, Query, answers, does
from app.services.leavers_deletion import forget_adult, forget_pupil
from app.services.unit import Unit, View
from app.store.audit_chain import head
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import CaseRow
from app.store.tables.data_requests import DataRequestRow
from app.store.tables.importing import ImportUndoRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import ContactNoteRow, PupilRow, TieRow
from app.store.tables.register import LeaverRow
from app.store.tables.school import SchoolRow

ON_ROLL = (
    "The pupil is on roll, and the school needs the record. Record first that the pupil has left, or refuse the "
    "request and write why."
)
CHILD_HERE = (
    "The adult has a child on roll, and the school needs to know who they are. End the relationship first, or refuse "
    "the request and write why."
)


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What would go, in figures, and what would stay, with the reason.

    `against` says why nothing can be deleted now; it is empty where it can. `seen` stands for exactly this preview.
    """

    goes: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, str], ...]
    against: str
    seen: str


@dataclass(frozen=True, slots=True)
class PreviewErasure(Query[ErasurePreview]):
    """What deleting would take away and leave."""

    request_id: int


@answers(PreviewErasure, roles=LEADERS)
def preview_erasure(query: PreviewErasure, view: View) -> ErasurePreview:
    """Raises `Problem` for a request about nobody in the register."""
    row, detail = request_rows(view, query.request_id)
    return _preview(view, row, detail)


def _preview(view: View, row: RequestRow, detail: DataRequestRow) -> ErasurePreview:
    if not is_in_register(row) or detail.gone is not None:
        raise Problem("This request is about nobody in the register, so there is nothing to delete here.")
    scope = scope_of(view, row)
    goes = scope.figures()
    seen = hashlib.sha256(json.dumps([row.id, scope.numbers(), goes]).encode()).hexdigest()
    return ErasurePreview(goes, STAYS, _against(view, row, detail, scope), seen)


def _against(view: View, row: RequestRow, detail: DataRequestRow, scope: Scope) -> str:
    if row.kind != Asked.DELETE:
        return "This request does not ask for a deletion."
    if row.answered_on is not None:
        return "This request is closed."
    if row.paused_on is not None or detail.identity == Identity.WAITING:
        return "The clock of this request stands. Nothing is deleted before the person's identity is checked."
    return _against_person(view, row) or _against_open(view, row, scope)


def _against_person(view: View, row: RequestRow) -> str:
    if row.about_pupil is not None:
        pupil = view.session.get(PupilRow, row.about_pupil)
        leaver = view.session.get(LeaverRow, row.about_pupil)
        if pupil is None or pupil.left_on is None:
            return ON_ROLL
        if leaver is not None and leaver.hold_why:
            return f"The record is held: {leaver.hold_why}"
        if leaver is None or leaver.done_on is None:
            return "Nobody has noted yet that it was done in ClassDojo. Do it there first, then tick it among leavers."
        return ""
    here = (
        select(TieRow.id)
        .join(PupilRow, PupilRow.id == TieRow.pupil_id)
        .where(TieRow.guardian_id == row.about_guardian, TieRow.ended_at.is_(None), PupilRow.left_on.is_(None))
    )
    if view.session.scalar(here.limit(1)) is not None:
        return CHILD_HERE
    linked = select(LinkRow.id).where(
        LinkRow.guardian_id == row.about_guardian, LinkRow.state.in_(("linked", "invited", "suspended"))
    )
    if view.session.scalar(linked.limit(1)) is not None:
        return "The adult still has a link. End it in ClassDojo and here first."
    return ""


def _against_open(view: View, row: RequestRow, scope: Scope) -> str:
    about = or_(CaseRow.pupil_id == row.about_pupil, CaseRow.guardian_id.in_(scope.guardians))
    case = select(CaseRow.id).where(CaseRow.status.in_(("open", "appealed")), about)
    if view.session.scalar(case.limit(1)) is not None:
        return "A case about them is not decided yet. It is decided first."
    if is_held(view, scope):
        return "A message, a post or a form among these is held. Let go of the hold first."
    other = select(RequestRow.id).where(
        RequestRow.id != row.id,
        RequestRow.answered_on.is_(None),
        or_(RequestRow.about_pupil == row.about_pupil, RequestRow.about_guardian.in_(scope.guardians)),
    )
    if view.session.scalar(other.limit(1)) is not None:
        return "Another request about them is still open. Answer it first."
    return ""


@dataclass(frozen=True, slots=True)
class EraseAsAsked(Command[tuple[tuple[str, int], ...]]):
    """The headteacher approves and deletes what the preview showed. `seen` stands for that preview."""

    request_id: int
    seen: str
    why: str

    def __repr__(self) -> str:
        return f"EraseAsAsked(request_id={self.request_id})"


@does(EraseAsAsked, roles=HEAD, verb="request.erased")
def erase_as_asked(command: EraseAsAsked, unit: Unit) -> tuple[tuple[str, int], ...]:
    """What went. Refused where something stands against it; `Overtaken` where more or less would go than was seen."""
    row, detail = open_request(unit, command.request_id)
    shown = _preview(unit, row, detail)
    if shown.against:
        raise Refused(f"Nothing was deleted. {shown.against}")
    if not command.why.strip():
        raise Refused("Write why you approve it. It stays with the request.")
    if command.seen != shown.seen:
        raise Overtaken("Something about this person changed meanwhile. Nothing was deleted: look at the list again.")
    scope = scope_of(unit, row)
    erase_words(unit, scope)
    _erase_people(unit, scope)
    detail.gone = json.dumps(dict(shown.goes))
    detail.approved_at, detail.approved_by = unit.now, unit.actor.id
    detail.result = Result.ERASED
    row.answered_on, row.reviewed_by, row.reviewed_on = unit.today, unit.actor.id, unit.today
    add_step(unit, row.id, "erased", unit.today, command.why.strip())
    unit.audit(f"request:{row.id}", dict(shown.goes))
    unit.changed(CHANGED, "pupils", "guardians", "leavers", "links", "review")
    unit.words_went = True
    return shown.goes


def _erase_people(unit: Unit, scope: Scope) -> None:
    session = unit.session
    for adult in scope.guardians if scope.pupil is None else ():
        _untie(unit, adult)
        session.flush()
        forget_adult(unit, adult)
    if scope.pupil is not None:
        forget_pupil(unit, scope.pupil, Counter())
    session.flush()


def _untie(unit: Unit, guardian_id: int) -> None:
    """Ties to children who left go, and what was written about links; their dates and states are counted and stay."""
    session = unit.session
    ties = list(session.scalars(select(TieRow).where(TieRow.guardian_id == guardian_id)))
    for tie in ties:
        for note in session.scalars(select(ContactNoteRow).where(ContactNoteRow.tie_id == tie.id)):
            session.delete(note)
        session.flush()
        session.delete(tie)
    for link in session.scalars(select(LinkRow).where(LinkRow.guardian_id == guardian_id)):
        link.name_given = link.reason = link.exception_why = None
    for code in session.scalars(select(LinkingCodeRow).where(LinkingCodeRow.guardian_id == guardian_id)):
        code.revoked_at = code.revoked_at or unit.now
        code.revoked_why = None
    for undo in session.scalars(select(ImportUndoRow)):
        session.delete(undo)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate of a deletion says: no name, no word of what was deleted."""

    reference: str
    school: str
    whose: str
    received_on: date
    erased_at: datetime
    approved_by: str
    goes: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, str], ...]
    made_at: datetime
    made_by: str
    audit_head: str


@dataclass(frozen=True, slots=True)
class CertifyErasure(Command[Certificate]):
    """Make the certificate of a deletion."""

    request_id: int


@does(CertifyErasure, roles=LEADERS, verb="request.certified")
def certify_erasure(command: CertifyErasure, unit: Unit) -> Certificate:
    """Refused where nothing was deleted."""
    row, detail = request_rows(unit, command.request_id)
    if detail.gone is None or detail.approved_at is None:
        raise Refused("Nothing was deleted on this request, so there is nothing to certify.")
    school = unit.session.scalars(select(SchoolRow)).one()
    zone = ZoneInfo(school.timezone)
    approver = unit.session.get(AccountRow, detail.approved_by)
    unit.audit(f"request:{row.id}")
    return Certificate(
        reference=detail.reference,
        school=school.name,
        whose="a former pupil" if row.about_pupil is not None else "a parent or guardian",
        received_on=row.received_on,
        erased_at=detail.approved_at.astimezone(zone),
        approved_by=approver.name if approver is not None else "",
        goes=tuple((str(what), int(count)) for what, count in json.loads(detail.gone).items()),
        stays=STAYS,
        made_at=unit.now.astimezone(zone),
        made_by=unit.actor.name,
        audit_head=head(unit.session),
    )
