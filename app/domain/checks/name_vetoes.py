"""Signs that a name in a text is somebody else's: a grown-up's, a figure's, an animal's, an event's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain.checks.known_names import KnownNames
from app.domain.checks.mention import Form, Mention
from app.domain.checks.name_casts import Casts
from app.domain.checks.name_lexicon import WORD_SORTS, Kind, NameLexicon, Sort
from app.domain.checks.name_signs import Signs
from app.domain.checks.surroundings import Surroundings
from app.domain.checks.words import word_set

_SPOKEN_TO = frozenset(("miss", "sir"))
_CALLED = frozenset(("called", "named"))
_CALLED_OTHERWISE = word_set("over up out to as the a for captain back in")
_CHOSEN = word_set(
    "star stars winner champion award goes captain leader helper birthday prize certificate reader writer"
)
_TITLE_GAP = re.compile(r"[ \t]{1,2}")
_SHORT_TITLE_GAP = re.compile(r"\.?[ \t]{1,2}|\.")
_SHORT_TITLES = word_set("mr mrs ms mx dr st rev prof sgt cllr")
_ACRONYM = 4


class Vetoes:
    """Knows the signs. Built once for a register."""

    def __init__(self, known: KnownNames, lexicon: NameLexicon, common: frozenset[str]) -> None:
        self._known = known
        self._people = lexicon.people
        self._never = lexicon.never
        self._famous = lexicon.famous
        self._traps = lexicon.traps
        self._common = common
        acting = self._people["person_verbs"] | self._people["being_verbs"] | self._people["pronouns"]
        self._signs = Signs(self._people, known.class_words)
        self._kinds = lexicon.kinds
        self._casts = Casts(lexicon.casts, lambda word: bool(known.leads(word)), known.class_words, acting)

    def forbid(self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...]) -> bool:
        """Whether a name without a surname is not a pupil's here."""
        return (
            self.is_adult(around, mention)
            or self._in_known_phrase(around, mention)
            or (mention.form is Form.FIRST and self._is_somebody_elses(around, mention, kinds))
        )

    def is_adult(self, around: Surroundings, mention: Mention) -> bool:
        """A title or a grown-up's relation stands before it: Mrs, Grandad, King."""
        words, place = around.words, mention.first - 1
        if place < 0:
            return False
        title = words.words[place]
        if not (_SHORT_TITLE_GAP if title in _SHORT_TITLES else _TITLE_GAP).fullmatch(words.gap(mention.first)):
            return False
        if title not in self._people["titles"]:
            return False
        if mention.form is not Form.FIRST and title in self._people["young_titles"]:
            return False
        if title in self._people["royal_titles"]:
            return words.is_capital(place) or title not in _SPOKEN_TO
        if title in _SPOKEN_TO and not words.is_capital(place):
            return False
        if title in self._people["young_titles"]:
            return words.is_capital(place) and (title == "miss" or not words.opens_sentence(place))
        return True

    def is_event(self, around: Surroundings, mention: Mention) -> bool:
        """A full name of two ordinary words that is none here: "Poppy Day is on Wednesday", "Will Day 1 beat ..."."""
        words = around.words
        if mention.possessive or mention.name_end >= mention.last:
            return False
        following = around.after(mention)
        surname = "".join(words.words[mention.name_end : mention.last])
        if following[:1].isdigit() and around.spaced_after(mention) and surname in self._common:
            return words.opens_sentence(mention.first)
        trap = next(
            (trap for trap in self._traps if trap.surname in ("*", surname) and mention.key in trap.firsts), None
        )
        if trap is None:
            return False
        if around.before(mention) in trap.before and around.spaced_before(mention):
            return not self._is_honoured(around, mention)
        headed = mention.last < len(words) and words.is_capital(mention.last) and around.spaced_after(mention)
        if trap.surname == "*" and not headed:
            return any(f" {sign}" in f" {' '.join(around.words_after(mention)[:4])}"[:24] for sign in trap.after)
        rest = f" {' '.join(around.words_after(mention)[:8])}"
        return any(f" {sign}" in rest[:24] for sign in trap.after) or not self._acts(around, mention)

    @staticmethod
    def _is_honoured(around: Surroundings, mention: Mention) -> bool:
        """ "Star of the week is Daisy Day": somebody is chosen, and a person is named."""
        said = {around.before(mention, back) for back in range(2, 9)}
        return around.before(mention) == "is" and not said.isdisjoint(_CHOSEN)

    def _acts(self, around: Surroundings, mention: Mention) -> bool:
        """What stands beside a name which is an event as well shows a person after all."""
        following = around.after(mention)
        return (
            following in self._people["person_verbs"]
            or (following.endswith(("ed", "ly")) and around.spaced_after(mention))
            or around.stands_alone(mention)
            or not self._people["pronouns"].isdisjoint(around.words_after(mention)[:10])
            or any(around.mention_at(place) for place in around.company(mention))
            or around.beside_adult(mention, self._people["titles"])
            or (around.before(mention), around.before(mention, 2)) == ("you", "thank")
            or around.before(mention) in self._people["greetings"]
        )

    def kind_company(self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...]) -> bool:
        """It is listed with things of its own kind: "Ruby, Emerald and Sapphire", "Orion, the Plough and Leo"."""
        words = around.words
        for place in around.company(mention):
            other = words.words[place].removesuffix("'s")
            is_name = around.mention_at(place) is not None and words.is_capital(place)
            if is_name:
                continue
            alike = words.is_capital(place) == words.is_capital(mention.first)
            if any(other in kind.words and (alike or kind.sort is not Sort.PLACE) for kind in kinds):
                return True
        return False

    def _in_known_phrase(self, around: Surroundings, mention: Mention) -> bool:
        words = around.words.words
        for place in range(mention.first, mention.last):
            word = words[place].replace("'", "")
            if word in self._never and next(_phrases_at(words, place, self._never[word]), None) is not None:
                return True
            if word in self._famous:
                found = _phrases_at(words, place, self._famous[word])
                if any(_is_written_as_name(around, first, last) for first, last in found):
                    return True
        return False

    def _is_somebody_elses(self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...]) -> bool:
        return (
            self._has_other_surname(around, mention)
            or self._is_other_surname(around, mention)
            or self._is_part_of_other_name(around, mention)
            or self._is_thing_or_part(around, mention)
            or self._is_title(around, mention)
            or self._is_known_as(around, mention)
            or (bool(kinds) and not mention.possessive and self._is_told_of(around, mention))
            or around.in_quoted_title(mention)
            or self._casts.is_character(around, mention)
            or self._signs.is_ruler(around, mention)
            or self._signs.has_by_name(around, mention)
            or self._is_group_or_place(around, mention, kinds)
        )

    def _is_group_or_place(self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...]) -> bool:
        """One of several classes, or a place that one goes to."""
        if not kinds and mention.key not in self._known.class_words:
            return False
        sorts = {kind.sort for kind in kinds}
        if Sort.PLACE in sorts and not mention.possessive and self._signs.is_called_at(around, mention):
            return True
        may_be_group = mention.key in self._known.class_words or not sorts.isdisjoint(WORD_SORTS)
        return may_be_group and self._signs.is_group(around, mention)

    def _has_other_surname(self, around: Surroundings, mention: Mention) -> bool:
        """A capital follows that is neither the pupil's surname nor an ordinary word: "Amelia Earhart"."""
        words, place = around.words, mention.last
        if mention.possessive or not around.spaced_after(mention) or not words.is_capital(place):
            return False
        if not words.is_capital(mention.first):
            return False
        return not self._is_ordinary(around, place) or self._is_surname_that_owns(around, place)

    def _is_surname_that_owns(self, around: Surroundings, place: int) -> bool:
        """ "Percy Shelley's Ozymandias": what owns is no pupil, no grown-up, no time and no word."""
        words = around.words
        word = words.words[place]
        base = word.removesuffix("'s")
        if len(base) < 3 or base == word or not base.isalpha() or words.is_shouted(place):
            return False
        if around.mention_at(place) is not None or self._known.leads(base) or base in self._known.class_words:
            return False
        return not (base in self._common or base in self._kinds or base in self._people["titles"])

    def _is_other_surname(self, around: Surroundings, mention: Mention) -> bool:
        """Somebody else's first name stands before it: "Wat Tyler"."""
        words, place = around.words, mention.first - 1
        if not around.spaced_before(mention) or not words.is_capital(place) or not words.is_capital(mention.first):
            return False
        could_be = mention.key in self._people["also_surnames"] or mention.key in self._known.surname_words
        return could_be and not self._is_ordinary(around, place)

    def _is_ordinary(self, around: Surroundings, place: int) -> bool:
        """A word that has its capital for another reason than being part of a person's name."""
        words = around.words
        word = words.words[place].removesuffix("'s")
        if len(word) < 2 or not word.isalpha() or around.mention_at(place) is not None:
            return True
        if words.is_shouted(place) and (len(word) <= _ACRONYM or word.endswith(("ed", "ing"))):
            return True
        return (
            word in self._common
            or word in self._known.class_words
            or word in self._people["titles"]
            or word in self._people["person_verbs"]
            or word in self._people["being_verbs"]
            or words.words[place].endswith("'s")
        )

    def _is_part_of_other_name(self, around: Surroundings, mention: Mention) -> bool:
        """Half of a double name that is not the pupil's: "Grace-Ann", "Anna-Grace"."""
        words = around.words
        left = mention.first > 0 and words.gap(mention.first) == "-" and words.is_capital(mention.first - 1)
        right = mention.last < len(words) and words.gap(mention.last) == "-" and words.is_capital(mention.last)
        return words.is_capital(mention.first) and (left or right)

    def _is_thing_or_part(self, around: Surroundings, mention: Mention) -> bool:
        """An animal's, a toy's or a part in a play: "our hamster, Max", "dressed as Mary", "Oscar as Joseph"."""
        before, second = around.before(mention), around.before(mention, 2)
        if before in _CALLED:
            return around.after(mention) not in _CALLED_OTHERWISE
        apposed = around.spaced_before(mention) or not around.spaced_after(mention)
        if before in self._people["named_things"] and not mention.possessive and apposed:
            return True
        if before in self._people["parts_played"] or f"{second} {before}" in self._people["parts_played"]:
            return True
        other = around.mention_at(mention.first - 2)
        return before == "as" and other is not None and other is not mention

    def _is_known_as(self, around: Surroundings, mention: Mention) -> bool:
        """ "Sam the fireman", "Mia the guide dog", "Isabella of Spain", "Kai means sea"."""
        following = around.after(mention)
        if mention.possessive or not around.spaced_after(mention):
            return False
        if following == "the":
            called = {around.after(mention, ahead) for ahead in (1, 2)}
            return not called.isdisjoint(self._people["named_things"] | self._people["known_as_the"])
        if following == "of" and around.before(mention) == "the":
            return True
        if following == "of":
            place = mention.last + 1
            return (
                around.words.is_capital(mention.first)
                and place < len(around.words)
                and (around.words.is_capital(place) and not self._is_ordinary(around, place))
            )
        return following == "means"

    def _is_title(self, around: Surroundings, mention: Mention) -> bool:
        """A tale's title: "Jack and the Beanstalk" - the name, "and the", a capital that is no ordinary word."""
        words, place = around.words, mention.last + 2
        if mention.possessive or place >= len(words) or words.words[mention.last : place] != ["and", "the"]:
            return False
        return words.is_capital(place) and not self._is_ordinary(around, place)

    def _is_told_of(self, around: Surroundings, mention: Mention) -> bool:
        before = around.before(mention)
        return before in self._people["told_of"] or f"{around.before(mention, 2)} {before}" in self._people["told_of"]


def _phrases_at(words: list[str], place: int, phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where one of some phrases takes up the word at a place, as half-open ranges."""
    for phrase in phrases:
        for start in range(max(0, place - len(phrase) + 1), place + 1):
            window = words[start : start + len(phrase)]
            if len(window) == len(phrase) and tuple(word.replace("'", "") for word in window) == phrase:
                yield start, start + len(phrase)


def _is_written_as_name(around: Surroundings, first: int, last: int) -> bool:
    """Capitals at both ends, and nothing but spaces between."""
    words = around.words
    if not words.is_capital(first) or not words.is_capital(last - 1):
        return False
    return all(words.gap(place) == " " for place in range(first + 1, last))
