"""How long each sort of record is kept, from when, and when its day has come (K4).

A line of the schedule is *suggested* until the headteacher confirms it; nothing falls due under a line that is only
suggested. A record is kept through the day on which its time ends and may be destroyed from the day after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.leaving import months_after
from app.domain.problems import Refused

LONGEST_REASON = 300


class Kept(StrEnum):
    """The sorts of record that the schedule names."""

    ITEMS = "items"
    DRAFTS = "drafts"
    CODES = "codes"
    FORMS = "forms"
    LISTS = "lists"
    CASES = "cases"
    REQUESTS = "requests"
    ACTIVITY = "activity"

    @property
    def words(self) -> str:
        """As the schedule names it."""
        return RULES[self].words


@dataclass(frozen=True, slots=True)
class Rule:
    """What a line of the schedule is about: what is destroyed, from when its months run, and their bounds."""

    words: str
    holds: str
    """What belongs to it, in a sentence."""
    starts: str
    """From when the months run, as it follows "12 months after"."""
    least: int = 1
    most: int = 240
    by_school_year: bool = False
    """The months run from the end of the school year, 31 August, in which the record's day lies."""
    kept_whole: bool = False
    """Never destroyed, because what it is for would be lost."""


RULES: dict[Kept, Rule] = {
    Kept.ITEMS: Rule(
        "Messages, posts and points",
        "What was brought in from ClassDojo with its files, findings, verdicts, office briefs and conversations.",
        "the end of the school year in which they were sent",
        by_school_year=True,
    ),
    Kept.DRAFTS: Rule(
        "Drafts checked before posting",
        "That a draft was checked, when, and how many findings it had. Its words were never kept.",
        "the check",
    ),
    Kept.CODES: Rule(
        "Codes that no longer hold",
        "Linking codes that were used, revoked or ran out, and pupils' login codes that were replaced.",
        "the code stopped holding",
    ),
    Kept.FORMS: Rule(
        "Scanned permission forms",
        "The scan of a form whose answers no longer count: replaced, run out, or of a child who left.",
        "its last answer stopped counting",
    ),
    Kept.LISTS: Rule(
        "What earlier class lists said",
        "The names on a class list that a newer one replaced. Its number, day and digest stay.",
        "the newer list was issued",
    ),
    Kept.CASES: Rule(
        "Cases and the breach register",
        "Cases with their evidence, decisions and appeals, and entries of the data breach register.",
        "closing",
        least=12,
    ),
    Kept.REQUESTS: Rule(
        "Requests for somebody's data",
        "Requests to see or erase data, and for message histories, once they were answered.",
        "the answer",
    ),
    Kept.ACTIVITY: Rule(
        "Record of activity",
        "Every line seals the line before, so that tampering shows. It holds no names and no words of anybody.",
        "",
        least=0,
        most=0,
        kept_whole=True,
    ),
}
"""Every line there is. How many months, and why, is the school's own to say."""


def keep_words(kind: Kept, months: int) -> str:
    """How long, as one reads it: "12 months after the check"."""
    rule = RULES[kind]
    if rule.kept_whole:
        return "Kept whole, as long as the school uses Schoolgate"
    return f"{length_words(months)} after {rule.starts}"


def length_words(months: int) -> str:
    """ "18 months", "6 years"."""
    if months >= 24 and months % 12 == 0:
        return f"{months // 12} years"
    return "1 month" if months == 1 else f"{months} months"


def check_line(kind: Kept, months: int, why: str) -> None:
    """Refused, with what to do, where the months are out of bounds or no reason is given."""
    rule = RULES[kind]
    if rule.kept_whole:
        raise Refused("The record of activity is kept whole: without every line it could not show tampering.")
    if not rule.least <= months <= rule.most:
        raise Refused(f"Choose between {rule.least} and {rule.most} months for {_lower(rule.words)}.")
    if not why.strip():
        raise Refused("Say why it is kept so long. The reason stands in the schedule.")
    if len(why.strip()) > LONGEST_REASON:
        raise Refused(f"The reason is too long: keep it under {LONGEST_REASON} letters.")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def last_kept(kind: Kept, day: date, months: int) -> date:
    """The last day on which a record of that day is kept."""
    start = school_year_end(day) if RULES[kind].by_school_year else day
    return months_after(start, months)


def school_year_end(day: date) -> date:
    """The 31 August that ends the school year in which a day lies."""
    return date(day.year + (day.month >= 9), 8, 31)


def newest_due(kind: Kept, months: int, today: date) -> date:
    """The newest day whose records are due today: all of that day and before are, and none after it."""
    day = months_after(today, -months)
    if RULES[kind].by_school_year:
        day = school_year_end(day)
        while last_kept(kind, day, months) >= today:
            day = date(day.year - 1, 8, 31)
        return day
    while last_kept(kind, day, months) >= today:
        day -= timedelta(days=1)
    while last_kept(kind, day + timedelta(days=1), months) < today:
        day += timedelta(days=1)
    return day


class KeptBack(StrEnum):
    """Why a record whose day has come is not destroyed."""

    HOLD = "hold"
    CASE = "case"
    OPEN = "open"
    REFERRED = "referred"
    SAFEGUARDING = "safeguarding"
    REQUEST = "request"
    REVIEW = "review"
    LOOK = "look"

    @property
    def words(self) -> str:
        """The reason, as a list of them reads."""
        return {
            KeptBack.HOLD: "on hold",
            KeptBack.CASE: "part of a case",
            KeptBack.OPEN: "not closed, or under appeal",
            KeptBack.REFERRED: "referred, and not closed",
            KeptBack.SAFEGUARDING: "about a child who was referred to the safeguarding lead",
            KeptBack.REQUEST: "of a family whose request for data is open",
            KeptBack.REVIEW: "with a finding or a request to ClassDojo that waits",
            KeptBack.LOOK: "in a planned look that is not finished",
        }[self]


def ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """Numbers as runs from first to last, in order: 1, 2, 3, 7 is (1, 3) and (7, 7)."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
