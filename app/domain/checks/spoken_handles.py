"""Handles told the way people talk: letter by letter, with a hint at the spelling, or by whom to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from app.domain.checks.handle_shapes import NAME_OF_TWO, TOKEN
from app.domain.checks.words import word_set

_HINT = (
    r"(?:(?:all|its|it's|as) )*(?:one word|no (?:spaces?|gaps?|caps|capitals|dots?)|lower ?case|small letters"
    r"|joined (?:up|together)|two [a-z]'?s"
    r"|with (?:an? )?(?:underscores?|dots?|two [a-z]'?s|no (?:spaces?|gaps?))|how it sounds)"
)
_SPELT = re.compile(r"(?<![\w.])([a-z0-9]{2,20}(?: ?(?:underscore|under score) ?[a-z0-9]{1,20}){1,3})(?!\w)")
_HINTED = (
    re.compile(rf"(?<![\w.])([a-z0-9._]{{4,30}}(?: [a-z]{{3,20}}){{0,2}}),? (?:\(|- ?)?{_HINT}(?!\w)"),
    re.compile(rf"(?<!\w){_HINT}\)?(?:,| is|:| -)* ([a-z0-9._]{{5,30}})(?!\w)"),
)
_CASH = re.compile(r"(?<![\w£$])[£$]([a-z][a-z0-9_]{3,20})(?!\w)")
_CASH_CUE = re.compile(r"cash ?(?:app|tag)|(?<!\w)(?:pay|send|chip in|collection|whip|tip)(?!\w)")
_SLASHED = re.compile(
    r"(?<!\w)(?:(?:paypal|monzo|revolut|wa|t|m|fb|instagr)(?: dot |\.| )(?:me|am)|(?:discord|linktr)"
    r"(?: dot |\.)(?:gg|ee)|(?:facebook|fb|instagram|tiktok)(?: dot |\.| )com)"
    r"(?:,? (?:forward )?slash |/ | / )(\w[\w.-]{2,30})"
)
_PLAYER = re.compile(r"(?<!\w)tag(?: is|'s|:)? ?#((?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{6,10})(?!\w)")
_WHO = r"(?:i'?m|i am|we'?re|she'?s|he'?s|it'?s|they'?re|that'?s|known as|goes? (?:by|as)|under|as|called|listed as)"
_SPACED = r"([a-z]+(?: [a-z]+){1,3} \d{1,4})(?!\w)"
"""A player's name of several words that ends with a number: "Kai the Great 22"."""
_PLAIN = re.compile(
    r"\w*(?:ed|ing|ly|ous|able|ible|ful|less|ish|ive|ant|ent|ic|some|est|where|thing|things|day|days|time|times|mas|ment|tion"
    r"|ness|body|work|mare|place|ground|page|ize|ise|age|ory|ories|ents|room|friend|friends|ology|book|ware)"
)
_MONEY = word_set("hundred hundreds thousand thousands million millions loads quid pounds dollars notes money")

Span = tuple[int, int]


class SpokenHandles:
    """Finds what handles and names on services are said to be. `services` is a pattern for the services' names."""

    def __init__(self, services: str, common: frozenset[str]) -> None:
        self._common = common
        on = rf"(?:over )?on (?:the )?(?:{services})(?!\w)"
        user = r"(?:user(?: ?name)?|name|handle|account|tag|profile|gamer ?tag|id|nick(?:name)?|channel)"
        self._said = (
            re.compile(rf"(?<!\w){_WHO} {TOKEN},? {on}"),
            re.compile(rf"(?<!\w)(?:{services}) {user}(?: \w+){{1,3}} is {TOKEN}"),
            re.compile(rf"(?<!\w){user} (?:on|for|in) (?:{services})(?: is|'s|:| =| -)? {TOKEN}"),
            re.compile(rf"(?<!\w){on},? (?:(?:my|his|her|our|the) {user}(?: is|'s|:)|{_WHO}) {TOKEN}"),
            re.compile(rf"(?<!\w){user}(?: is|'s|:) {TOKEN},? (?:on|for|in) (?:{services})(?!\w)"),
        )
        self._spaced = re.compile(
            rf"(?<!\w)(?:my|his|her|our) (?:{services})(?: {user})?(?: is|:|'s) {_SPACED}|(?<!\w)i'?m {_SPACED} {on}"
        )
        after = rf"(?:{services})(?: (?:page|account|name))?(?:,|\.| -)? ?(?:(?:and|where|cos) )?"
        self.people = (
            re.compile(
                rf"(?<!\w){after}(?:(?:i'?m|i am|we'?re|it'?s|she'?s|he'?s|you'll find me) )?(?:under|as) {NAME_OF_TWO}"
            ),
            re.compile(
                rf"(?<!\w)(?:{services})(?!\w)[^\n]{{0,15}}? (?:i'?m|we'?re|it'?s) {NAME_OF_TWO} on (?:there|it)(?!\w)"
            ),
            re.compile(rf"(?<!\w)(?:{services}) (?:me|us)(?:,| -|:| at| as) {NAME_OF_TWO}"),
            re.compile(rf"(?<!\w){after}(?:i'?m|i am|we'?re|she'?s|he'?s) {NAME_OF_TWO}"),
            re.compile(
                rf"(?<!\w)on (?:{services}),? (?:so |just |please )?"
                rf"(?:look(?: up| for)?|search(?: for| up)?|find|type(?: in)?)"
                rf" {NAME_OF_TWO}"
            ),
            re.compile(rf"(?<!\w)(?:my|our|her|his) (?:{services}) (?:name |profile )?{NAME_OF_TWO}"),
        )

    def alone(self, text: str) -> Iterator[Span]:
        """Where handles stand whose writing needs no service's name beside them."""
        if "slash" in text or "/ " in text:
            yield from (link.span() for link in _SLASHED.finditer(text))
        if ("£" in text or "$" in text) and _CASH_CUE.search(text):
            cash = (tag for tag in _CASH.finditer(text) if tag.group(1) not in _MONEY)
            yield from (tag.span() for tag in cash if tag.group(1) not in self._common)
        if "tag" in text and "#" in text:
            yield from (tag.span(1) for tag in _PLAYER.finditer(text))

    def near(self, text: str, services: list[Span]) -> Iterator[tuple[Span, str]]:
        """Where handles stand in a text that names services, and how each is written."""
        if "under" in text:
            yield from ((spelt.span(1), spelt.group(1).replace(" ", "")) for spelt in _SPELT.finditer(text))
        for hinted in chain.from_iterable(pattern.finditer(text) for pattern in _HINTED):
            words = hinted.group(1).split()
            if words[-1] not in self._common and len("".join(words)) > 4 and hinted.span(1) not in services:
                yield hinted.span(1), words[-1]
        for spaced in self._spaced.finditer(text):
            name = spaced.group(1) or spaced.group(2)
            if name.partition(" ")[0] not in self._common:
                yield spaced.span(1 if spaced.group(1) else 2), name.replace(" ", "")
        for pattern in self._said:
            for said in pattern.finditer(text):
                name = said.group(1)
                if not name.isalpha() or (len(name) > 7 and not _PLAIN.fullmatch(name)):
                    yield said.span(1), name
