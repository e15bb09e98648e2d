"""Right-to-left text on paper: the order in which the parts of a line are drawn.

A small form of Unicode's bidirectional algorithm for one line at a time, without explicit embeddings (they are taken
out before). What runs from right to left is handed on in its own order: `shaping` joins its letters and turns it round.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ALL_LEFTWARDS = re.compile("[\u0620-\u065f\u066e-\u06d5\u200c\u200d .:!\u060c\u061b\u061f]+")
"""Arabic letters and marks with plain signs between them, and no figures: one run, whatever stands where."""
_MARKS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\u2060\ufeff"))
"""Seen by nobody. The joiner and the non-joiner stay: Kurdish and Persian spelling needs the latter."""


def has_right_to_left(text: str) -> bool:
    """Whether any of the text runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def starts_right_to_left(text: str) -> bool:
    """Whether the text as a whole runs from right to left: its first letter decides."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way == "L":
            return False
        if way in ("R", "AL"):
            return True
    return False


def ordered(line: str) -> list[tuple[str, bool]]:
    """The parts of a line from left to right as they are drawn; True where a part itself runs from right to left.

    A right-to-left mark (U+200F) at the beginning settles the line's direction, whatever follows.
    """
    if not has_right_to_left(line) and not line.startswith("\u200f"):
        return [(line, False)]
    base = 1 if starts_right_to_left(line) else 0
    line = line.translate(_MARKS)
    if base and _ALL_LEFTWARDS.fullmatch(line):
        return [(line, True)]
    letters = _clusters(line)
    levels = _levels([unicodedata.bidirectional(letter[0]) for letter in letters], base)
    runs = [
        ("".join(letter for letter, _ in group), level)
        for level, group in groupby(zip(letters, levels, strict=True), key=lambda pair: pair[1])
    ]
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(runs):
            end = start
            while end < len(runs) and runs[end][1] >= level:
                end += 1
            runs[start:end] = runs[start:end][::-1]
            start = max(end, start + 1)
    return [(text, level % 2 == 1) for text, level in runs]


def _clusters(text: str) -> list[str]:
    """Letters with the marks that belong to them, so that turning the order round keeps a mark on its letter."""
    found: list[str] = []
    for letter in text:
        if found and (unicodedata.combining(letter) or letter in "\u200c\u200d"):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _levels(ways: list[str], base: int) -> list[int]:
    """Each letter's level: even runs to the right, odd to the left."""
    strong = [_direction(way) for way in _bound(ways)]
    before = "R" if base else "L"
    for place, way in enumerate(strong):
        if way == "N":
            strong[place] = "L" if before == "L" else "N"
        elif way in ("L", "R"):
            before = way
    sides = _sides(strong, base)
    levels: list[int] = []
    for way, (left, right) in zip(strong, sides, strict=True):
        side = way or (left if left == right else "R" if base else "L")
        if side == "N":
            levels.append(2)
        elif side == "R":
            levels.append(1)
        else:
            levels.append(2 if base else 0)
    return levels


def _sides(strong: list[str], base: int) -> list[tuple[str, str]]:
    """For each place the directions before and after it; a number counts as right-to-left, an end as the line does."""
    line = "R" if base else "L"
    before: list[str] = []
    after: list[str] = []
    for way_in, found in ((strong, before), (reversed(strong), after)):
        last = line
        for way in way_in:
            found.append(last)
            if way:
                last = "R" if way == "N" else way
    return list(zip(before, reversed(after), strict=True))


def _bound(ways: list[str]) -> list[str]:
    """One comma, full stop, colon, stroke or hard space between two numbers belongs to them ("01632 960100")."""
    bound = list(ways)
    for place in range(1, len(ways) - 1):
        if ways[place] == "CS" and ways[place - 1] == ways[place + 1] and ways[place - 1] in ("EN", "AN"):
            bound[place] = ways[place - 1]
    return bound


def _direction(way: str) -> str:
    if way in ("R", "AL"):
        return "R"
    if way in ("EN", "AN"):
        return "N"
    return "L" if way == "L" else ""
