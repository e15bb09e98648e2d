"""The judge itself: weighs an item's words together with what the first stage found, and gives its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import JUDGED, Kept
from app.domain.checks.reading import Reading
from app.domain.content import AuthorRole
from app.judge.look import Look
from app.judge.marks import MARKS, Mark, applies, is_of
from app.judge.model import Model
from app.judge.said import ADDED, PLAINLY, STANDS, unpacked
from app.judge.wording import digest_of

_LONGEST_QUOTE = 80

_READS_LIKE = {
    "sensitive": "private information about a child or a family, where many families can see it",
    "personal": "talk of an adult's private life rather than of the child's schooling",
    "abuse": "an insult, a threat or unkind words about somebody",
    "compare": "one pupil's work, pictures or points held against another's",
    "reshare": "something from the class page put elsewhere, or meant to be",
    "safeguarding": "a sign that a child may be at risk of harm",
    "office:absence": "a matter for the school office, absence",
    "office:sickness": "a matter for the school office, sickness",
    "office:dinners": "a matter for the school office, school dinners",
    "office:complaint": "a matter for the school office, a complaint",
    "office:music": "a matter for the school office, music lessons",
    "office:urgent": "a matter for the school office, something needed the same day",
    "office:appointment": "a matter for the school office, a wish to see somebody",
    "office:progress": "a matter for the school office, how a child is getting on",
    "contact": "a private telephone number, address or account, where many families can see it",
}
_CLAUSES = {
    Check.SENSITIVE: "T10",
    Check.PERSONAL: "P10",
    Check.OFFICE: "P7",
    Check.ABUSE: "T2",
    Check.COMPARE: "P12",
    Check.RESHARE: "P9",
    Check.SAFEGUARDING: "K1",
    Check.CONTACT: "T10",
}
_STAFF_CLAUSES = {Check.PERSONAL: "T9", Check.RESHARE: "T13"}


class TopicJudge:
    """Reads one item at a time. It keeps no item and changes nothing; the same item always gets the same verdict."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def judge(self, reading: Reading, found: Sequence[Finding], earlier: Kept | None = None) -> Sequence[Finding]:
        """The topic findings that should stand: the first stage's, less those too weak, and the judge's own.

        A contact detail that the rules found is no matter of judgement and not given back; one that they overlook is.
        """
        topical = [finding for finding in found if finding.check in JUDGED]
        count = len(reading.words)
        if count == 0 or not is_latin(reading.item.text):
            return topical
        look = Look(self._model, reading)
        said = None if earlier is None else unpacked(earlier.said, count)
        if not topical and not (look.adds if said is None else max(said.levels) >= ADDED):
            return topical
        levels = look.levels() if said is None else said.levels
        standing: list[Finding] = []
        for number, mark in enumerate(MARKS):
            level = levels[number]
            own = [finding for finding in topical if is_of(finding, mark)]
            if mark.check is Check.CONTACT and not _may_hold_contact(reading, found):
                continue
            if own and (level >= STANDS or _is_hard(mark, reading)):
                standing += [replace(finding, topics=(mark.topic,)) if mark.topic else finding for finding in own]
            elif not own and level >= ADDED and applies(mark, reading.item):
                words = None if said is None else said.words.get(number)
                standing.append(_finding(reading, mark, words or look.words(number), plainly=level >= PLAINLY))
        return standing

    def fits(self, reading: Reading, kept: Kept) -> bool:
        """Whether what was kept is of the very words that stand there now."""
        return unpacked(kept.said, len(reading.words)) is not None and kept.of == digest_of(reading)


def _finding(reading: Reading, mark: Mark, words: tuple[int, int], *, plainly: bool) -> Finding:
    span = reading.words.span(*words)
    quote = _quoted(reading.item.text[slice(*span)])
    lead = "It reads like" if plainly else "It may be"
    why = f'{lead} {_READS_LIKE[mark.label]}. The words that weighed most: "{quote}".'
    if mark.check is Check.SAFEGUARDING:
        why += " Tell the safeguarding lead at once."
    clause = _CLAUSES[mark.check]
    if reading.item.author.role is AuthorRole.STAFF:
        clause = _STAFF_CLAUSES.get(mark.check, clause)
    return Finding(mark.check, clause, why, topics=(mark.topic,) if mark.topic else (), span=span)


def _is_hard(mark: Mark, reading: Reading) -> bool:
    """What the first stage found is no matter of judgement: a sign of harm (K1), or a rude word that stands there."""
    if mark.check is Check.SAFEGUARDING:
        return True
    return mark.check is Check.ABUSE and reading.school.profanity.first(reading.words) is not None


def _may_hold_contact(reading: Reading, found: Sequence[Finding]) -> bool:
    """The rules found no contact detail, and none of the school's own stands there, which would read like one (T10)."""
    there = any(finding.check is Check.CONTACT for finding in found)
    return not there and not reading.school.contact.shows_own(reading.words)


def is_latin(text: str) -> bool:
    """Most of the letters are Latin: what is written in another script is never guessed at."""
    if text.isascii():
        return True
    letters = [character for character in text[:2000] if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def _quoted(text: str) -> str:
    written = " ".join(text.split())
    return written if len(written) <= _LONGEST_QUOTE else written[: _LONGEST_QUOTE - 1].rstrip() + "…"
