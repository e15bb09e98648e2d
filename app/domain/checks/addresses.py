"""Postal addresses and postcodes in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.checks.words import Words, word_set
from app.domain.naming import fold

_POSTCODE = re.compile(r"(?<![a-z0-9])([a-z]{1,2})(\d[a-z\d]?)[ \t]{0,2}(\d[abd-hjlnp-uw-z]{2})(?![a-z0-9])")
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")
_AREAS = word_set(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en "
    "ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml "
    "n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td "
    "tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze zz xx"
)
_HOUSE = re.compile(r"(?:no|nr|num)?\d{1,4}[a-f]?")
_BROKEN = re.compile(r"[.!?;:\n]")
_LIVING = frozenset(("live", "lives", "living", "address", "ours"))
_THERE = _LIVING | frozenset(("us", "come", "im", "i'm", "we're"))


class AddressReader:
    """Finds postcodes and addresses. `own` is the school's own postcode without spaces, folded."""

    def __init__(
        self, lists: Mapping[str, tuple[str, ...]], common: frozenset[str], own: str, school_name: str
    ) -> None:
        self._sure = frozenset(lists["roads"])
        self._perhaps = frozenset(lists["roads_and_words"])
        self._not_roads = frozenset(lists["not_roads"])
        self._homes = frozenset(lists["homes"])
        self._house_names = frozenset(lists["house_names"])
        self._common = common
        self._own = own
        self._known = (*lists["famous_roads"], fold(school_name))

    def postcodes(self, words: Words) -> list[tuple[int, int]]:
        """Where postcodes other than the school's own stand in the folded text."""
        found = []
        for match in _POSTCODE.finditer(words.folded.text):
            area, district, inward = match.groups()
            ordinal = _ORDINAL.fullmatch(inward) is not None
            if area in _AREAS and not ordinal and f"{area}{district}{inward}" != self._own:
                found.append(match.span())
        return found

    def addresses(self, words: Words) -> list[tuple[int, int]]:
        """Where a house number and a road, or "live on" and a road, stand in the folded text."""
        found = []
        for place, word in enumerate(words.words):
            if word in self._sure or word in self._perhaps:
                start = self._begins(words, place, word in self._sure)
                if start is not None and not self._is_known(words, place):
                    found.append((words.starts[start], words.ends[place]))
        return found

    def _is_known(self, words: Words, road: int) -> bool:
        """A road of books and history, or a part of the school's own name."""
        name = " ".join(words.words[max(0, road - 1) : road + 1])
        return any(name in known for known in self._known)

    def _begins(self, words: Words, road: int, sure: bool) -> int | None:
        """The word that an address ending with this road word begins with, None where it ends none."""
        for place in range(road - 1, max(-1, road - 5), -1):
            if _BROKEN.search(words.gap(place + 1)):
                return None
            word = words.words[place]
            if _HOUSE.fullmatch(word):
                named = place < road - 1 and (
                    self._is_the_road(words, road - 1, road) or self._is_name(words, place + 1, road, sure)
                )
                return place if named or (place < road - 1 and self._is_said_to_be(words, place, road)) else None
            if word in self._not_roads and not self._is_the_road(words, place, road):
                break
        return self._lived_in(words, road, sure)

    def _is_the_road(self, words: Words, place: int, road: int) -> bool:
        """ "14 The Crescent": a number, "the", and the road word, which has a capital."""
        return words.words[place] == "the" and place == road - 1 and words.is_capital(road)

    def _lived_in(self, words: Words, road: int, sure: bool) -> int | None:
        """A road without a house number before it, where somebody lives all the same."""
        for size in (1, 2):
            first = road - size
            if first < 1 or not self._is_name(words, first, road, sure):
                continue
            if self._is_numbered_after(words, road) or self._has_house_name(words, first):
                return first
            before = words.words[max(0, first - 5) : first]
            if len(before) > 1 and before[-1] in ("on", "in", "of") and _HOUSE.fullmatch(before[-2]):
                return first
            placed = bool(before) and before[-1] in ("on", "in", "at", "is", "down", "up")
            if placed and not (_LIVING.isdisjoint(before) and self._homes.isdisjoint(before)):
                return first
        return None

    def _is_said_to_be(self, words: Words, number: int, road: int) -> bool:
        """A number, plain words and a road word, where the words before say that somebody lives there."""
        plain = all(words.words[place] not in self._not_roads for place in range(number + 1, road))
        return plain and not _THERE.isdisjoint(words.words[max(0, number - 4) : number])

    def _is_numbered_after(self, words: Words, road: int) -> bool:
        """ "Ferndale Terrace, number 31"."""
        following = words.words[road + 1 : road + 3]
        return len(following) == 2 and following[0] in ("number", "no", "nr", "num") and following[1].isdigit()

    def _has_house_name(self, words: Words, first: int) -> bool:
        """ "The Old Rectory, Mill Lane"."""
        house = first - 1
        return (
            words.gap(first).strip() == ","
            and words.words[house] in self._house_names
            and words.is_capital(house)
            and words.is_capital(house - 1)
        )

    def _is_name(self, words: Words, first: int, road: int, sure: bool) -> bool:
        """The words before the road word are a road's name; an ordinary last word takes capitals to be one."""
        name = range(first, road)
        if any(words.words[place] in self._not_roads for place in name):
            return False
        if sure:
            return True
        if words.is_lower_case:
            return any(words.words[place] not in self._common for place in name)
        capitals = all(words.is_capital(place) for place in name)
        return capitals and (words.is_capital(road) or all(words.words[place] not in self._common for place in name))
