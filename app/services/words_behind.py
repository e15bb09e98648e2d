"""Which words of the lists a finding rests on, so that whoever finds it wrong can silence just those (T9, T10, P7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.checks.finding import Check
from app.domain.checks.judge import JUDGED
from app.domain.checks.own_words import NOTE, Silenced, in_force, plain_phrase
from app.domain.checks.phrase_scanner import Hit
from app.domain.checks.reading import Reading
from app.domain.checks.school import School
from app.domain.checks.weighing import span_of
from app.domain.problems import Refused
from app.domain.roles import LEADERS
from app.services.checking import shipped_lexicons
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.items import items
from app.store.reads.register import checks_register
from app.store.reads.wordlists import own_words
from app.store.tables.review import FindingRow


@dataclass(frozen=True, slots=True)
class Behind:
    """The words behind a finding: of the shipped lists, and of the school's own."""

    check: Check
    shipped: tuple[Silenced, ...]
    own: tuple[int, ...] = ()
    """Ids of the school's own phrases."""


@dataclass(frozen=True, slots=True)
class WordsBehind(Query[Behind]):
    """The words that a finding rests on; those of its own place in the text first."""

    finding_id: int


@answers(WordsBehind, roles=LEADERS)
def words_behind(query: WordsBehind, view: View) -> Behind:
    """Nothing where the second stage found it without any phrase. Refused for what is gone or under a referral."""
    row = view.session.get(FindingRow, query.finding_id)
    item = next(iter(items(view.session, [row.item_id])), None) if row is not None else None
    if row is None or item is None:
        raise Refused("This finding cannot be opened. It is gone, or the safeguarding lead has it.")
    check = Check(row.check)
    if check not in JUDGED:
        return Behind(check, ())
    words = own_words(view.session)
    now = in_force(shipped_lexicons(), words)
    reading = Reading(item, School(checks_register(view.session, view.today), now.lexicons))
    topics = frozenset(row.topics.split(",")) - {""} if row.topics else frozenset()
    hits = [
        hit
        for hit in reading.hits_by_check.get(check, ())
        if not topics or not hit.entry.topic or hit.entry.topic in topics
    ]
    span = (row.span_start, row.span_end)
    there = [hit for hit in hits if span_of(reading, hit) == span] or hits
    texts = {phrase.text for hit in there if hit.entry.note == NOTE for phrase in hit.entry.phrases}
    own = [p.id for p in words.phrases if p.check is check and plain_phrase(p.phrase, shipped_lexicons()) in texts]
    return Behind(check, tuple(dict.fromkeys(_shipped(reading, there))), tuple(own))


def _shipped(reading: Reading, hits: Iterable[Hit]) -> Iterable[Silenced]:
    for hit in hits:
        if hit.entry.note != NOTE:
            yield Silenced(hit.entry.check, hit.entry.topic, hit.entry.note, _phrase(reading, hit))


def _phrase(reading: Reading, hit: Hit) -> str | None:
    """The phrase of the entry that was found there; None where it cannot be told, so that the entry is meant."""
    for phrase in hit.entry.phrases:
        found = phrase.search.pattern.search(reading.plain.text, max(0, hit.start - 1))
        if found is not None and found.end() == hit.end and found.start() <= hit.start:
            return phrase.text
    return None
