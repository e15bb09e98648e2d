"""The content checks together: one item in, its findings out (every check of the policy, safeguarding first)."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.checks.conduct import abuse
from app.domain.checks.contact import contact
from app.domain.checks.finding import Check, Finding
from app.domain.checks.hours import hours
from app.domain.checks.judge import JUDGED, Judge
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.names import initial, surname
from app.domain.checks.own_words import NOTE
from app.domain.checks.people import outsider, pupil_author
from app.domain.checks.permission import no_permission
from app.domain.checks.points import points_removed
from app.domain.checks.reading import Reading
from app.domain.checks.register import Register
from app.domain.checks.safeguarding import safeguarding
from app.domain.checks.school import School
from app.domain.checks.topics import compare, office, personal, reshare, sensitive
from app.domain.content import Item
from app.domain.language import is_not_english

FAMILIES: tuple[Callable[[Reading], list[Finding]], ...] = (
    safeguarding,
    no_permission,
    sensitive,
    contact,
    abuse,
    reshare,
    outsider,
    pupil_author,
    surname,
    initial,
    personal,
    office,
    compare,
    points_removed,
    hours,
)
"""Every check, in the order in which findings are given: safeguarding ahead of everything (K1)."""


def _goes_for_any_language(reading: Reading, finding: Finding) -> bool:
    """What a text in another language is about is never guessed: rude words stand, and what the school itself added."""
    own = any(hit.entry.note == NOTE for hit in reading.hits_by_check.get(finding.check, ()))
    return own or finding.check is Check.ABUSE


class Engine:
    """Checks items against one register. Building it takes a moment; checking an item compiles nothing.

    It keeps no item and changes nothing, so one engine may serve any number of items; give each process its own.
    """

    def __init__(self, register: Register, lexicons: Lexicons, judge: Judge | None = None) -> None:
        self._school = School(register, lexicons)
        self._judge = judge

    def check(self, item: Item) -> tuple[Finding, ...]:
        """What is to be looked at in an item; nothing for most. Never raises for any text."""
        reading = Reading(item, self._school)
        findings = [finding for family in FAMILIES for finding in family(reading)]
        topical = [finding for finding in findings if finding.check in JUDGED]
        judged = topical
        if self._judge is not None:
            judged = [finding for finding in self._judge.judge(reading, findings) if finding.check in JUDGED]
        if judged and is_not_english(item.text):
            judged = [finding for finding in judged if _goes_for_any_language(reading, finding)]
        elif self._judge is None:
            return tuple(findings)
        kept = [finding for finding in findings if finding.check not in JUDGED]
        return tuple(sorted((*judged, *kept), key=lambda finding: finding.check is not Check.SAFEGUARDING))
