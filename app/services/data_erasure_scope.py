"""What deleting somebody takes away, and what stays for a reason (H12, K3)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.content import Kind
from app.domain.retention import Kept
from app.services.held_words import naming_items
from app.services.unit import View
from app.store.tables.content import ItemEvidenceRow, ItemRow, MediaRow, RecipientRow, TagRow
from app.store.tables.links import LinkRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.register import LoginCardRow
from app.store.tables.retention import RetentionHoldRow
from app.store.tables.review import FindingPupilRow, FindingRow

STAYS: tuple[tuple[str, str], ...] = (
    ("The record of activity", "It proves what was done and by whom, and names nobody."),
    ("Cases and their evidence, sealed", "They are kept as long as the schedule says, for complaints and the law."),
    ("What the safeguarding lead keeps", "The lead decides on it alone. This says nothing about whether there is any."),
    ("The register of requests, sealed", "It shows that the school answered, and goes when the schedule says."),
    ("Counts, dates and states without a name", "Figures of past years still add up. They tell of nobody."),
    ("Digests of messages", "So that the same message is not brought in again. No word can be read from one."),
    ("Answers on a child whose record is still here", "They go with the child's record, without the adult's name now."),
    ("Backups", "They are replaced in turn. After restoring an older one, delete this again."),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data go: rows of people, items whose words go, and items in which only a name is taken out."""

    pupil: PupilRow | None
    guardians: tuple[int, ...]
    adults: tuple[GuardianRow, ...]
    emptied: tuple[int, ...]
    named: tuple[int, ...]
    ties: int
    answers: int
    cards: int
    links: int
    files: int

    def numbers(self) -> list[object]:
        """Exactly which rows: two scopes with the same numbers delete the same."""
        return [self.pupil.id if self.pupil is not None else 0, self.guardians, self.emptied, self.named]

    def figures(self) -> tuple[tuple[str, int], ...]:
        """What goes, by sort; what is not there is left out."""
        told = (
            ("Pupil's entry in the register", int(self.pupil is not None)),
            ("Adult's entry in the register", len(self.guardians)),
            ("Relationships", self.ties),
            ("Answers on permissions", self.answers),
            ("Login codes", self.cards),
            ("Notes on links", self.links),
            ("Messages and comments, their words", len(self.emptied)),
            ("Posts and messages in which the name is taken out", len(self.named)),
            ("Files that came with messages", self.files),
        )
        return tuple((what, count) for what, count in told if count)


def scope_of(view: View, row: RequestRow) -> Scope:
    """Worked out from the records as they stand."""
    session = view.session
    pupil = session.get(PupilRow, row.about_pupil) if row.about_pupil is not None else None
    guardians = _without_another_child(session, pupil) if pupil is not None else (row.about_guardian or 0,)
    adults = tuple(one for one in (session.get(GuardianRow, id_) for id_ in guardians) if one is not None)
    emptied = _words_of(session, pupil, guardians)
    named = _named_in(session, pupil, adults) - set(emptied)
    ties = TieRow.pupil_id == pupil.id if pupil is not None else TieRow.guardian_id.in_(guardians)
    links = LinkRow.pupil_id == pupil.id if pupil is not None else LinkRow.guardian_id.in_(guardians)
    return Scope(
        pupil,
        guardians,
        adults,
        emptied,
        tuple(sorted(named)),
        ties=_count(session, TieRow, ties),
        answers=_count(session, PermissionRow, PermissionRow.pupil_id == pupil.id) if pupil is not None else 0,
        cards=_count(session, LoginCardRow, LoginCardRow.pupil_id == pupil.id) if pupil is not None else 0,
        links=_count(session, LinkRow, links),
        files=_count(session, MediaRow, MediaRow.item_id.in_(emptied), MediaRow.evidence_id.is_not(None))
        + _count(session, ItemEvidenceRow, ItemEvidenceRow.item_id.in_(emptied)),
    )


def _count(session: Session, table: type[object], *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def _without_another_child(session: Session, pupil: PupilRow) -> tuple[int, ...]:
    """The child's adults who are tied to nobody else here: they go with the child."""
    own = select(TieRow.guardian_id).where(TieRow.pupil_id == pupil.id)
    others = select(TieRow.guardian_id).where(TieRow.pupil_id != pupil.id)
    return tuple(sorted(session.scalars(own.where(TieRow.guardian_id.not_in(others)))))


def _words_of(session: Session, pupil: PupilRow | None, guardians: tuple[int, ...]) -> tuple[int, ...]:
    """Items that they wrote, and messages that went to them alone. What is with the safeguarding lead stays there."""
    elsewhere = select(RecipientRow.item_id).where(
        RecipientRow.guardian_id.is_not(None), RecipientRow.guardian_id.not_in(guardians)
    )
    theirs = select(RecipientRow.item_id).where(RecipientRow.guardian_id.in_(guardians))
    received = ItemRow.id.in_(theirs) & ItemRow.id.not_in(elsewhere) & (ItemRow.author_role == "staff")
    wrote: list[ColumnElement[bool]] = [ItemRow.guardian_id.in_(guardians), received]
    if pupil is not None:
        wrote.append((ItemRow.pupil_id == pupil.id) & (ItemRow.author_role == "pupil"))
    found = session.scalars(
        select(ItemRow.id).where(or_(*wrote), ~ItemRow.restricted, ItemRow.text != "", ItemRow.kind != Kind.POINTS)
    )
    return tuple(sorted(found))


def _named_in(session: Session, pupil: PupilRow | None, adults: tuple[GuardianRow, ...]) -> set[int]:
    found = {row.id for adult in adults for row in naming_items(session, adult)}
    if pupil is not None:
        tagged = select(TagRow.item_id).where(TagRow.pupil_id == pupil.id)
        flagged = select(FindingRow.item_id).join(FindingPupilRow, FindingPupilRow.finding_id == FindingRow.id)
        wanted = or_(ItemRow.id.in_(tagged), ItemRow.id.in_(flagged.where(FindingPupilRow.pupil_id == pupil.id)))
        found |= set(session.scalars(select(ItemRow.id).where(wanted, ~ItemRow.restricted, ItemRow.text != "")))
        found |= {row.id for row in naming_items(session, pupil)}
    return found


def is_held(view: View, scope: Scope) -> bool:
    """Whether the retention schedule holds a message, a post or a form that would go (K4)."""
    rows = view.session.execute(
        select(RetentionHoldRow.kind, RetentionHoldRow.table, RetentionHoldRow.record_id).where(
            RetentionHoldRow.lifted_at.is_(None)
        )
    ).all()
    items = {*scope.emptied, *scope.named}
    whole = {kind for kind, _, record in rows if record is None}
    forms = scope.pupil is not None and scope.answers > 0
    if (Kept.ITEMS in whole and items) or (Kept.FORMS in whole and forms):
        return True
    if items & {record for _, table, record in rows if table == "item"}:
        return True
    held = {record for _, table, record in rows if table == "permission"}
    if not held or scope.pupil is None:
        return False
    own = select(PermissionRow.id).where(PermissionRow.pupil_id == scope.pupil.id)
    return bool(held & set(view.session.scalars(own)))
