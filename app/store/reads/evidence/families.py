"""Evidence for what families do: clauses P1 to P13."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from app.domain.annual import Evidence
from app.domain.breach import Outcome
from app.domain.checks.register import PermissionState
from app.store.reads.evidence.year import Year, middle, shows
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.slips import SlipsMadeRow


@shows("P1")
def accepted(year: Year) -> tuple[Evidence, ...]:
    """Linked guardians who accepted the version in force."""
    linked = year.people["linked"]
    return (
        Evidence(
            "Linked guardians who accepted the policy in force",
            linked - year.people["without_acceptance"],
            linked,
            now_only=True,
        ),
    )


@shows("P2")
def breaches(year: Year) -> tuple[Evidence, ...]:
    """Cases and what they led to."""
    outcomes = year.outcomes()
    told = tuple(Evidence(f"Decided: {outcome.words.lower()}", outcomes[outcome.value]) for outcome in Outcome)
    return (Evidence("Cases under this clause", year.cases("P2")), *told)


@shows("P3")
def codes(year: Year) -> tuple[Evidence, ...]:
    """Codes given out and used."""
    rows = year.session.execute(
        select(LinkingCodeRow.issued_at, LinkingCodeRow.used_at, LinkingCodeRow.revoked_at).where(
            year.within(LinkingCodeRow.issued_at)
        )
    ).all()
    days = [(used - issued).total_seconds() / 86_400 for issued, used, _ in rows if used is not None]
    return (
        Evidence("Codes given out", len(rows)),
        Evidence("Codes used", len(days)),
        Evidence("Codes revoked", sum(revoked is not None for *_, revoked in rows)),
        middle(days, "days", "From given out to used, half of them within"),
    )


@shows("P4")
def links(year: Year) -> tuple[Evidence, ...]:
    """Links, exceptions and rejections."""
    states = Counter(dict(year.figures.links()))
    decided = year.within(LinkRow.decided_at)
    return (
        Evidence("Links in force", states["linked"], now_only=True),
        Evidence("Exceptions for a third adult in force", year.people["exceptions"], now_only=True),
        Evidence("Requests rejected", year.count(LinkRow, LinkRow.state == "rejected", decided)),
        *year.judged("Not linked", check="outsider"),
    )


@shows("P5")
def answered_in_hours(year: Year) -> tuple[Evidence, ...]:
    """What staff answered outside hours."""
    sent = sum(number for _, number, _ in year.figures.hours())
    outside = sum(late for _, _, late in year.figures.hours())
    inside = Evidence("Staff messages and comments in hours", sent - outside, sent)
    return (inside, *year.judged("Replies", clause="P5"))


@shows("P6")
def answered_in_time(year: Year) -> tuple[Evidence, ...]:
    """How soon families were answered."""
    states: Counter[str] = Counter()
    hours = []
    for _, wait in year.figures.waits():
        states[wait.state] += 1
        if wait.taken is not None:
            hours.append(wait.taken.total_seconds() / 3600)
    told = states["in_time"] + states["late"] + states["overdue"]
    return (
        Evidence("Answered in time", states["in_time"], told),
        Evidence("Answered late", states["late"]),
        Evidence("Not answered, and time is up", states["overdue"]),
        Evidence("Answered by telephone, at a meeting or by the office", states["otherwise"]),
        middle(hours, "hours on school days", "Half of the answers came within"),
    )


@shows("P7")
def office_matters(year: Year) -> tuple[Evidence, ...]:
    """Office matters by topic."""
    told = []
    for topic, found, referred, done in year.figures.office():
        name = topic.replace("-", " ").capitalize()
        told += [Evidence(f"{name}: found", found), Evidence(f"{name}: passed on", referred)]
        told.append(Evidence(f"{name}: done", done))
    return tuple(told)


@shows("P8")
def permissions(year: Year) -> tuple[Evidence, ...]:
    """How permissions stand, undecided first."""
    counts: Counter[tuple[str, PermissionState]] = Counter()
    for _, kind, state, pupils in year.figures.permissions():
        counts[kind, state] += pupils
    whole = year.figures.pupils
    return tuple(
        Evidence(
            f"{kind.replace('_', ' ').capitalize()}: {state.value.replace('_', ' ')}", number, whole, now_only=True
        )
        for (kind, state), number in sorted(counts.items(), key=lambda one: (one[0][0], _FIRST.get(one[0][1].value, 9)))
        if number
    )


_FIRST = {"undecided": 0, "conflict": 1, "expired": 2}


@shows("P9")
def not_shared(year: Year) -> tuple[Evidence, ...]:
    """Sharing on social media by families, the cases and suspensions."""
    return (
        *year.judged("Shared elsewhere", clause="P9"),
        Evidence("Cases", year.cases("P9")),
        Evidence("Suspensions", year.outcomes()[Outcome.SUSPENSION.value]),
    )


@shows("P10")
def personal(year: Year) -> tuple[Evidence, ...]:
    """Personal matters in what families wrote."""
    return year.judged("Personal matters", clause="P10")


@shows("P11")
def points_and_story(year: Year) -> tuple[Evidence, ...]:
    """Points slips that were made for families."""
    made = year.within(SlipsMadeRow.made_at)
    slips = year.session.scalar(select(func.coalesce(func.sum(SlipsMadeRow.slips), 0)).where(made))
    return (
        Evidence("Points slips made for families", int(slips or 0)),
        Evidence("Times that slips were made", year.count(SlipsMadeRow, made)),
    )


@shows("P12")
def comparing(year: Year) -> tuple[Evidence, ...]:
    """Comparing pupils."""
    return year.judged("Comparing pupils", check="compare")


@shows("P13")
def varies(year: Year) -> tuple[Evidence, ...]:
    """A note on how to read the figures."""
    del year
    return (Evidence("How to read the figures", said="The number of posts varies; none of them is a ranking."),)
