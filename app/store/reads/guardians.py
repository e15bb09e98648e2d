"""Reading adults: one line each across all their children, one record, and what was made one (H2, P4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.linking import Contact
from app.domain.problems import Problem
from app.store.reads.people import key
from app.store.tables.accounts import AccountRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianMergeRow, GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import AcceptanceRow, PolicyVersionRow
from app.store.tables.school import ClassRow


@dataclass(frozen=True, slots=True)
class GuardianFilter:
    """Which adults a list shows."""

    words: str = ""
    class_id: int | None = None
    language: str | None = None
    stopped: bool = False
    unsure: bool = False
    """Of whom nobody has said whether they hold parental responsibility."""
    unreachable: bool = False
    unlinked: bool = False


@dataclass(frozen=True, slots=True)
class ChildOf:
    """A child an adult belongs to, and how. `stopped` says that no link may be made, and never why."""

    pupil_id: int
    name: str
    class_id: int | None
    class_name: str | None
    relationship: str | None
    responsibility: bool | None
    order: int | None
    stopped: bool
    link: str | None
    suspended_until: date | None
    on_roll: bool


@dataclass(frozen=True, slots=True)
class GuardianEntry:
    """An adult in the list."""

    id: int
    name: str
    email: str | None
    phones: str | None
    language: str
    children: tuple[ChildOf, ...]

    @property
    def stopped(self) -> bool:
        """They may not be linked to one of their children."""
        return any(child.stopped for child in self.children)

    @property
    def linked(self) -> int:
        """To how many children they are linked."""
        return sum(child.link == "linked" for child in self.children)


def guardian_entries(session: Session, wanted: GuardianFilter) -> tuple[GuardianEntry, ...]:
    """By last and first name; leavers' adults too, and nobody whose record was made one with another's."""
    query = select(GuardianRow).where(GuardianRow.merged_into.is_(None))
    for word in key(wanted.words).split():
        mail = GuardianRow.email.contains(word, autoescape=True)
        phone = GuardianRow.phones.contains(word, autoescape=True)
        query = query.where(or_(GuardianRow.name_key.contains(word, autoescape=True), mail, phone))
    if wanted.language is not None:
        query = query.where(GuardianRow.language == wanted.language)
    rows = session.scalars(query).all()
    children = children_of(session)
    entries = [
        GuardianEntry(row.id, row.name, row.email, row.phones, row.language, children.get(row.id, ())) for row in rows
    ]
    names = {row.id: (key(row.last or row.name), key(row.first or ""), row.id) for row in rows}
    return tuple(sorted((one for one in entries if _kept(one, wanted)), key=lambda one: names[one.id]))


def _kept(entry: GuardianEntry, wanted: GuardianFilter) -> bool:
    if wanted.class_id is not None and all(child.class_id != wanted.class_id for child in entry.children):
        return False
    here = [child for child in entry.children if child.on_roll]
    return not (
        (wanted.stopped and not entry.stopped)
        or (wanted.unsure and all(child.responsibility is not None for child in here))
        or (wanted.unreachable and (entry.email or entry.phones))
        or (wanted.unlinked and (entry.linked or not here))
    )


def children_of(session: Session, guardian_id: int | None = None) -> dict[int, tuple[ChildOf, ...]]:
    """The children of every adult (or of one), those on roll first."""
    links = select(LinkRow.guardian_id, LinkRow.pupil_id, LinkRow.state, LinkRow.suspended_until).order_by(LinkRow.id)
    ties = (
        select(
            TieRow.guardian_id, TieRow.relationship, TieRow.responsibility, TieRow.contact_order, TieRow.contact,
            PupilRow.id, PupilRow.first, PupilRow.preferred, PupilRow.last, PupilRow.left_on,
            ClassRow.id.label("class"), ClassRow.name,
        )
        .join(PupilRow, PupilRow.id == TieRow.pupil_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(TieRow.ended_at.is_(None))
        .order_by(PupilRow.left_on.is_not(None), PupilRow.last, PupilRow.first, PupilRow.id)
    )  # fmt: skip
    if guardian_id is not None:
        links, ties = links.where(LinkRow.guardian_id == guardian_id), ties.where(TieRow.guardian_id == guardian_id)
    states = {(adult, pupil): (state, until) for adult, pupil, state, until in session.execute(links)}
    found: dict[int, list[ChildOf]] = defaultdict(list)
    for adult, kin, holds, order, contact, pupil, first, preferred, last, left, class_id, class_name in session.execute(
        ties
    ):
        state, until = states.get((adult, pupil), (None, None))
        found[adult].append(
            ChildOf(
                pupil,
                f"{preferred or first} {last}",
                class_id,
                class_name,
                kin,
                holds,
                order,
                Contact(contact).stops,
                state,
                until,
                left is None,
            )
        )
    return {adult: tuple(children) for adult, children in found.items()}


@dataclass(frozen=True, slots=True)
class GuardianDetails:
    """What an adult's own record says, as it is edited."""

    title: str = ""
    first: str = ""
    last: str = ""
    email: str = ""
    phones: str = ""
    language: str = "en"
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A record that was made one with another."""

    id: int
    kept_id: int
    kept: str
    gone: str
    merged_at: datetime
    merged_by: str
    undone: bool


@dataclass(frozen=True, slots=True)
class GuardianRecord:
    """One adult: what is recorded of them, their children, and how much hangs on the record."""

    id: int
    name: str
    details: GuardianDetails
    children: tuple[ChildOf, ...]
    policy_accepted_on: date | None
    processing_accepted_on: date | None
    answers: int
    """Permission answers of theirs on record."""
    codes: int
    merged: tuple[MergedLine, ...]


def details_of(row: GuardianRow) -> GuardianDetails:
    """What is edited, with nothing where nothing is known."""
    return GuardianDetails(
        row.title or "", row.first or "", row.last or "", row.email or "", row.phones or "", row.language,
        row.address or "", row.postcode or "",
    )  # fmt: skip


def guardian_record(session: Session, guardian_id: int) -> GuardianRecord:
    """One adult's record; that of whoever theirs was made one with. `Problem` where there is no such adult."""
    row = session.get(GuardianRow, guardian_id)
    while row is not None and row.merged_into is not None:
        row = session.get(GuardianRow, row.merged_into)
    if row is None:
        raise Problem("That adult is no longer in the register.")
    version = session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
    accepted: dict[str, date] = {}
    for what, on, of in session.execute(
        select(AcceptanceRow.what, AcceptanceRow.accepted_on, AcceptanceRow.version_id)
        .where(AcceptanceRow.guardian_id == row.id)
        .order_by(AcceptanceRow.accepted_on)
    ):
        if what != "policy" or of == version:
            accepted[what] = on
    return GuardianRecord(
        id=row.id,
        name=row.name,
        details=details_of(row),
        children=children_of(session, row.id).get(row.id, ()),
        policy_accepted_on=accepted.get("policy"),
        processing_accepted_on=accepted.get("processing"),
        answers=len(session.scalars(select(PermissionRow.id).where(PermissionRow.guardian_id == row.id)).all()),
        codes=len(session.scalars(select(LinkingCodeRow.id).where(LinkingCodeRow.guardian_id == row.id)).all()),
        merged=merges(session, row.id),
    )


def merges(session: Session, guardian_id: int | None = None) -> tuple[MergedLine, ...]:
    """What was made one, the newest first."""
    adults = {row.id: row.name for row in session.scalars(select(GuardianRow))}
    query = select(GuardianMergeRow, AccountRow.name).join(AccountRow, AccountRow.id == GuardianMergeRow.merged_by)
    if guardian_id is not None:
        query = query.where(GuardianMergeRow.kept_id == guardian_id)
    return tuple(
        MergedLine(
            row.id,
            row.kept_id,
            adults.get(row.kept_id, ""),
            adults.get(row.gone_id, ""),
            row.merged_at,
            by,
            row.undone_at is not None,
        )
        for row, by in session.execute(query.order_by(GuardianMergeRow.id.desc()))
    )
