"""Handles on social media: @name, a name with digits or underscores beside a service, a profile's address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.checks.words import word_set
from app.domain.naming import fold

_AT = re.compile(r"(?<![\w@.])@([a-z0-9_][a-z0-9_.]{2,29})(?!\w|@)")
_PROFILE = re.compile(
    r"(?:facebook|fb|instagram|tiktok|twitter|x|snapchat|youtube|twitch)\.com/(?:add/|user/|c/)?@?([a-z0-9_.]{3,40})"
)
_MADE_UP = re.compile(
    r"(?<![\w@./-])(?=[a-z0-9._]{0,30}(?:_|[a-z]\d|\d[a-z]|[a-z]\.[a-z]))([a-z0-9][a-z0-9._]{3,29}[a-z0-9_])(?![\w/@]|\.\w)"
)
_NUMBER_WORD = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|k|p|m|cm|km|kg|g|ml|x|s|yr|yrs|hrs|mins|min|ish|d)"
    r"|(?:year|yr|y|ks|p|room|covid|class|key|part|week|day|page|top)\d+[a-z]?"
)
_LINK = re.compile(
    r"(?<![\w.])(?:wa\.me|t\.me|linktr\.ee|discord\.gg|chat\.whatsapp\.com|paypal\.me|instagr\.am|m\.me)/[\w.+-]{3,}"
)
_LONG_FOR_A_NAME = 9
_FILES = word_set("jpg jpeg png pdf mp4 docx com uk org net example")
_NEAR = 45
_PUBLIC_PARTS = word_set("bbc nhs council museum library theatre official police")
_NOBODY = word_set("mr mrs miss ms sir everyone all here everybody mum dad mums dads parents school")


class HandleReader:
    """Finds handles. Handles that carry a word of the school's own name, or a colleague's title, are the school's."""

    def __init__(
        self, lists: Mapping[str, tuple[str, ...]], common: frozenset[str], school_name: str, people: frozenset[str]
    ) -> None:
        services = "|".join(sorted((re.escape(name) for name in lists["platforms"]), key=len, reverse=True))
        self._service = re.compile(rf"(?<![\w./])(?:{services})(?![\w.]*\w*\.com)(?!\w)")
        self._given = re.compile(
            rf"(?<!\w)(?:{services})(?:'s)?(?:(?: name| user ?name| account| handle| tag)?(?: is| its| it's|:| -| =) ?"
            r"| as | under )@?([a-z][a-z0-9_.]{4,29})(?!\w)"
        )
        self._person = re.compile(
            rf"(?<!\w)(?:i'?m|i am|under|search(?: for)?|look for|look up|add|follow|find|it'?s) ([a-z]+ [a-z'-]+) on"
            rf" (?:{services})(?!\w)"
        )
        self._named_there = re.compile(
            rf"(?<!\w)(?:{services})(?: page)?,? (?:under|as|called|named) ([a-z]+ [a-z'-]+)(?!\w)"
        )
        self._asked_for = re.compile(
            rf"(?<!\w)(?:add|follow|find|search)(?: me| us| for)? @?([a-z][a-z0-9._]{{4,29}}) on (?:{services})(?!\w)"
        )
        self._common = common
        self._people = people
        self._platforms = frozenset(lists["platforms"])
        self._own = frozenset(word for word in fold(school_name).replace("'", "").split() if len(word) > 3) - common

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where handles stand in the folded text."""
        found = [at.span() for at in _AT.finditer(text) if self._is_handle(text, at)]
        found += [link.span() for link in _LINK.finditer(text)]
        found += [profile.span() for profile in _PROFILE.finditer(text) if self._is_private(profile.group(1))]
        if found:
            return found
        services = [service.span() for service in self._service.finditer(text)]
        return self._beside(text, services) if services else []

    def _beside(self, text: str, services: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found = []
        for word in _MADE_UP.finditer(text):
            name = word.group(1)
            near = any(start - _NEAR < word.start() < end + _NEAR for start, end in services)
            if near and self._is_made_up(name) and self._is_private(name):
                found.append(word.span(1))
        for pattern in (self._given, self._asked_for, self._person, self._named_there):
            for named in pattern.finditer(text):
                parts = named.group(1).split()
                if not any(part in self._common for part in parts) and self._is_private("".join(parts)):
                    found.append(named.span(1))
        return found

    def _is_handle(self, text: str, at: re.Match[str]) -> bool:
        """Not just a person spoken to ("@Dana yes"), a time or a place ("@3pm", "@home")."""
        handle = at.group(1)
        if handle in self._common or not self._is_private(handle) or _NUMBER_WORD.fullmatch(handle):
            return False
        around = text[max(0, at.start() - _NEAR) : at.end() + _NEAR]
        shaped = not handle.isalpha() or len(handle) >= _LONG_FOR_A_NAME
        return shaped or self._service.search(around) is not None

    def _is_made_up(self, name: str) -> bool:
        """Not a word, a number with its unit, or two sentences run together."""
        if "_" in name:
            return True
        parts = name.split(".")
        if len(parts) > 1:
            known = sum(part in self._common for part in parts)
            return (
                known < len(parts) - 1
                and not any(part in self._platforms for part in parts)
                and parts[-1] not in _FILES
            )
        figures = sum(character.isdigit() for character in name)
        return len(name) > 5 and (figures > 1 or len(name) > 7) and _NUMBER_WORD.fullmatch(name) is None

    def _is_private(self, handle: str) -> bool:
        letters = handle.replace("_", "").replace(".", "")
        if letters in self._people or any(word in letters for word in _PUBLIC_PARTS):
            return False
        if letters in _NOBODY or letters in self._own or letters.isdigit():
            return False
        return not any(word in letters for word in self._own) and not letters.endswith(("primary", "school", "academy"))
