"""Appeals, and taking a suspended adult back: the decision is superseded or ended, never overwritten (M2, P2, P9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.domain.appeals import AppealOutcome, check_appeal, check_hearing, last_day
from app.domain.breach import CaseStatus, Outcome
from app.domain.problems import Overtaken, Refused
from app.domain.roles import HEAD, LEADERS
from app.services.cases import add_line, case_of
from app.services.door import Command, Query, answers, does
from app.services.linking import ruling_on
from app.services.unit import Unit, View
from app.store.reads.school_days import school_calendar
from app.store.tables.accounts import AccountRow
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseRow
from app.store.tables.links import LinkRow


@dataclass(frozen=True, slots=True)
class RecordAppeal(Command[int]):
    """Note that a family appeals against the decision that stands."""

    case_id: int
    received_on: date


@does(RecordAppeal, roles=LEADERS, verb="appeal.received")
def record_appeal(command: RecordAppeal, unit: Unit) -> int:
    """The appeal's id. One a decision, within twenty school days."""
    row, decision = _decided(unit, command.case_id)
    if unit.session.scalar(select(AppealRow.id).where(AppealRow.decision_id == decision.id)):
        raise Refused("There was an appeal against this decision already. A decision is appealed once.")
    calendar = school_calendar(unit.session, unit.today)
    check_appeal(command.received_on, calendar.local(decision.decided_at).date(), unit.today, calendar)
    appeal = AppealRow(decision_id=decision.id, received_on=command.received_on)
    unit.session.add(appeal)
    row.status = CaseStatus.APPEALED.value
    unit.session.flush()
    add_line(unit, row.id, "appealed", "The family appeals against the decision.")
    unit.audit(f"case:{row.id}")
    unit.changed("cases")
    return appeal.id


@dataclass(frozen=True, slots=True)
class DecideAppeal(Command[None]):
    """What somebody else than the decider found: the decision stands, is made milder, or is taken back.

    `milder` and its date are for a decision that is made milder. The chair of governors has no account: a leader
    records what they decided, under their name.
    """

    case_id: int
    outcome: AppealOutcome
    heard_by: str
    reasons: str
    decided_on: date
    milder: Outcome | None = None
    review_on: date | None = None

    def __repr__(self) -> str:
        return f"DecideAppeal(case_id={self.case_id}, outcome={self.outcome})"


@does(DecideAppeal, roles=LEADERS, verb="appeal.decided")
def decide_appeal(command: DecideAppeal, unit: Unit) -> None:
    """Links that the decision suspended come back where it is taken back or eased below a suspension."""
    row, decision = _decided(unit, command.case_id)
    appeal = unit.session.scalar(select(AppealRow).where(AppealRow.decision_id == decision.id))
    if appeal is None:
        raise Refused("There is no appeal against this decision. Note first that it came.")
    if appeal.decided_on is not None:
        raise Overtaken("This appeal was decided meanwhile. Nothing of that was overwritten: look again.")
    check_hearing(command.heard_by, _name(unit, decision.decided_by), command.reasons)
    if not appeal.received_on <= command.decided_on <= unit.today:
        raise Refused("The appeal cannot have been heard before it came, nor on a day to come. Check the day.")
    heard_by, reasons = command.heard_by.strip(), command.reasons.strip()
    appeal.outcome, appeal.decided_on = command.outcome.value, command.decided_on
    appeal.reasons_sealed = unit.sealed({"heard_by": heard_by, "reasons": reasons})
    given_back: tuple[int, tuple[str, ...]] = 0, ()
    if command.outcome is AppealOutcome.EASED:
        _ease(unit, row, decision, command)
    if command.outcome is AppealOutcome.WITHDRAWN or (command.milder is not None and not command.milder.ends_link):
        given_back = _give_back(unit, row)
    row.status = CaseStatus.CLOSED.value
    row.closed_at = unit.now
    told = f"{command.outcome.words}. Heard by {heard_by}. {reasons}"
    add_line(unit, row.id, "appeal decided", " ".join((told, *given_back[1])))
    unit.audit(f"case:{row.id}", {"outcome": command.outcome, "links": given_back[0]})
    unit.changed("cases", "links")


def _ease(unit: Unit, row: CaseRow, decision: CaseDecisionRow, command: DecideAppeal) -> None:
    ladder = list(Outcome)
    if command.milder is None or ladder.index(command.milder) >= ladder.index(Outcome(decision.outcome)):
        raise Refused("Choose an outcome that is milder than the decision, or let it stand.")
    milder = CaseDecisionRow(
        case_id=row.id,
        outcome=command.milder.value,
        reasons_sealed=unit.sealed(command.reasons.strip()),
        decided_at=unit.now,
        decided_by=unit.actor.id,
        ends_on=decision.ends_on,
        review_on=command.review_on or decision.review_on,
    )
    unit.session.add(milder)
    unit.session.flush()
    decision.superseded_by = milder.id


@dataclass(frozen=True, slots=True)
class Reinstate(Command[int]):
    """Let a suspended adult back before or after the end date, with a reason."""

    case_id: int
    why: str

    def __repr__(self) -> str:
        return f"Reinstate(case_id={self.case_id})"


@does(Reinstate, roles=HEAD, verb="case.reinstated")
def reinstate(command: Reinstate, unit: Unit) -> int:
    """How many links came back. Refused without a reason, and where nothing is suspended."""
    row = case_of(unit, command.case_id)
    if not command.why.strip():
        raise Refused("Say why the adult is let back: it stays on record.")
    given, against = _give_back(unit, row)
    if not given:
        why = " ".join(against) or "No link of this adult is suspended."
        raise Refused(f"Nothing was given back. {why}")
    add_line(unit, row.id, "reinstated", " ".join((command.why.strip(), *against)))
    unit.audit(f"case:{row.id}", {"links": given})
    unit.changed("cases", "links")
    return given


def _give_back(unit: Unit, row: CaseRow) -> tuple[int, tuple[str, ...]]:
    """Suspended links that may be in force are so again (P4); how many, and why others are not."""
    given, against = 0, []
    suspended = select(LinkRow).where(LinkRow.guardian_id == row.guardian_id, LinkRow.state == "suspended")
    for link in unit.session.scalars(suspended) if row.guardian_id is not None else ():
        ruling = ruling_on(unit, link.pupil_id, row.guardian_id or 0, exception=link.exception_why is not None)
        if not ruling.allowed:
            against += list(ruling.reasons)
            continue
        link.state, link.suspended_until = "linked", None
        link.decided_at, link.decided_by, link.reason = unit.now, unit.actor.id, "Let back after a suspension."
        given += 1
    unit.session.flush()
    return given, tuple(dict.fromkeys(against))


@dataclass(frozen=True, slots=True)
class AppealShown:
    """The appeal against a case's decision, if there is one, and until when one can be made."""

    last_day: date | None
    received_on: date | None
    heard_by: str | None
    outcome: AppealOutcome | None
    decided_on: date | None
    suspended: int
    """Links that could be given back."""


@dataclass(frozen=True, slots=True)
class AppealOf(Query[AppealShown]):
    """Where the appeal of a case stands: no word of its reasons, which the case's timeline holds."""

    case_id: int


@answers(AppealOf, roles=LEADERS)
def appeal_of(query: AppealOf, view: View) -> AppealShown:
    """Of the newest decision that was appealed, or that can be."""
    decisions = list(
        view.session.scalars(
            select(CaseDecisionRow).where(CaseDecisionRow.case_id == query.case_id).order_by(CaseDecisionRow.id.desc())
        )
    )
    row = view.session.get(CaseRow, query.case_id)
    suspended = 0
    if row is not None and row.guardian_id is not None:
        suspended = (
            view.session.scalar(
                select(func.count())
                .select_from(LinkRow)
                .where(LinkRow.guardian_id == row.guardian_id, LinkRow.state == "suspended")
            )
            or 0
        )
    if not decisions:
        return AppealShown(None, None, None, None, None, suspended)
    calendar = school_calendar(view.session, view.today)
    last = last_day(calendar.local(decisions[0].decided_at).date(), calendar)
    appeal = view.session.scalar(
        select(AppealRow)
        .where(AppealRow.decision_id.in_([one.id for one in decisions]))
        .order_by(AppealRow.id.desc())
        .limit(1)
    )
    if appeal is None:
        return AppealShown(last, None, None, None, None, suspended)
    outcome = AppealOutcome(appeal.outcome) if appeal.outcome else None
    heard_by = view.opened(appeal.reasons_sealed)["heard_by"] if appeal.reasons_sealed else None
    return AppealShown(last, appeal.received_on, heard_by, outcome, appeal.decided_on, suspended)


def _decided(unit: Unit, case_id: int) -> tuple[CaseRow, CaseDecisionRow]:
    row = case_of(unit, case_id)
    decision = unit.session.scalar(
        select(CaseDecisionRow).where(CaseDecisionRow.case_id == row.id, CaseDecisionRow.superseded_by.is_(None))
    )
    if decision is None:
        raise Refused("This case is not decided yet, so there is nothing to appeal against.")
    return row, decision


def _name(unit: Unit, account_id: int) -> str:
    account = unit.session.get(AccountRow, account_id)
    return account.name if account is not None else ""
