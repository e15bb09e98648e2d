"""The lexicons: lists and phrases that the checks look for, read from TOML that an office person can read and change.

The domain opens no files: the caller hands over each file's text by its name ("office.toml").
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.checks.finding import Check
from app.domain.checks.name_lexicon import NameLexicon, parse_names
from app.domain.checks.phrases import (
    BadPhrase,
    Guard,
    Phrase,
    PhraseLists,
    Search,
    any_of,
    compile_guard,
    compile_phrase,
)
from app.domain.content import AuthorRole, Kind
from app.domain.problems import Problem

PLAIN = "plain.toml"
NAMES = "names.toml"
WORDS = "words.toml"
LISTS = "lists.toml"
CONTACT = "contact.toml"
PHRASE_FILES = {
    "sensitive.toml": Check.SENSITIVE,
    "personal.toml": Check.PERSONAL,
    "office.toml": Check.OFFICE,
    "abuse.toml": Check.ABUSE,
    "compare.toml": Check.COMPARE,
    "reshare.toml": Check.RESHARE,
    "safeguarding.toml": Check.SAFEGUARDING,
}
LEXICON_FILES = (PLAIN, NAMES, WORDS, LISTS, CONTACT, *PHRASE_FILES)
"""The files a complete set of lexicons is made of."""

OFFICE_TOPICS = ("absence", "sickness", "dinners", "complaint", "music", "urgent", "appointment", "progress")
"""The matters that belong to the school office (policy T5, P7)."""

_ENTRY_KEYS = frozenset(
    {
        "topic",
        "note",
        "find",
        "with",
        "with_anywhere",
        "unless",
        "unless_anywhere",
        "by",
        "kind",
        "pair",
        "asked",
        "denied",
        "weight",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Phrases of one meaning, and what keeps them from counting.

    Each of `with_` must stand in the same sentence, each of `with_anywhere` somewhere in the text; none of `unless` in
    the sentence, none of `unless_anywhere` in the text. `asked`: True counts questions only, False statements only.
    `denied`: False does not count what is denied ("not", "never"). `weight` below 1 is a hint, which counts only
    together with hints of other topics. `by` and `kind` empty mean anyone and anything. `pair`: the text must set one
    pupil beside another.
    """

    check: Check
    topic: str
    note: str
    phrases: tuple[Phrase, ...]
    with_: tuple[Guard, ...] = ()
    with_anywhere: tuple[Guard, ...] = ()
    unless: Search | None = None
    unless_anywhere: Search | None = None
    by: frozenset[AuthorRole] = frozenset()
    kind: frozenset[Kind] = frozenset()
    pair: bool = False
    asked: bool | None = None
    denied: bool | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Everything that the checks know about words; one value, made once, shared by every item."""

    plain: Mapping[str, str]
    names: NameLexicon
    common: frozenset[str]
    lists: Mapping[str, tuple[str, ...]]
    contact: Mapping[str, tuple[str, ...]]
    rude: tuple[str, ...]
    innocent: tuple[str, ...]
    """Phrases in which a rude word is none."""
    entries: tuple[Entry, ...]


def parse_lexicons(texts: Mapping[str, str]) -> Lexicons:
    """Read the lexicons from the texts of their files. Raises Problem that names the file, the phrase and the fault."""
    missing = [name for name in LEXICON_FILES if name not in texts]
    if missing:
        raise Problem(f"The word lists are incomplete: {', '.join(missing)} is missing. Install the program again.")
    tables = {name: _toml(name, texts[name]) for name in LEXICON_FILES}
    lists = _string_lists(LISTS, tables[LISTS].get("lists", {}))
    entries: list[Entry] = []
    for name, check in PHRASE_FILES.items():
        known = PhraseLists(lists | _string_lists(name, tables[name].get("lists", {})))
        entries += _entries(name, check, tables[name].get("entry", []), known)
    rude = _string_lists("abuse.toml", tables["abuse.toml"].get("words", {}))
    return Lexicons(
        plain=_strings(PLAIN, tables[PLAIN].get("same", {})),
        names=_names(tables[NAMES]),
        common=frozenset(str(tables[WORDS].get("common", "")).split()),
        lists=lists,
        contact=_string_lists(CONTACT, tables[CONTACT].get("lists", {})),
        rude=(*rude.get("profane", ()), *rude.get("slurs", ())),
        innocent=rude.get("innocent", ()),
        entries=tuple(entries),
    )


def _toml(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Problem(f"The word list {name} cannot be read: {wrong}. Correct that place and try again.") from wrong


def _names(table: Mapping[str, Any]) -> NameLexicon:
    try:
        return parse_names(table)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Problem(f"The word list {NAMES} is not in the expected form: {wrong}.") from wrong


def _strings(name: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise Problem(f"The word list {name} should give one text for each word.")
    return table


def _string_lists(name: str, table: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        raise Problem(f"The word list {name} should hold its lists under [lists].")
    lists = {}
    for key, words in table.items():
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise Problem(f'In the word list {name}, "{key}" should be a list of texts.')
        lists[key] = tuple(words)
    return lists


def _entries(name: str, check: Check, rows: object, lists: PhraseLists) -> Iterable[Entry]:
    if not isinstance(rows, list):
        raise Problem(f"The word list {name} should hold its phrases under [[entry]].")
    for number, row in enumerate(rows, start=1):
        place = f"{name}, entry {number}"
        if not isinstance(row, dict) or not isinstance(row.get("find"), list) or not row["find"]:
            raise Problem(f'The word list {place} has no phrases under "find".')
        unknown = sorted(set(row) - _ENTRY_KEYS)
        if unknown:
            raise Problem(f'The word list {place} says "{unknown[0]}", which means nothing here.')
        yield _entry(place, check, row, lists)


def _entry(place: str, check: Check, row: Mapping[str, Any], lists: PhraseLists) -> Entry:
    topic = row.get("topic", "")
    if check is Check.OFFICE and topic not in OFFICE_TOPICS:
        raise Problem(f'The word list {place} has the topic "{topic}". Use one of: {", ".join(OFFICE_TOPICS)}.')
    try:
        by = frozenset(AuthorRole(role) for role in row.get("by", ()))
        kind = frozenset(Kind(name) for name in row.get("kind", ()))
    except ValueError as wrong:
        known = ", ".join((*AuthorRole, *Kind))
        raise Problem(f"The word list {place}: {wrong}. Known are {known}.") from wrong
    return Entry(
        check=check,
        topic=topic,
        note=str(row.get("note", "")),
        phrases=tuple(_phrase(place, text, lists) for text in row["find"]),
        with_=tuple(_each(place, row.get("with", []), lists)),
        with_anywhere=tuple(_each(place, row.get("with_anywhere", []), lists)),
        unless=any_of(_each(place, row.get("unless", []), lists)),
        unless_anywhere=any_of(_each(place, row.get("unless_anywhere", []), lists)),
        by=by,
        kind=kind,
        pair=bool(row.get("pair", False)),
        asked=row.get("asked"),
        denied=row.get("denied"),
        weight=float(row.get("weight", 1.0)),
    )


def _phrase(place: str, text: object, lists: PhraseLists) -> Phrase:
    try:
        return compile_phrase(str(text), lists)
    except BadPhrase as wrong:
        raise Problem(f'The word list {place} has a phrase that cannot be used, "{text}": {wrong}.') from wrong


def _each(place: str, texts: list[str], lists: PhraseLists) -> Iterable[Guard]:
    for text in texts:
        try:
            yield compile_guard(str(text), lists)
        except BadPhrase as wrong:
            raise Problem(f'The word list {place} has a condition that cannot be used, "{text}": {wrong}.') from wrong
