"""Breach cases: opened by senior leaders, decided by the headteacher alone (M2, P2, P9, T13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update

from app.domain.breach import CaseStatus, Outcome, check_decision
from app.domain.content import AuthorRole
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import HEAD, LEADERS
from app.services.case_evidence import Evidence, freeze_item, names_of, read_evidence
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.services.withheld import WITHHELD, is_withheld
from app.store.reads.cases import CaseLine, CaseText, case_lines, like_cases
from app.store.tables.cases import CaseDecisionRow, CaseEventRow, CaseRow
from app.store.tables.content import ItemRow
from app.store.tables.links import LinkRow
from app.store.tables.review import FindingRow


@dataclass(frozen=True, slots=True)
class OpenCase(Command[int]):
    """Open a breach case from a finding: its item is frozen as evidence, as it stands now."""

    finding_id: int
    summary: str

    def __repr__(self) -> str:
        return f"OpenCase(finding_id={self.finding_id})"


@does(OpenCase, roles=LEADERS, verb="case.opened")
def open_case(command: OpenCase, unit: Unit) -> int:
    """The case's id. Refused without a summary, and where the finding has a case already."""
    finding = unit.session.get(FindingRow, command.finding_id)
    item = unit.session.get(ItemRow, finding.item_id) if finding else None
    if finding is None or item is None or item.restricted:
        raise Problem("That finding is no longer there. No case was opened.")
    if not command.summary.strip():
        raise Refused("A case needs a sentence on what happened. Write one and open it again.")
    if unit.session.scalar(select(CaseRow.id).where(CaseRow.finding_id == finding.id)):
        raise Refused("This finding has a case already. Nothing was opened twice.")
    row = CaseRow(
        reference=next_reference(unit),
        opened_at=unit.now,
        opened_by=unit.actor.id,
        clause=finding.clause,
        about_role=item.author_role,
        guardian_id=item.guardian_id,
        staff_id=item.staff_id,
        pupil_id=item.pupil_id,
        item_id=item.id,
        finding_id=finding.id,
        summary_sealed=unit.sealed(command.summary.strip()),
    )
    unit.session.add(row)
    unit.session.flush()
    freeze_item(unit, row.id, item)
    add_line(unit, row.id, "opened", command.summary.strip())
    unit.audit(f"case:{row.id}", {"clause": finding.clause})
    unit.changed("cases", "review")
    return row.id


def next_reference(unit: Unit) -> str:
    """The number of the next case of this year: "C-2026-004"."""
    year = unit.today.year
    last = unit.session.scalar(select(func.max(CaseRow.reference)).where(CaseRow.reference.like(f"C-{year}-%")))
    return f"C-{year}-{int(last.rsplit('-', 1)[1]) + 1 if last else 1:03}"


def add_line(unit: Unit, case_id: int, kind: str, words: str) -> None:
    """Add to a case's timeline, sealed for leaders."""
    unit.session.add(
        CaseEventRow(case_id=case_id, at=unit.now, by=unit.actor.id, kind=kind, words_sealed=unit.sealed(words))
    )


@dataclass(frozen=True, slots=True)
class AddCaseNote(Command[None]):
    """Add a confidential note to a case's timeline."""

    case_id: int
    words: str

    def __repr__(self) -> str:
        return f"AddCaseNote(case_id={self.case_id})"


@does(AddCaseNote, roles=LEADERS, verb="case.noted")
def add_case_note(command: AddCaseNote, unit: Unit) -> None:
    """The timeline only grows: a note cannot be changed afterwards."""
    if not command.words.strip():
        raise Refused("The note is empty. Nothing was added.")
    row = case_of(unit, command.case_id)
    add_line(unit, row.id, "note", command.words.strip())
    unit.audit(f"case:{row.id}")
    unit.changed("cases")


@dataclass(frozen=True, slots=True)
class DecideCase(Command[int]):
    """The headteacher's decision: an outcome, its reasons, and where it lasts an end or review date.

    `seen` is the status the headteacher saw; where it has changed, nothing is overwritten (`Overtaken`).
    """

    case_id: int
    outcome: Outcome
    reasons: str
    ends_on: date | None = None
    review_on: date | None = None
    seen: CaseStatus = CaseStatus.OPEN

    def __repr__(self) -> str:
        return f"DecideCase(case_id={self.case_id})"


@does(DecideCase, roles=HEAD, verb="case.decided")
def decide_case(command: DecideCase, unit: Unit) -> int:
    """The decision's id. An earlier decision is superseded and kept. Suspension and removal end the links at once."""
    row = case_of(unit, command.case_id)
    if row.status != command.seen:
        raise Overtaken("This case was decided meanwhile. Nothing of that was overwritten: look again.")
    check_decision(command.outcome, command.reasons, command.ends_on, command.review_on, unit.today)
    if command.outcome.ends_link and row.guardian_id is None:
        raise Refused("Only a guardian can be taken off the service. Choose another outcome.")
    decision = CaseDecisionRow(
        case_id=row.id,
        outcome=command.outcome,
        reasons_sealed=unit.sealed(command.reasons.strip()),
        decided_at=unit.now,
        decided_by=unit.actor.id,
        ends_on=command.ends_on,
        review_on=command.review_on,
    )
    unit.session.add(decision)
    unit.session.flush()
    unit.session.execute(
        update(CaseDecisionRow)
        .where(
            CaseDecisionRow.case_id == row.id,
            CaseDecisionRow.id != decision.id,
            CaseDecisionRow.superseded_by.is_(None),
        )
        .values(superseded_by=decision.id)
    )
    row.status = CaseStatus.DECIDED.value
    ended = 0
    if command.outcome.ends_link and row.guardian_id is not None:
        ended = _end_links(unit, row.guardian_id, command)
    add_line(unit, row.id, "decided", f"{command.outcome.words}. {command.reasons.strip()}")
    unit.audit(f"case:{row.id}", {"outcome": command.outcome, "decision": decision.id, "links": ended})
    unit.changed("cases", "links")
    return decision.id


def _end_links(unit: Unit, guardian_id: int, command: DecideCase) -> int:
    removed = command.outcome is Outcome.REMOVAL
    done = unit.session.execute(
        update(LinkRow)
        .where(LinkRow.guardian_id == guardian_id, LinkRow.state.in_(("linked", "invited")))
        .values(
            state="removed" if removed else "suspended",
            suspended_until=None if removed else command.ends_on,
            decided_at=unit.now,
            decided_by=unit.actor.id,
            ended_at=unit.now if removed else None,
            reason="The headteacher's decision in a case.",
        )
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # a statement's result has it


@dataclass(frozen=True, slots=True)
class Cases(Query[tuple[CaseLine, ...]]):
    """The register of cases, those waiting for a decision first."""


@answers(Cases, roles=LEADERS)
def cases(query: Cases, view: View) -> tuple[CaseLine, ...]:
    """What is counted; what a case says is read through `ReadCase`."""
    del query
    return case_lines(view.session)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    by: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was made."""

    outcome: Outcome
    reasons: str
    decided_at: datetime
    by: str
    ends_on: date | None
    review_on: date | None
    standing: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A whole case: facts, evidence, timeline, decisions, and what like cases led to."""

    line: CaseLine
    summary: str
    evidence: tuple[Evidence, ...]
    events: tuple[Event, ...]
    decisions: tuple[Decided, ...]
    like: tuple[tuple[Outcome, int], ...]
    linked_children: int


@dataclass(frozen=True, slots=True)
class ReadCase(Command[CaseFile]):
    """Read a case file. Every look stands in the audit."""

    case_id: int


@does(ReadCase, roles=LEADERS, verb="case.read")
def read_case(command: ReadCase, unit: Unit) -> CaseFile:
    """Everything the case holds, opened with the leaders' key; without what went to the safeguarding lead (K1)."""
    row = case_of(unit, command.case_id)
    shut = is_withheld(unit, row.item_id)

    def opened(sealed: bytes) -> str:
        return WITHHELD if shut else str(unit.opened(sealed))

    names = names_of(unit)
    unit.audit(f"case:{row.id}")
    text = CaseText(unit.session, row.id)
    linked = unit.session.scalar(
        select(func.count())
        .select_from(LinkRow)
        .where(LinkRow.guardian_id == row.guardian_id, LinkRow.state == "linked")
    )
    return CaseFile(
        line=next(line for line in case_lines(unit.session) if line.id == row.id),
        summary=opened(row.summary_sealed),
        evidence=tuple(read_evidence(unit, kept, names, shut=shut) for kept in text.evidence()),
        events=tuple(Event(e.at, names[e.by], e.kind, opened(e.words_sealed)) for e in text.events()),
        decisions=tuple(
            Decided(
                Outcome(d.outcome),
                opened(d.reasons_sealed),
                d.decided_at,
                names[d.decided_by],
                d.ends_on,
                d.review_on,
                d.superseded_by is None,
            )
            for d in text.decisions()
        ),
        like=like_cases(unit.session, row.clause, AuthorRole(row.about_role), row.id),
        linked_children=linked or 0,
    )


def case_of(unit: Unit, case_id: int) -> CaseRow:
    """The case of that number. Raises `Problem` where there is none."""
    row = unit.session.get(CaseRow, case_id)
    if row is None:
        raise Problem("That case is no longer there. Nothing was changed.")
    return row
