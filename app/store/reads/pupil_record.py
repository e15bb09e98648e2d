"""Reading one pupil's record: adults, codes, posts that name them, history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check
from app.domain.content import Kind
from app.domain.history import may_be_told
from app.domain.problems import Problem
from app.domain.review import FindingState
from app.store.reads.people import key
from app.store.reads.pupils import LINES, PupilLine, lines_of
from app.store.tables.accounts import AccountRow
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow, TagRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.review import FindingPupilRow, FindingRow


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """An adult as a pupil's record shows them."""

    id: int
    name: str
    relationship: str | None
    responsibility: bool | None
    order: int | None
    contact: str
    order_date: date | None
    language: str
    email: str | None
    phones: str | None
    link: str | None
    linked_at: datetime | None
    suspended_until: date | None
    exception_why: str | None


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A linking code in the ledger: its last two signs only."""

    ending: str
    guardian: str
    issued_at: datetime
    route: str
    used_at: datetime | None
    revoked_at: datetime | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class NamedIn:
    """An item that names or tags the pupil."""

    item_id: int
    kind: Kind
    sent_at: datetime | None
    opening: str
    checks: tuple[Check, ...]
    state: FindingState | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was done about this pupil, without restricted words."""

    at: datetime
    verb: str
    detail: str
    by: str


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """Everything about one pupil on a page, but for the care record, which leaders ask for apart."""

    line: PupilLine
    class_id: int | None
    upn: str | None
    born: date | None
    preferred: str | None
    middle: str | None
    sex: str | None
    postcode: str | None
    joined_on: date | None
    guardians: tuple[GuardianLine, ...]
    codes: tuple[CodeLine, ...]
    named_in: tuple[NamedIn, ...]
    history: tuple[HistoryLine, ...]
    namesakes: tuple[str, ...]


def pupil_record(session: Session, pupil_id: int, today: date) -> PupilRecord:
    """One pupil's record; `Problem` where there is no such pupil."""
    row = session.get(PupilRow, pupil_id)
    if row is None:
        raise Problem("That pupil is no longer in the register.")
    on_roll, same_class = row.left_on is None, row.class_id is not None
    near = PupilRow.class_id == row.class_id if on_roll and same_class else PupilRow.id == pupil_id
    lines = lines_of(session, LINES.where(near, (PupilRow.id == pupil_id) | PupilRow.left_on.is_(None)), today)
    line = next(line for line in lines if line.id == pupil_id)
    same = [
        f"{other.known_as} {other.last}"
        for other in lines
        if other.id != pupil_id and key(other.known_as) == key(line.known_as)
    ]
    return PupilRecord(
        line=line,
        class_id=row.class_id,
        upn=row.upn,
        born=row.born,
        preferred=row.preferred,
        middle=row.middle,
        sex=row.sex,
        postcode=row.postcode,
        joined_on=row.joined_on,
        guardians=_guardians(session, pupil_id),
        codes=_codes(session, pupil_id),
        named_in=_named_in(session, pupil_id),
        history=_history(session, pupil_id),
        namesakes=tuple(same),
    )


def _guardians(session: Session, pupil_id: int) -> tuple[GuardianLine, ...]:
    links = {row.guardian_id: row for row in session.scalars(select(LinkRow).where(LinkRow.pupil_id == pupil_id))}
    rows = session.execute(
        select(TieRow, GuardianRow)
        .join(GuardianRow, GuardianRow.id == TieRow.guardian_id)
        .where(TieRow.pupil_id == pupil_id, TieRow.ended_at.is_(None))
        .order_by(TieRow.contact_order, TieRow.id)
    )
    lines = []
    for tie, guardian in rows:
        link = links.get(guardian.id)
        lines.append(
            GuardianLine(
                id=guardian.id,
                name=guardian.name,
                relationship=tie.relationship,
                responsibility=tie.responsibility,
                order=tie.contact_order,
                contact=tie.contact,
                order_date=tie.order_date,
                language=guardian.language,
                email=guardian.email,
                phones=guardian.phones,
                link=link.state if link else None,
                linked_at=link.decided_at if link else None,
                suspended_until=link.suspended_until if link else None,
                exception_why=link.exception_why if link else None,
            )
        )
    return tuple(lines)


def _codes(session: Session, pupil_id: int) -> tuple[CodeLine, ...]:
    rows = session.execute(
        select(LinkingCodeRow, GuardianRow)
        .outerjoin(GuardianRow, GuardianRow.id == LinkingCodeRow.guardian_id)
        .where(LinkingCodeRow.pupil_id == pupil_id)
        .order_by(LinkingCodeRow.issued_at.desc())
    )
    return tuple(
        CodeLine(
            row.ending,
            guardian.name if guardian else "Nobody",
            row.issued_at,
            row.route,
            row.used_at,
            row.revoked_at,
            row.expires_on,
        )
        for row, guardian in rows
    )


SHOWN = 40
"""How many posts and history lines a record shows."""


def _named_in(session: Session, pupil_id: int) -> tuple[NamedIn, ...]:
    tagged = select(TagRow.item_id).where(TagRow.pupil_id == pupil_id)
    found = (
        select(FindingRow.item_id)
        .join(FindingPupilRow, FindingPupilRow.finding_id == FindingRow.id)
        .where(FindingPupilRow.pupil_id == pupil_id)
    )
    rows = session.scalars(
        select(ItemRow)
        .where(ItemRow.id.in_(tagged.union(found)), ~ItemRow.restricted)
        .order_by(ItemRow.sent_at.desc(), ItemRow.id.desc())
        .limit(SHOWN)
    ).all()
    checks: dict[int, list[tuple[Check, FindingState]]] = defaultdict(list)
    for item_id, check, state in session.execute(
        select(FindingRow.item_id, FindingRow.check, FindingRow.state).where(
            FindingRow.item_id.in_([row.id for row in rows])
        )
    ):
        checks[item_id].append((Check(check), FindingState(state)))
    return tuple(
        NamedIn(
            row.id,
            Kind(row.kind),
            row.sent_at,
            " ".join(row.text[:200].split())[:110],
            tuple(dict.fromkeys(check for check, _ in checks[row.id])),
            checks[row.id][0][1] if checks[row.id] else None,
        )
        for row in rows
    )


def _history(session: Session, pupil_id: int) -> tuple[HistoryLine, ...]:
    """Lines about the pupil, about their codes and links, and the changes of school year that moved them."""
    codes = session.scalars(select(LinkingCodeRow.id).where(LinkingCodeRow.pupil_id == pupil_id))
    links = session.scalars(select(LinkRow.id).where(LinkRow.pupil_id == pupil_id))
    subjects = [f"pupil:{pupil_id}", *(f"code:{id_}" for id_ in codes), *(f"link:{id_}" for id_ in links)]
    about = AuditRow.subject.in_(subjects) | (AuditRow.verb.in_(("september.applied", "september.undone")))
    rows = session.execute(
        select(AuditRow, AccountRow.name)
        .outerjoin(AccountRow, AccountRow.id == AuditRow.actor_id)
        .where(about, AuditRow.outcome == "done")
        .order_by(AuditRow.seq.desc())
        .limit(SHOWN * 2)
    )
    joined = session.scalar(select(PupilRow.joined_on).where(PupilRow.id == pupil_id))
    return tuple(
        HistoryLine(row.at, row.verb, row.detail, name or "")
        for row, name in rows
        if may_be_told(row.verb) and (row.subject != "school" or joined is None or joined <= row.at.date())
    )[:SHOWN]
