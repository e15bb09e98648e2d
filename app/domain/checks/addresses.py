"""Postal addresses and postcodes in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.checks.homes import WELSH_HOUSES, is_numbered_later, is_welsh_house, numbered_from, ours_from, sites
from app.domain.checks.words import Words, word_set
from app.domain.naming import fold

_POSTCODE = re.compile(r"(?<![a-z0-9])([a-z]{1,2})(\d[a-z\d]?)(?:[ \t]{0,2}|-)(\d[abd-hjlnp-uw-z]{2})(?![a-z0-9])")
_SPACED_POSTCODE = re.compile(r"(?<![a-z0-9])((?:[a-z] ){1,2})((?:\d ){1,2})(\d(?: [abd-hjlnp-uw-z]){2})(?![a-z0-9])")
_TOLD_POSTCODE = re.compile(
    r"post ?code[^\n]{0,30}?(?<!\w)(([a-z]{1,2})[\do][a-z\d]?"
    r"(?:,? (?:and|then|it|ends|ending|with|in|the|last|bit|is|rest))*[ ,]{0,2}[\do][abd-hjlnp-uw-z]{2})(?!\w)"
)
"""A postcode with an O for a nought, or in two halves: "postcode starts ZE99 and ends 1AA"."""
_ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")
_AREAS = word_set(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en "
    "ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml "
    "n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td "
    "tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze zz xx"
)
_HOUSE = re.compile(r"(?:no|nr|num)?\d{1,4}[a-f]?")
_BROKEN = re.compile(r"[.!?;:\n]")
_LIVING = frozenset(("live", "lives", "living", "address", "ours", "mine", "moved"))
_THERE = _LIVING | frozenset(("us", "come", "im", "i'm", "we're"))
_NUMBER = word_set("number no nr num flat mooring berth plot")
_HOME = word_set(
    "live lives living address knock porch round ours mine drop deliver collect pop come us post leave left we're party"
)
_OTHER_NUMBERS = word_set(
    "ward room level floor gate junction year class stand bay bus team table week chapter page day pitch court field"
    " platform zone area route peg row seat heat race unit pier"
)
_HOUSE_CUES = word_set("live lives living address knock porch ours mine drop deliver leave left we're moved us")
_NO_HOUSE = word_set("room class assembly group day club team stage table points")
_TOWNS = word_set("market town village church community sports parish memorial civic city guild concert school")
_BUSINESS = word_set("retail industrial trading business shopping enterprise leisure theme safari wildlife skate water")
_HOUSE_NAMES = word_set(
    "view haven lea end acre rest retreat gables hollies firs elms laurels beeches limes oaks cottages"
)
_TOWARDS = word_set("at to is from number no of")
_AT_THE = word_set("at is number no we're were im i'm live in")
_PLACED = word_set("on in at is down up of to")
_AFTER_ROAD = re.compile(r"[,.;:!?)\n]| -|\Z")


class AddressReader:
    """Finds postcodes and addresses. `own` is the school's own postcode without spaces, folded.

    `classes` are the words of the classes' names: "come to 5 Otter" is no address.
    """

    def __init__(
        self,
        lists: Mapping[str, tuple[str, ...]],
        common: frozenset[str],
        own: str,
        school_name: str,
        classes: frozenset[str] = frozenset(),
    ) -> None:
        self._sure = frozenset(lists["roads"])
        self._perhaps = frozenset(lists["roads_and_words"])
        self._not_roads = frozenset(lists["not_roads"])
        self._first = frozenset(lists["roads_first"])
        self._homes = frozenset(lists["homes"])
        self._house_names = frozenset(lists["house_names"])
        self._dwellings = frozenset(lists["dwellings"])
        self._house_words = _house_words(lists)
        self._telling = road_words(lists)
        self._cues = home_words(lists)
        self._common = common
        self._own = own
        self._classes = classes
        self._known = (*lists["famous_roads"], fold(school_name))

    def postcodes(self, words: Words) -> list[tuple[int, int]]:
        """Where postcodes other than the school's own stand in the folded text."""
        found = []
        text = words.folded.text
        for match in (*_POSTCODE.finditer(text), *_SPACED_POSTCODE.finditer(text)):
            area, district, inward = ("".join(part.split()) for part in match.groups())
            ordinal = _ORDINAL.fullmatch(inward) is not None
            if area in _AREAS and not ordinal and f"{area}{district}{inward}" != self._own:
                found.append(match.span())
        if not found and "post" in text and (told := _TOLD_POSTCODE.search(text)) is not None:
            found += [told.span(1)] if told.group(2) in _AREAS else []
        return found

    def addresses(self, words: Words) -> list[tuple[int, int]]:
        """Where a house number and a road, or "live on" and a road, stand in the folded text."""
        found: list[tuple[int, int]] = []
        telling = self._telling
        if words.has_figure:
            found += sites(words)
        if not words.has_figure and (telling.isdisjoint(words.words) or self._cues.isdisjoint(words.words)):
            return found
        for place, word in enumerate(words.words):
            if word not in telling and not word[0].isdigit():
                continue
            start = None
            if word in self._sure or word in self._perhaps:
                start = self._begins(words, place, word in self._sure)
                if start is not None and not self._is_known(words, place):
                    found.append((words.starts[start], words.ends[place]))
            if start is not None:
                continue
            if word in self._dwellings and (start := self._named_house(words, place)) is not None:
                found.append((words.starts[start], words.ends[place]))
            elif word in self._first and is_welsh_house(words, place):
                found.append((words.starts[place - 1], words.ends[place]))
            elif word in self._first and place and _HOUSE.fullmatch(words.words[place - 1]):
                if place + 1 < len(words) and (words.is_capital(place) or words.is_lower_case):
                    found.append((words.starts[place - 1], words.ends[place + 1]))
            elif word.isdigit() and len(word) < 4:
                end = self._ends_unknown(words, place)
                if end is not None:
                    found.append((words.starts[place], words.ends[end - 1]))
        return found

    def _is_known(self, words: Words, road: int) -> bool:
        """A road of books and history, or a part of the school's own name."""
        name = " ".join(words.words[max(0, road - 1) : road + 1])
        if not _BUSINESS.isdisjoint(words.words[max(0, road - 3) : road + 1]):
            return True
        if words.words[road] == "hall" and words.words[road - 1] in _TOWNS:
            return True
        return any(name in known for known in self._known)

    def _begins(self, words: Words, road: int, sure: bool) -> int | None:
        """The word that an address ending with this road word begins with, None where it ends none."""
        if "," in words.gap(road) and (sure or not words.is_capital(road - 1)):
            return None
        for place in range(road - 1, max(-1, road - 5), -1):
            if _BROKEN.search(words.gap(place + 1)) and not (
                words.words[place] == "st" and words.gap(place + 1) == ". "
            ):
                return None
            word = words.words[place]
            if _HOUSE.fullmatch(word) and place < road - 1:
                if place and words.gap(place) == " " and words.words[place - 1] in _OTHER_NUMBERS:
                    return None
                if not sure and "," in words.gap(place + 1) and place and not self._is_numbered(words, place):
                    return None
                named = self._is_the_road(words, road - 1, road) or self._is_name(words, place + 1, road, sure)
                return place if named or self._is_said_to_be(words, place, road) else None
            if _HOUSE.fullmatch(word):
                return None
            if place < road - 1 and (spelt := self._spelt_house(words, place, road, sure)) is not None:
                return spelt
            if word in self._not_roads and not self._is_the_road(words, place, road):
                break
        ours = ours_from(words, road)
        return ours if ours is not None else self._lived_in(words, road, sure)

    def _is_numbered(self, words: Words, place: int) -> bool:
        """ "Flat 2b, Tarn House": the word before says that a number of a house follows."""
        before = words.words[place - 1]
        return (
            before in _AT_THE
            or before in _NUMBER
            or before in ("ours", "mine", "address")
            or (before in self._homes and before != "house")
        )

    def _spelt_house(self, words: Words, place: int, road: int, sure: bool) -> int | None:
        """ "Fourteen Tarn Road", "number eight, The Paddocks", "at twenty one Fennel Way": the number is in words."""
        if words.words[place] not in self._house_words:
            return None
        first = place - 1 if place and words.words[place - 1] in self._house_words else place
        before = words.words[first - 1] if first else ""
        opens = not before or before in _AT_THE
        if before in _NUMBER or (first < place and opens):
            the_road = words.words[road - 1] == "the" and place == road - 2
            return first if the_road or self._is_name(words, place + 1, road, sure) else None
        return first if sure and opens and self._is_name(words, place + 1, road, False) else None

    def _is_the_road(self, words: Words, place: int, road: int) -> bool:
        """ "14 The Crescent": a number, "the", and the road word, with a capital unless the writer uses none."""
        if words.words[place] != "the" or place != road - 1:
            return False
        if words.is_capital(road):
            return True
        house = place - 1
        first = house - 1 if house > 0 and words.words[house - 1] in self._house_words else house
        opens = first <= 0 or words.words[first - 1] in _AT_THE
        numbered = house >= 0 and (words.words[house].isdigit() or words.words[house] in self._house_words)
        return words.is_lower_case and numbered and opens

    def _lived_in(self, words: Words, road: int, sure: bool) -> int | None:
        """A road without a house number before it, where somebody lives all the same."""
        for size in (1, 2):
            first = road - size
            if first < 0 or not self._is_name(words, first, road, sure):
                continue
            if (number := numbered_from(words, first)) is not None:
                return number
            later = is_numbered_later(words, road, sure, self._house_words)
            if later or self._is_numbered_after(words, road, sure) or (first and self._has_house_name(words, first)):
                return first
            before = words.words[max(0, first - 6) : first]
            if len(before) > 2 and before[-1] in ("on", "in", "of") and _HOUSE.fullmatch(before[-2]):
                return first if before[-3] in _AT_THE else None
            placed = bool(before) and before[-1] in (
                _PLACED if words.words[road] not in self._house_names else ("at", "is")
            )
            if placed and not (_LIVING.isdisjoint(before) and self._homes.isdisjoint(before)):
                return first
        return None

    def _is_said_to_be(self, words: Words, number: int, road: int) -> bool:
        """A number, plain words and a road word, where the words before say that somebody lives there."""
        plain = all(words.words[place] not in self._not_roads for place in range(number + 1, road))
        before = words.words[max(0, number - 4) : number]
        told = bool(before) and before[-1] in ("at", "from", "to", "is")
        unusual = all(words.words[place] not in self._common for place in range(number + 1, road))
        return plain and (not _THERE.isdisjoint(before) or (told and unusual))

    def _is_numbered_after(self, words: Words, road: int, sure: bool) -> bool:
        """ "Ferndale Terrace, number 31", "Tarn Street 3, second bell"."""
        following = words.words[road + 1 : road + 3]
        if len(following) == 2 and following[0] in _NUMBER and following[1].isdigit():
            return not _BROKEN.search(words.gap(road + 1))
        told = sure and bool(following) and following[0].isdigit() and len(following[0]) < 4
        return told and words.gap(road + 1) == " " and _AFTER_ROAD.match(words.gap(road + 2)) is not None

    def _ends_unknown(self, words: Words, number: int) -> int | None:
        """The word after "7 Mill Race", "31, The Hythe" where somebody is asked to come: a number and two capitals."""
        if not number or words.is_lower_case or words.words[number - 1] not in _TOWARDS:
            return None
        if _HOME.isdisjoint(words.words[max(0, number - 5) : number]):
            return None
        end = number + 1
        named = end < len(words) and words.words[end] == "the" and words.gap(end) == ", "
        while end < min(len(words), number + 4) and words.gap(end) in (" ", ", " if named else " "):
            if not words.is_capital(end):
                break
            named, end = False, end + 1
        name = words.words[number + 1 : end]
        if (
            len(name) < 2
            or name[0] in self._classes
            or not _NO_HOUSE.isdisjoint(name)
            or all(word in self._common for word in name)
        ):
            return None
        return end

    def _named_house(self, words: Words, house: int) -> int | None:
        """Where "Bramble Cottage" begins, if somebody is asked to come or to leave things there."""
        first = house
        while first and house - first < 3 and words.gap(first) == " " and words.is_capital(first - 1):
            first -= 1
        if first == house or not words.is_capital(house) or words.is_lower_case or not first:
            return None
        placed = words.words[first - 1] in ("at", "is", "in", "to", "on")
        beside = words.words[first - 1] in self._sure and words.gap(first).strip() == ","
        near = words.words[max(0, first - (10 if beside else 5)) : first]
        return first if (placed or beside) and not _HOUSE_CUES.isdisjoint(near) else None

    def _has_house_name(self, words: Words, first: int) -> bool:
        """ "The Old Rectory, Mill Lane"."""
        house = first - 1
        return (
            words.gap(first).strip() == ","
            and (words.words[house] in self._house_names or words.words[house] in _HOUSE_NAMES)
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


def road_words(lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Words without any of which, and without a figure, no address stands."""
    return frozenset((*lists["roads"], *lists["roads_and_words"], *lists["dwellings"], *lists["roads_first"]))


def home_words(lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Words of which, without a figure, one must stand there besides."""
    houses = frozenset((*lists["house_names"], *lists["homes"]))
    return _house_words(lists) | houses | _LIVING | _HOUSE_CUES | WELSH_HOUSES


def _house_words(lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Numbers of houses in words."""
    return frozenset((*lists["house_words"], *(entry.split()[0] for entry in lists["digits"])))
