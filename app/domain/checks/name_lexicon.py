"""What the checks know about names that are words as well (the file names.toml), and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Sort(StrEnum):
    """How a kind of words behaves in a sentence; see names.toml for what each means."""

    THING = "thing"
    QUALITY = "quality"
    VERB = "verb"
    TIME = "time"
    PLACE = "place"
    FIGURE = "figure"
    TRADE = "trade"


WORD_SORTS = frozenset({Sort.THING, Sort.QUALITY, Sort.VERB, Sort.TIME})
"""Sorts of which a capital at the start of a sentence proves nothing."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Words of one sort, and the words after them that show no person is meant."""

    sort: Sort
    words: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trap:
    """A name and surname that are an event as well ("Poppy Day"), and what beside them shows the event."""

    surname: str
    firsts: frozenset[str]
    before: frozenset[str]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The characters of one book, film, series or legend, for children bear such names too."""

    works: tuple[tuple[str, ...], ...]
    """What it is called, each as its words."""
    shared: frozenset[str]
    """Characters' names that a pupil may well bear."""
    own: frozenset[str]
    """Names that hardly anybody else has: one of them in a list shows the tale."""
    everybody: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """The lists of names.toml, in the form the checks use them."""

    kinds: Mapping[str, tuple[Kind, ...]]
    """By word: the kinds it belongs to."""
    people: Mapping[str, frozenset[str]]
    short_forms: Mapping[str, frozenset[str]]
    """By name: the long and short forms of it."""
    never: Mapping[str, tuple[tuple[str, ...], ...]]
    """By each of its words: phrases in which no pupil is meant."""
    famous: Mapping[str, tuple[tuple[str, ...], ...]]
    """By each of its words: names of people one learns about, which are theirs where written with capitals."""
    traps: tuple[Trap, ...]
    casts: tuple[Cast, ...]


_PHRASES = ("short_forms", "never", "famous")


def parse_names(table: Mapping[str, Any]) -> NameLexicon:
    """Read the table of names.toml. Raises KeyError, TypeError or ValueError where it has another form."""
    kinds: dict[str, tuple[Kind, ...]] = {}
    for row in table["kinds"].values():
        kind = Kind(Sort(row["sort"]), frozenset(row["words"]), frozenset(row["after"]))
        for word in kind.words:
            kinds[word] = (*kinds.get(word, ()), kind)
    people = table["people"]
    return NameLexicon(
        kinds=kinds,
        people={key: frozenset(words) for key, words in people.items() if key not in _PHRASES},
        short_forms=_short_forms(people["short_forms"]),
        never=_by_word(people["never"]),
        famous=_by_word(people["famous"]),
        traps=tuple(
            Trap(row["surname"], frozenset(row["firsts"]), frozenset(row["before"]), tuple(row["after"]))
            for row in table["traps"]
        ),
        casts=tuple(map(_cast, table["casts"])),
    )


def _cast(row: Mapping[str, Any]) -> Cast:
    shared, own = frozenset(row["shared"].split()), frozenset(row["own"].split())
    works = tuple(tuple(plain_name(word) for word in work.replace("-", " ").split()) for work in row["works"])
    return Cast(works, shared | own, own, shared | own)


def plain_name(word: str) -> str:
    """A word without its apostrophes, and without the possessive."""
    return word.removesuffix("'s").replace("'", "")


def _short_forms(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    forms: dict[str, frozenset[str]] = {}
    for group in groups:
        names = frozenset(group.split())
        for name in names:
            forms[name] = forms.get(name, frozenset()) | names - {name}
    return forms


def _by_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    index: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        for word in set(words):
            index[word] = (*index.get(word, ()), words)
    return index
