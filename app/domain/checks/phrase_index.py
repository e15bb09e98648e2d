"""The phrases of one kind of item by the words that they need, and which of them a text may hold: told in advance."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from app.domain.checks.finding import Check
from app.domain.checks.lexicon import Entry
from app.domain.checks.phrases import COMMON, TWO
from app.domain.checks.plain import CHILD, MARKS, STOPS, PlainWriter
from app.domain.checks.word_kinds import WordKinds
from app.domain.content import AuthorRole, Kind

_LONGEST_MEMO = 30_000
_MOST_WRITERS = 4
_ROLES_OF = {
    Check.OFFICE: frozenset({AuthorRole.PARENT}),
    Check.PERSONAL: frozenset({AuthorRole.STAFF, AuthorRole.PARENT, AuthorRole.UNKNOWN}),
}
_KINDS_OF = {
    Check.OFFICE: frozenset({Kind.MESSAGE, Kind.COMMENT}),
    Check.PERSONAL: frozenset(Kind) - {Kind.PORTFOLIO, Kind.POINTS},
    Check.SENSITIVE: frozenset(kind for kind in Kind if kind.is_open),
}
"""Whose words and which items a check is about at all; a check that is not named here is about all."""


_SHARES = {CHILD: 400, TWO: 150}


class Call(NamedTuple):
    """A plain word calls for a phrase: a text that holds it may hold the phrase, if it holds what is required besides.

    `required`: sets of words, each a bit, of each of which one is there. `begins`: the words one of which the phrase
    then begins with; None where nothing can be told of that.
    """

    word: str
    number: int
    required: int
    begins: frozenset[str] | None


_Led = tuple[int, int, frozenset[str] | None]


class PhraseIndex:
    """The phrases that may count in one kind of item by one kind of writer, by the words that they need."""

    def __init__(self, entries: Iterable[Entry], role: AuthorRole, kind: Kind) -> None:
        here = (entry for entry in entries if _is_about(entry, role, kind))
        self.targets = [(entry, phrase) for entry in here for phrase in entry.phrases]
        self._words: dict[str, list[_Led]] = {}
        self._stems: dict[str, list[_Led]] = {}
        bits: dict[frozenset[str], int] = {}
        for number, (entry, phrase) in enumerate(self.targets):
            asked = _asked_of(entry)
            for first, others, leads in phrase.ways:
                sets = (first, *others, *asked)
                caller = _rarest(sets)
                required = 0
                for needs in sets:
                    if needs is not caller:
                        required |= bits.setdefault(needs, 1 << len(bits))
                for word in caller:
                    index = self._stems if word.endswith("*") else self._words
                    index.setdefault(word.rstrip("*"), []).append((number, required, first if leads else None))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._prospects: dict[tuple[PlainWriter, WordKinds], Prospects] = {}
        self._bits: dict[str, int] = {}
        for needs, bit in bits.items():
            for word in needs:
                self._bits[word] = self._bits.get(word, 0) | bit
        self.all_given = (1 << len(bits)) - 1
        """Every set of words that is ever asked for."""

    def prospects(self, plain: PlainWriter, kinds: WordKinds) -> Prospects:
        """Which of the phrases the words of this writer's texts may lead to; kept for the last few writers."""
        known = self._prospects.get((plain, kinds))
        if known is None:
            if len(self._prospects) >= _MOST_WRITERS:
                self._prospects.clear()
            known = self._prospects[plain, kinds] = Prospects(self, plain, kinds)
        return known

    def given_by(self, words: AbstractSet[str]) -> int:
        """The sets of words of which a text of these plain words holds one each."""
        given = 0
        for word in words & self._bits.keys():
            given |= self._bits[word]
        return given

    def calls_of(self, word: str) -> list[Call]:
        """The phrases that a plain word calls for."""
        found = list(self._words.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                found += self._stems.get(word[:length], ())
        return [
            Call(word, number, required, begins if begins is None or not _has_stem(begins) else frozenset((word,)))
            for number, required, begins in dict.fromkeys(found)
        ]


_Calls = tuple[tuple[int, Call], ...]
"""Calls, each with what it requires."""
_Prospect = tuple[int, int, _Calls]
"""Of which kinds a word is as written, what it gives and what it calls for, in whatever plain words it may end up."""


class Seen(NamedTuple):
    """What a first look at the words of a text told: one look-up for each."""

    kinds: int
    """The kinds (`kinds.py`) that a word is of."""
    twice: int
    """The kinds that two words are of."""
    given: int
    """The sets of words of which one stands there, names apart."""
    called: list[_Calls]


class Prospects:
    """Which phrases may stand in a school's texts, by a look-up for each word: their plain form is not needed for it.

    It may name phrases that do not stand there; it leaves out none that does. Remembers the words it has met.
    """

    def __init__(self, index: PhraseIndex, plain: PlainWriter, kinds: WordKinds) -> None:
        self.index = index
        self._kinds = kinds
        self._plain = plain
        self._met: dict[str, _Prospect] = {}
        self._always = self._of(STOPS)
        self._child, self._several, self._owned = self._of((CHILD,)), self._of((CHILD, TWO)), self._of(("'s",))
        self._marks = [(mark, self._of((mark,))) for mark in MARKS]

    def _of(self, plain_words: Iterable[str], kinds: int = 0) -> _Prospect:
        words = dict.fromkeys(plain_words)
        calls = tuple((call.required, call) for word in words for call in self.index.calls_of(word))
        return kinds, self.index.given_by(words.keys()), calls

    def look(self, words: list[str]) -> Seen:
        """What the words of a text tell each for itself."""
        met = self._met
        try:
            prospects = [met[word] for word in words]
        except KeyError:
            self._meet(words)
            prospects = [met[word] for word in words]
        kinds = twice = 0
        _, given, always = self._always
        called = [always] if always else []
        for kind, gives, calls in prospects:
            given |= gives
            if calls:
                called.append(calls)
            if kind:
                twice |= kinds & kind
                kinds |= kind
        return Seen(kinds, twice, given, called)

    def calls(self, seen: Seen, text: str, *, children: int, owned: bool) -> list[Call]:
        """The phrases that may stand in a folded text, each with a word that calls for it.

        `children`: so many pupils may be named, 2 for several; `owned`: and something of theirs, too.
        """
        _, _, given, called = seen
        others = [prospect for mark, prospect in self._marks if mark in text]
        if children:
            others.append(self._child if children == 1 else self._several)
        if owned:
            others.append(self._owned)
        if others:
            called = called + [calls for _, _, calls in others]
            for _, gives, _ in others:
                given |= gives
        missing = self.index.all_given & ~given
        return [call for calls in called for required, call in calls if not required & missing]

    def _meet(self, words: list[str]) -> None:
        """Look up the words that were never met."""
        if len(self._met) > _LONGEST_MEMO:
            self._met.clear()
        for word in words:
            if word not in self._met:
                found = self._of(self._plain.forms_of(word), self._kinds.of(word))
                self._met[word] = found if found != _NOTHING else _NOTHING


_NOTHING: _Prospect = (0, 0, ())


def _rarest(sets: tuple[frozenset[str], ...]) -> frozenset[str]:
    """The set of words that fewest texts hold one of, by guess; the first where it holds stems, as no other may."""
    return sets[0] if _has_stem(sets[0]) else min(sets, key=_share)


def _has_stem(words: frozenset[str]) -> bool:
    return any(word.endswith("*") for word in words)


def _share(words: frozenset[str]) -> float:
    """How many texts in a thousand hold one of these words, by guess."""
    return sum(_SHARES.get(word) or (80 if word in COMMON else 7) for word in words)


def _asked_of(entry: Entry) -> tuple[frozenset[str], ...]:
    """Sets of words of each of which a text must hold one, if the entry is to count in it."""
    conditions = (*entry.with_, *entry.with_anywhere)
    return tuple(guard.needs for guard in conditions if guard.needs is not None)


def _is_about(entry: Entry, role: AuthorRole, kind: Kind) -> bool:
    return (
        (not entry.by or role in entry.by)
        and (not entry.kind or kind in entry.kind)
        and role in _ROLES_OF.get(entry.check, (role,))
        and kind in _KINDS_OF.get(entry.check, (kind,))
    )
