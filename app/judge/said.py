"""What a reading of an item came to, mark by mark, and how it is kept beside the item in a few bytes.

Not the scores are kept but where they stood to the bars: so what was read stays true to the weights that read it, even
when newer ones with other bars go out, until the item is read again.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from app.judge.marks import MARKS

WITHDRAWN, STANDS, ADDED, PLAINLY = range(4)
"""What becomes of a mark: one that the first stage gave falls or stands, one that it did not give is added, plainly."""

_FORMAT = 1
_WORDS = struct.Struct("<BHH")


@dataclass(frozen=True, slots=True)
class Said:
    """For each mark what becomes of it, and for marks that are added the half-open range of words that weighed most."""

    levels: tuple[int, ...]
    words: Mapping[int, tuple[int, int]]

    def packed(self) -> bytes:
        """A few bytes: as many as there are marks, and five for each range of words."""
        ranges = b"".join(_WORDS.pack(mark, *self.words[mark]) for mark in sorted(self.words))
        return bytes((_FORMAT, len(self.levels), *self.levels)) + ranges


def unpacked(raw: bytes, count: int) -> Said | None:
    """What was kept of an item of so many words; None where it was kept for other marks, or cannot be of this item."""
    marks = len(MARKS)
    rest = len(raw) - 2 - marks
    if rest < 0 or raw[0] != _FORMAT or raw[1] != marks or rest % _WORDS.size:
        return None
    levels = tuple(raw[2 : 2 + marks])
    words = {mark: (first, last) for mark, first, last in _WORDS.iter_unpack(raw[2 + marks :])}
    sound = all(level <= PLAINLY for level in levels) and all(
        mark < marks and first < last <= count for mark, (first, last) in words.items()
    )
    return Said(levels, words) if sound else None


NOTHING = Said((WITHDRAWN,) * len(MARKS), {})
"""Of a text that holds no words, or is in a script that is never guessed at."""
