"""The yearly review: evidence for every clause, a judgement on each, actions, the headteacher's signature (H3).

What is signed stays as it was signed. The audit chain's head at the signature stands in the record, so that a chain
that was swapped later would show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.domain.annual import Evidence, Judgement, check_judgement
from app.domain.days import a_year_on
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import HEAD, LEADERS
from app.services.door import Command, Query, answers, does
from app.services.standing import school_year_of
from app.services.unit import Unit, View
from app.store.audit_chain import head
from app.store.reads.evidence import Year, evidence_of
from app.store.tables.accounts import AccountRow
from app.store.tables.policy import AnnualReviewRow, ClauseJudgementRow, ClauseRow, PolicyVersionRow
from app.store.tables.school import YearRow


@dataclass(frozen=True, slots=True)
class OpenReview(Command[int]):
    """Begin the review of the school year that runs."""


@does(OpenReview, roles=LEADERS, verb="annual.opened")
def open_review(command: OpenReview, unit: Unit) -> int:
    """The review's id. One a year: a second one is refused."""
    del command
    year = _year(unit)
    if unit.session.scalar(select(AnnualReviewRow.id).where(AnnualReviewRow.year_id == year.id)):
        raise Overtaken("The review of this year is open already. Nothing was opened twice.")
    version = _version(unit)
    row = AnnualReviewRow(
        year_id=year.id, due_on=(version.review_due if version else None) or year.ends, opened_at=unit.now
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"annual:{row.id}")
    unit.changed("annual")
    return row.id


@dataclass(frozen=True, slots=True)
class JudgeClause(Command[None]):
    """Judge how well a clause was kept, with what is to be done where it was not."""

    code: str
    judgement: Judgement
    words: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None

    def __repr__(self) -> str:
        return f"JudgeClause(code={self.code}, judgement={self.judgement})"


@does(JudgeClause, roles=LEADERS, verb="annual.judged")
def judge_clause(command: JudgeClause, unit: Unit) -> None:
    """Judging again replaces it, until the review is signed. Refused as `check_judgement` says."""
    review = _open_review(unit)
    if command.code not in {clause.code for clause in _clauses(unit)}:
        raise Problem(f"“{command.code}” is not a clause of the policy in force.")
    check_judgement(command.judgement, command.words, command.action, command.owner, command.due, unit.today)
    row = unit.session.scalar(
        select(ClauseJudgementRow).where(
            ClauseJudgementRow.review_id == review.id, ClauseJudgementRow.code == command.code
        )
    )
    if row is None:
        row = ClauseJudgementRow(review_id=review.id, code=command.code)
        unit.session.add(row)
    row.judgement, row.words = command.judgement.value, command.words.strip()
    row.action, row.owner = command.action.strip() or None, command.owner.strip() or None
    row.action_due = command.due
    unit.audit(f"annual:{review.id}", {"clause": command.code, "judgement": command.judgement})
    unit.changed("annual")


@dataclass(frozen=True, slots=True)
class FinishAction(Command[None]):
    """State that an action of a review is done, and on which day."""

    judgement_id: int
    done_on: date


@does(FinishAction, roles=LEADERS, verb="annual.action_done")
def finish_action(command: FinishAction, unit: Unit) -> None:
    """Refused for a day to come, and where it is stated already."""
    row = unit.session.get(ClauseJudgementRow, command.judgement_id)
    if row is None or row.action is None:
        raise Problem("That action is not in a review any more.")
    if row.action_done_on is not None:
        raise Overtaken("Somebody has stated this already. Nothing was changed.")
    if command.done_on > unit.today:
        raise Refused("That day lies ahead. State it when it is done.")
    row.action_done_on = command.done_on
    unit.audit(f"annual:{row.review_id}", {"clause": row.code})
    unit.changed("annual")


@dataclass(frozen=True, slots=True)
class SignReview(Command[str]):
    """The headteacher signs the review; the next one is due on a day within about a year."""

    next_due: date | None = None


@does(SignReview, roles=HEAD, verb="annual.signed")
def sign_review(command: SignReview, unit: Unit) -> str:
    """The audit's head that stands in the record from now on. Refused while a clause is not judged."""
    review = _open_review(unit)
    judged = set(unit.session.scalars(select(ClauseJudgementRow.code).where(ClauseJudgementRow.review_id == review.id)))
    waiting = [clause.code for clause in _clauses(unit) if clause.code not in judged]
    if waiting:
        some = ", ".join(waiting[:6]) + (" and others" if len(waiting) > 6 else "")
        raise Refused(f"{len(waiting)} clauses are not judged yet: {some}. Judge every clause, then sign.")
    due = command.next_due or a_year_on(unit.today)
    if not unit.today < due <= unit.today + timedelta(days=400):
        raise Refused("The next review falls within a year from now. Choose a day ahead, at most 13 months away.")
    review.signed_at, review.signed_by, review.audit_head = unit.now, unit.actor.id, head(unit.session)
    version = _version(unit)
    if version is not None:
        version.review_due = due
    unit.audit(f"annual:{review.id}", {"next": due.isoformat(), "clauses": len(judged)})
    unit.changed("annual", "policy")
    return review.audit_head


@dataclass(frozen=True, slots=True)
class ClauseInReview:
    """A clause with its evidence and what was judged."""

    code: str
    heading: str
    words: str
    kept_by: str
    evidence: tuple[Evidence, ...]
    judgement: Judgement | None = None
    why: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of a review, and whether it was done."""

    id: int
    year: str
    code: str
    action: str
    owner: str
    due: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """The review of the year that runs, open or not, and what is left of earlier ones."""

    school_year: str
    first: date
    last: date
    id: int | None
    due_on: date | None
    signed_at: datetime | None
    signed_by: str | None
    audit_head: str | None
    clauses: tuple[ClauseInReview, ...]
    actions: tuple[ActionLine, ...]
    today: date

    @property
    def judged(self) -> int:
        """How many clauses are judged."""
        return sum(clause.judgement is not None for clause in self.clauses)

    @property
    def may_sign(self) -> bool:
        """Everything is judged and nobody has signed."""
        return self.id is not None and self.signed_at is None and self.judged == len(self.clauses)


@dataclass(frozen=True, slots=True)
class AnnualReview(Query[ReviewShown]):
    """The workspace: evidence counted afresh, of the school year that runs, or of the days named (`last` included)."""

    first: date | None = None
    last: date | None = None


@answers(AnnualReview, roles=LEADERS)
def annual_review(query: AnnualReview, view: View) -> ReviewShown:
    """Clauses in the policy's order, of the version in force; judgements of the review of the year `last` lies in."""
    running = school_year_of(query.last or view.today)
    year = view.session.scalar(select(YearRow).where(YearRow.name == running.name)) or running
    review = view.session.scalar(select(AnnualReviewRow).where(AnnualReviewRow.year_id == year.id)) if year.id else None
    said = {}
    if review is not None:
        rows = view.session.scalars(select(ClauseJudgementRow).where(ClauseJudgementRow.review_id == review.id))
        said = {row.code: row for row in rows}
    first_day, last_day = query.first or year.starts, query.last or year.ends
    now, last = _years(view, first_day, last_day)
    version = _version(view)
    return ReviewShown(
        school_year=year.name,
        first=first_day,
        last=last_day,
        id=review.id if review else None,
        due_on=review.due_on if review else version.review_due if version else None,
        signed_at=review.signed_at if review else None,
        signed_by=_name(view, review.signed_by) if review and review.signed_by else None,
        audit_head=review.audit_head if review else None,
        clauses=tuple(_clause(clause, said.get(clause.code), now, last) for clause in _clauses(view)),
        actions=_earlier(view, review.id if review else 0),
        today=view.today,
    )


def _clause(clause: ClauseRow, said: ClauseJudgementRow | None, now: Year, last: Year | None) -> ClauseInReview:
    evidence = evidence_of(clause.code, now, last)
    if said is None:
        return ClauseInReview(clause.code, clause.heading, clause.words, clause.kept_by, evidence)
    return ClauseInReview(
        clause.code,
        clause.heading,
        clause.words,
        clause.kept_by,
        evidence,
        Judgement(said.judgement),
        said.words,
        said.action or "",
        said.owner or "",
        said.action_due,
    )


def _years(view: View, first: date, last: date) -> tuple[Year, Year | None]:
    """The days, and the same days a year before where anything was brought in then."""
    before = Year(view.session, _year_back(first), _year_back(last), view.now)
    return Year(view.session, first, last, view.now), before if before.items else None


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def _earlier(view: View, present: int) -> tuple[ActionLine, ...]:
    rows = view.session.execute(
        select(ClauseJudgementRow, YearRow.name)
        .join(AnnualReviewRow, AnnualReviewRow.id == ClauseJudgementRow.review_id)
        .join(YearRow, YearRow.id == AnnualReviewRow.year_id)
        .where(ClauseJudgementRow.action.is_not(None), AnnualReviewRow.id != present)
        .order_by(YearRow.starts.desc(), ClauseJudgementRow.id)
    )
    return tuple(
        ActionLine(row.id, name, row.code, row.action or "", row.owner or "", row.action_due, row.action_done_on)
        for row, name in rows
    )


def _clauses(view: View) -> list[ClauseRow]:
    version = _version(view)
    if version is None:
        return []
    return list(
        view.session.scalars(
            select(ClauseRow).where(ClauseRow.version_id == version.id, ClauseRow.active).order_by(ClauseRow.position)
        )
    )


def _version(view: View) -> PolicyVersionRow | None:
    return view.session.scalar(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc()).limit(1))


def _year(unit: Unit) -> YearRow:
    wanted = school_year_of(unit.today)
    year = unit.session.scalar(select(YearRow).where(YearRow.name == wanted.name))
    if year is None:
        unit.session.add(wanted)
        unit.session.flush()
        return wanted
    return year


def _open_review(unit: Unit) -> AnnualReviewRow:
    review = unit.session.scalar(select(AnnualReviewRow).where(AnnualReviewRow.year_id == _year(unit).id))
    if review is None:
        raise Refused("The review of this year is not open. Open it first.")
    if review.signed_at is not None:
        raise Refused("The review of this year is signed, and stays as it was signed.")
    return review


def _name(view: View, account_id: int) -> str:
    account = view.session.get(AccountRow, account_id)
    return account.name if account is not None else ""
