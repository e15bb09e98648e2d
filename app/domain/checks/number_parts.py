"""Telephone numbers given in parts, with words between: "07700 then 900 then 238", "ends 415, starts 07700 900"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checks.words import word_set

_START = re.compile(r"(?<![\d£$€.,:])0(?:7\d{2,8}|1\d{2,4}|2\d{1,2})(?![\d%:]|[.,]\d)")
_PART = re.compile(r"(?<![\d£$€:])\d{2,9}(?![\d%:])")
_WORD = re.compile(r"[a-z']+")
_ASIDE = re.compile(r"\([^()\d]{1,60}\)")
_BETWEEN = word_set(
    "to of get then and er erm um uh so the that that's thats is are it it's its my mine first second third last "
    "rest bit bits part parts half digits digit numbers number three four five six two followed by ends "
    "end ending in with starts start begins plus next after finish finishes finally code area dial before put add on"
    " comes hang lol you need a gap space dash middle lastly"
)
_ORDER = word_set("starts start begins first code dial last ends end ending rest finishes finish")
_FAR = 60
_WHOLE = 11


def parted_numbers(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where a number stands whose parts add up to a whole one, and its digits.

    Only words that speak of a number's parts may stand between them. Parts may stand in another order where the words
    say which comes first.
    """
    for start in _START.finditer(text):
        found = _onward(text, start) or _turned(text, start)
        if found is not None:
            yield found


def _onward(text: str, start: re.Match[str]) -> tuple[tuple[int, int], str] | None:
    digits, end = start.group(), start.end()
    while len(digits) < _WHOLE:
        part = _PART.search(text, end, end + _FAR)
        if part is None or not _are_fillers(text[end : part.start()]):
            return None
        digits, end = digits + part.group(), part.end()
    return ((start.start(), end), digits) if len(digits) == _WHOLE else None


def _turned(text: str, start: re.Match[str]) -> tuple[tuple[int, int], str] | None:
    """ "The last three are 415, the rest is 07700 900"."""
    head, first = start.group(), start.end()
    while (more := re.match(r"[ -](\d{2,6})(?!\d)", text[first:])) is not None:
        head, first = head + more.group(1), first + more.end()
    before = max(0, start.start() - _FAR)
    for part in _PART.finditer(text, before, start.start()):
        between = text[part.end() : start.start()]
        told = not _ORDER.isdisjoint(_WORD.findall(text[before : start.start()]))
        if told and len(part.group()) + len(head) == _WHOLE and _are_fillers(between):
            return (part.start(), first), head + part.group()
    return None


def _are_fillers(between: str) -> bool:
    rest = _ASIDE.sub(" ", between)
    return "\n\n" not in rest and all(word in _BETWEEN for word in _WORD.findall(rest))
