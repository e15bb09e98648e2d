"""Words that suggest that a child may be at risk of harm: to the safeguarding lead at once (law, clause K1)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading
from app.domain.checks.weighing import quoted, sign_of_harm, span_of


def safeguarding(reading: Reading) -> list[Finding]:
    """A possible sign of harm, whoever wrote it and wherever it stands."""
    hit = sign_of_harm(reading)
    if hit is None:
        return []
    span = span_of(reading, hit)
    why = f'A possible sign of harm, {hit.entry.note}: "{quoted(reading, span)}". Tell the safeguarding lead at once.'
    return [Finding(Check.SAFEGUARDING, "K1", why, span=span)]
