"""The policy as it lives: versions with what changed, clauses in the school's words, who accepted (P1, M3, T14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.problems import Refused
from app.domain.roles import EVERYONE, HEAD
from app.services.door import Command, Query, answers, does
from app.services.standing import school_year_of
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import AcceptanceRow, ClauseRow, PolicyVersionRow
from app.store.tables.school import ClassRow, StaffRow

KEPT_BY = ("check", "workflow", "count", "attest", "data", "none")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in the school's words. `active` False retires it: it stays in earlier versions."""

    code: str
    heading: str
    words: str
    kept_by: str = "attest"
    active: bool = True


@dataclass(frozen=True, slots=True)
class AdoptVersion(Command[int]):
    """A new version of the policy, in force from a day. Everyone is asked to accept it anew."""

    clauses: tuple[Clause, ...]
    changes: str
    adopted_on: date
    review_due: date


@does(AdoptVersion, roles=HEAD, verb="policy.adopted")
def adopt_version(command: AdoptVersion, unit: Unit) -> int:
    """The version's number. Refused where nothing is said of what changed, or clauses do not hold together."""
    last = unit.session.scalars(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc()).limit(1)).first()
    if not command.changes.strip():
        raise Refused("Say what changed, in a sentence: guardians and staff read it when they are asked to accept.")
    if last is not None and command.adopted_on < last.adopted_on:
        raise Refused("A new version cannot be in force before the one it replaces. Check the date.")
    if command.adopted_on > unit.today:
        raise Refused("That day lies ahead. Adopt the version on the day from which it holds.")
    if command.review_due <= command.adopted_on:
        raise Refused("The review is due before the version is in force. Check the two dates.")
    _check(command.clauses)
    row = PolicyVersionRow(
        number=(last.number if last else 0) + 1,
        adopted_on=command.adopted_on,
        review_due=command.review_due,
        changes=command.changes.strip(),
        signed_by=unit.actor.id,
        signed_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.session.add_all(
        ClauseRow(
            version_id=row.id,
            code=clause.code,
            heading=clause.heading.strip(),
            words=clause.words.strip(),
            kept_by=clause.kept_by,
            position=place,
            active=clause.active,
        )
        for place, clause in enumerate(command.clauses, start=1)
    )
    unit.audit(f"policy:{row.number}", {"clauses": sum(clause.active for clause in command.clauses)})
    unit.changed("policy")
    return row.number


def _check(clauses: Iterable[Clause]) -> None:
    seen = set()
    for clause in clauses:
        if not clause.code.strip() or not clause.heading.strip() or not clause.words.strip():
            raise Refused("Every clause needs a code, a heading and its words. Fill in what is missing.")
        if len(clause.code) > 8 or len(clause.heading) > 120:
            raise Refused(f"“{clause.code[:12]}”: a code has at most 8 letters, a heading at most 120.")
        if any(part.strip() not in KEPT_BY for part in clause.kept_by.split(",")):
            raise Refused(f"“{clause.code}” must be kept by a check, a workflow, a count or an attestation.")
        if clause.code in seen:
            raise Refused(f"“{clause.code}” stands twice. Give each clause a code of its own.")
        seen.add(clause.code)
    if not seen:
        raise Refused("A policy needs at least one clause.")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version."""

    number: int
    adopted_on: date
    review_due: date | None
    changes: str
    signed_by: str | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """The policy in force and how it came to be."""

    versions: tuple[VersionLine, ...]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Policy(Query[PolicyShown]):
    """Everybody in school may read it."""


@answers(Policy, roles=EVERYONE)
def policy(query: Policy, view: View) -> PolicyShown:
    """Versions newest first; the clauses of the newest, retired ones too."""
    del query
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    rows = list(view.session.scalars(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc())))
    clauses = (
        view.session.scalars(select(ClauseRow).where(ClauseRow.version_id == rows[0].id).order_by(ClauseRow.position))
        if rows
        else ()
    )
    return PolicyShown(
        tuple(
            VersionLine(
                row.number, row.adopted_on, row.review_due, row.changes, names.get(row.signed_by or 0), row.signed_at
            )
            for row in rows
        ),
        tuple(Clause(row.code, row.heading, row.words, row.kept_by, row.active) for row in clauses),
    )


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """One person and what they accepted of the version in force; for staff, this year's statement on devices too."""

    guardian_id: int | None
    staff_id: int | None
    name: str
    classes: tuple[str, ...]
    accepted_on: date | None
    earlier: bool
    """They accepted an earlier version: they are asked again."""
    stated_on: date | None = None

    @property
    def waits(self) -> bool:
        """They have not accepted the version in force."""
        return self.accepted_on is None


@dataclass(frozen=True, slots=True)
class AcceptancesShown:
    """Linked guardians and staff, those that wait first."""

    number: int
    guardians: tuple[AcceptanceLine, ...]
    staff: tuple[AcceptanceLine, ...]


@dataclass(frozen=True, slots=True)
class Acceptances(Query[AcceptancesShown]):
    """Who accepted the version in force, and who is to be asked."""


@answers(Acceptances, roles=EVERYONE)
def acceptances(query: Acceptances, view: View) -> AcceptancesShown:
    """Only guardians with a link in force are asked: for the others the policy is not binding yet (P1)."""
    del query
    version = view.session.scalars(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc()).limit(1)).first()
    rows = list(view.session.scalars(select(AcceptanceRow).where(AcceptanceRow.what.in_(("policy", "device")))))
    present = version.id if version else None
    return AcceptancesShown(
        version.number if version else 0,
        _waiting_first(_guardians(view, rows, present)),
        _waiting_first(_staff(view, rows, present)),
    )


def _waiting_first(lines: Iterable[AcceptanceLine]) -> tuple[AcceptanceLine, ...]:
    return tuple(sorted(lines, key=lambda line: (not line.waits, line.name.casefold())))


def _guardians(view: View, rows: list[AcceptanceRow], version: int | None) -> Iterable[AcceptanceLine]:
    accepted = _newest(row for row in rows if row.what == "policy" and row.guardian_id and row.version_id == version)
    ever = {row.guardian_id for row in rows if row.what == "policy"}
    classes: dict[int, set[str]] = {}
    linked = view.session.execute(
        select(LinkRow.guardian_id, ClassRow.name)
        .join(PupilRow, PupilRow.id == LinkRow.pupil_id)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(LinkRow.state == "linked", LinkRow.guardian_id.is_not(None), PupilRow.left_on.is_(None))
    )
    for guardian_id, name in linked:
        classes.setdefault(guardian_id or 0, set()).update({name} if name else set())
    for row in view.session.scalars(select(GuardianRow).where(GuardianRow.id.in_(classes))):
        on = accepted.get((row.id, None))
        yield AcceptanceLine(row.id, None, row.name, tuple(sorted(classes[row.id])), on, on is None and row.id in ever)


def _staff(view: View, rows: list[AcceptanceRow], version: int | None) -> Iterable[AcceptanceLine]:
    accepted = _newest(row for row in rows if row.what == "policy" and row.staff_id and row.version_id == version)
    ever = {row.staff_id for row in rows if row.what == "policy"}
    year = school_year_of(view.today)
    stated = _newest(row for row in rows if row.what == "device" and year.starts <= row.accepted_on <= year.ends)
    for row in view.session.scalars(select(StaffRow).where(StaffRow.active)):
        on = accepted.get((None, row.id))
        yield AcceptanceLine(None, row.id, row.name, (), on, on is None and row.id in ever, stated.get((None, row.id)))


def _newest(rows: Iterable[AcceptanceRow]) -> dict[tuple[int | None, int | None], date]:
    found: dict[tuple[int | None, int | None], date] = {}
    for row in rows:
        key = (row.guardian_id, row.staff_id)
        found[key] = max(found.get(key, date.min), row.accepted_on)
    return found
