"""The small language that lexicons are written in, and how a phrase becomes something to search with.

A phrase is words in order, as people say them, without capitals and without apostrophes ("wont be in").

    word*       the word with any ending              (a|b c)    one of these
    word?       may be left out                       {child}    one of a list kept under that name
    ..          up to three words between             ...        up to eight words between, in the same sentence
    ^           the sentence begins here              $          the sentence ends here
    #           a number                              ....       up to thirty words between, over sentence ends

It is matched against text in plain form (see `plain.py`): every word and mark followed by one space, "'s" a word of
its own, a pupil's name turned into CHILD, a colleague's into STAFF, a class's into CLASS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"\.\.\.\.|\.\.\.|\.\.|\{[a-z_ ]+\}|[()|?^$#]|[^\s()|?{}^$#]+|\S")
_COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "if",
        "so",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "from",
        "as",
        "is",
        "are",
        "was",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "i",
        "im",
        "ive",
        "me",
        "my",
        "we",
        "us",
        "our",
        "you",
        "your",
        "he",
        "him",
        "his",
        "she",
        "her",
        "they",
        "them",
        "their",
        "'s",
        "not",
        "no",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "all",
        "any",
        "up",
        "out",
        "off",
        "get",
        "got",
        "go",
        "going",
        "one",
        "just",
        "now",
        "then",
        "there",
        "what",
        "when",
        "how",
        "who",
        "why",
        "very",
        "really",
        "too",
        "some",
        "more",
        "than",
        "about",
        "STAFF",
        "CLASS",
        "NUMBER",
    ]
)
_BETWEEN = {"..": r"(?:(?![.!?;] )\S+ ){0,3}?", "...": r"(?:(?![.!?;] )\S+ ){0,8}?", "....": r"(?:\S+ ){0,30}?"}


class BadPhrase(ValueError):
    """A phrase that cannot be read; the text says why."""


@dataclass(slots=True)
class _Part:
    """A piece of a phrase: the search expression, and the words of which one must be there (None: no telling).

    `also` holds further sets of words, of each of which one must be there.
    """

    expression: str
    needs: frozenset[str] | None = None
    also: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase ready to search with.

    A text without any of the words in `needs` cannot hold it ("word*": any ending), nor one without a word of each
    of the sets in `also`.
    """

    text: str
    search: re.Pattern[str]
    needs: frozenset[str] = frozenset()
    also: tuple[frozenset[str], ...] = ()


def compile_phrase(text: str, lists: Mapping[str, tuple[str, ...]]) -> Phrase:
    """Make a phrase searchable. Raises BadPhrase where it cannot be read or would match anything."""
    part = _read(text, lists)
    if not part.needs:
        raise BadPhrase("it holds no word that must be there")
    return Phrase(text, re.compile(rf"(?<![^ ]){part.expression}"), part.needs, part.also)


def compile_guard(texts: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    """One search for any of several phrases, None for none. Raises BadPhrase where one cannot be read."""
    expressions = [_read(text, lists).expression for text in texts]
    return re.compile(rf"(?<![^ ])(?:{'|'.join(expressions)})") if expressions else None


def _read(text: str, lists: Mapping[str, tuple[str, ...]]) -> _Part:
    reader = _Reader(_TOKEN.findall(text), lists)
    part = reader.sequence()
    if reader.tokens:
        raise BadPhrase(f'"{reader.tokens[-1]}" stands where nothing was opened')
    if not part.expression:
        raise BadPhrase("it is empty")
    return part


class _Reader:
    """Reads a phrase's tokens from the left; they are kept reversed, so that the next is the last."""

    def __init__(self, tokens: list[str], lists: Mapping[str, tuple[str, ...]]) -> None:
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
        sure = sorted((part.needs for part in parts if part.needs), key=_cost)
        further = tuple(needs for needs in sure[1:] if not any(word.endswith("*") for word in needs))
        return _Part("".join(part.expression for part in parts), sure[0] if sure else None, further)

    def _part(self, token: str) -> _Part:
        if token in _BETWEEN:
            return _Part(_BETWEEN[token])
        if token == "^":
            return _Part(r"(?:(?<=[.!?;:] )|\A)")
        if token == "$":
            return _Part(r"(?=[.!?;] |\Z)")
        if token == "#":
            return _Part(r"\d\S* ")
        if token == "(":
            return self._choice()
        if token.startswith("{"):
            return self._list(token[1:-1])
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

    def _list(self, name: str) -> _Part:
        if name not in self.lists:
            raise BadPhrase(f'no list is called "{name}"')
        others = {key: value for key, value in self.lists.items() if key != name}
        return _one_of([_read(entry, others) for entry in self.lists[name]])


def _word(token: str) -> _Part:
    stem = token.rstrip("*")
    if "*" in stem or not stem:
        raise BadPhrase(f'"{token}": a star may only end a word')
    if token.endswith("*"):
        return _Part(f"{re.escape(stem)}\\S* ", frozenset({f"{stem}*"}))
    return _Part(f"{re.escape(stem)} ", frozenset({stem}))


def _one_of(parts: list[_Part]) -> _Part:
    if any(not part.expression for part in parts):
        raise BadPhrase("one of the choices is empty")
    needs: frozenset[str] | None = frozenset()
    for part in parts:
        needs = None if needs is None or part.needs is None else needs | part.needs
    ordered = sorted({part.expression for part in parts}, key=lambda expression: (-len(expression), expression))
    return _Part(f"(?:{'|'.join(ordered)})", needs)


def _cost(words: frozenset[str]) -> int:
    return sum(40 if word in _COMMON else 15 if word == "CHILD" else 1 for word in words)
