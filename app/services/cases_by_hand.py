"""Opening a case without a finding: somebody from the register, a clause, what happened, and files (M2, P9, T13)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select

from app.domain.content import AuthorRole
from app.domain.problems import Problem, Refused
from app.domain.roles import LEADERS
from app.services.case_evidence import freeze_file
from app.services.cases import add_line, next_reference
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.cases import CaseRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import ClauseRow, PolicyVersionRow
from app.store.tables.school import ClassRow, StaffRow

MOST_FILES = 10


class Concerns(StrEnum):
    """Whom a case can be about."""

    GUARDIAN = "guardian"
    STAFF = "staff"
    PUPIL = "pupil"

    @property
    def role(self) -> AuthorRole:
        """As what they use the service."""
        return {
            Concerns.GUARDIAN: AuthorRole.PARENT,
            Concerns.STAFF: AuthorRole.STAFF,
            Concerns.PUPIL: AuthorRole.PUPIL,
        }[self]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the register, told apart from others of the same name by `words`."""

    concerns: Concerns
    id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class CaseChoicesShown:
    """Whom a case can be about, and the policy's clauses as code and heading."""

    people: tuple[Person, ...]
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseChoices(Query[CaseChoicesShown]):
    """What can be chosen when a case is opened by hand."""


@answers(CaseChoices, roles=LEADERS)
def case_choices(query: CaseChoices, view: View) -> CaseChoicesShown:
    """Adults first, then staff, then pupils, each by name."""
    del query
    session = view.session
    classes = {row.id: row.name for row in session.scalars(select(ClassRow))}
    people = [
        *(
            Person(Concerns.GUARDIAN, row.id, row.name, "adult of a pupil")
            for row in session.scalars(select(GuardianRow).where(GuardianRow.merged_into.is_(None)))
        ),
        *(Person(Concerns.STAFF, row.id, row.name, "staff") for row in session.scalars(select(StaffRow))),
        *(
            Person(Concerns.PUPIL, row.id, f"{row.first} {row.last}", f"pupil, {classes.get(row.class_id or 0, '–')}")
            for row in session.scalars(select(PupilRow).where(PupilRow.left_on.is_(None)))
        ),
    ]
    order = list(Concerns)
    people.sort(key=lambda one: (order.index(one.concerns), one.name.casefold(), one.id))
    return CaseChoicesShown(tuple(people), _clauses(view))


def _clauses(view: View) -> tuple[tuple[str, str], ...]:
    version = select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1).scalar_subquery()
    rows = view.session.execute(
        select(ClauseRow.code, ClauseRow.heading)
        .where(ClauseRow.version_id == version, ClauseRow.active)
        .order_by(ClauseRow.position)
    )
    return tuple((code, heading) for code, heading in rows)


@dataclass(frozen=True, slots=True)
class OpenCaseByHand(Command[int]):
    """Open a case about somebody in the register, without a finding. `files` are frozen as evidence."""

    concerns: Concerns
    person_id: int
    clause: str
    summary: str = field(repr=False)
    files: tuple[bytes, ...] = field(default=(), repr=False)


@does(OpenCaseByHand, roles=LEADERS, verb="case.opened_by_hand")
def open_case_by_hand(command: OpenCaseByHand, unit: Unit) -> int:
    """The case's id. Refused without words, for a clause that is not in the policy, and for too many files."""
    summary = command.summary.strip()
    if not summary:
        raise Refused("A case needs a sentence on what happened. Write one and open it again.")
    if command.clause not in {code for code, _ in _clauses(unit)}:
        raise Refused("That clause is not in the policy. Choose one from the list.")
    if len(command.files) > MOST_FILES:
        raise Refused(f"At most {MOST_FILES} files go with a case at once. Choose the ones that matter.")
    _check_person(unit, command)
    row = CaseRow(
        reference=next_reference(unit),
        opened_at=unit.now,
        opened_by=unit.actor.id,
        clause=command.clause,
        about_role=command.concerns.role,
        guardian_id=command.person_id if command.concerns is Concerns.GUARDIAN else None,
        staff_id=command.person_id if command.concerns is Concerns.STAFF else None,
        pupil_id=command.person_id if command.concerns is Concerns.PUPIL else None,
        summary_sealed=unit.sealed(summary),
    )
    unit.session.add(row)
    unit.session.flush()
    for content in command.files:
        freeze_file(unit, row.id, content)
    add_line(unit, row.id, "opened", summary)
    unit.audit(f"case:{row.id}", {"clause": command.clause, "files": len(command.files)})
    unit.changed("cases")
    return row.id


def _check_person(unit: Unit, command: OpenCaseByHand) -> None:
    table = {Concerns.GUARDIAN: GuardianRow, Concerns.STAFF: StaffRow, Concerns.PUPIL: PupilRow}[command.concerns]
    if unit.session.get(table, command.person_id) is None:
        raise Problem("That person is no longer in the register. No case was opened: choose again.")
