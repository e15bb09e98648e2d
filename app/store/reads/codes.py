"""Reading the ledger of linking codes, and the requests to be linked (P3, P4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.checks.register import PupilEntry
from app.domain.codes import CodeState, state_of
from app.domain.naming import permitted_name
from app.store.reads.register import ref
from app.store.tables.accounts import AccountRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.policy import AcceptanceRow, PolicyVersionRow
from app.store.tables.school import ClassRow


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One code: its last two signs only."""

    id: int
    pupil_id: int
    pupil: str
    class_id: int | None
    class_name: str | None
    guardian_id: int | None
    guardian: str
    reach: str
    """E-mail address or telephone number, to ask why a code was not used."""
    ending: str
    origin: str
    route: str
    issued_at: datetime
    issued_by: str
    expires_on: date | None
    used_at: datetime | None
    revoked_at: datetime | None
    revoked_why: str | None
    state: CodeState
    linked: bool
    """The adult is linked to the child, by this code or another way."""
    on_roll: bool


def ledger(session: Session, today: date) -> tuple[LedgerLine, ...]:
    """Every code, the newest first."""
    linked = {
        (pupil, adult)
        for pupil, adult in session.execute(
            select(LinkRow.pupil_id, LinkRow.guardian_id).where(LinkRow.state == "linked")
        )
    }
    rows = session.execute(
        select(LinkingCodeRow, PupilRow, GuardianRow, ClassRow.name, AccountRow.name.label("by"))
        .join(PupilRow, PupilRow.id == LinkingCodeRow.pupil_id)
        .outerjoin(GuardianRow, GuardianRow.id == LinkingCodeRow.guardian_id)
        .outerjoin(ClassRow, ClassRow.id == LinkingCodeRow.class_id)
        .join(AccountRow, AccountRow.id == LinkingCodeRow.issued_by)
        .order_by(LinkingCodeRow.issued_at.desc(), LinkingCodeRow.id.desc())
    )
    return tuple(
        LedgerLine(
            id=code.id,
            pupil_id=pupil.id,
            pupil=f"{pupil.preferred or pupil.first} {pupil.last}",
            class_id=code.class_id,
            class_name=class_name,
            guardian_id=code.guardian_id,
            guardian=adult.name if adult else "Nobody recorded",
            reach=(adult.phones or adult.email or "") if adult else "",
            ending=code.ending,
            origin=code.origin,
            route=code.route,
            issued_at=code.issued_at,
            issued_by=by,
            expires_on=code.expires_on,
            used_at=code.used_at,
            revoked_at=code.revoked_at,
            revoked_why=code.revoked_why,
            state=state_of(code.used_at, code.revoked_at, code.expires_on, today),
            linked=(pupil.id, code.guardian_id) in linked,
            on_roll=pupil.left_on is None,
        )
        for code, pupil, adult, class_name, by in rows
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An adult tied to a child, and everything that decides whether a code may be given."""

    pupil_id: int
    pupil: str
    """The child's permitted name (T8)."""
    pupil_full: str
    class_id: int | None
    class_name: str | None
    on_roll: bool
    guardian_id: int
    guardian: str
    language: str
    contact: str
    responsibility: bool | None
    order: int
    linked: bool
    excepted: bool
    code_waiting: bool
    accepted_policy: bool
    accepted_processing: bool


def candidates(session: Session, today: date) -> tuple[Candidate, ...]:
    """Every tie that has not ended, by class, child and contact order."""
    accepted = _accepted(session)
    linked: set[tuple[int, int | None]] = set()
    excepted: set[tuple[int, int | None]] = set()
    for link in session.scalars(select(LinkRow).where(LinkRow.state == "linked")):
        linked.add((link.pupil_id, link.guardian_id))
        if link.exception_why:
            excepted.add((link.pupil_id, link.guardian_id))
    waiting = {
        (row.pupil_id, row.guardian_id)
        for row in session.scalars(select(LinkingCodeRow))
        if state_of(row.used_at, row.revoked_at, row.expires_on, today) is CodeState.WAITING
    }
    names = permitted_names(session)
    rows = session.execute(
        select(TieRow, PupilRow, GuardianRow, ClassRow.name)
        .join(PupilRow, PupilRow.id == TieRow.pupil_id)
        .join(GuardianRow, GuardianRow.id == TieRow.guardian_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(TieRow.ended_at.is_(None), GuardianRow.merged_into.is_(None))
    ).all()
    found = [
        Candidate(
            pupil_id=pupil.id,
            pupil=names.get(pupil.id, pupil.preferred or pupil.first),
            pupil_full=f"{pupil.preferred or pupil.first} {pupil.last}",
            class_id=pupil.class_id,
            class_name=class_name,
            on_roll=pupil.left_on is None,
            guardian_id=adult.id,
            guardian=adult.name,
            language=adult.language,
            contact=tie.contact,
            responsibility=tie.responsibility,
            order=tie.contact_order or 99,
            linked=(pupil.id, adult.id) in linked,
            excepted=(pupil.id, adult.id) in excepted,
            code_waiting=(pupil.id, adult.id) in waiting,
            accepted_policy=("policy", adult.id) in accepted,
            accepted_processing=("processing", adult.id) in accepted,
        )
        for tie, pupil, adult, class_name in rows
    ]
    return tuple(sorted(found, key=lambda c: (c.class_name or "", c.pupil_full, c.pupil_id, c.order, c.guardian_id)))


def permitted_names(session: Session) -> dict[int, str]:
    """The name that each pupil on roll may be called by (T8)."""
    classes: dict[int | None, list[tuple[int, PupilEntry]]] = {}
    for row in session.scalars(select(PupilRow).where(PupilRow.left_on.is_(None))):
        place = None if row.class_id is None else ref("c", row.class_id)
        entry = PupilEntry(ref("p", row.id), row.first, row.last, place, row.preferred)
        classes.setdefault(row.class_id, []).append((row.id, entry))
    return {
        id_: permitted_name(entry, [other for _, other in entries])
        for entries in classes.values()
        for id_, entry in entries
    }


def _accepted(session: Session) -> set[tuple[str, int]]:
    """Who accepted the policy's version in force, and who agreed to processing."""
    version = session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
    rows = session.execute(
        select(AcceptanceRow.what, AcceptanceRow.guardian_id, AcceptanceRow.version_id).where(
            AcceptanceRow.what.in_(("policy", "processing")), AcceptanceRow.guardian_id.is_not(None)
        )
    )
    return {
        (what, adult) for what, adult, said in rows if adult is not None and (what == "processing" or said == version)
    }


@dataclass(frozen=True, slots=True)
class RequestLine:
    """Somebody asked to be linked to a child."""

    id: int
    pupil_id: int
    pupil: str
    class_name: str | None
    name_given: str
    guardian_id: int | None
    guardian: str | None
    state: str
    asked_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    reason: str
    on_roll: bool
    linked_adults: int


def requests(session: Session) -> tuple[RequestLine, ...]:
    """Requests that wait, that were rejected, and that were stopped; the newest first."""
    decider = aliased(AccountRow)
    linked: dict[int, int] = {}
    for pupil_id in session.scalars(select(LinkRow.pupil_id).where(LinkRow.state == "linked")):
        linked[pupil_id] = linked.get(pupil_id, 0) + 1
    rows = session.execute(
        select(LinkRow, PupilRow, GuardianRow, ClassRow.name, decider.name.label("by"))
        .join(PupilRow, PupilRow.id == LinkRow.pupil_id)
        .outerjoin(GuardianRow, GuardianRow.id == LinkRow.guardian_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .outerjoin(decider, decider.id == LinkRow.decided_by)
        .where(LinkRow.state.in_(("requested", "rejected", "stopped")))
        .order_by(LinkRow.requested_at.desc(), LinkRow.id.desc())
    )
    return tuple(
        RequestLine(
            id=link.id,
            pupil_id=pupil.id,
            pupil=f"{pupil.preferred or pupil.first} {pupil.last}",
            class_name=class_name,
            name_given=link.name_given or (adult.name if adult else ""),
            guardian_id=link.guardian_id,
            guardian=adult.name if adult else None,
            state=link.state,
            asked_at=link.requested_at,
            decided_at=link.decided_at,
            decided_by=by,
            reason=link.reason or "",
            on_roll=pupil.left_on is None,
            linked_adults=linked.get(pupil.id, 0),
        )
        for link, pupil, adult, class_name, by in rows
    )


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An adult who is linked beyond the policy's number, why, and when it is looked at again."""

    id: int
    pupil_id: int
    pupil: str
    class_name: str | None
    guardian: str
    why: str
    given_by: str
    review_on: date | None


def exceptions(session: Session) -> tuple[ExceptionLine, ...]:
    """Those that stand, by the day on which they are looked at again."""
    rows = session.execute(
        select(LinkRow, PupilRow, GuardianRow, ClassRow.name, AccountRow.name.label("by"))
        .join(PupilRow, PupilRow.id == LinkRow.pupil_id)
        .join(GuardianRow, GuardianRow.id == LinkRow.guardian_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .outerjoin(AccountRow, AccountRow.id == LinkRow.exception_by)
        .where(LinkRow.state == "linked", LinkRow.exception_why.is_not(None))
        .order_by(LinkRow.review_on, LinkRow.id)
    )
    return tuple(
        ExceptionLine(
            id=link.id,
            pupil_id=pupil.id,
            pupil=f"{pupil.preferred or pupil.first} {pupil.last}",
            class_name=class_name,
            guardian=adult.name,
            why=link.exception_why or "",
            given_by=by or "",
            review_on=link.review_on,
        )
        for link, pupil, adult, class_name, by in rows
    )


@dataclass(frozen=True, slots=True)
class LinkNews:
    """What waits of requests, and when barred adults were stopped lately."""

    waiting: int
    since: datetime | None
    stopped: tuple[datetime, ...]


def link_news(session: Session, lately: datetime) -> LinkNews:
    """Requests without a decision; barred adults stopped since `lately`, the newest first."""
    asked = session.scalars(select(LinkRow.requested_at).where(LinkRow.state == "requested")).all()
    stopped = session.scalars(
        select(LinkRow.decided_at)
        .where(LinkRow.state == "stopped", LinkRow.decided_at >= lately)
        .order_by(LinkRow.decided_at.desc())
    )
    since = min((at for at in asked if at is not None), default=None)
    return LinkNews(len(asked), since, tuple(at for at in stopped if at is not None))
