"""The word lists as a person reads them: what each check looks for, and what the school changed about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.checks.finding import Check
from app.domain.checks.judge import JUDGED
from app.domain.checks.own_words import Silenced, usable
from app.domain.content import AuthorRole
from app.domain.problems import Refused
from app.domain.roles import LEADERS, SAFEGUARDERS
from app.services.checking import shipped_lexicons
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.wordlists import OwnPhraseLine, SilencedLine, own_phrase_lines, silenced_lines


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A shipped entry: what it is about, whose words it is looked for in, its phrases, and what is silenced of it."""

    check: Check
    topic: str
    note: str
    by: frozenset[AuthorRole]
    phrases: tuple[str, ...]
    silence_id: int | None
    silenced_phrases: tuple[tuple[str, int], ...] = ()
    """Phrases that are silenced by themselves, each with the silence's id."""


@dataclass(frozen=True, slots=True)
class WordList:
    """One check's words."""

    check: Check
    entries: tuple[EntryLine, ...]
    own: tuple[OwnPhraseLine, ...]
    silenced: tuple[SilencedLine, ...]
    may_change: bool
    broken: frozenset[int] = frozenset()
    """Phrases of the school's own that this version of the program cannot read."""


@dataclass(frozen=True, slots=True)
class WordLists(Query[tuple[WordList, ...]]):
    """Every check that goes by words, with its shipped entries and what the school changed."""


@answers(WordLists, roles=LEADERS)
def word_lists(query: WordLists, view: View) -> tuple[WordList, ...]:
    """In the order of how soon somebody should look."""
    del query
    own, silenced = own_phrase_lines(view.session), silenced_lines(view.session)
    broken = _broken(own)
    return tuple(
        WordList(
            check=check,
            entries=tuple(_entry_lines(check, silenced)),
            own=tuple(line for line in own if line.phrase.check is check),
            silenced=tuple(line for line in silenced if line.silenced.check is check),
            may_change=check is not Check.SAFEGUARDING or view.actor.role in SAFEGUARDERS,
            broken=broken,
        )
        for check in Check
        if check in JUDGED
    )


def _broken(lines: Iterable[OwnPhraseLine]) -> frozenset[int]:
    found = set()
    for line in lines:
        try:
            usable(line.phrase, shipped_lexicons())
        except Refused:
            found.add(line.phrase.id)
    return frozenset(found)


def _entry_lines(check: Check, silenced: Sequence[SilencedLine]) -> Iterable[EntryLine]:
    """Entries of one meaning together, since that is how they are silenced."""
    phrases: dict[tuple[str, str], list[str]] = defaultdict(list)
    by: dict[tuple[str, str], set[AuthorRole]] = defaultdict(set)
    anybody: set[tuple[str, str]] = set()
    for entry in shipped_lexicons().entries:
        if entry.check is check:
            place = (entry.topic, entry.note)
            phrases[place] += [phrase.text for phrase in entry.phrases]
            by[place] |= entry.by
            if not entry.by:
                anybody.add(place)
    known = {line.silenced: line.id for line in silenced}
    for place, texts in phrases.items():
        topic, note = place
        yield EntryLine(
            check=check,
            topic=topic,
            note=note,
            by=frozenset() if place in anybody else frozenset(by[place]),
            phrases=tuple(dict.fromkeys(texts)),
            silence_id=known.get(Silenced(check, topic, note)),
            silenced_phrases=tuple(
                (text, id_)
                for text in dict.fromkeys(texts)
                if (id_ := known.get(Silenced(check, topic, note, text))) is not None
            ),
        )
