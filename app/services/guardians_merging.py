"""Making two records of one adult one, whole, and taking that back (P4).

The record that goes stays as it was, and points at the one that is kept. Everything that hung on it follows: children,
links, codes, acceptances, permissions, conversations, cases. Each step is noted with what stood before and after.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Table, select, update
from sqlalchemy.orm import Session

from app.domain.linking import Contact
from app.domain.problems import Problem, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.guardians import standing_guardian
from app.services.linking import STOPPED_WHY
from app.services.unit import Unit, View
from app.store.reads.guardians import MergedLine, merges
from app.store.tables import Base
from app.store.tables.base import Instant
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import (
    ContactNoteRow,
    GuardianApartRow,
    GuardianMergeRow,
    GuardianRow,
    PupilRow,
    TieRow,
)

_LIVE = ("suspended", "linked", "requested", "invited")
"""Links that hold something, the one that binds most first."""
_STATE_OF_LINK = (
    "state", "code_id", "requested_at", "decided_at", "decided_by", "reason", "exception_why", "exception_by",
    "review_on", "suspended_until", "ended_at", "processing_accepted_at",
)  # fmt: skip
_APART = frozenset({"guardian", "tie", "link", "guardian_merge", "guardian_apart"})
"""Tables that name an adult and are not simply moved."""
_FILLED = ("title", "first", "last", "email", "address", "postcode", "source_id")

Steps = list[tuple[str, int, dict[str, Any], dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class MergeGuardians(Command[int]):
    """Make two records one: `kept_id` stays, and what hung on `gone_id` follows."""

    kept_id: int
    gone_id: int


@does(MergeGuardians, roles=EVERYONE, verb="guardian.merged")
def merge_guardians(command: MergeGuardians, unit: Unit) -> int:
    """The merge's id, by which it can be undone.

    What the kept record does not say is filled in from the other. Where they share a child, the stricter contact holds,
    and a suspended link outweighs one that is not. Refused where they disagree on parental responsibility.
    """
    if command.kept_id == command.gone_id:
        raise Refused("These are one record already. Choose two.")
    kept, gone = standing_guardian(unit, command.kept_id), standing_guardian(unit, command.gone_id)
    journal = _Journal(unit.session)
    _fill(journal, kept, gone)
    _ties(journal, unit, kept.id, gone.id)
    _links(journal, unit, kept.id, gone.id)
    for table, column in _places():
        for row_id in unit.session.execute(select(table.c.id).where(column == gone.id)).scalars().all():
            journal.set(table, row_id, {column.name: kept.id})
    earlier = select(GuardianRow.id).where(GuardianRow.merged_into == gone.id)
    for row_id in (*unit.session.scalars(earlier).all(), gone.id):
        journal.set(GuardianRow.__table__, row_id, {"merged_into": kept.id})
    _stop(journal, unit, kept.id)
    row = GuardianMergeRow(
        kept_id=kept.id,
        gone_id=gone.id,
        steps=json.dumps(journal.steps, ensure_ascii=False),
        merged_at=unit.now,
        merged_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.session.expire_all()
    unit.audit(f"guardian:{command.kept_id}", {"merged": command.gone_id})
    unit.changed("guardians", "pupils", "links", "permissions")
    return row.id


def _fill(journal: _Journal, kept: GuardianRow, gone: GuardianRow) -> None:
    said = {name: getattr(gone, name) for name in _FILLED if not getattr(kept, name) and getattr(gone, name)}
    if not kept.first and not kept.last and (gone.first or gone.last):
        said["name_key"] = gone.name_key
    both = [part.strip() for phones in (kept.phones, gone.phones) for part in (phones or "").split(",")]
    phones = ", ".join(dict.fromkeys(part for part in both if part))
    if phones != (kept.phones or "") and len(phones) <= 200:
        said["phones"] = phones
    if kept.language == "en" and gone.language != "en":
        said["language"] = gone.language
    journal.set(GuardianRow.__table__, kept.id, said)


def _ties(journal: _Journal, unit: Unit, kept_id: int, gone_id: int) -> None:
    table = TieRow.__table__
    own = {tie.pupil_id: tie for tie in unit.session.scalars(select(TieRow).where(TieRow.guardian_id == kept_id))}
    for tie in unit.session.scalars(select(TieRow).where(TieRow.guardian_id == gone_id)).all():
        other = own.get(tie.pupil_id)
        if other is None:
            journal.set(table, tie.id, {"guardian_id": kept_id})
            continue
        if None not in (other.responsibility, tie.responsibility) and other.responsibility != tie.responsibility:
            pupil = unit.session.get(PupilRow, tie.pupil_id)
            whose = f"{pupil.preferred or pupil.first} {pupil.last}" if pupil else "a child"
            raise Refused(
                f"One record says that this adult has parental responsibility for {whose}, the other that they have "
                "none. Find out which is right and put it right, then make the records one."
            )
        strict = list(Contact)
        journal.set(
            table,
            other.id,
            {
                "relationship": other.relationship or tie.relationship,
                "responsibility": other.responsibility if other.responsibility is not None else tie.responsibility,
                "contact_order": min((o for o in (other.contact_order, tie.contact_order) if o), default=None),
                "contact": max(other.contact, tie.contact, key=lambda one: strict.index(Contact(one))),
                "ended_at": None if tie.ended_at is None else other.ended_at,
            },
        )
        notes = select(ContactNoteRow.id).where(ContactNoteRow.tie_id == tie.id)
        if Contact(tie.contact).stops:
            for note in unit.session.scalars(notes).all():
                journal.set(ContactNoteRow.__table__, note, {"tie_id": other.id})
        journal.set(table, tie.id, {"ended_at": tie.ended_at or unit.now})


def _links(journal: _Journal, unit: Unit, kept_id: int, gone_id: int) -> None:
    """One live link a child: the one that binds most stays."""
    table = LinkRow.__table__
    own = {
        link.pupil_id: link
        for link in unit.session.scalars(
            select(LinkRow).where(LinkRow.guardian_id == kept_id, LinkRow.state.in_(_LIVE)).order_by(LinkRow.id)
        )
    }
    for link in unit.session.scalars(select(LinkRow).where(LinkRow.guardian_id == gone_id)).all():
        other = own.get(link.pupil_id)
        if other is None or link.state not in _LIVE:
            journal.set(table, link.id, {"guardian_id": kept_id})
            continue
        if _LIVE.index(link.state) < _LIVE.index(other.state):
            journal.set(table, other.id, {name: getattr(link, name) for name in _STATE_OF_LINK})
        over = {"guardian_id": kept_id, "state": "removed", "ended_at": unit.now, "reason": "Two records became one."}
        journal.set(table, link.id, over)


def _stop(journal: _Journal, unit: Unit, kept_id: int) -> None:
    """A bar that came with one of the records acts on the links and codes of both."""
    stopped = select(TieRow.__table__.c.pupil_id).where(
        TieRow.guardian_id == kept_id, TieRow.contact != Contact.OPEN, TieRow.ended_at.is_(None)
    )
    for pupil in unit.session.execute(stopped).scalars().all():
        links = select(LinkRow.id).where(
            LinkRow.guardian_id == kept_id, LinkRow.pupil_id == pupil, LinkRow.state.in_(_LIVE)
        )
        for link in unit.session.scalars(links).all():
            over = {"state": "removed", "ended_at": unit.now, "reason": STOPPED_WHY}
            journal.set(LinkRow.__table__, link, over)
        codes = select(LinkingCodeRow.id).where(
            LinkingCodeRow.guardian_id == kept_id, LinkingCodeRow.pupil_id == pupil,
            LinkingCodeRow.used_at.is_(None), LinkingCodeRow.revoked_at.is_(None),
        )  # fmt: skip
        for code in unit.session.scalars(codes).all():
            over = {"revoked_at": unit.now, "revoked_why": STOPPED_WHY}
            journal.set(LinkingCodeRow.__table__, code, over)


def _places() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names an adult, in whatever table it stands or will stand."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in _APART and any(key.column.table.name == "guardian" for key in column.foreign_keys):
                yield table, column


class _Journal:
    """Changes rows and writes down what stood in them before and after."""

    def __init__(self, session: Session) -> None:
        self._session = session
        session.flush()
        self.steps: Steps = []

    def set(self, table: Any, row_id: int, values: dict[str, Any]) -> None:
        """Change one row; nothing is noted where nothing changes."""
        columns = [table.c[name] for name in values]
        if not columns:
            return
        now = self._session.execute(select(*columns).where(table.c.id == row_id)).mappings().one()
        changed = {name: value for name, value in values.items() if now[name] != value}
        if not changed:
            return
        self._session.execute(update(table).where(table.c.id == row_id).values(changed))
        before = {name: _plain(now[name]) for name in changed}
        self.steps.append((table.name, row_id, before, {name: _plain(value) for name, value in changed.items()}))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


@dataclass(frozen=True, slots=True)
class UndoMerge(Command[int]):
    """Two records that were made one are two again."""

    merge_id: int


@does(UndoMerge, roles=EVERYONE, verb="guardian.unmerged")
def undo_merge(command: UndoMerge, unit: Unit) -> int:
    """The id of the record that is there again.

    Everything goes back that still stands as the merge left it; what was changed since stays. Refused where the kept
    record was itself made one with another later.
    """
    row = unit.session.get(GuardianMergeRow, command.merge_id)
    if row is None or row.undone_at is not None:
        raise Problem("These records are two already. Nothing was changed.")
    kept = unit.session.get(GuardianRow, row.kept_id)
    if kept is None or kept.merged_into is not None:
        raise Refused("The record that was kept was made one with another later. Undo that first.")
    steps: Steps = json.loads(row.steps)
    for name, row_id, before, after in reversed(steps):
        _take_back(unit.session, Base.metadata.tables[name], row_id, before, after)
    row.undone_at, row.undone_by = unit.now, unit.actor.id
    unit.session.flush()
    unit.session.expire_all()
    unit.audit(f"guardian:{row.kept_id}", {"unmerged": row.gone_id})
    unit.changed("guardians", "pupils", "links", "permissions")
    return row.gone_id


def _take_back(session: Session, table: Table, row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    columns = [table.c[name] for name in before]
    now = session.execute(select(*columns).where(table.c.id == row_id)).mappings().one_or_none()
    if now is None:
        return
    still = {name: _read(table.c[name], before[name]) for name in before if _plain(now[name]) == after[name]}
    if still:
        session.execute(update(table).where(table.c.id == row_id).values(still))


@dataclass(frozen=True, slots=True)
class TellApart(Command[None]):
    """Two records that look alike are of two adults. They are not offered again."""

    first_id: int
    second_id: int


@does(TellApart, roles=EVERYONE, verb="guardian.told_apart")
def tell_apart(command: TellApart, unit: Unit) -> None:
    """Raises `Problem` where one of them is no longer there."""
    low, high = sorted((standing_guardian(unit, command.first_id).id, standing_guardian(unit, command.second_id).id))
    if low == high:
        raise Refused("These are one record. Choose two.")
    if unit.session.get(GuardianApartRow, (low, high)) is None:
        unit.session.add(GuardianApartRow(first_id=low, second_id=high, said_at=unit.now, said_by=unit.actor.id))
        unit.session.flush()
    unit.audit(f"guardian:{low}", {"apart": high})
    unit.changed("guardians")


@dataclass(frozen=True, slots=True)
class MergedGuardians(Query[tuple[MergedLine, ...]]):
    """What was made one, the newest first."""


@answers(MergedGuardians, roles=EVERYONE)
def merged_guardians(query: MergedGuardians, view: View) -> tuple[MergedLine, ...]:
    """Those taken back too, marked as such."""
    del query
    return merges(view.session)
