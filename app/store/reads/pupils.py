"""Reading the list of pupils."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.checks.register import PupilEntry
from app.domain.naming import permitted_names
from app.domain.permissions import MediaKind, Ruling
from app.store.reads.people import key
from app.store.reads.register import number, ref, rulings
from app.store.tables.links import LinkRow
from app.store.tables.people import PupilRow
from app.store.tables.register import LeaverRow
from app.store.tables.school import ClassRow


@dataclass(frozen=True, slots=True)
class PupilFilter:
    """What the list shows. `year` is a year group; `barred` keeps only those who may not be pictured, never why."""

    words: str = ""
    class_id: int | None = None
    year: str = ""
    no_permission: bool = False
    barred: bool = False
    undecided: bool = False
    unlinked: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class PupilLine:
    """One pupil in the list."""

    id: int
    first: str
    last: str
    known_as: str
    permitted: str
    class_name: str | None
    year_group: str | None
    rulings: dict[MediaKind, Ruling]
    linked: int
    picture_bar: bool
    left_on: date | None


_FEW = 2_000
"""Up to so many pupils are asked about by their ids; beyond, everybody is read."""


def pupil_lines(session: Session, wanted: PupilFilter, today: date) -> tuple[PupilLine, ...]:
    """By surname and first name. Never why a child may not be shown."""
    query = LINES.where(PupilRow.left_on.is_not(None) if wanted.left else PupilRow.left_on.is_(None))
    if wanted.left:
        query = query.where(PupilRow.id.not_in(select(LeaverRow.pupil_id).where(LeaverRow.deleted_at.is_not(None))))
    for word in key(wanted.words).split():
        query = query.where(PupilRow.name_key.contains(word, autoescape=True))
    if wanted.class_id is not None:
        query = query.where(PupilRow.class_id == wanted.class_id)
    if wanted.year:
        query = query.where(PupilRow.year_group == wanted.year)
    if wanted.barred:
        query = query.where(PupilRow.picture_bar)
    lines = [line for line in lines_of(session, query, today) if _kept(line, wanted)]
    return tuple(sorted(lines, key=lambda line: (key(line.last), key(line.first), line.id)))


LINES: Select[*tuple[Any, ...]] = select(
    PupilRow.id,
    PupilRow.first,
    PupilRow.last,
    PupilRow.preferred,
    PupilRow.class_id,
    ClassRow.name,
    PupilRow.year_group,
    PupilRow.picture_bar,
    PupilRow.left_on,
).outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)


def lines_of(session: Session, query: Select[*tuple[Any, ...]], today: date) -> list[PupilLine]:
    """The lines of a query over `LINES`, in no order."""
    rows = session.execute(query).all()
    ids = [row[0] for row in rows]
    few = len(rows) <= _FEW
    ruled = rulings(session, today, ids if few or any(row[8] is not None for row in rows) else None)
    count = select(LinkRow.pupil_id, func.count()).where(LinkRow.state == "linked").group_by(LinkRow.pupil_id)
    linked = {pupil_id: many for pupil_id, many in session.execute(count)}
    names = _permitted(session, {row[4] for row in rows} if few else None)
    return [
        PupilLine(
            id=id_,
            first=first,
            last=last,
            known_as=preferred or first,
            permitted=names.get(id_, preferred or first),
            class_name=class_name,
            year_group=year,
            rulings=ruled[id_],
            linked=linked.get(id_, 0),
            picture_bar=barred,
            left_on=left_on,
        )
        for id_, first, last, preferred, _, class_name, year, barred, left_on in rows
    ]


def _kept(line: PupilLine, wanted: PupilFilter) -> bool:
    if wanted.no_permission and line.rulings[MediaKind.PHOTOGRAPH].allowed:
        return False
    if wanted.undecided and not any(r.words in ("Undecided", "Expired") for r in line.rulings.values()):
        return False
    return not (wanted.unlinked and line.linked)


def _permitted(session: Session, classes: set[int | None] | None) -> dict[int, str]:
    """The name that each pupil on roll of these classes (all where None) may be called by on the service (T8)."""
    query = select(PupilRow.id, PupilRow.first, PupilRow.last, PupilRow.preferred, PupilRow.class_id).where(
        PupilRow.left_on.is_(None), PupilRow.class_id.is_not(None)
    )
    if classes is not None:
        query = query.where(PupilRow.class_id.in_(classes - {None}))
    mates: dict[int | None, list[PupilEntry]] = defaultdict(list)
    for id_, first, last, preferred, class_id in session.execute(query):
        mates[class_id].append(PupilEntry(ref("p", id_), first, last, str(class_id), preferred))
    return {number(pupil): name for entries in mates.values() for pupil, name in permitted_names(entries).items()}
