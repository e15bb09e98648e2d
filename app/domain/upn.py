"""Unique pupil numbers: their shape, their check letter, and which of them are temporary.

A UPN is a check letter and 12 digits: three for the authority, four for the establishment, two for the year, three
for the serial. A temporary one ends in a letter in place of the last digit. I, O and S are never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from operator import mul

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(f"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]")
_LASTING = re.compile(f"[{LETTERS}][0-9]{{12}}")
_WORTH = {character: value for value, character in enumerate("0123456789")} | {
    letter: index for index, letter in enumerate(LETTERS)
}
_PLACES = tuple(range(2, 14))
_NOUGHTS = ord("0") * sum(_PLACES)


class UpnVerdict(StrEnum):
    """What can be said of a UPN from the number alone."""

    SOUND = "sound"
    WRONG_LETTER = "wrong letter"
    WRONG_SHAPE = "wrong shape"


@dataclass(frozen=True, slots=True)
class UpnReading:
    """A UPN as it was written, put into its usual form, with a verdict.

    `expected` is the check letter that the other twelve characters ask for, empty where the shape is wrong.
    """

    upn: str
    verdict: UpnVerdict
    expected: str = ""
    temporary: bool = False


def check_letter(rest: str) -> str:
    """The check letter for the twelve characters after it. Raises ValueError where they are not of a UPN's shape.

    Each character is multiplied by its place, 2 to 13; the sum modulo 23 picks the letter. A temporary UPN's last
    letter counts as its own place in the alphabet of check letters.
    """
    if _SHAPE.fullmatch("A" + rest) is None:
        raise ValueError(rest)
    return _letter_for(rest)


def _letter_for(rest: str) -> str:
    return LETTERS[sum(map(mul, _PLACES, map(_WORTH.__getitem__, rest))) % 23]


def is_sound(upn: str) -> bool:
    """Whether a lasting UPN is written in its usual form and begins with the right letter: no is not a fault yet."""
    if _LASTING.fullmatch(upn) is None:
        return False
    return LETTERS[(sum(map(mul, _PLACES, upn[1:].encode())) - _NOUGHTS) % 23] == upn[0]


def read_upn(text: str) -> UpnReading:
    """Judge a UPN as somebody typed it: spaces and small letters are forgiven, a wrong shape is not."""
    upn = "".join(text.split()).upper()
    if _SHAPE.fullmatch(upn) is None:
        return UpnReading(upn, UpnVerdict.WRONG_SHAPE)
    expected = _letter_for(upn[1:])
    verdict = UpnVerdict.SOUND if upn[0] == expected else UpnVerdict.WRONG_LETTER
    return UpnReading(upn, verdict, expected, temporary=not upn[-1].isdigit())


def is_temporary(upn: str) -> bool:
    """Whether a UPN was given for a few weeks only: it ends in a letter."""
    return _SHAPE.fullmatch(upn) is not None and not upn[-1].isdigit()
