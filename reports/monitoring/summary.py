"""The front page: key figures, what they show in sentences, and what is to do. Every word rests on a figure."""

from __future__ import annotations

from datetime import timedelta

from app.domain.checks.finding import Check
from app.domain.content import Kind
from reports.kit import numbers
from reports.kit.model import Block, Callout, Heading, Note, Notes, Share, Tile, Tiles, Tone
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData, ReplyState, Verdict
from reports.monitoring.words import CHECKS


def front_page(data: MonitoringData) -> list[Block]:
    """The first page of the report."""
    word = "term" if "term" in data.period.name.casefold() else "period"
    actions = to_do(data)
    blocks: list[Block] = [Heading(f"What this {word} shows"), tiles(data), Notes(sentences(data))]
    if actions:
        harm = tally.findings_of(data, Check.SAFEGUARDING)[Verdict.WAITING]
        urgent = harm or any(not row.received for row in data.referrals)
        blocks.append(Callout("Waiting for somebody", actions, Tone.STOP if urgent else Tone.WARN))
    elif tally.items_of(data):
        blocks.append(
            Callout(
                "Nothing is waiting", ("Every finding is judged and nothing in the records is overdue.",), Tone.GOOD
            )
        )
    return blocks


def tiles(data: MonitoringData) -> Tiles:
    """Eight figures that a leader asks for first."""
    verdicts = tally.verdicts_of(data.findings)
    states = tally.states_of(data.threads)
    sent, outside = sum(row.sent for row in data.hours), sum(row.outside for row in data.hours)
    gap = Share(sum(row.with_gap for row in data.gaps), sum(row.pupils for row in data.gaps))
    waiting, judged, posts = verdicts[Verdict.WAITING], tally.judged(verdicts), tally.posts_of(data)
    minutes = numbers.median(row.minutes for row in data.referrals if row.minutes is not None)
    return Tiles(
        "Key figures",
        (
            Tile("Items brought in", tally.items_of(data), detail=f"{numbers.count(posts)} of them posts"),
            Tile("Findings upheld", verdicts[Verdict.UPHELD], detail=f"of {numbers.count(judged)} judged"),
            Tile(
                "Findings waiting",
                waiting,
                detail=f"of {numbers.count(verdicts.total())} found",
                tone=Tone.WARN if waiting else Tone.PLAIN,
            ),
            Tile("Safeguarding referrals", len(data.referrals), detail=_median_words(minutes)),
            Tile(
                "Replies in time",
                Share(states[ReplyState.IN_TIME], tally.due(states)),
                Holds.SHARE,
                f"of {numbers.count(tally.due(states))} that were due",
            ),
            Tile(
                "Sent outside hours",
                Share(outside, sent),
                Holds.SHARE,
                f"of {numbers.count(sent)} sent by staff",
            ),
            Tile("Cases", sum(row.cases for row in data.cases), detail="opened or open"),
            Tile(
                "Permission gaps",
                gap.part,
                detail=f"pupils, of {numbers.count(gap.whole)} on roll",
                tone=Tone.WARN if gap.part else Tone.PLAIN,
            ),
        ),
    )


def _median_words(minutes: float | None) -> str:
    return "none timed" if minutes is None else f"median {numbers.duration(timedelta(minutes=minutes))}"


def sentences(data: MonitoringData) -> tuple[Note, ...]:
    """What the figures say, in sentences."""
    if not tally.items_of(data):
        missing = (
            "No posts, messages or points were brought in for this period. The records therefore say nothing about "
            "content, replies or hours. That is not the same as nothing having happened."
        )
        known = (Note(_safeguarding(data), "Safeguarding."), Note(_cases(data), "Cases."))
        return (Note(missing, "Use."), *known, _permission_note(data), _people_note(data))
    return (
        Note(_use(data), "Use."),
        Note(_findings(data), "Checks."),
        Note(_safeguarding(data), "Safeguarding."),
        Note(_replies(data), "Replies."),
        Note(_hours(data), "Hours."),
        Note(_cases(data), "Cases."),
        _permission_note(data),
        _people_note(data),
    )


def _use(data: MonitoringData) -> str:
    parts = [
        numbers.counted(tally.posts_of(data), "post"),
        numbers.counted(tally.items_of(data, Kind.COMMENT), "comment"),
        numbers.counted(tally.items_of(data, Kind.MESSAGE), "message"),
        numbers.counted(tally.items_of(data, Kind.PORTFOLIO), "portfolio entry", "portfolio entries"),
        numbers.counted(tally.items_of(data, Kind.POINTS), "points award"),
    ]
    whole = numbers.counted(tally.items_of(data), "item was", "items were")
    return f"{numbers.capital(whole)} brought in: {numbers.listed(parts)}."


def _findings(data: MonitoringData) -> str:
    verdicts = tally.verdicts_of(data.findings)
    if not verdicts.total():
        return "The checks found nothing in what was brought in."
    judged = tally.judged(verdicts)
    found = numbers.opening(verdicts.total(), "finding was", "findings were")
    if not judged:
        return f"{found} made, and nobody has judged any of them yet."
    outcomes = numbers.listed(
        [
            numbers.done(verdicts[Verdict.UPHELD], "was upheld", "were upheld"),
            numbers.done(verdicts[Verdict.ADVICE], "led to advice", "led to advice"),
            numbers.done(verdicts[Verdict.FALSE_ALARM], "was a false alarm", "were false alarms"),
        ]
    )
    return f"{found} made and {numbers.of(judged, verdicts.total())} judged: {outcomes}.{_most_upheld(data)}"


def _most_upheld(data: MonitoringData) -> str:
    upheld = {check: tally.findings_of(data, check)[Verdict.UPHELD] for check in CHECKS}
    most = max(upheld.values())
    leading = [CHECKS[check].lower() for check, figure in upheld.items() if figure == most]
    if not most or len(leading) > 2:
        return ""
    return (
        f" Most often upheld: {numbers.listed(leading)} ({numbers.count(most)}{' each' if len(leading) > 1 else ''})."
    )


def _safeguarding(data: MonitoringData) -> str:
    found = tally.findings_of(data, Check.SAFEGUARDING)
    if not data.referrals:
        if not found.total():
            return "No possible sign of harm was found, and no referral was made."
        signs = numbers.opening(found.total(), "possible sign of harm was", "possible signs of harm were")
        return f"{signs} found; no referral was made."
    known = [row.minutes for row in data.referrals if row.minutes is not None]
    made = f"{numbers.opening(len(data.referrals), 'referral was', 'referrals were')} made"
    if not known:
        return f"{made} to the safeguarding lead. How long they took was not recorded."
    longest = numbers.duration(timedelta(minutes=max(known)))
    if len(known) == 1:
        return f"{made} to the safeguarding lead, {longest} after the finding."
    if min(known) == max(known):
        return f"{made} to the safeguarding lead, each {longest} after the finding."
    median = numbers.duration(timedelta(minutes=numbers.median(known) or 0))
    return f"{made} to the safeguarding lead: half within {median} of the finding, the longest after {longest}."


def _replies(data: MonitoringData) -> str:
    states = tally.states_of(data.threads)
    if not states.total():
        return "No message that needed a reply is on record."
    whole = tally.due(states)
    target = data.facts.reply_target
    if not whole:
        return f"{numbers.opening(states.total(), 'thread needs', 'threads need')} a reply; none is due yet."
    hours = numbers.median(thread.hours for thread in data.threads if thread.hours is not None)
    speed = (
        "" if hours is None else f" Half of those answered had a reply within {numbers.number(hours)} working hours."
    )
    late = numbers.capital(numbers.done(states[ReplyState.LATE], "was late", "were late"))
    none = numbers.done(states[ReplyState.OVERDUE], "is past the time with no reply", "are past the time with no reply")
    in_time = numbers.of(states[ReplyState.IN_TIME], whole)
    return f"{in_time} had a reply within {target}. {late} and {none}.{speed}"


def _hours(data: MonitoringData) -> str:
    sent, outside = sum(row.sent for row in data.hours), sum(row.outside for row in data.hours)
    if not sent:
        return "No message or comment by staff is on record."
    if not outside:
        return f"All {numbers.count(sent)} messages and comments by staff were sent within the school's hours."
    return f"{numbers.of(outside, sent)} messages and comments by staff were sent outside the school's hours."


def _cases(data: MonitoringData) -> str:
    whole = sum(row.cases for row in data.cases)
    if not whole:
        return "No breach case was open in the period."
    undecided = sum(row.cases for row in data.cases if row.outcome is None)
    open_words = numbers.counted(whole, "breach case was", "breach cases were")
    waits = "all have an outcome" if not undecided else f"{numbers.of(undecided, whole)} without an outcome yet"
    return f"{numbers.capital(open_words)} opened or open in the period; {waits}."


def _permission_note(data: MonitoringData) -> Note:
    part, whole = sum(row.with_gap for row in data.gaps), sum(row.pupils for row in data.gaps)
    if not whole:
        return Note("No pupil is on roll in the records.", "Permissions.")
    if not part:
        return Note(f"All {numbers.count(whole)} pupils have a decision on record for every kind.", "Permissions.")
    return Note(
        f"{numbers.of(part, whole)} pupils have at least one kind undecided or in conflict, which counts as no.",
        "Permissions.",
    )


def _people_note(data: MonitoringData) -> Note:
    people = data.people
    if not people.linked:
        return Note("No guardian is linked in the records.", "Families and staff.")
    families = f"{numbers.of(people.linked - people.without_acceptance, people.linked)} linked guardians have accepted"
    staff = f"{numbers.of(people.staff - people.staff_silent, people.staff)} staff have acknowledged"
    return Note(f"{families} the policy in force, and {staff} it.", "Families and staff.")


def to_do(data: MonitoringData) -> tuple[str, ...]:
    """What waits for somebody, most urgent first."""
    waiting = tally.verdicts_of(data.findings)[Verdict.WAITING]
    harm = tally.findings_of(data, Check.SAFEGUARDING)[Verdict.WAITING]
    unconfirmed = sum(not row.received for row in data.referrals)
    overdue = tally.states_of(data.threads)[ReplyState.OVERDUE]
    undecided = sum(row.cases for row in data.cases if row.outcome is None)
    gaps = sum(row.with_gap for row in data.gaps)
    people = data.people
    late_looks = sum(row.overdue for row in data.samples)
    wanted = (
        (harm, f"Judge {numbers.counted(harm, 'possible sign')} of harm at once (K1)."),
        (unconfirmed, f"Confirm receipt of {numbers.counted(unconfirmed, 'safeguarding referral')} (K1)."),
        (waiting - harm, f"Judge {numbers.counted(waiting - harm, 'other finding' if harm else 'finding')}."),
        (overdue, f"Answer {numbers.counted(overdue, 'message')} past the time for a reply (P6)."),
        (undecided, f"Decide {numbers.counted(undecided, 'case')} without an outcome (M2)."),
        (gaps, f"Ask the families of {numbers.counted(gaps, 'pupil')} for the permissions that are missing (P8)."),
        (
            people.without_acceptance,
            f"Ask {numbers.counted(people.without_acceptance, 'linked guardian')} to accept the policy (P1).",
        ),
        (people.staff_silent, f"Ask {numbers.counted(people.staff_silent, 'member')} of staff to acknowledge it (M3)."),
        (late_looks, f"Catch up on {numbers.counted(late_looks, 'planned look')} at class pages (M1)."),
    )
    return tuple(sentence for how_many, sentence in wanted if how_many)
