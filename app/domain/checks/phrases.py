"""The small language that lexicons are written in, and how a phrase becomes something to search with.

A phrase is words in order, as people say them, without capitals and without apostrophes ("wont be in").

    word*       the word with any ending              (a|b c)    one of these
    word?       may be left out                       {child}    one of a list kept under that name
    ..          up to three words between             ...        up to eight words between, in the same sentence
    ^           the sentence begins here              $          the sentence ends here
    #           a number                              ....       up to thirty words between, over sentence ends

It is matched against text in plain form (see `plain.py`): every word and mark between single spaces, "'s" a word of
its own, a pupil's name turned into CHILD, a colleague's into STAFF, a class's into CLASS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.checks.words import word_set

_TOKEN = re.compile(r"\.\.\.\.|\.\.\.|\.\.|\{[a-z_ ]+\}|[()|?^$#]|[^\s()|?{}^$#]+|\S")
COMMON = word_set(
    "a an the and or but if so of to in on at for with by from as is are was be been it its this that i me my "
    "we us our you your he him his she her they them their 's not no do does did have has had will would can "
    "could all any up out off get got go going one just now then there what when how who why very really too "
    "some more than about STAFF CLASS"
)
"""Words that very many texts hold."""
CHILD = "CHILD"
TWO = "CHILD CHILD"
"""Among the words that a phrase needs: two children named."""
_CHILD_ALONE = frozenset((CHILD,))
_BETWEEN = {
    "..": r"(?:(?![.!?;] )\S+ ){0,3}?",
    "...": r"(?:(?![.!?;] )\S+ ){0,8}?",
    "....": r"(?:\S+ ){0,30}?",
}
_MARKS = {"#": r"\d\S* ", "^": r"(?:(?<=[.!?;:] )|(?<=\A ))", "$": r"(?=[.!?;] |\Z)"}
_LEADING_BONUS = 3


class BadPhrase(ValueError):
    """A phrase that cannot be read; the text says why."""


class Search:
    """A search expression that is made ready when it is first used, and only once.

    It begins with the space before the first word, which makes looking through a text several times faster.
    """

    __slots__ = ("_ready", "expression")

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self._ready: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        if self._ready is None:
            self._ready = re.compile(self.expression)
        return self._ready


Way = tuple[frozenset[str], tuple[frozenset[str], ...], bool]
"""One way in which a phrase may stand: words of which one must be there, further sets of which each gives one, and
whether the phrase then begins with one of those first words.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase ready to search with.

    A text that fits none of its `ways` cannot hold it ("word*": any ending). `leads`: in each way it begins with one
    of the way's first words.
    """

    text: str
    search: Search
    ways: tuple[Way, ...]
    leads: bool

    @property
    def needs(self) -> frozenset[str]:
        """Words without any of which a text cannot hold it, by the first words of its ways."""
        return frozenset().union(*(first for first, _, _ in self.ways))


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """A phrase whose being there is asked for. A text without any of `needs` cannot hold it (None: no telling)."""

    search: Search
    needs: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a phrase: the search expression, and the words of which one must be there (None: no telling).

    `ways` says the same more closely.
    """

    expression: str
    needs: frozenset[str] | None = None
    ways: tuple[Way, ...] = ()

    @property
    def leads(self) -> bool:
        """In every way it begins with one of the way's first words."""
        return all(leads for _, _, leads in self.ways)


class PhraseLists:
    """Lists that phrases use by name, each read once."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._parts: dict[str, _Part] = {}
        self._open: set[str] = set()

    def part(self, name: str) -> _Part:
        """The list as a piece of a phrase. Raises BadPhrase for an unknown list and for one that holds itself."""
        if name not in self._lists:
            raise BadPhrase(f'no list is called "{name}"')
        if name in self._open:
            raise BadPhrase(f'the list "{name}" holds itself')
        if name not in self._parts:
            self._open.add(name)
            self._parts[name] = _one_of([_read(entry, self) for entry in self._lists[name]])
            self._open.discard(name)
        return self._parts[name]


def compile_phrase(text: str, lists: PhraseLists) -> Phrase:
    """Make a phrase searchable. Raises BadPhrase where it cannot be read or would match anything."""
    part = _read(text, lists)
    if not part.needs:
        raise BadPhrase("it holds no word that must be there")
    return Phrase(text, Search(f" {part.expression}"), part.ways, part.leads)


def compile_guard(text: str, lists: PhraseLists) -> Guard:
    """A phrase that is only asked for. Raises BadPhrase where it cannot be read."""
    part = _read(text, lists)
    plain = part.needs and not any(word.endswith("*") for word in part.needs)
    return Guard(Search(f" {part.expression}"), part.needs if plain else None)


def any_of(guards: Iterable[Guard]) -> Search | None:
    """One search for any of several guards; None for none."""
    expressions = [guard.search.expression.removeprefix(" ") for guard in guards]
    return Search(f" (?:{'|'.join(expressions)})") if expressions else None


def _read(text: str, lists: PhraseLists) -> _Part:
    reader = _Reader(_TOKEN.findall(text), lists)
    part = reader.sequence()
    if reader.tokens:
        raise BadPhrase(f'"{reader.tokens[-1]}" stands where nothing was opened')
    if not part.expression:
        raise BadPhrase("it is empty")
    return part


class _Reader:
    """Reads a phrase's tokens from the left; they are kept reversed, so that the next is the last."""

    def __init__(self, tokens: list[str], lists: PhraseLists) -> None:
        self.tokens = tokens[::-1]
        self.lists = lists

    def sequence(self) -> _Part:
        parts: list[_Part] = []
        while self.tokens and self.tokens[-1] not in ("|", ")"):
            part = self._part(self.tokens.pop())
            if self.tokens and self.tokens[-1] == "?":
                self.tokens.pop()
                part = _Part(f"(?:{part.expression})?")
            parts.append(part)
        expression = "".join(part.expression for part in parts)
        sure = sorted(
            (_cost(part.needs, number == 0 and part.leads), number) for number, part in enumerate(parts) if part.needs
        )
        if not sure:
            return _Part(expression)
        further = _apart([part.needs for part in parts if part.needs], parts[sure[0][1]].needs)
        also = tuple(needs for needs in further if not any(word.endswith("*") for word in needs))
        cheapest = parts[sure[0][1]]
        ways = tuple((first, (*others, *also), leads and sure[0][1] == 0) for first, others, leads in cheapest.ways)
        return _Part(expression, cheapest.needs, ways)

    def _part(self, token: str) -> _Part:
        if token in _BETWEEN:
            return _Part(_BETWEEN[token])
        if token in _MARKS:
            return _Part(_MARKS[token])
        if token == "(":
            return self._choice()
        if token.startswith("{") and token.endswith("}"):
            return self.lists.part(token[1:-1])
        if token in "?){}|":
            raise BadPhrase(f'"{token}" stands where a word should')
        return _word(token)

    def _choice(self) -> _Part:
        choices = [self.sequence()]
        while self.tokens and self.tokens[-1] == "|":
            self.tokens.pop()
            choices.append(self.sequence())
        if not self.tokens or self.tokens.pop() != ")":
            raise BadPhrase('a "(" is never closed')
        return _one_of(choices)


def _apart(needs: list[frozenset[str]], called_by: frozenset[str] | None) -> list[frozenset[str]]:
    """What the further parts of a phrase need: beside a part that is a child, a child in another is a second one."""
    others = list(needs)
    if called_by is not None:
        others.remove(called_by)
    lone = _CHILD_ALONE if called_by == _CHILD_ALONE else next((each for each in others if each == _CHILD_ALONE), None)
    if lone is None:
        return others
    kept = called_by == _CHILD_ALONE
    further = []
    for each in others:
        if each == _CHILD_ALONE and not kept:
            kept = True
            further.append(each)
        else:
            further.append(frozenset((each - _CHILD_ALONE) | {TWO}) if CHILD in each else each)
    return further


def _word(token: str) -> _Part:
    stem = token.rstrip("*")
    if "*" in stem or not stem:
        raise BadPhrase(f'"{token}": a star may only end a word')
    if token.endswith("*"):
        return _leading(f"{re.escape(stem)}\\S* ", f"{stem}*")
    return _leading(f"{re.escape(stem)} ", stem)


def _leading(expression: str, word: str) -> _Part:
    needs = frozenset({word})
    return _Part(expression, needs, ((needs, (), True),))


def _one_of(parts: list[_Part]) -> _Part:
    if any(not part.expression for part in parts):
        raise BadPhrase("one of the choices is empty")
    needs: frozenset[str] | None = frozenset()
    for part in parts:
        needs = None if needs is None or part.needs is None else needs | part.needs
    ordered = sorted({part.expression for part in parts}, key=lambda expression: (-len(expression), expression))
    ways = tuple(dict.fromkeys(way for part in parts for way in part.ways)) if needs is not None else ()
    return _Part(f"(?:{'|'.join(ordered)})", needs, ways)


def _cost(words: frozenset[str] | None, first: bool) -> float:
    """How often one of the words will be met, by guess; a phrase that begins with its word is cheaper to look for."""
    cost = sum(40 if word in COMMON else 15 if word == "CHILD" else 1 for word in words or ())
    return cost / _LEADING_BONUS if first else cost
