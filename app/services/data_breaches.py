"""The register of personal data breaches: 72 hours from awareness to the ICO where risk is likely (K2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import HEAD, LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import CaseRow, DataBreachRow

HOURS = timedelta(hours=72)
"""From becoming aware to reporting, where a risk to people is likely. Nights and weekends count."""

RISKS = {"none": "Unlikely", "some": "Likely", "high": "High"}
"""How likely it is that people come to harm, and how that is named."""


@dataclass(frozen=True, slots=True)
class RecordBreach(Command[int]):
    """Enter a personal data breach in the register: when the school became aware, what happened."""

    aware_at: datetime
    words: str
    case_id: int | None = None

    def __repr__(self) -> str:
        return f"RecordBreach(case_id={self.case_id})"


@does(RecordBreach, roles=LEADERS, verb="breach.recorded")
def record_breach(command: RecordBreach, unit: Unit) -> int:
    """The entry's id. Every breach is recorded, also one that is not reported."""
    if command.aware_at > unit.now:
        raise Refused("That moment lies ahead. Enter when the school became aware.")
    if not command.words.strip():
        raise Refused("Say in a sentence what happened: whose data, how many people, how.")
    if command.case_id is not None:
        if unit.session.get(CaseRow, command.case_id) is None:
            raise Problem("That case is no longer there. Nothing was recorded.")
        if unit.session.scalar(select(DataBreachRow.id).where(DataBreachRow.case_id == command.case_id)):
            raise Refused("This case stands in the register of data breaches already.")
    row = DataBreachRow(
        case_id=command.case_id, aware_at=command.aware_at, reasons_sealed=unit.sealed({"what": command.words.strip()})
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"breach:{row.id}")
    unit.changed("cases")
    return row.id


@dataclass(frozen=True, slots=True)
class DecideBreach(Command[None]):
    """The headteacher's decision to report to the ICO or not, with the risk and the reasons."""

    breach_id: int
    risk: str
    reported: bool
    reasons: str

    def __repr__(self) -> str:
        return f"DecideBreach(breach_id={self.breach_id})"


@does(DecideBreach, roles=HEAD, verb="breach.decided")
def decide_breach(command: DecideBreach, unit: Unit) -> None:
    """Refused without reasons, and where a likely or high risk would go unreported without any."""
    row = unit.session.get(DataBreachRow, command.breach_id)
    if row is None:
        raise Problem("That entry is not in the register any more.")
    if row.decided_at is not None:
        raise Overtaken("This was decided meanwhile. Nothing of that was overwritten: look again.")
    if command.risk not in RISKS:
        raise Refused("Say how likely it is that people come to harm: unlikely, likely or high.")
    if not command.reasons.strip():
        raise Refused("Write the reasons. The ICO may ask for them, also where nothing was reported.")
    if command.risk == "high" and not command.reported:
        raise Refused("A high risk is always reported. Report it, or judge the risk again.")
    said = unit.opened(row.reasons_sealed) if row.reasons_sealed else {}
    row.reasons_sealed = unit.sealed({**said, "reasons": command.reasons.strip()})
    row.risk, row.reported = command.risk, command.reported
    row.decided_at, row.decided_by = unit.now, unit.actor.id
    unit.audit(f"breach:{row.id}", {"risk": command.risk, "reported": command.reported})
    unit.changed("cases")


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One entry of the register. `left` is the time until 72 hours are over, below nothing where they are."""

    id: int
    case_id: int | None
    reference: str
    aware_at: datetime
    due_at: datetime
    risk: str | None
    reported: bool | None
    decided_at: datetime | None
    decided_by: str | None
    left: timedelta

    @property
    def late(self) -> bool:
        """Nobody has decided, and 72 hours are over."""
        return self.decided_at is None and self.left < timedelta()


@dataclass(frozen=True, slots=True)
class DataBreaches(Query[tuple[BreachLine, ...]]):
    """The register, what waits first: no word of what happened."""


@answers(DataBreaches, roles=LEADERS)
def data_breaches(query: DataBreaches, view: View) -> tuple[BreachLine, ...]:
    """Undecided by their clock, then the rest, newest first."""
    del query
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    rows = view.session.execute(
        select(DataBreachRow, CaseRow.reference).outerjoin(CaseRow, CaseRow.id == DataBreachRow.case_id)
    )
    lines = [
        BreachLine(
            id=row.id,
            case_id=row.case_id,
            reference=reference or f"B-{row.aware_at.year}-{row.id:03}",
            aware_at=row.aware_at,
            due_at=row.aware_at + HOURS,
            risk=row.risk,
            reported=row.reported,
            decided_at=row.decided_at,
            decided_by=names.get(row.decided_by or 0),
            left=row.aware_at + HOURS - view.now,
        )
        for row, reference in rows
    ]
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                one.decided_at is not None,
                one.due_at.timestamp() if one.decided_at is None else -one.aware_at.timestamp(),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class ReadBreach(Command[dict[str, str]]):
    """Read what an entry says. Every look stands in the audit."""

    breach_id: int


@does(ReadBreach, roles=LEADERS, verb="breach.read")
def read_breach(command: ReadBreach, unit: Unit) -> dict[str, str]:
    """What happened ("what") and, once decided, why ("reasons")."""
    row = unit.session.get(DataBreachRow, command.breach_id)
    if row is None:
        raise Problem("That entry is not in the register any more.")
    unit.audit(f"breach:{row.id}")
    said = unit.opened(row.reasons_sealed) if row.reasons_sealed else {}
    return {str(key): str(value) for key, value in said.items()}
