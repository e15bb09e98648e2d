"""The list that a name stands in: "Lucy, Edmund, Susan and Peter", "Mr Tumnus, Lucy and the Beavers"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.checks.mention import Mention
from app.domain.checks.surroundings import Surroundings
from app.domain.checks.words import word_set

_LINK = re.compile(r"[ \t]*[,&/+][ \t]*")
_SPACE = re.compile(r"[ \t]+")
_LINKING = frozenset(("and", "or", "n"))
_LEADING = word_set(
    "the a an mr mrs miss ms dr professor aunt auntie uncle king queen prince princess captain sir lady lord"
)
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class NameList:
    """The words that head the items of one list, in order, and the half-open range of words it takes up."""

    heads: tuple[int, ...]
    first: int
    last: int


def list_around(around: Surroundings, mention: Mention) -> NameList:
    """The list that the mention stands in; of one item where it stands in none."""
    heads, first, last = [mention.first], mention.first, mention.last
    if _is_alone(around, first, last):
        return NameList((first,), first, last)
    while len(heads) < _LONGEST and (head := _next(around, last)) is not None:
        heads.append(head)
        other = around.mention_at(head)
        last = other.last if other is not None and other.first == head else head + 1
    while len(heads) < _LONGEST and (head := _previous(around, first)) is not None:
        heads.insert(0, head)
        first = _without_title(around, head)
    return NameList(tuple(heads), first, last)


def _is_alone(around: Surroundings, first: int, last: int) -> bool:
    """Seen at once: plain words or the text's edges on both sides."""
    words, gaps = around.words.words, around.words.gaps
    left = first == 0 or (gaps[first] == " " and words[first - 1] not in _LINKING)
    return left and (last >= len(words) or (gaps[last] == " " and words[last] not in _LINKING))


def _next(around: Surroundings, place: int) -> int | None:
    words, count = around.words, len(around.words)
    if place >= count:
        return None
    linked = _LINK.fullmatch(words.gap(place)) is not None
    if words.words[place] in _LINKING:
        if not linked and not _SPACE.fullmatch(words.gap(place)):
            return None
        place += 1
        linked = place < count and _SPACE.fullmatch(words.gap(place)) is not None
    while linked and place < count and words.words[place] in _LEADING:
        place += 1
        linked = place < count and re.fullmatch(r"\.?[ \t]+", words.gap(place)) is not None
    return place if linked and place < count and words.is_capital(place) else None


def _previous(around: Surroundings, first: int) -> int | None:
    words, place = around.words, first - 1
    if place < 0:
        return None
    linked = _LINK.fullmatch(words.gap(first)) is not None
    if not linked and words.words[place] in _LINKING and _SPACE.fullmatch(words.gap(first)):
        linked = place > 0 and (_SPACE.fullmatch(words.gap(place)) or _LINK.fullmatch(words.gap(place))) is not None
        place -= 1
    if not linked or place < 0:
        return None
    other = around.mention_at(place)
    head = other.first if other is not None else place
    return head if words.is_capital(head) else None


def _without_title(around: Surroundings, head: int) -> int:
    words = around.words
    titled = head > 0 and words.words[head - 1] in _LEADING and re.fullmatch(r"\.?[ \t]+", words.gap(head))
    return head - 1 if titled else head
