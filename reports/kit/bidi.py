"""Right-to-left text on paper: the order in which a line's letters are drawn, and how Arabic letters join.

A small form of Unicode's bidirectional algorithm for one line at a time, without explicit embeddings (they are taken
out before). The joined shapes come from Unicode's own presentation forms, so no table of ours can be wrong about them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff"))
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_LAM_ALEFS = ("\u0644\u0622", "\u0644\u0623", "\u0644\u0625", "\u0644\u0627")
"""The one pair of letters that must be drawn as one; other pairs may, and are left as they are."""
_FORMS = ("isolated", "final", "initial", "medial")

Has = Callable[[str], bool]
"""Whether there is a font that can draw a letter."""


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


def visual(line: str, has: Has) -> str:
    """The line's letters from left to right as they are to be drawn, Arabic ones in their joined shapes."""
    if not has_right_to_left(line):
        return line
    base = 1 if starts_right_to_left(line) else 0
    letters = _clusters(_joined(line, has).translate(_MARKS))
    levels = _levels([unicodedata.bidirectional(letter[0]) for letter in letters], base)
    shown = [text.translate(_MIRRORED) if level % 2 else text for text, level in zip(letters, levels, strict=True)]
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(shown):
            end = start
            while end < len(shown) and levels[end] >= level:
                end += 1
            shown[start:end] = shown[start:end][::-1]
            start = max(end, start + 1)
    return "".join(shown)


def _clusters(text: str) -> list[str]:
    """Letters with the marks that belong to them, so that turning the order round keeps a mark on its letter."""
    found: list[str] = []
    for letter in text:
        if found and unicodedata.combining(letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _levels(ways: list[str], base: int) -> list[int]:
    """Each letter's level: even runs to the right, odd to the left."""
    strong = [_direction(way) for way in ways]
    before = "R" if base else "L"
    for place, way in enumerate(strong):
        if way == "N":
            strong[place] = "L" if before == "L" else "N"
        elif way in ("L", "R"):
            before = way
    levels: list[int] = []
    for place, way in enumerate(strong):
        side = way or _neutral(strong, place, base)
        if side == "N":
            levels.append(2)
        elif side == "R":
            levels.append(1)
        else:
            levels.append(2 if base else 0)
    return levels


def _direction(way: str) -> str:
    if way in ("R", "AL"):
        return "R"
    if way in ("EN", "AN"):
        return "N"
    return "L" if way == "L" else ""


def _neutral(strong: list[str], place: int, base: int) -> str:
    """A space or sign takes the direction of both sides where they agree, else that of the line."""
    line = "R" if base else "L"
    before = next((way for way in reversed(strong[:place]) if way), line)
    after = next((way for way in strong[place + 1 :] if way), line)
    before, after = before.replace("N", "R"), after.replace("N", "R")
    return before if before == after else line


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """For each Arabic letter, its isolated, final, initial and medial shapes as far as Unicode has them."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        key = "".join(chr(int(letter, 16)) for letter in letters.split())
        if form.strip("<>") in _FORMS and (len(key) == 1 or key in _LAM_ALEFS):
            found.setdefault(key, {}).setdefault(form.strip("<>"), chr(code))
    return found


def _joined(text: str, has: Has) -> str:
    """The text with each Arabic letter in the shape that its neighbours give it."""
    shapes = _shapes()
    letters = list(text)
    solid = [place for place, letter in enumerate(letters) if not unicodedata.combining(letter)]
    shown = list(letters)
    joins_on = False
    skip = -1
    for order, place in enumerate(solid):
        letter = letters[place]
        if place == skip:
            shown[place] = ""
            continue
        after = letters[solid[order + 1]] if order + 1 < len(solid) else ""
        pair = letter + after
        if pair in _LAM_ALEFS and pair in shapes and has(shapes[pair]["final"]):
            shown[place] = shapes[pair]["final" if joins_on else "isolated"]
            skip, joins_on = solid[order + 1], False
            continue
        forms = shapes.get(letter, {})
        onward = "initial" in forms and "final" in shapes.get(after, {})
        form = _FORMS[(2 if onward else 0) + (1 if joins_on and "final" in forms else 0)]
        if form in forms and has(forms[form]):
            shown[place] = forms[form]
        joins_on = onward
    return "".join(shown)
