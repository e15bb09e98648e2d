"""The school's own words over the shipped lists: phrases it added, words it ruled out, shipped phrases it silenced.

Phrases are typed as people say them; `plain_phrase` turns them into the plain form that texts are read in. What the
school added stands whatever the second stage thinks of it, and what it ruled out falls, whoever found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import JUDGED, Judge, Kept
from app.domain.checks.lexicon import OFFICE_TOPICS, Entry, Lexicons
from app.domain.checks.phrases import BadPhrase, Phrase, PhraseLists, Search, compile_phrase
from app.domain.checks.plain import PlainWriter, writer_for
from app.domain.checks.reading import Reading
from app.domain.checks.register import Register, SchoolEntry
from app.domain.checks.weighing import span_of
from app.domain.checks.words import Words
from app.domain.content import AuthorRole
from app.domain.naming import fold
from app.domain.problems import Refused

NOTE = "words that the school added"
LONGEST = 160
"""Characters of a phrase; longer ones are several."""

_TOKEN = re.compile(r"\.{2,4}|\{[a-z_ ]+\}|[()|?^$#]|[^\s()|?{}^$#]+|\S")
_KEPT = frozenset({"CHILD", "STAFF", "CLASS"})
_GAPS = frozenset({"..", "...", "...."})
_MOST_GAPS, _MOST_CHOICES = 2, 24
_SURE = 2.0
"""Heavier than any shipped phrase, so that the finding rests on the school's own words where both stand."""
_ADDED = " The school added these words to the check."
_END = re.compile(r"[.!?;] ")


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """A phrase of the school's own, as it was typed. An exception rules its words out, in the sentence they stand in.

    `by` empty: anybody's words. `topic` is for office matters; an exception without one rules out all of them.
    """

    id: int
    check: Check
    phrase: str
    topic: str = ""
    by: frozenset[AuthorRole] = frozenset()
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Silenced:
    """A shipped entry that is not looked for, known by its check, topic and note; one phrase of it where given."""

    check: Check
    topic: str
    note: str
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Everything that the school changed about the word lists."""

    phrases: tuple[OwnPhrase, ...] = ()
    silenced: frozenset[Silenced] = frozenset()

    @property
    def is_empty(self) -> bool:
        """The lists are as they were shipped."""
        return not self.phrases and not self.silenced


@dataclass(frozen=True, slots=True)
class InForce:
    """The words as they are looked for: the lists, and what the school ruled out."""

    lexicons: Lexicons
    own: frozenset[int]
    """Identities of the entries that are the school's own."""
    ruled_out: tuple[tuple[Check, str, Search], ...]
    broken: tuple[tuple[OwnPhrase, str], ...] = ()
    """Phrases that a newer version of the program cannot read any more, and why; they are left out."""

    def judge(self, inner: Judge | None) -> Judge:
        """A second stage that holds to the school's words, whatever the inner one says."""
        return _HoldingJudge(self, inner)


def in_force(lexicons: Lexicons, words: OwnWords) -> InForce:
    """The shipped lists with the school's changes. Never raises: a phrase that cannot be read is left out and named."""
    entries = [kept for entry in lexicons.entries if (kept := _without(entry, words.silenced)) is not None]
    own: list[Entry] = []
    ruled_out: list[tuple[Check, str, Search]] = []
    broken: list[tuple[OwnPhrase, str]] = []
    lists = PhraseLists(lexicons.lists)
    for phrase in words.phrases:
        try:
            compiled = compile_phrase(plain_phrase(phrase.phrase, lexicons), lists)
        except BadPhrase as wrong:
            broken.append((phrase, str(wrong)))
            continue
        if phrase.is_exception:
            ruled_out.append((phrase.check, phrase.topic, compiled.search))
        else:
            own.append(Entry(phrase.check, phrase.topic, NOTE, (compiled,), by=phrase.by, weight=_SURE))
    merged = replace(lexicons, entries=(*entries, *own))
    return InForce(merged, frozenset(map(id, own)), tuple(ruled_out), tuple(broken))


def _without(entry: Entry, silenced: frozenset[Silenced]) -> Entry | None:
    """The entry without what the school silenced of it; None where nothing is left."""
    if not silenced:
        return entry
    if Silenced(entry.check, entry.topic, entry.note) in silenced:
        return None
    left = tuple(
        phrase
        for phrase in entry.phrases
        if Silenced(entry.check, entry.topic, entry.note, phrase.text) not in silenced
    )
    if len(left) == len(entry.phrases):
        return entry
    return replace(entry, phrases=left) if left else None


def usable(phrase: OwnPhrase, lexicons: Lexicons) -> Phrase:
    """The phrase ready to search with. Raises `Refused` that names it and says what is wrong with it."""
    if phrase.check not in JUDGED:
        raise Refused(f"“{phrase.check.words}” does not go by words, so none can be added to it.")
    if phrase.check is Check.OFFICE and phrase.topic not in OFFICE_TOPICS and not phrase.is_exception:
        raise Refused("An office matter needs its topic. Choose one.")
    text = " ".join(phrase.phrase.split())
    if len(text) > LONGEST:
        raise Refused(f"The phrase is longer than {LONGEST} characters. Add it as several phrases.")
    try:
        _check_reach(text)
        return compile_phrase(plain_phrase(text, lexicons), PhraseLists(lexicons.lists))
    except BadPhrase as wrong:
        raise Refused(f"The phrase “{text}” cannot be used: {wrong}. Nothing was changed.") from wrong


def _check_reach(text: str) -> None:
    tokens = _TOKEN.findall(text)
    if sum(token in _GAPS for token in tokens) > _MOST_GAPS:
        raise BadPhrase(f"it leaves room for other words in more than {_MOST_GAPS} places")
    if tokens.count("|") > _MOST_CHOICES:
        raise BadPhrase(f"it holds more than {_MOST_CHOICES} choices")


def plain_phrase(typed: str, lexicons: Lexicons) -> str:
    """A phrase as somebody types it, in the plain form of texts: capitals, apostrophes and hurried spellings gone."""
    writer = writer_for(Register(SchoolEntry("")), lexicons)
    tokens = _TOKEN.findall(typed.strip().rstrip("?!,;: "))
    pieces: list[str] = []
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else ""
        pieces.append(_plain_token(token, writer, followed_by_mark=following == "?"))
    return " ".join(filter(None, pieces)).replace(" ?", "?")


def _plain_token(token: str, writer: PlainWriter, *, followed_by_mark: bool) -> str:
    if token in _KEPT or token in _GAPS or token[0] in "{()|?^$#":
        return token
    if "*" in token:
        return "".join(sign for sign in fold(token) if sign.isalnum() or sign == "*")
    words = [plain for word in Words(token).words for plain in writer.words_of(word)]
    if not words:
        return token if token in "£$€" else ""
    return f"({' '.join(words)})" if followed_by_mark and len(words) > 1 else " ".join(words)


class _HoldingJudge:
    """Puts back what rests on the school's own words, and takes away what it ruled out."""

    def __init__(self, words: InForce, inner: Judge | None) -> None:
        self._words = words
        self._inner = inner

    def fits(self, reading: Reading, kept: Kept) -> bool:
        """The school's own words change nothing of what a closer reader reads."""
        return self._inner is None or self._inner.fits(reading, kept)

    def judge(self, reading: Reading, found: Sequence[Finding], earlier: Kept | None = None) -> Sequence[Finding]:
        """The topic findings that should stand."""
        topical = [finding for finding in found if finding.check in JUDGED]
        standing = list(self._inner.judge(reading, found, earlier)) if self._inner is not None else topical
        own = _OwnHits(reading, self._words.own)
        kept = [_said(finding) if own.rests(finding) else finding for finding in standing]
        there = {(finding.check, finding.topics) for finding in kept}
        kept += [_said(f) for f in topical if own.rests(f) and (f.check, f.topics) not in there]
        return [finding for finding in kept if not self._is_ruled_out(reading, finding)]

    def _is_ruled_out(self, reading: Reading, finding: Finding) -> bool:
        for check, topic, search in self._words.ruled_out:
            if check is not finding.check or (topic and topic not in finding.topics):
                continue
            for match in search.pattern.finditer(reading.plain.text):
                if finding.span is None or _meets(
                    _sentence_span(reading, match.start() + 1, match.end()), finding.span
                ):
                    return True
        return False


class _OwnHits:
    """Where the school's own phrases stand in an item."""

    def __init__(self, reading: Reading, own: frozenset[int]) -> None:
        self._reading = reading
        self._own = own

    def rests(self, finding: Finding) -> bool:
        """Whether a finding rests on words that the school added."""
        return (finding.check, finding.span) in self._places

    @cached_property
    def _places(self) -> frozenset[tuple[Check, tuple[int, int] | None]]:
        if not self._own:
            return frozenset()
        hits = (hit for hit in self._reading.hits if id(hit.entry) in self._own)
        return frozenset((hit.entry.check, span_of(self._reading, hit)) for hit in hits)


def _said(finding: Finding) -> Finding:
    return finding if finding.why.endswith(_ADDED) else replace(finding, why=finding.why + _ADDED)


def _sentence_span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The characters of the item's text that the sentence around a place in its plain form covers."""
    plain = reading.plain
    first = max(plain.text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "; "))
    last = _END.search(plain.text, end)
    close = last.start() if last is not None else len(plain.text) - 1
    begin = first + 2 if first >= 0 else 1
    return reading.words.span(plain.word_at(begin), plain.word_at(max(begin, close - 1)) + 1)


def _meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def words_needed(phrases: Iterable[Phrase]) -> frozenset[str] | None:
    """Plain words of which a text must hold one, if any of the phrases is to stand in it; None: no telling."""
    needed: set[str] = set()
    for phrase in phrases:
        if any(word.endswith("*") or word.isupper() for word in phrase.needs):
            return None
        needed |= phrase.needs
    return frozenset(needed)
