"""Reading what was said about showing one child: the ruling for each kind and audience, and every answer (P8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Answer, Audience, Basis, MediaKind, Ruling
from app.domain.problems import Problem
from app.store.reads.register import asked_audiences, decisions, rulings
from app.store.tables.accounts import AccountRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import PermissionRow


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One answer as it was recorded, for one kind and every audience it was given for at once."""

    ids: tuple[int, ...]
    who: str
    by_child: bool
    kind: MediaKind
    audiences: tuple[Audience, ...]
    answer: Answer
    decided_on: date
    route: str
    basis: Basis | None
    expires_on: date | None
    recorded_at: datetime
    recorded_by: str
    has_form: bool
    in_force: bool
    """Nobody has superseded it, it has not run out, and whoever gave it may give it."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """An adult whose answer can be recorded."""

    id: int
    name: str
    relationship: str | None
    responsibility: bool | None


@dataclass(frozen=True, slots=True)
class ChildPermissions:
    """Everything about one child's permissions, without the reason of a bar."""

    asked: tuple[Audience, ...]
    rulings: dict[tuple[MediaKind, Audience], Ruling]
    said: tuple[SaidLine, ...]
    answerers: tuple[Answerer, ...]
    on_roll: bool


def child_permissions(session: Session, pupil_id: int, today: date) -> ChildPermissions:
    """The newest answer first; `Problem` where there is no such pupil."""
    pupil = session.get(PupilRow, pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register.")
    asked = asked_audiences(session)
    ruled = {
        (kind, audience): rulings(session, today, [pupil_id], audience)[pupil_id][kind]
        for audience in asked
        for kind in MediaKind
    }
    return ChildPermissions(asked, ruled, _said(session, pupil_id, today), _answerers(session, pupil_id),
                            pupil.left_on is None)  # fmt: skip


def _said(session: Session, pupil_id: int, today: date) -> tuple[SaidLine, ...]:
    names = {id_: name for id_, name in session.execute(select(AccountRow.id, AccountRow.name))}
    answered = select(PermissionRow.guardian_id).where(PermissionRow.pupil_id == pupil_id)
    adults = {row.id: row.name for row in session.scalars(select(GuardianRow).where(GuardianRow.id.in_(answered)))}
    force = _in_force(session, pupil_id, today)
    groups: dict[tuple[object, ...], list[PermissionRow]] = defaultdict(list)
    rows = session.scalars(select(PermissionRow).where(PermissionRow.pupil_id == pupil_id).order_by(PermissionRow.id))
    for row in rows:
        same = (row.guardian_id, row.kind, row.answer, row.decided_on, row.route, row.basis, row.expires_on)
        groups[(*same, row.recorded_at, row.recorded_by)].append(row)
    lines = [
        SaidLine(
            ids=tuple(row.id for row in together),
            who="The child" if first.by_child else adults.get(first.guardian_id or 0, "An adult no longer on record"),
            by_child=first.by_child,
            kind=MediaKind(first.kind),
            audiences=tuple(audience for audience in Audience if audience in {row.audience for row in together}),
            answer=Answer(first.answer),
            decided_on=first.decided_on,
            route=first.route,
            basis=Basis(first.basis) if first.basis in set(Basis) else None,
            expires_on=first.expires_on,
            recorded_at=first.recorded_at,
            recorded_by=names.get(first.recorded_by, ""),
            has_form=any(row.evidence_id is not None for row in together),
            in_force=any(row.id in force for row in together),
        )
        for together in groups.values()
        for first in together[:1]
    ]
    return tuple(sorted(lines, key=lambda line: (line.decided_on, line.ids), reverse=True))


def _in_force(session: Session, pupil_id: int, today: date) -> set[int]:
    found: set[int] = set()
    for audience in Audience:
        for said in decisions(session, [pupil_id], audience).values():
            newest = {}
            for decision in sorted(said, key=lambda d: (d.decided_on, d.order)):
                newest[decision.person] = decision
            found |= {
                decision.order
                for decision in newest.values()
                if decision.counts and (decision.expires_on is None or decision.expires_on >= today)
            }
    return found


def _answerers(session: Session, pupil_id: int) -> tuple[Answerer, ...]:
    """Adults who hold responsibility first, then those of whom nobody has said; nobody who holds none."""
    ties = session.execute(
        select(TieRow, GuardianRow)
        .join(GuardianRow, GuardianRow.id == TieRow.guardian_id)
        .where(TieRow.pupil_id == pupil_id, TieRow.ended_at.is_(None), TieRow.responsibility.is_not(False))
    ).all()
    found = [(tie, adult) for tie, adult in ties]
    found.sort(key=lambda each: (each[0].responsibility is not True, each[0].contact_order or 99, each[0].id))
    return tuple(Answerer(adult.id, adult.name, tie.relationship, tie.responsibility) for tie, adult in found)
