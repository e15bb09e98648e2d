"""Whether a name is a character's: listed with others of one book, film or series, or said to be from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.domain.checks.mention import Mention
from app.domain.checks.name_lexicon import Cast, plain_name
from app.domain.checks.name_lists import NameList, list_around
from app.domain.checks.surroundings import Surroundings
from app.domain.checks.words import word_set

_OUT_OF = word_set("from off out")
_BETWEEN = word_set(
    "of the our that a film book books story stories series show cartoon programme musical disney disney's"
)
_NO_WORK = word_set("group groups class table team teams house club party day week workshop company tent")
_MAKERS = word_set("disney's pixar's")
_SET = 3


class Casts:
    """Knows the characters. `may_be_pupil` tells whether a word may begin a pupil's name; built once for a register.

    `acting` are words which, coming next, show somebody real.
    """

    def __init__(
        self,
        casts: Iterable[Cast],
        may_be_pupil: Callable[[str], bool],
        classes: frozenset[str],
        acting: frozenset[str],
    ) -> None:
        self._acting = acting
        self._may_be_pupil = may_be_pupil
        self._classes = classes
        self._by_name: dict[str, list[Cast]] = {}
        for cast in casts:
            for name in cast.shared:
                self._by_name.setdefault(name, []).append(cast)

    def is_character(self, around: Surroundings, mention: Mention) -> bool:
        """Whether somebody of a book, a film or a series is meant; never where the list holds another pupil's name."""
        casts = self._by_name.get(mention.key)
        if casts is None or not around.words.is_capital(mention.first):
            return False
        listed = list_around(around, mention)
        return any(self._belongs(around, mention, listed, cast) for cast in casts)

    def _belongs(self, around: Surroundings, mention: Mention, listed: NameList, cast: Cast) -> bool:
        others = [self._name(around, head) for head in listed.heads if head != mention.first]
        if any(name not in cast.everybody and self._may_be_pupil(name) for name in others):
            return False
        if self._is_from(around, listed, cast) or self._is_of(around, listed, cast):
            return True
        strangers = [name for name in others if self._is_stranger(name, cast)]
        together = 1 + sum(name in cast.everybody for name in others)
        if together < _SET:
            return not cast.own.isdisjoint(strangers) and not self._acts(around, listed)
        return len(strangers) > 1 or not cast.own.isdisjoint(strangers)

    def _acts(self, around: Surroundings, listed: NameList) -> bool:
        """Something is done by the two, as by a pupil and the class's toy: "Robin and Piglet had a picnic"."""
        words, place = around.words, listed.last
        if place >= len(words) or words.gap(place) != " ":
            return False
        following = words.words[place]
        return following in self._acting or following.endswith(("ed", "ing"))

    def _is_stranger(self, name: str, cast: Cast) -> bool:
        """A character that no pupil and no class is called."""
        return name in cast.everybody and name not in self._classes and not self._may_be_pupil(name)

    @staticmethod
    def _name(around: Surroundings, head: int) -> str:
        other = around.mention_at(head)
        return other.key if other is not None else around.words.words[head].removesuffix("'s")

    def _is_from(self, around: Surroundings, listed: NameList, cast: Cast) -> bool:
        """ "Skye and Chase from Paw Patrol", "Skye (Paw Patrol)": the work is named right after the list."""
        words, place = around.words, listed.last
        if place >= len(words):
            return False
        bracket = words.gap(place).strip(" ") == "("
        if not bracket and (words.gap(place) != " " or words.words[place] not in _OUT_OF):
            return False
        place += words.words[place] in _OUT_OF
        for at in range(place, min(place + 4, len(words))):
            if at > listed.last and words.gap(at).strip(" \t\"'“‘*_"):
                return False
            if any(self._stands_at(around, at, work) for work in cast.works):
                return True
            if words.words[at] not in _BETWEEN:
                return False
        return False

    def _is_of(self, around: Surroundings, listed: NameList, cast: Cast) -> bool:
        """ "Narnia's Lucy", "Disney's Elsa": the work owns the list."""
        words = around.words
        if listed.first == 0 or words.gap(listed.first) != " " or not words.words[listed.first - 1].endswith("'s"):
            return False
        if words.words[listed.first - 1] in _MAKERS:
            return True
        return any(
            self._stands_at(around, listed.first - len(work), work) for work in cast.works if listed.first >= len(work)
        )

    def _stands_at(self, around: Surroundings, place: int, work: tuple[str, ...]) -> bool:
        words, end = around.words, place + len(work)
        if tuple(map(plain_name, words.words[place:end])) != work or not words.is_capital(place):
            return False
        if work[0] in self._classes or (len(work) == 1 and self._may_be_pupil(work[0])):
            return False
        return end >= len(words) or words.gap(end) != " " or words.words[end] not in _NO_WORK
