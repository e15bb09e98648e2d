"""Linking codes and links: who is joined to a child on the service, and on whose word (P3, P4, H4, H7)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select, update

from app.domain.linking import Contact, LinkRuling, Standing, may_link
from app.domain.problems import Problem, Refused
from app.domain.roles import LEADERS, Role
from app.services.door import Command, does
from app.services.unit import Unit, View
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import ContactNoteRow, PupilRow, TieRow
from app.store.tables.school import SchoolRow

OFFICE_AND_LEADERS = LEADERS | {Role.OFFICE}
EXCEPTION_BY = frozenset({Role.SLT, Role.HEADTEACHER})
"""Who may allow one adult more than the policy's number (P4)."""


@dataclass(frozen=True, slots=True)
class RecordCode(Command[int]):
    """Note a code of the service in the ledger: to whom it was given, for which child. Only a digest is kept."""

    pupil_id: int
    guardian_id: int
    code: str
    route: str
    expires_on: date | None = None
    issued_at: datetime | None = None
    used_at: datetime | None = None

    def __repr__(self) -> str:
        return f"RecordCode(pupil_id={self.pupil_id})"


@does(RecordCode, roles=OFFICE_AND_LEADERS, verb="code.recorded")
def record_code(command: RecordCode, unit: Unit) -> int:
    """The entry's id. Refused for a barred adult, an adult who is not tied to the child, and a leaver."""
    code = _code(command, unit)
    unit.audit(f"code:{code}", {"route": command.route})
    return code


@dataclass(frozen=True, slots=True)
class RecordCodes(Command[int]):
    """A class's codes at once, as they were given out: all of them or none."""

    codes: tuple[RecordCode, ...]

    def __repr__(self) -> str:
        return f"RecordCodes({len(self.codes)})"


@does(RecordCodes, roles=OFFICE_AND_LEADERS, verb="code.recorded_many")
def record_codes(command: RecordCodes, unit: Unit) -> int:
    """How many were recorded. Refused, with the first reason, where one of them would be."""
    for code in command.codes:
        _code(code, unit)
    unit.audit("school", {"codes": len(command.codes)})
    return len(command.codes)


def _code(command: RecordCode, unit: Unit) -> int:
    pupil = unit.session.get(PupilRow, command.pupil_id)
    tie = _tie(unit, command.pupil_id, command.guardian_id)
    if pupil is None or pupil.left_on is not None:
        raise Refused("This child has left, so no code can be given out.")
    if tie is None:
        raise Refused("Codes go to guardians only, and the register does not tie this adult to this child.")
    if Contact(tie.contact).stops:
        raise Refused("Contact with this child is barred. No code was recorded. Tell the headteacher.")
    plain = "".join(sign for sign in command.code.upper() if sign.isalnum())
    if len(plain) < 6:
        raise Refused("A code has at least six letters and figures. Check it and enter it again.")
    row = LinkingCodeRow(
        pupil_id=pupil.id,
        class_id=pupil.class_id,
        guardian_id=command.guardian_id,
        origin="classdojo",
        digest=code_digest(plain, unit.keys.main),
        ending=plain[-2:],
        issued_at=command.issued_at or unit.now,
        used_at=command.used_at,
        issued_by=unit.actor.id,
        route=command.route,
        expires_on=command.expires_on,
    )
    if unit.session.scalar(select(LinkingCodeRow.id).where(LinkingCodeRow.digest == row.digest)):
        raise Refused("This code is in the ledger already. Nothing was recorded twice.")
    unit.session.add(row)
    unit.session.flush()
    unit.changed("links")
    return row.id


def code_digest(plain: str, key: bytes) -> str:
    """How a code is kept: keyed, so that the ledger alone tells nothing."""
    return hmac.new(hashlib.sha256(key + b"codes").digest(), plain.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordLink(Command[int]):
    """A guardian is joined to a child on the service, or asked to be.

    `exception_why` and `review_on` allow one adult more than the policy's cap; only leaders may give them.
    """

    pupil_id: int
    guardian_id: int
    state: str = "linked"
    decided_at: datetime | None = None
    processing_accepted_at: datetime | None = None
    exception_why: str | None = None
    review_on: date | None = None
    suspended_until: date | None = None


@does(RecordLink, roles=OFFICE_AND_LEADERS, verb="link.recorded")
def record_link(command: RecordLink, unit: Unit) -> int:
    """The link's id. Refused, with every reason, where the policy stands against it (P4)."""
    link = _link(command, unit)
    unit.audit(f"link:{link}", {"state": command.state, "exception": bool(command.exception_why)})
    return link


@dataclass(frozen=True, slots=True)
class RecordLinks(Command[int]):
    """Several links at once, as a leader reads them off the service: all of them or none."""

    links: tuple[RecordLink, ...]

    def __repr__(self) -> str:
        return f"RecordLinks({len(self.links)})"


@does(RecordLinks, roles=LEADERS, verb="link.recorded_many")
def record_links(command: RecordLinks, unit: Unit) -> int:
    """How many were recorded. Refused, with the first reason, where one of them would be."""
    for link in command.links:
        _link(link, unit)
    unit.audit("school", {"links": len(command.links)})
    return len(command.links)


def _link(command: RecordLink, unit: Unit) -> int:
    if command.exception_why and unit.actor.role not in EXCEPTION_BY:
        raise Refused("Only a senior leader or the headteacher can allow one adult more.")
    if command.exception_why and command.review_on is None:
        raise Refused("An exception needs a date on which it is looked at again.")
    if command.state == "linked":
        found = ruling_on(unit, command.pupil_id, command.guardian_id, exception=bool(command.exception_why))
        if not found.allowed:
            raise Refused("They were not linked. " + " ".join(found.reasons))
    row = unit.session.scalar(
        select(LinkRow).where(LinkRow.pupil_id == command.pupil_id, LinkRow.guardian_id == command.guardian_id)
    )
    if row is None:
        row = LinkRow(pupil_id=command.pupil_id, guardian_id=command.guardian_id)
        unit.session.add(row)
    row.state = command.state
    row.requested_at = row.requested_at or command.decided_at or unit.now
    row.decided_at, row.decided_by = command.decided_at or unit.now, unit.actor.id
    row.processing_accepted_at = command.processing_accepted_at or row.processing_accepted_at
    row.exception_why, row.review_on = command.exception_why, command.review_on
    row.exception_by = unit.actor.id if command.exception_why else None
    row.suspended_until = command.suspended_until
    row.ended_at = unit.now if command.state == "removed" else None
    unit.session.flush()
    unit.changed("links", "pupils")
    return row.id


def ruling_on(unit: View, pupil_id: int, guardian_id: int, *, exception: bool = False) -> LinkRuling:
    """May this adult be joined to this child, and every reason against."""
    pupil = unit.session.get(PupilRow, pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was changed.")
    tie = _tie(unit, pupil_id, guardian_id)
    others = unit.session.scalar(
        select(func.count())
        .select_from(LinkRow)
        .where(LinkRow.pupil_id == pupil_id, LinkRow.guardian_id != guardian_id, LinkRow.state == "linked")
    )
    return may_link(
        Standing(
            tied=tie is not None,
            barred=tie is not None and Contact(tie.contact).stops,
            on_roll=pupil.left_on is None,
            linked_others=others or 0,
            cap=unit.session.scalars(select(SchoolRow.adult_cap)).one(),
            exception=exception,
        )
    )


def _tie(unit: View, pupil_id: int, guardian_id: int) -> TieRow | None:
    return unit.session.scalar(
        select(TieRow).where(TieRow.pupil_id == pupil_id, TieRow.guardian_id == guardian_id, TieRow.ended_at.is_(None))
    )


@dataclass(frozen=True, slots=True)
class SetContact(Command[None]):
    """Open, restrict or bar an adult's contact with a child: the court order's date, why, and when it is looked at
    again are sealed for leaders.
    """

    pupil_id: int
    guardian_id: int
    contact: str
    order_date: date | None = field(default=None, repr=False)
    review_on: date | None = field(default=None, repr=False)
    why: str = field(default="", repr=False)


@does(SetContact, roles=OFFICE_AND_LEADERS, verb="contact.set")
def set_contact(command: SetContact, unit: Unit) -> None:
    """A bar or a restriction removes the adult's link and revokes their unused codes at once.

    Refused where somebody who may not read the reason would ease it, and for days that cannot be.
    """
    tie = _tie(unit, command.pupil_id, command.guardian_id)
    if tie is None:
        raise Problem("The register does not tie this adult to this child. Nothing was changed.")
    if command.contact not in set(Contact):
        raise Refused("Contact is open, restricted or barred.")
    _check_contact(command, tie, unit)
    tie.contact, tie.order_date = command.contact, None
    unit.session.add(
        ContactNoteRow(
            tie_id=tie.id,
            sealed=unit.sealed(
                {
                    "contact": command.contact,
                    "order_date": command.order_date.isoformat() if command.order_date else None,
                    "review_on": command.review_on.isoformat() if command.review_on else None,
                    "why": command.why.strip(),
                }
            ),
            recorded_at=unit.now,
            recorded_by=unit.actor.id,
        )
    )
    if Contact(command.contact).stops:
        stop_links(unit, command.pupil_id, command.guardian_id, STOPPED_WHY)
    unit.audit(f"pupil:{command.pupil_id}", {"contact": "stopped" if Contact(command.contact).stops else "open"})
    unit.changed("pupils", "links", "guardians")


STOPPED_WHY = "May not be linked any more."


def _check_contact(command: SetContact, tie: TieRow, unit: Unit) -> None:
    eases = list(Contact).index(Contact(command.contact)) < list(Contact).index(Contact(tie.contact))
    if eases and unit.keys.leaders is None:
        raise Refused(
            "Only a senior leader, the safeguarding lead or the headteacher can ease this, because they know why it "
            "stands. Nothing was changed."
        )
    if command.order_date is not None and command.order_date > unit.today:
        raise Refused("The order's date lies ahead. Enter the date on the court order.")
    if command.review_on is not None and command.review_on <= unit.today:
        raise Refused("The day to look at it again has to lie ahead.")


def stop_links(unit: Unit, pupil_id: int, guardian_id: int, why: str) -> None:
    """Remove the adult's link to the child, and revoke their unused codes, at once."""
    links = unit.session.scalars(
        select(LinkRow).where(
            LinkRow.pupil_id == pupil_id,
            LinkRow.guardian_id == guardian_id,
            LinkRow.state.in_(("invited", "requested", "linked", "suspended")),
        )
    )
    for link in links:
        link.state, link.ended_at, link.reason = "removed", unit.now, why
    unit.session.execute(
        update(LinkingCodeRow)
        .where(
            LinkingCodeRow.pupil_id == pupil_id,
            LinkingCodeRow.guardian_id == guardian_id,
            LinkingCodeRow.used_at.is_(None),
            LinkingCodeRow.revoked_at.is_(None),
        )
        .values(revoked_at=unit.now, revoked_why=why)
    )
