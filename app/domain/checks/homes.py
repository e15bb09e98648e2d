"""Homes told without a house number before a road: boats, pitches and plots, and roads of which a number follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checks.words import Words, word_set

_SITE = (
    r"(?:caravan (?:park|site)|holiday (?:park|village)|mobile home park|park homes|marina|basin|moorings?|boatyard"
    r"|lock|quay|wharf|traveller site|camp ?site|chalet park|chalets)"
)
_PITCHED = re.compile(
    r"(?<!\w)(?:pitch|berth|mooring|plot|chalet|lodge|static|caravan|van|unit|boat|cabin|site|narrowboat)"
    rf" (?:number |no\.? ?)?\d{{1,3}}[a-c]?,?(?: (?:at|on|in|of|the|down))* (?:[a-z']+ ){{0,3}}{_SITE}(?!\w)"
)
_ON_SITES = word_set(
    "pitch berth mooring plot chalet lodge static caravan van unit boat cabin site narrowboat van's caravan's"
)
_BERTHED = re.compile(
    r"(?<!\w)(?:berth|mooring|chalet|static|caravan|lodge|cabin) (?:number |no\.? ?)?\d{1,3}[a-c]?(?!\w)"
)
_OWN_VAN = re.compile(
    r"(?<!\w)(?:my|our|his|her|mum's|nan's) (?:van|caravan|static|trailer|boat|wagon)(?:'?s)?(?!\w)[^.!?\n]{0,40}?"
    r"(?<!\w)(?:plot|pitch|row [a-z]|site|number) (?:number )?\d{1,3}[a-c]?(?!\w)"
)
_LIVED = re.compile(
    r"(?<!\w)(?:we'?re|i'?m|is (?:us|ours)|that'?s us|thats us|live|lives|living|ours|knock|home)(?!\w)"
)
WELSH_HOUSES = word_set(
    "ty bwthyn plas llys hafod hafan bryn fferm tyddyn llwyn cae pant maes gelli glan pen nant taigh"
)
_LINKS = word_set(
    "it's its that's thats is are we're were we she's he's they're the one numbered at where live lives ours mine us"
    " i'm im she he"
)
_PERSONAL = _LINKS - word_set("at are is the")
_NUMBER = word_set("number no nr num numbered flat")
_NOT_AFTER = word_set("bus buses tram am pm minutes mins min of children times route train in o'clock miles year")
_BROKEN = re.compile(r"[.!?;\n]")
_OURS = re.compile(r"(?:,| -| –)? (?:and )?(?:that'?s|is) (?:us|ours|me|mine|home|where (?:we|i) (?:live|are))(?!\w)")
_WITHIN = word_set("on in of our the street road lane same estate new along down at up my his her this site")
_REACH = 6
_ONE_WORD = re.compile(
    r"\d{1,3}[a-c]? [a-z]{3,12}"
    r"(?:walk|way|gate|side|crest|croft|fields?|dale|mead|bank|hurst|holme|garth|thorpe|hill|brook|view|lands)"
    r"(?= ?(?:[,.!;)\n]|$| -))"
)
"""A road that is one word with a house number: "our gate's the green one, 19 Ropewalk"."""
_BEFORE_NUMBER = (", ", "at ", "is ", "to ", "number ", "no ", "of ", "from ", "outside ", "\n")
_TIED = word_set("moored berthed tied")
_AFLOAT = re.compile(
    r"(?<!\w)(?:moored|berthed|tied up)[^.!?\n]{0,30}?"
    r"(?:bridge|lock|marina|basin|wharf|quay|pontoon|jetty|towpath)(?: \d{1,3})?(?!\w)"
)
_ABOARD = re.compile(r"(?<!\w)(?:we'?re|we are|home|live|lives|living|is us|come aboard|knock)(?!\w)")
_THEIRS = re.compile(
    r"(?<!\w)(?:we'?re|i'?m|us|that'?s (?:us|home|ours)|thats (?:us|home|ours)|live|lives|ours|knock|home|our|house"
    r"|gate|door|drop|come|mine|mum's|nan's|invites?)(?!\w)"
)
_DOORS = word_set("door gate hedge bell buzzer porch fence")
_DOOR = re.compile(
    r"(?<![\w'])(?:we'?re|we are|i'?m|ours is|it'?s|she'?s|he'?s|they'?re)(?: (?:at|the|number|no))*"
    r" (\d{1,3}[a-c]? [a-z]{4,20}),?"
    r"(?= (?:the|with|by|a|has|red|blue|green|white|black|yellow)(?: [a-z]+){0,3}"
    r" (?:door|gate|hedge|bell|buzzer|porch|fence)(?!\w))"
)
"""A number, one name and a door: "we're 41 Dunlin, the yellow door"."""

Span = tuple[int, int]


def sites(words: Words) -> Iterator[Span]:
    """ "Berth 14, Oxley Marina", "van 12, Sandy Hollow Caravan Park", "chalet 7 is ours"."""
    text = words.text
    berthed = not _ON_SITES.isdisjoint(words.words)
    for found in _PITCHED.finditer(text) if berthed else ():
        yield found.span()
    for found in _ONE_WORD.finditer(text):
        first = found.start()
        if text[:first].endswith(_BEFORE_NUMBER) and _THEIRS.search(text, max(0, first - 60), found.end() + 40):
            yield found.span()
    for found in () if _TIED.isdisjoint(words.words) else _AFLOAT.finditer(text):
        if _ABOARD.search(text, max(0, found.start() - 60), found.end() + 40):
            yield found.span()
    for found in () if _DOORS.isdisjoint(words.words) else _DOOR.finditer(text):
        yield found.span(1)
    for found in _OWN_VAN.finditer(text) if berthed else ():
        yield found.span()
    for found in _BERTHED.finditer(text) if berthed else ():
        if _LIVED.search(text, max(0, found.start() - 30), found.end() + 40):
            yield found.span()


def is_numbered_later(words: Words, road: int, sure: bool, spelt: frozenset[str]) -> bool:
    """ "Gasworks Road, it's number 30", "Harrow Street, we're 30": people and a number follow the road."""
    place, linked = road + 1, False
    while place < min(len(words), road + _REACH) and words.words[place] in _LINKS:
        if _BROKEN.search(words.gap(place)):
            return False
        linked = linked or words.words[place] in _PERSONAL
        place += 1
    told = place < len(words) and words.words[place] in _NUMBER
    place += told
    if place >= len(words) or _BROKEN.search(words.gap(place)) or not (linked and (told or sure)):
        return False
    number = words.words[place]
    follows = words.words[place + 1] if place + 1 < len(words) else ""
    return ((number.isdigit() and len(number) < 4) or number in spelt) and follows not in _NOT_AFTER


def ours_from(words: Words, road: int) -> int | None:
    """ "Unit 4 the stables, Dobbin's Yard, that's us": where the number before somebody's own road stands."""
    if not _OURS.match(words.text, words.ends[road]):
        return None
    for place in range(road - 1, max(-1, road - _REACH), -1):
        if _BROKEN.search(words.gap(place + 1)):
            return None
        if words.words[place][0].isdigit() and len(words.words[place]) < 5:
            return place
    return None


def numbered_from(words: Words, first: int) -> int | None:
    """ "Number 8 on our street, Dunlin Road": where the number before the road's name stands."""
    for place in range(first - 1, max(0, first - _REACH), -1):
        word = words.words[place]
        if _BROKEN.search(words.gap(place + 1)):
            return None
        if word[0].isdigit():
            return place if words.words[place - 1] in _NUMBER or words.words[place - 1] == "plot" else None
        if word not in _WITHIN:
            return None
    return None


def is_welsh_house(words: Words, road: int) -> bool:
    """ "Ty Gwyn, Heol y Felin": a house's name in Welsh or Gaelic stands before the road's."""
    if road < 2 or words.gap(road).strip() != ",":
        return False
    first = next((place for place in (road - 2, road - 3) if place >= 0 and words.words[place] in WELSH_HOUSES), None)
    return first is not None and (words.is_lower_case or words.is_capital(road - 1))
