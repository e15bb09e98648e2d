"""Linking codes made here: issued, revoked, used, and the ledger of all of them (P3, P4, H4, H7)."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from app.domain.codes import CodeState, grouped, new_code, plain, read_code, state_of
from app.domain.issuing import UNTIED, Claim, against, left_out, to_accept
from app.domain.linking import Contact
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.words import day_words
from app.services.door import Command, Query, answers, does
from app.services.linking import OFFICE_AND_LEADERS, code_digest
from app.services.unit import Unit, View
from app.store.reads.codes import Candidate, LedgerLine, candidates, ledger
from app.store.tables.links import LinkingCodeRow
from app.store.tables.people import PupilRow
from app.store.tables.school import SchoolRow

REPLACED: Final = "Replaced by a new code."


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom codes are meant: one adult and child, a family, a class, or everyone without a link.

    `family_of` is a child: all its adults, for every child of theirs. `again` are pairs of child and adult whose codes
    were not used.
    """

    class_id: int | None = None
    pupil_id: int | None = None
    guardian_id: int | None = None
    family_of: int | None = None
    again: frozenset[tuple[int, int]] = frozenset()

    @property
    def by_hand(self) -> bool:
        """Somebody named the adults, so only the firm reasons stand against a code."""
        return self.guardian_id is not None or bool(self.again)

    def holds(self, one: Candidate, family: frozenset[int]) -> bool:
        """Whether an adult of a child is meant; `family` are the adults of the child in `family_of`."""
        if self.again:
            return (one.pupil_id, one.guardian_id) in self.again
        if self.family_of is not None:
            return one.guardian_id in family
        return (
            (self.class_id is None or one.class_id == self.class_id)
            and (self.pupil_id is None or one.pupil_id == self.pupil_id)
            and (self.guardian_id is None or one.guardian_id == self.guardian_id)
        )


@dataclass(frozen=True, slots=True)
class Recipient:
    """An adult who is given a code for a child, with what a letter says."""

    pupil_id: int
    guardian_id: int
    pupil: str
    guardian: str
    class_name: str
    language: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An adult who is given none, and why."""

    pupil_id: int
    guardian_id: int
    pupil: str
    guardian: str
    reasons: tuple[str, ...]
    to_accept: frozenset[str] = frozenset()
    """What the school asks this adult to accept first: policy, processing."""


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """Who would be given a code now, and who would not."""

    recipients: tuple[Recipient, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class CodesToIssue(Query[IssuePlan]):
    """What issuing codes would do, before it is done."""

    scope: Scope = Scope()


@answers(CodesToIssue, roles=OFFICE_AND_LEADERS)
def codes_to_issue(query: CodesToIssue, view: View) -> IssuePlan:
    """Adults who are linked already are not mentioned for a whole class or school."""
    return _plan(query.scope, view)


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code as it goes into one letter. It is nowhere else, and it is never shown again."""

    to: Recipient
    code: str = field(repr=False)
    expires_on: date | None = None

    @property
    def shown(self) -> str:
        """In groups, as it is printed."""
        return grouped(self.code)


@dataclass(frozen=True, slots=True)
class Issued:
    """The codes of one issue, and who was passed over."""

    codes: tuple[IssuedCode, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class IssueCodes(Command[Issued]):
    """Make a code for everybody in the scope who may have one. The plain codes are given back once."""

    scope: Scope
    route: str = "paper letter"
    expires_on: date | None = None


@does(IssueCodes, roles=OFFICE_AND_LEADERS, verb="code.issued")
def issue_codes(command: IssueCodes, unit: Unit) -> Issued:
    """Refused where the day of expiry is past, and where an adult named by hand may have none, with every reason."""
    if command.expires_on is not None and command.expires_on < unit.today:
        raise Refused("The codes would have expired already. Choose a later day.")
    plan = _plan(command.scope, unit)
    if command.scope.by_hand and not plan.recipients:
        reasons = plan.passed_over[0].reasons if plan.passed_over else (UNTIED,)
        raise Refused("No code was issued. " + " ".join(reasons))
    codes = tuple(_issue(one, command, unit) for one in plan.recipients)
    unit.audit(_subject(command.scope), {"codes": len(codes), "passed_over": len(plan.passed_over)})
    if codes:
        unit.changed("links")
    return Issued(codes, plan.passed_over)


def _subject(scope: Scope) -> str:
    if scope.pupil_id is not None or scope.family_of is not None:
        return f"pupil:{scope.pupil_id or scope.family_of}"
    return f"class:{scope.class_id}" if scope.class_id is not None else "school"


def _issue(one: Recipient, command: IssueCodes, unit: Unit) -> IssuedCode:
    before = select(LinkingCodeRow).where(
        LinkingCodeRow.pupil_id == one.pupil_id,
        LinkingCodeRow.guardian_id == one.guardian_id,
        LinkingCodeRow.origin == "school",
        LinkingCodeRow.used_at.is_(None),
        LinkingCodeRow.revoked_at.is_(None),
    )
    for old in unit.session.scalars(before):
        old.revoked_at, old.revoked_why = unit.now, REPLACED
    code = new_code(secrets.choice)
    pupil = unit.session.get(PupilRow, one.pupil_id)
    unit.session.add(
        LinkingCodeRow(
            pupil_id=one.pupil_id,
            class_id=pupil.class_id if pupil is not None else None,
            guardian_id=one.guardian_id,
            origin="school",
            digest=code_digest(code, unit.keys.main),
            ending=code[-2:],
            issued_at=unit.now,
            issued_by=unit.actor.id,
            route=command.route[:20],
            expires_on=command.expires_on,
        )
    )
    return IssuedCode(one, code, command.expires_on)


def _plan(scope: Scope, view: View) -> IssuePlan:
    school = view.session.scalars(select(SchoolRow)).one()
    everybody = candidates(view.session, view.today)
    taken = Counter(one.pupil_id for one in everybody if one.linked or (one.code_waiting and not scope.by_hand))
    family = frozenset(one.guardian_id for one in everybody if one.pupil_id == scope.family_of)
    recipients: list[Recipient] = []
    passed: list[PassedOver] = []
    for one in everybody:
        if not scope.holds(one, family) or (one.linked and not scope.by_hand):
            continue
        if not one.on_roll and scope.pupil_id is None and not scope.again:
            continue
        others = taken[one.pupil_id] - (1 if one.linked or (one.code_waiting and not scope.by_hand) else 0)
        claim = Claim(
            tied=True,
            barred=Contact(one.contact).stops,
            on_roll=one.on_roll,
            linked=one.linked,
            code_waiting=one.code_waiting,
            responsible=one.responsibility is not False,
            room=others < school.adult_cap,
            accepted_policy=one.accepted_policy,
            accepted_processing=one.accepted_processing,
            needs_acceptance=school.code_needs_acceptance,
        )
        reasons = against(claim) if scope.by_hand else left_out(claim)
        if reasons:
            missing = to_accept(claim)
            passed.append(PassedOver(one.pupil_id, one.guardian_id, one.pupil_full, one.guardian, reasons, missing))
            continue
        taken[one.pupil_id] += 1
        recipients.append(
            Recipient(one.pupil_id, one.guardian_id, one.pupil, one.guardian, one.class_name or "", one.language)
        )
    return IssuePlan(tuple(recipients), tuple(passed))


@dataclass(frozen=True, slots=True)
class RevokeCode(Command[None]):
    """Make a code worthless, with the reason: a lost letter, the wrong address."""

    code_id: int
    why: str


@does(RevokeCode, roles=OFFICE_AND_LEADERS, verb="code.revoked")
def revoke_code(command: RevokeCode, unit: Unit) -> None:
    """Refused without a reason and for a used code; `Overtaken` where it is revoked already."""
    row = unit.session.get(LinkingCodeRow, command.code_id)
    if row is None:
        raise Problem("That code is no longer in the ledger. Nothing was changed.")
    if not command.why.strip():
        raise Refused("Say why the code is revoked. The reason stays on record.")
    if row.used_at is not None:
        raise Refused("This code has been used, so revoking it changes nothing. End the link on the pupil's page.")
    if row.revoked_at is not None:
        raise Overtaken("This code is revoked already. Nothing was changed.")
    row.revoked_at, row.revoked_why = unit.now, command.why.strip()[:300]
    unit.audit(f"code:{row.id}")
    unit.changed("links")


def code_named(typed: str, view: View) -> LinkingCodeRow:
    """The ledger's row of a typed code that may still be used. Raises `Refused`, each case in its own sentence.

    A code made here joins one adult; the service's own may be used by several.
    """
    code = plain(typed)
    row = _row_of(code, view)
    if row is None:
        row = _row_of(read_code(typed), view)
    if row is None:
        raise Refused("This code is not in the ledger. Compare it with the letter, or issue a new one.")
    state = state_of(row.used_at, row.revoked_at, row.expires_on, view.today)
    if state is CodeState.USED and row.origin == "school":
        raise Refused("This code was used already. A code joins one adult; issue another for the next one.")
    if state is CodeState.REVOKED:
        raise Refused(f"This code was revoked: {row.revoked_why or 'no reason is recorded'} Issue a new one.")
    if state is CodeState.EXPIRED and row.expires_on is not None:
        raise Refused(f"This code expired on {day_words(row.expires_on)}. Issue a new one.")
    return row


def _row_of(code: str, view: View) -> LinkingCodeRow | None:
    digest = code_digest(code, view.keys.main)
    return view.session.scalar(select(LinkingCodeRow).where(LinkingCodeRow.digest == digest))


@dataclass(frozen=True, slots=True)
class RecordChaseSaved(Command[None]):
    """Note that a list of codes to chase, with how to reach the adults, left the program as a file."""

    lines: int
    sha256: str


@does(RecordChaseSaved, roles=OFFICE_AND_LEADERS, verb="code.list_saved")
def record_chase_saved(command: RecordChaseSaved, unit: Unit) -> None:
    """The digest tells a found file apart."""
    unit.audit("school", {"lines": command.lines, "sha256": command.sha256})


@dataclass(frozen=True, slots=True)
class CodeLedger(Query[tuple[LedgerLine, ...]]):
    """Every code that was ever given out."""


@answers(CodeLedger, roles=OFFICE_AND_LEADERS)
def code_ledger(query: CodeLedger, view: View) -> tuple[LedgerLine, ...]:
    """The newest first."""
    del query
    return ledger(view.session, view.today)


@dataclass(frozen=True, slots=True)
class SchoolContact:
    """What a letter says of the school, and the day it is written on."""

    name: str
    phone: str
    email: str
    today: date


@dataclass(frozen=True, slots=True)
class LetterSender(Query[SchoolContact]):
    """Who writes a letter, and where questions go."""


@answers(LetterSender, roles=OFFICE_AND_LEADERS)
def letter_sender(query: LetterSender, view: View) -> SchoolContact:
    """The school's own contacts."""
    del query
    row = view.session.scalars(select(SchoolRow)).one()
    return SchoolContact(row.name, row.phone or "", row.email or "", view.today)
