"""The judge itself: weighs an item's words together with what the first stage found, and gives its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import JUDGED
from app.domain.checks.reading import Reading
from app.domain.content import AuthorRole
from app.judge.encoder import Array
from app.judge.marks import MARKS, Mark, applies, is_of
from app.judge.model import Model, Sight
from app.judge.reasons import sight_of, telling_words
from app.judge.wording import Wording, opening, plain_of, wording_of

LONGEST_VIEW = 100
"""Words looked at together; a longer text is looked at in overlapping views, and the strongest counts."""
_STEP = 70
_MOST_VIEWS = 12
_PLAINLY = 1.5
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
}
_CLAUSES = {
    Check.SENSITIVE: "T10",
    Check.PERSONAL: "P10",
    Check.OFFICE: "P7",
    Check.ABUSE: "T2",
    Check.COMPARE: "P12",
    Check.RESHARE: "P9",
    Check.SAFEGUARDING: "K1",
}
_STAFF_CLAUSES = {Check.PERSONAL: "T9", Check.RESHARE: "T13"}


class TopicJudge:
    """Reads one item at a time. It keeps no item and changes nothing; the same item always gets the same verdict."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def judge(self, reading: Reading, found: Sequence[Finding]) -> Sequence[Finding]:
        """The topic findings that should stand: the first stage's, less those too weak, and the judge's own."""
        topical = [finding for finding in found if finding.check in JUDGED]
        count = len(reading.words)
        if count == 0 or not _is_latin(reading.item.text):
            return topical
        views = _views(count)
        scores, bars = self._scores(reading, views), self._model.bars
        best = scores.max(0)
        above = best >= bars.add
        if not topical and not above.any():
            return topical
        wording = wording_of(reading)
        standing: list[Finding] = []
        for number, mark in enumerate(MARKS):
            score = float(best[number])
            own = [finding for finding in topical if is_of(finding, mark)]
            if own and (score >= bars.keep[number] or _is_hard(mark, reading)):
                standing += [replace(finding, topics=(mark.topic,)) if mark.topic else finding for finding in own]
            elif not own and above[number] and applies(mark, reading.item):
                plainly = score >= bars.add[number] + _PLAINLY
                view = views[int(scores[:, number].argmax())]
                standing.append(self._finding(reading, wording, view, number, plainly))
        return standing

    def _scores(self, reading: Reading, views: list[tuple[int, int]]) -> Array:
        """What each view scores for each mark."""
        if len(views) == 1 and not self._model.reads_written:
            return self._model.scores([Sight(*opening(reading.item), plain_of(reading), "")])
        wording = wording_of(reading)
        return self._model.scores([sight_of(wording, view) for view in views])

    def _finding(
        self, reading: Reading, wording: Wording, view: tuple[int, int], number: int, plainly: bool
    ) -> Finding:
        mark = MARKS[number]
        first, last = telling_words(self._model, reading, wording, view, number)
        span = reading.words.span(first, last)
        quote = _quoted(reading.item.text[slice(*span)])
        lead = "It reads like" if plainly else "It may be"
        why = f'{lead} {_READS_LIKE[mark.label]}. The words that weighed most: "{quote}".'
        if mark.check is Check.SAFEGUARDING:
            why += " Tell the safeguarding lead at once."
        clause = _CLAUSES[mark.check]
        if reading.item.author.role is AuthorRole.STAFF:
            clause = _STAFF_CLAUSES.get(mark.check, clause)
        return Finding(mark.check, clause, why, topics=(mark.topic,) if mark.topic else (), span=span)


def _views(count: int) -> list[tuple[int, int]]:
    if count <= LONGEST_VIEW:
        return [(0, count)]
    starts = range(0, max(1, count - LONGEST_VIEW + _STEP), _STEP)
    return [(start, min(count, start + LONGEST_VIEW)) for start in starts][:_MOST_VIEWS]


def _is_hard(mark: Mark, reading: Reading) -> bool:
    """What the first stage found is no matter of judgement: a sign of harm (K1), or a rude word that stands there."""
    if mark.check is Check.SAFEGUARDING:
        return True
    return mark.check is Check.ABUSE and reading.school.profanity.first(reading.words) is not None


def _is_latin(text: str) -> bool:
    """Most of the letters are Latin: what is written in another script is never guessed at."""
    if text.isascii():
        return True
    letters = [character for character in text[:2000] if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def _quoted(text: str) -> str:
    written = " ".join(text.split())
    return written if len(written) <= _LONGEST_QUOTE else written[: _LONGEST_QUOTE - 1].rstrip() + "…"
