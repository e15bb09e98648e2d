"""Signs in what stands right beside a name that nobody in school is meant: numbers of rulers, by-names, calls."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.checks.mention import Mention
from app.domain.checks.name_lists import list_around
from app.domain.checks.surroundings import Surroundings
from app.domain.checks.words import word_set

_NUMBERS = word_set("ii iii iv v vi vii viii ix xi xii xiii xiv xv xvi xviii")
_GROUPS = word_set("team group table class house crew club party squad")
_DETERMINERS = word_set("a an the her his some our more that this another")
_NO_NOUN = word_set(
    "and or to in on of from by upon after for as morning evening wedding king ring thing spring nothing"
)
_NEAR = 6


class Signs:
    """Knows the lists of names.toml that these signs need. Built once for a register."""

    def __init__(self, people: Mapping[str, frozenset[str]], classes: frozenset[str]) -> None:
        self._people = people
        self._classes = classes

    def is_ruler(self, around: Surroundings, mention: Mention) -> bool:
        """ "Henry VIII", "Elizabeth I and her portraits"; not "Daniel I am proud of you"."""
        words, place = around.words, mention.last
        if mention.possessive or not around.spaced_after(mention) or not words.is_capital(place):
            return False
        number = words.words[place].removesuffix("'s")
        if number in _NUMBERS and len(number) > 1:
            return words.written(place)[: len(number)].isupper()
        if number not in ("i", "v") or mention.key not in self._people["rulers"] or words.is_all_shouted:
            return False
        if words.words[place].endswith("'s"):
            return True
        following = around.after(mention, 1)
        if place + 1 < len(words) and words.gap(place + 1).startswith(","):
            return True
        return not following or following in self._people["after_number"]

    def has_by_name(self, around: Surroundings, mention: Mention) -> bool:
        """ "Erik the Red", "Niamh of the Golden Hair": written with a capital, and no group of the school."""
        words, place = around.words, mention.last
        if mention.possessive or not words.is_capital(mention.first):
            return False
        following = around.after(mention)
        if following == "the":
            called = around.after(mention, 1).removesuffix("'s")
            return called in self._people["epithets"] and words.is_capital(place + 1)
        if following != "of" or around.after(mention, 1) != "the":
            return False
        named = [around.after(mention, ahead) for ahead in (2, 3, 4)]
        if not named[0] or not words.is_capital(place + 2) or named[0] in self._classes:
            return False
        return _GROUPS.isdisjoint(named)

    def is_called_at(self, around: Surroundings, mention: Mention) -> bool:
        """ "Paris next stop", "Bonjour, Paris": said of a place one goes to."""
        after, before = [around.after(mention)], [around.before(mention)]
        for count in (1, 2):
            after.append(f"{after[-1]} {around.after(mention, count)}")
            before.append(f"{around.before(mention, count + 1)} {before[-1]}")
        calls_after, calls_before = self._people["calls_after"], self._people["calls_before"]
        return (
            not calls_after.isdisjoint(after)
            or not calls_before.isdisjoint(before)
            or self._is_next_stop(around, mention)
        )

    @staticmethod
    def _is_next_stop(around: Surroundings, mention: Mention) -> bool:
        """ "Next stop: Paris" and nothing more of it, for a pupil there would go on to do something."""
        words, place = around.words, mention.first
        if words.gap(place).strip() not in (":", "-", "–"):
            return False
        return words.words[max(0, place - 2) : place] == ["next", "stop"] and around.stands_alone(mention)

    def is_group(self, around: Surroundings, mention: Mention) -> bool:
        """ "Rowan, Hazel and Holly classes": the whole list is of classes, houses or tables."""
        listed = list_around(around, mention)
        if len(listed.heads) < 2:
            return False
        words, last = around.words, listed.last
        if last < len(words) and words.gap(last) == " " and words.words[last] in self._people["groups_of_names"]:
            return True
        return listed.first > 0 and words.words[listed.first - 1] == "classes"


def does_with_its_like(around: Surroundings, mention: Mention) -> bool:
    """ "Hazel planting hazel", "Angel is an angel": the capital tells the pupil from the thing of the same name.

    The thing follows without a capital in the same sentence, after a word of doing, "is a" or "with her".
    """
    words, key = around.words, mention.key
    if mention.possessive or not around.spaced_after(mention) or not words.is_capital(mention.first):
        return False
    _, end = words.sentence(mention.first)
    near = range(mention.last + 1, min(end, mention.last + _NEAR))
    like = (key, f"{key}s", f"{key}es", f"{key[:-1]}ies" if key.endswith("y") else key)
    place = next((at for at in near if words.words[at] in like and not words.is_capital(at)), None)
    following = words.words[mention.last]
    if place is None or words.is_capital(mention.last):
        return False
    if following in _NO_NOUN:
        return False
    between = words.words[mention.last : place]
    return following.endswith("ing") or not _DETERMINERS.isdisjoint(between)
