"""Names in full: a pupil named with the surname, or with an initial that nothing calls for (policy T8)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.known_names import KnownPupil
from app.domain.checks.mention import Form, Mention
from app.domain.checks.reading import Reading
from app.domain.checks.whom import meant


def surname(reading: Reading) -> list[Finding]:
    """Pupils whom staff named with the surname, one finding for each."""
    return _by_pupil(reading, Form.FULL) if reading.is_by_staff else []


def initial(reading: Reading) -> list[Finding]:
    """Pupils whom staff named with an initial though nobody else in their class bears the first name."""
    return _by_pupil(reading, Form.INITIAL) if reading.is_by_staff else []


def _by_pupil(reading: Reading, form: Form) -> list[Finding]:
    if not any(mention.form is form for mention in reading.forms):
        return []
    findings: dict[str, Finding] = {}
    for mention in reading.mentions:
        if mention.form is not form:
            continue
        for pupil in meant(reading, mention):
            if form is Form.INITIAL and reading.school.has_namesake(pupil, mention.key):
                continue
            findings.setdefault(pupil.entry.id, _finding(reading, mention, pupil))
    return list(findings.values())


def _finding(reading: Reading, mention: Mention, pupil: KnownPupil) -> Finding:
    start, end = mention.span
    written = " ".join(reading.item.text[start:end].split())
    if mention.form is Form.FULL:
        check, why = Check.SURNAME, f'Named with the surname: "{written}". The policy allows first names only.'
    else:
        check = Check.INITIAL
        why = f'Named with an initial: "{written}". No other pupil of the class shares the first name.'
    return Finding(check, "T8", why, pupils=(pupil.entry.id,), span=mention.span)
