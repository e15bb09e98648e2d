"""Insults, profanity, threats, harassment and discriminatory language, masked or not (policy T2)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading
from app.domain.checks.weighing import hits_of, quoted, span_of, weigh, worth_of


def abuse(reading: Reading) -> list[Finding]:
    """Abusive language by anyone, anywhere."""
    profanity, kinds = reading.school.profanity, reading.seen.kinds
    rude = profanity.first(reading.words, kinds) if profanity.may_find(reading.words.text, kinds) else None
    if rude is not None:
        why = f'Profanity or an insulting word: "{quoted(reading, rude)}".'
        return [Finding(Check.ABUSE, "T2", why, span=rude)]
    if Check.ABUSE not in reading.hits_by_check:
        return []
    hit = weigh(hits_of(reading, Check.ABUSE), worth_of(reading))
    if hit is None:
        return []
    span = span_of(reading, hit)
    return [Finding(Check.ABUSE, "T2", f'Words that read as {hit.entry.note}: "{quoted(reading, span)}".', span=span)]
