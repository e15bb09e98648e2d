"""What the page for the word lists knows and does, without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from app.domain.checks.finding import Check
from app.domain.checks.lexicon import OFFICE_TOPICS
from app.domain.checks.own_words import OwnPhrase, Silenced
from app.domain.content import AuthorRole
from app.domain.ticket import Ticket
from app.domain.words import day_words
from app.services.office import Office
from app.services.trying_words import Tried, TryWords
from app.services.wordlist_lines import EntryLine, WordList, WordLists
from app.services.wordlists import AddPhrase, EndPhrase, LiftSilence, SilencePhrase
from app.services.words_behind import WordsBehind
from app.store.reads.wordlists import OwnPhraseLine, SilencedLine
from app.ui.screens.review.presenter import TOPIC_WORDS

WRITERS: tuple[tuple[str, str], ...] = (
    ("", "Anybody's words"),
    (AuthorRole.PARENT.value, "Parents' words only"),
    (AuthorRole.STAFF.value, "Staff's words only"),
)
TOPICS: tuple[tuple[str, str], ...] = tuple((topic, TOPIC_WORDS[topic]) for topic in OFFICE_TOPICS)


class Sort(Enum):
    """Where words of a list come from, and what is done with them."""

    ADDED = "Your school added"
    RULED_OUT = "Your school ruled out"
    SHIPPED = "As it came"
    PARTLY = "Partly silenced"
    SILENCED = "Silenced"
    BROKEN = "Cannot be read"


@dataclass(frozen=True, slots=True)
class WordLine:
    """One row: a meaning that is looked for with its phrases, or a phrase of the school's own."""

    key: str
    words: str
    sort: Sort
    topic: str
    by: frozenset[AuthorRole]
    entry: EntryLine | None = None
    own: OwnPhraseLine | None = None
    silences: tuple[SilencedLine, ...] = ()

    @property
    def whose(self) -> str:
        """Whose words it is looked for in."""
        return whose(self.by)

    @property
    def topic_words(self) -> str:
        """The office matter, as people say it; empty for other checks."""
        return TOPIC_WORDS.get(self.topic, self.topic.replace("_", " ").capitalize())


@dataclass(slots=True)
class WordlistsPresenter:
    """One check's words at a time; what is changed is tried first."""

    office: Office
    check: Check = Check.SENSITIVE
    lists: dict[Check, WordList] = field(default_factory=dict)

    def load(self) -> None:
        """Read every list again."""
        self.lists = {each.check: each for each in self.office.ask(WordLists())}

    def choices(self) -> list[tuple[str, str]]:
        """The checks that go by words, each with how many changes the school made."""
        return [(check.value, _choice(each)) for check, each in self.lists.items()]

    @property
    def now(self) -> WordList:
        """The list that is looked at."""
        return self.lists[self.check]

    @property
    def may_change(self) -> bool:
        """The words for signs of harm are the safeguarding lead's and the headteacher's (K1)."""
        return self.now.may_change

    def lines(self, words: str = "", sorts: Iterable[str] = ()) -> list[WordLine]:
        """What is looked for, the school's own first; those that hold `words`, of the sorts wanted."""
        found = [*self._own(), *self._shipped()]
        wanted = frozenset(sorts)
        if Sort.SILENCED.name in wanted:
            wanted |= {Sort.PARTLY.name}
        said = words.casefold()
        return [
            line
            for line in found
            if (not wanted or line.sort.name in wanted)
            and (not said or said in line.words.casefold() or any(said in one for one in phrases_of(line)))
        ]

    def counts(self) -> dict[str, int]:
        """How many rows there are of each sort."""
        found = [line.sort.name for line in self.lines()]
        counts = {sort.name: found.count(sort.name) for sort in Sort}
        counts[Sort.SILENCED.name] += counts[Sort.PARTLY.name]
        return counts

    def behind(self, finding_id: int) -> tuple[str, str | None] | None:
        """The row and the phrase that a finding rests on, its list being looked at from now on; None for none."""
        found = self.office.ask(WordsBehind(finding_id))
        if found.check in self.lists:
            self.check = found.check
        if found.own:
            return f"own:{found.own[0]}", None
        if not found.shipped:
            return None
        first = found.shipped[0]
        return shipped_key(first.topic, first.note), first.phrase

    def try_(self, change: OwnPhrase | Silenced, ticket: Ticket) -> Tried:
        """What a change would have done to the last term's items."""
        return self.office.ask(TryWords(change, ticket=ticket))

    def add(self, phrase: OwnPhrase, ticket: Ticket, initiator: object = None) -> int:
        """Add words or rule them out, and check again what they touch."""
        return self.office.perform(AddPhrase(phrase, ticket=ticket), initiator)

    def end(self, phrase_id: int, ticket: Ticket, initiator: object = None) -> None:
        """Take a phrase of the school's own out of force."""
        self.office.perform(EndPhrase(phrase_id, ticket), initiator)

    def silence(self, silenced: Silenced, why: str, ticket: Ticket, initiator: object = None) -> int:
        """No longer look for a shipped entry or for one of its phrases."""
        return self.office.perform(SilencePhrase(silenced, why, ticket), initiator)

    def lift(self, silence_id: int, ticket: Ticket, initiator: object = None) -> None:
        """Look for it again."""
        self.office.perform(LiftSilence(silence_id, ticket), initiator)

    def _own(self) -> Iterable[WordLine]:
        for line in self.now.own:
            phrase = line.phrase
            sort = Sort.RULED_OUT if phrase.is_exception else Sort.ADDED
            if phrase.id in self.now.broken:
                sort = Sort.BROKEN
            yield WordLine(f"own:{phrase.id}", phrase.phrase, sort, phrase.topic, phrase.by, own=line)

    def _shipped(self) -> Iterable[WordLine]:
        for entry in self.now.entries:
            silences = tuple(
                line
                for line in self.now.silenced
                if (line.silenced.topic, line.silenced.note) == (entry.topic, entry.note)
            )
            sort = Sort.SILENCED if entry.silence_id is not None else Sort.PARTLY if silences else Sort.SHIPPED
            note = entry.note[:1].upper() + entry.note[1:]
            key = shipped_key(entry.topic, entry.note)
            yield WordLine(key, note, sort, entry.topic, entry.by, entry=entry, silences=silences)


def shipped_key(topic: str, note: str) -> str:
    """How a shipped meaning is known in the list."""
    return f"shipped:{topic}:{note}"


def phrases_of(line: WordLine) -> Sequence[str]:
    """The phrases of a shipped meaning; none for a phrase of the school's own."""
    return line.entry.phrases if line.entry is not None else ()


def whose(by: frozenset[AuthorRole]) -> str:
    """Whose words are looked through, in words."""
    if not by:
        return "Anybody"
    names = {AuthorRole.PARENT: "parents", AuthorRole.STAFF: "staff", AuthorRole.PUPIL: "pupils"}
    return " and ".join(sorted(names.get(role, role.value) for role in by)).capitalize()


def readable(phrase: str) -> str:
    """A phrase of the lists' small language, easier to read: "wont be .. in" as "wont be … in"."""
    for sign, shown in (("....", "…"), ("...", "…"), ("..", "…"), ("|", " / "), ("*", "~")):
        phrase = phrase.replace(sign, shown)
    return " ".join(phrase.replace("{", "[").replace("}", "]").split())


def told(tried: Tried) -> tuple[str, str]:
    """What a trial showed: the answer first, and what it rests on."""
    if not tried.more and not tried.fewer:
        first = "It would have changed nothing."
    else:
        parts = [f"{tried.more} more" if tried.more else "", f"{tried.fewer} fewer" if tried.fewer else ""]
        first = f"It would have marked {' and '.join(filter(None, parts))}."
    since = f"{tried.looked_at:,} posts and messages since {day_words(tried.starts)} were looked at. "
    return first, f"{since}This check marks {tried.found_now:,} of them now and would mark {tried.found_then:,}."


def _choice(each: WordList) -> str:
    changes = len(each.own) + len(each.silenced)
    if not changes:
        return each.check.words
    return f"{each.check.words}: {changes} {'change' if changes == 1 else 'changes'}"
