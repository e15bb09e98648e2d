"""What the register holds on a guardian or a pupil, in words for the person themselves (H12, K3).

Never a code, never why contact is limited or a child may not be shown: those are judged by people, not gathered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.data_requests import Asked, Result
from app.domain.incoming import RELATIONSHIPS
from app.domain.letters import language_words
from app.domain.permissions import Audience, MediaKind
from app.domain.redaction import ADULT, CHILD, Redactor
from app.store.tables.content import ItemRow, PointsTotalRow
from app.store.tables.data_requests import DataRequestRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import AcceptanceRow, PolicyVersionRow
from app.store.tables.register import LoginCardRow
from app.store.tables.school import ClassRow, SkillRow

NOT_SHOWN = "Not shown"
"""What another adult is to a child may tell where the child lives, or who has taken charge of them."""

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Held:
    """One sort of what is held: rows under headings, or a sentence where there are none."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str


@dataclass(slots=True)
class Subject:
    """Whom the data are about, who asked, and what must not be said of others."""

    session: Session
    guardian: GuardianRow | None
    pupil: PupilRow | None
    asker: GuardianRow | None
    redactor: Redactor
    zone: ZoneInfo
    full: bool
    """A leader gathers: reasons and words are among it."""

    def day(self, moment: datetime | None) -> date | None:
        """The school's own day of a moment."""
        return None if moment is None else moment.astimezone(self.zone).date()

    def child(self, pupil: PupilRow | None) -> str:
        """A child's name where it is the person or a child of theirs whom they may know of; else "another child"."""
        if pupil is None:
            return CHILD
        if self.pupil is not None:
            own = pupil.id == self.pupil.id
        else:
            own = self.guardian is not None and pupil.id in open_children(self.session, self.guardian.id)
        return f"{pupil.preferred or pupil.first} {pupil.last}" if own else CHILD

    def adult(self, guardian_id: int | None) -> str:
        """The name of the person themselves, or of who asks; else "another adult"."""
        for known in (self.guardian, self.asker):
            if known is not None and known.id == guardian_id:
                return known.name
        return "" if guardian_id is None else ADULT

    def words(self, said: str | None) -> str:
        """Free text without other people's names."""
        return self.redactor.redact(said or "")


def open_children(session: Session, guardian_id: int) -> set[int]:
    """Children to whom the adult is tied, without any limit on contact."""
    ties = select(TieRow.pupil_id).where(
        TieRow.guardian_id == guardian_id, TieRow.ended_at.is_(None), TieRow.contact == "open"
    )
    return set(session.scalars(ties))


def register_parts(subject: Subject) -> Iterator[Held]:
    """Everything but words: what the office itself works with."""
    yield _entry(subject)
    yield _ties(subject)
    yield _permissions(subject)
    yield _codes(subject)
    yield _links(subject)
    if subject.guardian is not None:
        yield _acceptances(subject)
    if subject.pupil is not None:
        yield _card(subject)
        yield _points(subject)
    yield _requests(subject)


def _entry(subject: Subject) -> Held:
    facts: Iterable[tuple[str, Value]]
    if subject.pupil is not None:
        pupil = subject.pupil
        held = subject.session.get(ClassRow, pupil.class_id) if pupil.class_id is not None else None
        facts = (
            ("First name", pupil.first), ("Known as", pupil.preferred), ("Middle names", pupil.middle),
            ("Last name", pupil.last), ("Last name in use", pupil.preferred_last), ("Date of birth", pupil.born),
            ("Sex", pupil.sex), ("Class", held.name if held is not None else None), ("Year", pupil.year_group),
            ("Unique pupil number", pupil.upn), ("Postcode", pupil.postcode),
            ("Number in the school's own system", pupil.source_id),
            ("Joined on", pupil.joined_on), ("Left on", pupil.left_on),
        )  # fmt: skip
    else:
        adult = subject.guardian
        assert adult is not None
        facts = (
            ("Title", adult.title), ("First name", adult.first), ("Last name", adult.last), ("E-mail", adult.email),
            ("Telephone", adult.phones), ("Address", adult.address), ("Postcode", adult.postcode),
            ("Language of letters", language_words(adult.language)),
            ("Number in the school's own system", adult.source_id),
        )  # fmt: skip
    rows = tuple((label, value) for label, value in facts if value not in (None, ""))
    return Held("Register", "The entry in the register", ("What", "What is held"), rows, "No entry is held.")


def _ties(subject: Subject) -> Held:
    where = _whose(subject, TieRow.pupil_id, TieRow.guardian_id)
    rows = []
    for tie in subject.session.scalars(select(TieRow).where(where).order_by(TieRow.id)):
        who = (
            subject.adult(tie.guardian_id)
            if subject.pupil is not None
            else subject.child(subject.session.get(PupilRow, tie.pupil_id))
        )
        told = {True: "Yes", False: "No", None: "Not recorded"}[tie.responsibility]
        relationship = RELATIONSHIPS.get((tie.relationship or "").upper(), tie.relationship or "Not recorded")
        if who == ADULT:
            relationship = told = NOT_SHOWN
        rows.append((who, relationship.capitalize(), told, subject.day(tie.ended_at)))
    whom = "Adult" if subject.pupil is not None else "Child"
    return Held(
        "Relationships",
        "Who belongs together",
        (whom, "Relationship of the adult", "Parental responsibility", "Ended on"),
        tuple(rows),
        "No relationship is held.",
    )


def _permissions(subject: Subject) -> Held:
    where = _whose(subject, PermissionRow.pupil_id, PermissionRow.guardian_id)
    rows = []
    for row in subject.session.scalars(
        select(PermissionRow).where(where).order_by(PermissionRow.decided_on, PermissionRow.id)
    ):
        if subject.pupil is not None:
            who = "The child" if row.by_child else subject.adult(row.guardian_id) or "Not recorded"
        else:
            who = subject.child(subject.session.get(PupilRow, row.pupil_id))
        asked = f"{MediaKind(row.kind).words}: {Audience(row.audience).words.lower()}"
        form = f"{row.route}, form kept" if row.evidence_id is not None else row.route
        rows.append((row.decided_on, who, asked, row.answer.capitalize(), form.capitalize(), row.expires_on))
    return Held(
        "Permissions",
        "Permissions, with every earlier answer",
        ("Day", "Answered by" if subject.pupil is not None else "For", "What", "Answer", "How", "Runs out on"),
        tuple(rows),
        "No answer is held.",
    )


def _codes(subject: Subject) -> Held:
    where = _whose(subject, LinkingCodeRow.pupil_id, LinkingCodeRow.guardian_id)
    rows = []
    for row in subject.session.scalars(select(LinkingCodeRow).where(where).order_by(LinkingCodeRow.id)):
        who = (
            subject.adult(row.guardian_id) or "Nobody in particular"
            if subject.pupil is not None
            else subject.child(subject.session.get(PupilRow, row.pupil_id))
        )
        given = (subject.day(row.issued_at), who, row.route.capitalize())
        rows.append((*given, row.expires_on, subject.day(row.used_at), subject.day(row.revoked_at)))
    return Held(
        "Linking codes",
        "Linking codes that were given out, and their letters",
        ("Issued on", "For" if subject.guardian is None else "For child", "How", "Ran out on", "Used on", "Ended on"),
        tuple(rows),
        "No code was given out.",
    )


def _links(subject: Subject) -> Held:
    where = _whose(subject, LinkRow.pupil_id, LinkRow.guardian_id)
    rows = []
    for row in subject.session.scalars(select(LinkRow).where(where).order_by(LinkRow.id)):
        who = (
            subject.adult(row.guardian_id) or ADULT
            if subject.pupil is not None
            else subject.child(subject.session.get(PupilRow, row.pupil_id))
        )
        dates = (subject.day(row.requested_at), subject.day(row.decided_at), subject.day(row.ended_at))
        rows.append((who, row.state.capitalize(), *dates, subject.day(row.processing_accepted_at)))
    return Held(
        "Links",
        "Links on ClassDojo",
        ("With", "State", "Asked for on", "Decided on", "Ended on", "Processing agreed on"),
        tuple(rows),
        "No link is held.",
    )


def _acceptances(subject: Subject) -> Held:
    assert subject.guardian is not None
    versions = {row.id: row.number for row in subject.session.scalars(select(PolicyVersionRow))}
    words = {"policy": "The policy", "processing": "Use of their data"}
    found = subject.session.scalars(
        select(AcceptanceRow).where(AcceptanceRow.guardian_id == subject.guardian.id).order_by(AcceptanceRow.id)
    )
    rows = tuple(
        (row.accepted_on, words.get(row.what, row.what), versions.get(row.version_id or 0), row.route.capitalize())
        for row in found
    )
    return Held("Acceptances", "What was accepted", ("Day", "What", "Version", "How"), rows, "Nothing was accepted.")


def _card(subject: Subject) -> Held:
    assert subject.pupil is not None
    found = subject.session.scalars(select(LoginCardRow).where(LoginCardRow.pupil_id == subject.pupil.id))
    rows = tuple(
        (subject.day(row.entered_at), subject.day(row.printed_at), subject.day(row.revoked_at)) for row in found
    )
    return Held(
        "Login cards",
        "Login cards for ClassDojo, without the code",
        ("Entered on", "Printed on", "Ended on"),
        rows,
        "No login card is held.",
    )


def _points(subject: Subject) -> Held:
    assert subject.pupil is not None
    totals = subject.session.execute(
        select(SkillRow.name, func.sum(PointsTotalRow.points))
        .join(SkillRow, SkillRow.id == PointsTotalRow.skill_id)
        .where(PointsTotalRow.pupil_id == subject.pupil.id)
        .group_by(SkillRow.name)
    ).all()
    single = subject.session.execute(
        select(func.coalesce(SkillRow.name, "Without a skill"), func.sum(ItemRow.value))
        .outerjoin(SkillRow, SkillRow.id == ItemRow.skill_id)
        .where(ItemRow.pupil_id == subject.pupil.id, ItemRow.kind == "points", ~ItemRow.restricted)
        .group_by(SkillRow.name)
    ).all()
    rows = [("From a points report", name, _whole(points)) for name, points in totals]
    rows += [("Single awards", name, _whole(points)) for name, points in single]
    return Held("Points", "Points", ("Source", "Skill", "Points"), tuple(rows), "No points are held.")


def _whole(points: float | None) -> float:
    value = float(points or 0)
    return int(value) if value.is_integer() else value


def _requests(subject: Subject) -> Held:
    where = _whose(subject, RequestRow.about_pupil, RequestRow.about_guardian)
    found = subject.session.execute(
        select(RequestRow, DataRequestRow)
        .join(DataRequestRow, DataRequestRow.request_id == RequestRow.id)
        .where(where)
        .order_by(RequestRow.id)
    )
    rows = tuple(
        (
            detail.reference,
            Asked(row.kind).words,
            row.received_on,
            row.due_on,
            row.answered_on,
            Result(detail.result).words if detail.result else "Open",
        )
        for row, detail in found
    )
    return Held(
        "Requests",
        "Requests about these data",
        ("Request", "What was asked", "Received on", "Due on", "Answered on", "How it ended"),
        rows,
        "No request is held.",
    )


def _whose(
    subject: Subject, pupil: InstrumentedAttribute[Any], guardian: InstrumentedAttribute[Any]
) -> ColumnElement[bool]:
    """Rows of the person."""
    if subject.pupil is not None:
        return pupil == subject.pupil.id
    assert subject.guardian is not None
    return guardian == subject.guardian.id
