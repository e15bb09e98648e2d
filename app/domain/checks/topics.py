"""What the talk is about: private matters, personal matters, the office's matters, comparisons, sharing elsewhere."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.identified import somebody_is_meant
from app.domain.checks.lexicon import OFFICE_TOPICS
from app.domain.checks.reading import Reading
from app.domain.checks.weighing import hits_of, quoted, sign_of_harm, span_of, weigh, worth_of
from app.domain.content import AuthorRole, Kind

_ADULTS = frozenset({AuthorRole.STAFF, AuthorRole.PARENT, AuthorRole.UNKNOWN})
_OFFICE_WORDS = {
    "absence": "absence",
    "sickness": "sickness",
    "dinners": "school dinners",
    "complaint": "a complaint",
    "music": "music lessons",
    "urgent": "something needed the same day",
    "appointment": "a wish to see somebody",
    "progress": "how a child is getting on",
}


def sensitive(reading: Reading) -> list[Finding]:
    """Private information about a child or a family who can be identified, in the open (policy T10)."""
    if not reading.item.kind.is_open:
        return []
    hit = weigh(hit for hit in hits_of(reading, Check.SENSITIVE) if somebody_is_meant(reading, hit))
    if hit is None:
        return []
    span = span_of(reading, hit)
    why = f'Private information where many families can see it, {hit.entry.note}: "{quoted(reading, span)}".'
    return [Finding(Check.SENSITIVE, "T10", why, span=span)]


def personal(reading: Reading) -> list[Finding]:
    """Talk about a grown-up's private life (policy T9 for staff, P10 for parents)."""
    if reading.item.kind in (Kind.PORTFOLIO, Kind.POINTS) or reading.item.author.role not in _ADULTS:
        return []
    if sign_of_harm(reading) is not None:
        return []  # what is told of a home then is no chatter
    clause = "T9" if reading.is_by_staff else "P10"
    return _simple(reading, Check.PERSONAL, clause, "A personal matter")


def office(reading: Reading) -> list[Finding]:
    """Matters that a parent raises and that belong to the office, one finding for each topic (policy P7)."""
    if not reading.is_talk or not reading.is_by_parent:
        return []
    findings = []
    for topic in OFFICE_TOPICS:
        hit = weigh(hits_of(reading, Check.OFFICE, topic))
        if hit is not None:
            span = span_of(reading, hit)
            why = f'A matter for the school office, {_OFFICE_WORDS[topic]}: "{quoted(reading, span)}".'
            findings.append(Finding(Check.OFFICE, "P7", why, topics=(topic,), span=span))
    return findings


def compare(reading: Reading) -> list[Finding]:
    """A pupil's work, recording, photograph or points held against another's (policy P12)."""
    return _simple(reading, Check.COMPARE, "P12", "One pupil's work, pictures or points held against another's")


def reshare(reading: Reading) -> list[Finding]:
    """Something from the class page put elsewhere, or meant to be (policy T13 for staff, P9 for everybody else)."""
    clause = "T13" if reading.is_by_staff else "P9"
    return _simple(reading, Check.RESHARE, clause, "Something from the class page put elsewhere")


def _simple(reading: Reading, check: Check, clause: str, lead: str) -> list[Finding]:
    worth = 1.0 if check is Check.COMPARE else worth_of(reading)
    hit = weigh(hits_of(reading, check), worth)
    if hit is None:
        return []
    span = span_of(reading, hit)
    what = f", {hit.entry.note}" if check is Check.PERSONAL and hit.entry.note else ""
    return [Finding(check, clause, f'{lead}{what}: "{quoted(reading, span)}".', span=span)]
