"""Evidence for how the policy is kept, and for what the law asks: clauses M1 to M4 and K1 to K4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from app.domain.annual import Evidence
from app.domain.appeals import AppealOutcome
from app.domain.breach import REFERRED_OUT, Outcome
from app.domain.data_requests import Asked
from app.domain.sampling import missed_words
from app.store.reads.evidence.year import Year, middle, shows
from app.store.reads.samples import sampling_figures
from app.store.tables.base import Instant
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseEventRow, CaseRow, DataBreachRow
from app.store.tables.monitoring import AttestationRow, RequestRow, RetentionRow, SnapshotRow
from app.store.tables.register import LeaverRow
from app.store.tables.retention import DestructionPartRow, DestructionRow, RetentionHoldRow
from app.store.tables.school import SchoolWayRow


@shows("M1")
def looks(year: Year) -> tuple[Evidence, ...]:
    """Looks planned and done, and what they tell of the checks."""
    told = sampling_figures(year.session, year.first, year.last)
    shown = [
        Evidence("Looks finished", told.done, told.planned),
        Evidence("Items looked at", told.looked),
        Evidence("Items in which only a person found something", told.people_only, told.looked - told.flagged),
    ]
    if told.looked:
        shown.append(Evidence("What the checks miss", said=missed_words(told.missed, told.unflagged_in_all)))
    weeks = year.count(SnapshotRow, year.day_within(SnapshotRow.week_of))
    stated = year.count(AttestationRow, year.within(AttestationRow.stated_at))
    histories = year.count(RequestRow, RequestRow.kind == "history", year.day_within(RequestRow.received_on))
    return (
        *shown,
        Evidence("Weeks whose figures were noted", weeks),
        Evidence("Settings looked up in ClassDojo and stated", stated),
        Evidence("Message histories asked for", histories),
    )


@shows("M2")
def cases(year: Year) -> tuple[Evidence, ...]:
    """Cases, outcomes, days, repeats; what followed from the decisions."""
    first = (
        select(CaseDecisionRow.case_id, func.min(CaseDecisionRow.decided_at, type_=Instant).label("at"))
        .group_by(CaseDecisionRow.case_id)
        .subquery()
    )
    rows = year.session.execute(
        select(CaseRow.opened_at, first.c.at)
        .join(first, first.c.case_id == CaseRow.id)
        .where(year.within(CaseRow.opened_at))
    )
    days = [(decided - opened).total_seconds() / 86_400 for opened, decided in rows]
    again = Counter(
        guardian
        for guardian in year.session.scalars(select(CaseRow.guardian_id).where(CaseRow.guardian_id.is_not(None)))
    )
    outcomes = year.outcomes()
    return (
        Evidence("Cases opened", year.cases()),
        *(Evidence(f"Decided: {one.words.lower()}", outcomes[one.value]) for one in Outcome),
        middle(days, "days", "From opened to decided, half of them within"),
        Evidence("Adults with more than one case", sum(number > 1 for number in again.values()), now_only=True),
        *_followed(year),
    )


def _followed(year: Year) -> Iterator[Evidence]:
    """Links, ClassDojo, letters, appeals and letting back: what became of the year's decisions."""
    made = year.decisions
    off = [one for one in made if one.for_classdojo]
    yield Evidence("Links suspended or ended by a decision, at once", sum(one.links_ended for one in made))
    yield Evidence(
        "Suspensions and removals done in ClassDojo", sum(one.in_classdojo_at is not None for one in off), len(off)
    )
    yield Evidence("Letters about a decision", sum(len(one.letters) for one in made))
    appeals = year.session.execute(
        select(AppealRow.outcome, func.count())
        .where(year.day_within(AppealRow.received_on))
        .group_by(AppealRow.outcome)
    )
    heard: Counter[str] = Counter({outcome or "": number for outcome, number in appeals})
    whole = heard.total()
    yield Evidence("Appeals", whole)
    yield Evidence("Appeals heard by somebody other than who decided", whole - heard[""], whole)
    for outcome in AppealOutcome:
        yield Evidence(f"Appeals: {outcome.words.lower()}", heard[outcome.value])
    back = year.count(CaseEventRow, CaseEventRow.kind == "reinstated", year.within(CaseEventRow.at))
    yield Evidence("Adults let back after a suspension", back)
    out = year.count(CaseEventRow, CaseEventRow.kind == REFERRED_OUT, year.within(CaseEventRow.at))
    yield Evidence("Referrals of cases outside the school", out)


@shows("M3")
def staff(year: Year) -> tuple[Evidence, ...]:
    """Staff who accepted the version in force."""
    whole = year.people["staff"]
    agreed = whole - year.people["staff_silent"]
    return (Evidence("Members of staff who accepted the policy in force", agreed, whole, now_only=True),)


@shows("M4")
def ways(year: Year) -> tuple[Evidence, ...]:
    """The School Ways."""
    names = year.session.scalars(
        select(SchoolWayRow.name).where(SchoolWayRow.active).order_by(SchoolWayRow.position)
    ).all()
    return (Evidence("School Ways", said=", ".join(names)),) if names else ()


@shows("K1")
def safeguarding(year: Year) -> tuple[Evidence, ...]:
    """Referrals to the safeguarding lead: how many, how soon. No word of what they say."""
    rows = list(year.figures.referrals())
    minutes = [taken for taken, _ in rows if taken is not None]
    return (
        Evidence("Referrals to the safeguarding lead", len(rows)),
        Evidence("Read by the lead", sum(received for _, received in rows), len(rows)),
        middle(minutes, "minutes", "From found to referred, half of them within"),
    )


@shows("K2")
def data_breaches(year: Year) -> tuple[Evidence, ...]:
    """The register of personal data breaches."""
    rows = year.session.execute(
        select(DataBreachRow.aware_at, DataBreachRow.reported, DataBreachRow.decided_at).where(
            year.within(DataBreachRow.aware_at)
        )
    ).all()
    hours = [(decided - aware).total_seconds() / 3600 for aware, _, decided in rows if decided is not None]
    return (
        Evidence("Personal data breaches on the register", len(rows)),
        Evidence("Reported to the ICO", sum(bool(reported) for _, reported, _ in rows)),
        Evidence("Decided not to report, with reasons", sum(reported is False for _, reported, _ in rows)),
        middle(hours, "hours", "From aware to decided, half of them within"),
    )


@shows("K3")
def access(year: Year) -> tuple[Evidence, ...]:
    """Requests to see, correct or delete one's own data, or to object: how many, in time, days. Whose, never."""
    asked = [one.value for one in Asked]
    rows = year.session.scalars(
        select(RequestRow).where(RequestRow.kind.in_(asked), year.day_within(RequestRow.received_on))
    ).all()
    by_kind = Counter(row.kind for row in rows)
    answered = [(row.answered_on, row) for row in rows if row.answered_on is not None]
    late = sum(
        row.answered_on is None and row.paused_on is None and row.due_on < min(year.now.date(), year.last)
        for row in rows
    )
    days = [float((on - row.received_on).days) for on, row in answered]
    others = sum(by_kind[kind] for kind in asked if kind != Asked.SEE)
    return (
        Evidence("Subject access requests", by_kind[Asked.SEE]),
        Evidence("Requests to correct or delete data, or to object", others),
        Evidence("Answered in time", sum(on <= row.due_on for on, row in answered), len(answered) + late),
        Evidence("Given two months more", sum(row.extended_to is not None for row in rows)),
        middle(days, "days", "Half of them answered within"),
    )


@shows("K4")
def retention(year: Year) -> tuple[Evidence, ...]:
    """The retention schedule, and what was destroyed or held."""
    whole = year.count(RetentionRow)
    confirmed = year.count(RetentionRow, RetentionRow.confirmed_at.is_not(None))
    went = year.session.scalar(
        select(func.coalesce(func.sum(DestructionPartRow.destroyed), 0))
        .join(DestructionRow, DestructionRow.id == DestructionPartRow.destruction_id)
        .where(year.within(DestructionRow.approved_at))
    )
    held = RetentionHoldRow.lifted_at.is_(None)
    return (
        Evidence("Lines of the retention schedule that the school confirmed", confirmed, whole, now_only=True),
        Evidence(
            "Destructions that the headteacher approved",
            year.count(DestructionRow, year.within(DestructionRow.approved_at)),
        ),
        Evidence("Records destroyed under the schedule", int(went or 0)),
        Evidence(
            "Records or whole sorts of record held, with a reason", year.count(RetentionHoldRow, held), now_only=True
        ),
        Evidence("Leavers' records destroyed", year.count(LeaverRow, year.within(LeaverRow.deleted_at))),
        Evidence(
            "Leavers' records held back, with a reason",
            year.count(LeaverRow, LeaverRow.hold_why.is_not(None)),
            now_only=True,
        ),
    )
