"""An item's words as the judge reads them: names neutral, so that nothing is learnt about an Ella or a Mrs Holt."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.checks.mention import Mention
from app.domain.checks.plain import CHILD, CLASS, STAFF
from app.domain.checks.reading import Reading
from app.domain.content import AuthorRole, Item, Kind

NEUTRAL = ("sam", "alex", "jo", "max", "robin", "charlie", "pat", "lee")
"""What the first, the second … pupil named in an item is called: common names that tell nothing."""

_STANDING = {STAFF: "mrs smith", CLASS: "the class"}
_ROLES = {
    AuthorRole.STAFF: "teacher",
    AuthorRole.PARENT: "parent",
    AuthorRole.PUPIL: "pupil",
    AuthorRole.UNKNOWN: "stranger",
}
_KINDS = {
    Kind.CLASS_STORY: "post",
    Kind.SCHOOL_STORY: "post",
    Kind.COMMENT: "comment",
    Kind.MESSAGE: "message",
    Kind.PORTFOLIO: "work",
    Kind.POINTS: "points",
}


def opening(item: Item) -> tuple[str, str]:
    """Who speaks and where, in words: ("parent", "comment")."""
    return _ROLES[item.author.role], _KINDS[item.kind]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an item in order; for each place, what stands there in plain form and as written, names neutral."""

    speaker: str
    setting: str
    plain: tuple[str, ...]
    written: tuple[str, ...]
    lead: str
    """What stands before the first word."""

    def __len__(self) -> int:
        return len(self.plain)

    def plain_text(self, left_out: Collection[int] = (), within: tuple[int, int] | None = None) -> str:
        """The plain form, without the words at some places, or of a half-open range of places only."""
        return " ".join(self.plain[place] for place in self._places(left_out, within) if self.plain[place])

    def written_text(self, left_out: Collection[int] = (), within: tuple[int, int] | None = None) -> str:
        """The text as written, names neutral, without the words at some places, or of a range of places only."""
        lead = self.lead if within is None or within[0] == 0 else ""
        return lead + "".join(self.written[place] for place in self._places(left_out, within))

    def _places(self, left_out: Collection[int], within: tuple[int, int] | None) -> list[int]:
        first, last = (0, len(self)) if within is None else within
        return [place for place in range(first, last) if place not in left_out]


def digest_of(reading: Reading, wording: Wording | None = None) -> bytes:
    """Twelve bytes that stand for all that a judge reads of an item: the kind, who speaks, the words in both forms."""
    wording = wording or wording_of(reading)
    told = (reading.item.kind.value, wording.speaker, wording.setting, wording.plain_text(), wording.written_text())
    return hashlib.blake2b("\x1f".join(told).encode("utf-8", "replace"), digest_size=12).digest()


def plain_of(reading: Reading) -> str:
    """The whole of a wording's plain form, without the work of telling what stands at each place."""
    said = reading.plain.words
    if CHILD not in said and STAFF not in said and CLASS not in said:
        return " ".join(said)
    if said.count(CHILD) != len(reading.mentions):
        return wording_of(reading).plain_text()
    neutral = _neutral_names(reading.mentions)
    names = iter([neutral[mention.key] for mention in sorted(reading.mentions, key=lambda mention: mention.first)])
    return " ".join(next(names) if word == CHILD else _STANDING.get(word, word) for word in said)


def wording_of(reading: Reading) -> Wording:
    """The wording of an item."""
    words = reading.words
    count = len(words)
    text = words.folded.original
    mentions = {mention.first: mention for mention in reading.mentions}
    neutral = _neutral_names(reading.mentions)
    begins = [words.span(place, place + 1)[0] for place in range(count)] + [len(text)]
    ends = [words.span(place, place + 1)[1] for place in range(count)]
    written = [text[begins[place] : begins[place + 1]] for place in range(count)]
    for mention in mentions.values():
        name = neutral[mention.key].capitalize() + ("'s" if mention.possessive else "")
        for place in range(mention.first, min(mention.last, count)):
            written[place] = ""
        last = min(mention.last, count) - 1
        written[mention.first] = name + text[ends[last] : begins[last + 1]]
    speaker, setting = opening(reading.item)
    return Wording(
        speaker=speaker,
        setting=setting,
        plain=_plain_by_place(reading, count, mentions, neutral),
        written=tuple(written),
        lead=text[: begins[0]],
    )


def _neutral_names(mentions: list[Mention]) -> dict[str, str]:
    names: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda mention: mention.first):
        names.setdefault(mention.key, NEUTRAL[len(names) % len(NEUTRAL)])
    return names


def _plain_by_place(
    reading: Reading, count: int, mentions: dict[int, Mention], neutral: dict[str, str]
) -> tuple[str, ...]:
    gathered: list[list[str]] = [[] for _ in range(count)]
    for word, place in zip(reading.plain.text.split(), reading.plain.places, strict=False):
        if word == CHILD and place in mentions:
            word = neutral[mentions[place].key]
        if place < count:
            gathered[place].append(_STANDING.get(word, word))
    return tuple(" ".join(words) for words in gathered)
