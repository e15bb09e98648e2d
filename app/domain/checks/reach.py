"""How far a change in the register reaches: the words without which no item can be read otherwise than before.

For every item whose words (`searching.index_words`) hold none of the words given here, the checks find the same under
the register of before and of after, as far as names are concerned. It may name words that change nothing; it must
leave out none that does. What hangs on ids (tags, writers, recipients) is not words and not told here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from app.domain.checks.register import PupilEntry
from app.domain.checks.slips import SlipIndex
from app.domain.naming import fold, name_key
from app.domain.searching import FOREIGN, foreign_form

_PARTS = re.compile(r"[^\W_]+")
_LETTERS = ascii_lowercase + FOREIGN
_SHORTEST_SLIP = 5


@dataclass(frozen=True, slots=True)
class NamesChanged:
    """What came, went or changed in the register that texts could name. Names of before and of after alike."""

    pupils: tuple[PupilEntry, ...] = ()
    """Every version of each pupil who came, left, or has another name or class now."""
    adults: tuple[str, ...] = ()
    """Guardians and staff."""
    staff: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


class NameReach:
    """Knows every first name of a register, before and after a change. Built for one change."""

    def __init__(
        self, pupils: Iterable[PupilEntry], changed: NamesChanged, short_forms: Mapping[str, frozenset[str]]
    ) -> None:
        self._changed = changed
        self._short_forms = short_forms
        self._everybody = (*pupils, *changed.pupils)
        self._openings: dict[str, set[str]] = defaultdict(set)
        """By the key that a mention may go by: the words that such a mention may begin with."""
        for pupil in self._everybody:
            for parts in _first_names(pupil):
                self._openings["".join(parts)] |= {"".join(parts), parts[0]}
                self._openings[parts[0]].add(parts[0])
        self._near = SlipIndex((key for key in self._openings if len(key) >= _SHORTEST_SLIP), frozenset())

    def words(self) -> frozenset[str]:
        """Every word that the change reaches."""
        found: set[str] = set()
        for pupil in (*self._changed.pupils, *self._namesakes()):
            found |= words_naming(pupil, self._short_forms)
        surnames = {part for pupil in self._changed.pupils for part in _PARTS.findall(fold(pupil.last))}
        classes = {part for name in self._changed.classes for part in _PARTS.findall(fold(name))}
        adults = {part for name in self._changed.adults for part in _PARTS.findall(fold(name))}
        for word in surnames | classes | adults:
            found |= self._no_longer_a_slip(word)
        # Anne-Marie and Annemarie are one name to a reader: who bears either may be meant by both.
        keys = {key for pupil in self._changed.pupils for key in _keys(pupil)}
        for word in surnames | classes | keys:
            found |= {form for opening in self._openings.get(word, ()) for form in (opening, f"{opening}s")}
        for name in self._changed.classes:
            found |= {part.replace("'", "") for part in fold(name).split()} | set(_PARTS.findall(fold(name)))
        for name in self._changed.staff:
            found |= {part.replace("'", "") for part in fold(name).split()[-1:]} | {name_key(name)}
        return frozenset(word for word in found if _PARTS.fullmatch(word))

    def _namesakes(self) -> list[PupilEntry]:
        """Those who share class and first name with a changed pupil: an initial may be called for now, or not (T8)."""
        places = {(pupil.class_id, key) for pupil in self._changed.pupils for key in _keys(pupil)}
        return [
            p for p in self._everybody if p.class_id is not None and any((p.class_id, k) in places for k in _keys(p))
        ]

    def _no_longer_a_slip(self, word: str) -> frozenset[str]:
        """A word that is somebody's name is nobody's slip of the pen; and the other way about."""
        return frozenset((word,)) if self._near.near(word) else frozenset()


def words_naming(pupil: PupilEntry, short_forms: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words of which an item that names this pupil holds at least one, however the name is written."""
    surname = "".join(_PARTS.findall(fold(pupil.last)))
    found: set[str] = set()
    for parts in _first_names(pupil):
        key = "".join(parts)
        found |= {form for word in (key, parts[0], *short_forms.get(key, ())) for form in (word, f"{word}s")}
        found.add(key + surname)
        # A slip in the first half of a double name counts where the other half follows it.
        for word in {key, parts[0]}:
            if len(word) >= _SHORTEST_SLIP:
                found |= set(_slips(foreign_form(word)))
    return frozenset(found)


def _first_names(pupil: PupilEntry) -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys(filter(None, (pupil.first, pupil.preferred))):
        parts = tuple(_PARTS.findall(fold(name)))
        if parts:
            yield parts


def _keys(pupil: PupilEntry) -> list[str]:
    return ["".join(parts) for parts in _first_names(pupil)]


def _slips(word: str) -> Iterator[str]:
    """The word itself and every word that one slip makes of it: a letter left out, swapped, changed or added."""
    yield word
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
