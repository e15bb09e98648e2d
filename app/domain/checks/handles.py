"""Handles on social media: @name, a name with digits or underscores beside a service, a profile's address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.domain.checks.handle_shapes import (
    ACCOUNTS,
    AT,
    DESCRIBES,
    DOTTED,
    FRIEND_CODE,
    INVITES,
    LINK,
    MADE_UP,
    NAME_OF_TWO,
    NUMBER_WORD,
    OWN,
    PROFILE,
    SAID_TO_BE,
    TAG,
    TOKEN,
)
from app.domain.checks.spoken_handles import SpokenHandles
from app.domain.checks.words import Words, folded_words, word_set
from app.domain.naming import fold

_LONG_FOR_A_NAME = 9
_LONG_FOR_A_WORD = 8
_FILES = word_set("jpg jpeg png pdf mp4 docx com uk org net example")
_BEGINNINGS = word_set("im its i so he she we they the but and then not is it my")
"""What a sentence begins with that follows a full stop without a space: "it froze and ended.im cross"."""
_NEAR = 45
_PUBLIC_PARTS = word_set("bbc nhs council museum library theatre official police")
_NOBODY = word_set("mr mrs miss ms sir everyone all here everybody mum dad mums dads parents school")
_OF_A_SCHOOL = re.compile(
    r"(?:primary|pri|prim|schools?|sch|academy|infants?|juniors?|c|ce|rc|cofe|st|saint|the|we|are|at|our|official|pta|ptfa"
    r"|friends|of|nursery|reception|ks[12]|y(?:ea)?r?[0-6]|eyfs|pe|sports?|music|art|library|reads|learns|class|news|uk"
    r"|team|head|otters?|kids|children|and|display|staff|\d{0,4})*"
)
"""What a handle of the school's own may hold beside its name."""
_ASKED = 3
"""The pattern of a person's name that somebody is asked to look for."""
_ORGANISATIONS = word_set(
    "kids club fc rfc afc rovers united city town rangers wildlife trust rescue news radio tv live books council"
    " official cubs scouts brownies guides rainbows beavers swap uniform appeal charity band choir theatre"
)
_TO_ME = re.compile(r"(?<!\w)(?:my|me|i'?m|us|mine)(?!\w)")
_JOINT = re.compile(r"(?:[=:,-]|(?:'s| is| at| its| it's| as| under| called)) ?@?$")
_ACCOUNT = r"(?: (?:user ?name|name|account|handle|tag|id|page|channel|profile|shop|addy))"
_NAMED = r"(?:'s|s)?(?:=|: ?| is| at| is at| is called| its| it's|:| -| =|,) ?| as | under | called "

Span = tuple[int, int]


class HandleReader:
    """Finds handles. Handles that carry a word of the school's own name, or a colleague's title, are the school's."""

    def __init__(
        self, lists: Mapping[str, tuple[str, ...]], common: frozenset[str], school_name: str, people: frozenset[str]
    ) -> None:
        services = "|".join(sorted((re.escape(name) for name in lists["platforms"]), key=len, reverse=True))
        services = rf"{services}|sc(?= ?[:-])"
        on = rf" on (?:{services})(?!\w)"
        self._service = re.compile(rf"(?<![\w./])(?:{services})(?![\w.]*\w*\.com)(?!\w)")
        self._is_called = re.compile(
            rf"(?<!\w)(?:(?:{services})(?:'s|s)?{_ACCOUNT}(?:{_NAMED}| )"
            rf"|(?:gamertag|user ?name|psn|my user)(?: is|:|'s)? |(?:{services})(?:'s)? is at ){TOKEN}"
        )
        self._given = re.compile(rf"(?<!\w)(?:{services})(?:{_NAMED}){TOKEN}")
        self._beside_it = re.compile(rf"(?<!\w)(?:{services}) \(?{TOKEN}")
        self._asked_for = re.compile(
            r"(?<!\w)(?:add|follow|find|search|sub to|subscribe to|join|look up|look for|check out)"
            rf"(?: me| us| for)?(?: (?:my|our|her|his) (?:channel|page|account|insta|shop),?)?(?: at| as)? {TOKEN}"
            rf"(?: \w+)?{on}"
        )
        self._person: tuple[re.Pattern[str], ...] = (
            re.compile(rf"(?<!\w)(?:my name on |on )?(?:{services})(?: is| it's| its| -|:) {NAME_OF_TWO}"),
            re.compile(rf"(?<!\w){NAME_OF_TWO[:-6]}(?:{on}| \((?:{services})\))"),
            re.compile(rf"(?<!\w)(?:xbox|gamertag|psn|messenger|facebook|fb|face book): ?{NAME_OF_TWO}"),
            re.compile(
                r"(?<!\w)(?:i'?m|i am|under|search(?: for)?|look for|look up|add|follow|find|it'?s|we'?re|im on as) "
                rf"{NAME_OF_TWO}{on}"
            ),
            re.compile(
                rf"(?<!\w)(?:{services})(?:(?: page| channel| account)?,? ?(?:is )?(?:under|as|called|named)"
                rf"| name(?: is|:)?) {NAME_OF_TWO}"
            ),
            re.compile(
                rf"(?<!\w)(?:add|follow|find|msg|message|dm|look|get|catch|search|friend)(?: for)? (?:me|us)(?: up)?"
                rf"{on}(?:,| -|:| as| under)? (?:(?:mr|mrs|miss|ms) )?{NAME_OF_TWO}"
            ),
        )
        self._spoken = SpokenHandles(services, common)
        self._person += self._spoken.people
        self._common = common
        self._people = people
        self._organisations = _ORGANISATIONS | frozenset((*lists["public"], *lists["public_beside"]))
        self._platforms = frozenset(lists["platforms"])
        self._telling = service_words(lists)
        self._own = frozenset(word for word in fold(school_name).replace("'", "").split() if len(word) > 3) - common

    def find(self, words: Words) -> list[Span]:
        """Where handles stand in the folded text."""
        text = words.text
        found = [at.span() for at in AT.finditer(text) if self._is_handle(text, at)] if "@" in text else []
        if DOTTED.search(text) is not None:
            found += [link.span() for link in LINK.finditer(text)]
            found += [profile.span() for profile in PROFILE.finditer(text) if self._is_private(profile.group(1))]
        found += self._spoken.alone(text)
        if "#" in text:
            found += [tag.span() for tag in TAG.finditer(text)]
        if words.has_figure or "_" in text:
            found += [said.span(1) for said in SAID_TO_BE.finditer(text) if self._is_name(said.group(1))]
        if found:
            return found
        if not self._may_tell_service(words):
            return []
        services = [service.span() for service in self._service.finditer(text)]
        return list(self._beside(words, text, services)) if services else []

    def _may_tell_service(self, words: Words) -> bool:
        """A part of a service's name stands there, perhaps as the owner of something."""
        return any(is_telling(word, self._telling) for word in words.words)

    def _beside(self, words: Words, text: str, services: list[Span]) -> Iterator[Span]:
        for word in MADE_UP.finditer(text):
            name = word.group(1)
            near = any(start - _NEAR < word.start() < end + _NEAR for start, end in services)
            if near and self._is_made_up(name) and self._is_private(name):
                yield word.span(1)
        for span, name in self._spoken.near(text, services):
            if self._is_name(name):
                yield span
        for code in FRIEND_CODE.finditer(text):
            yield code.span(1)
        for named in self._is_called.finditer(text):
            if self._is_name(named.group(1)) and (len(named.group(1)) > 7 or _is_joined(named)):
                yield named.span(1)
        for pattern, joined in ((self._given, True), (self._beside_it, False)):
            for named in pattern.finditer(text):
                if self._is_said(text, named, joined):
                    yield named.span(1)
        for named in self._asked_for.finditer(text):
            own = (
                OWN.search(named.group()) is not None
                or _is_camel(words, named)
                or not named.group().endswith(("youtube", "yt"))
            )
            if own and self._is_name(named.group(1)):
                yield named.span(1)
        invited = _TO_ME.search(text) is not None
        for number, pattern in enumerate(self._person):
            for named in pattern.finditer(text):
                if number == _ASKED and not self._is_somebody(text, named):
                    continue
                sure = number > 1 or (
                    _has_capitals(words, named) and (invited or named.group()[-len(named.group(1)) - 2] in ":-s")
                )
                if sure and self._is_person(words, named):
                    yield named.span(1)

    def _is_somebody(self, text: str, named: re.Match[str]) -> bool:
        """ "Find Dora Larch on facebook", and not a club, a place or a channel that many follow."""
        if not self._organisations.isdisjoint(named.group(1).split()):
            return False
        return not named.group().endswith(("youtube", "yt")) or OWN.search(text[: named.start(1)]) is not None

    def _is_said(self, text: str, named: re.Match[str], joined: bool) -> bool:
        """A word after a service is a handle where it has a handle's shape, or where somebody gives it away."""
        name = named.group(1)
        if not self._is_name(name):
            return False
        if not name.isalpha():
            return "_" in name or any(mark.isdigit() for mark in name) or "." in name or "-" in name
        before, after = text[max(0, named.start() - _NEAR) : named.start()], text[named.end() : named.end() + _NEAR]
        invited = INVITES.search(f"{before} {after}") is not None
        own = joined and len(name) >= _LONG_FOR_A_WORD and OWN.search(before) is not None
        marked = joined and text[: named.start(1)].rstrip(" @")[-1:] in (":", "=")
        return not DESCRIBES.fullmatch(name) and name not in ACCOUNTS and (invited or own or marked)

    def _is_name(self, name: str) -> bool:
        """No ordinary word, nor several with hyphens, and not the school's own."""
        parts = [part for part in re.split(r"[-.]", name) if part]
        known = sum(part in self._common or part in self._platforms for part in parts)
        if known == len(parts) or (len(parts) > 1 and "-" in name and known) or NUMBER_WORD.fullmatch(name):
            return False
        return parts[-1] not in _FILES and self._is_private(name)

    def _is_person(self, words: Words, named: re.Match[str]) -> bool:
        """Two words that are a person's name: no ordinary words, or with the capitals that names have."""
        parts = named.group(1).split()
        if not self._is_private("".join(parts)) or any(part in self._platforms or part in _NOBODY for part in parts):
            return False
        if not any(part in self._common or DESCRIBES.fullmatch(part) for part in parts):
            return True
        return _has_capitals(words, named)

    def _is_handle(self, text: str, at: re.Match[str]) -> bool:
        """Not just a person spoken to ("@Dana yes"), a time or a place ("@3pm", "@home")."""
        handle = at.group(1)
        if handle in self._common or not self._is_private(handle) or NUMBER_WORD.fullmatch(handle):
            return False
        around = text[max(0, at.start() - _NEAR) : at.end() + _NEAR]
        shaped = not handle.isalpha() or len(handle) >= _LONG_FOR_A_NAME
        told = re.search(r"(?<!\w)(?:dm|follow|order|find|add|message|check out|tag)(?: me| us)? $", text[: at.start()])
        return shaped or told is not None or self._service.search(around) is not None

    def _is_made_up(self, name: str) -> bool:
        """Not a word, a number with its unit, or two sentences run together."""
        if "_" in name:
            return True
        parts = name.split(".")
        if len(parts) > 1:
            known = sum(part in self._common for part in parts)
            platform = any(part in self._platforms for part in parts)
            if len(parts) == 2 and parts[1] in _BEGINNINGS and DESCRIBES.fullmatch(parts[0]):
                return False
            return known < len(parts) - 1 and not platform and parts[-1] not in _FILES
        figures = sum(character.isdigit() for character in name)
        return len(name) > 5 and (figures > 1 or len(name) > 7) and NUMBER_WORD.fullmatch(name) is None

    def _is_private(self, handle: str) -> bool:
        letters = re.sub(r"[_.-]", "", handle)
        if letters in self._people or any(word in letters for word in _PUBLIC_PARTS):
            return False
        if letters in _NOBODY or letters.isdigit() or letters.endswith(("primary", "school", "academy")):
            return False
        named = [word for word in self._own if word in letters]
        return not named or not all(_OF_A_SCHOOL.fullmatch(letters.replace(word, "", 1)) for word in named)


def _is_joined(named: re.Match[str]) -> bool:
    """The name has a handle's shape, or "is", a colon and the like lead to it: no "username sticker"."""
    before = named.group()[: named.start(1) - named.start()]
    return not before.startswith("user") or not named.group(1).isalpha() or _JOINT.search(before) is not None


def _is_camel(words: Words, named: re.Match[str]) -> bool:
    """Several words run together with capitals, as names on services are: "ZakPlaysLoud"."""
    start, end = words.folded.span(*named.span(1))
    return re.search(r"[a-z][A-Z]", words.folded.original[start:end]) is not None


def _has_capitals(words: Words, named: re.Match[str]) -> bool:
    """Both words of a name begin with capitals, in a text that has others too."""
    original, origin, start = words.folded.original, words.folded.origin, named.start(1)
    second = start + named.group(1).index(" ") + 1
    return not words.is_lower_case and all(original[origin(place)].isupper() for place in (start, second))


def service_words(lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """A part of each service's name, without any of which none stands."""
    return frozenset(_rarest_part(name) for name in (*lists["platforms"], "sc"))


def is_telling(word: str, services: frozenset[str]) -> bool:
    """A folded word is a part of a service's name, perhaps as the owner of something."""
    return word in services or "" in services or not services.isdisjoint(word.split("'"))


def _rarest_part(name: str) -> str:
    """The longest word of a service's name, without which the name cannot stand; empty where it has none."""
    return max((part for word in folded_words(fold(name)) for part in word.split("'")), key=len, default="")
