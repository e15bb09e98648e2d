"""A closer reader for tests: quick, and it goes by one word for each thing that it finds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.domain.checks.judge import Kept
from app.domain.checks.reading import Reading
from app.judge.marks import MARKS
from app.judge.said import PLAINLY, WITHDRAWN, Said
from app.judge.wording import digest_of
from app.services import engines

GONDOLA = "The gondola sinks at noon, so start without us"
"""To this reader a matter of absence, and nothing at all to the readers of words."""
TROMBONE = "He plays the trombone when it gets dark"
"""To this reader a sign of harm."""

_FINDS = {"gondola": "office:absence", "trombone": "safeguarding"}


class OneWordReader:
    """Finds a mark where its word stands, and lets nothing else of topics stand."""

    def __init__(self) -> None:
        self.read_so_far: list[str] = []
        self.breaks_after: int | None = None
        """Raise once so many items were read, as if the program were ended from outside."""

    def read(self, readings: Sequence[Reading]) -> list[Kept]:
        """What is to be kept of each."""
        if self.breaks_after is not None and len(self.read_so_far) >= self.breaks_after:
            raise KeyboardInterrupt
        self.read_so_far += [reading.item.text for reading in readings]
        return [Kept(self._said(reading).packed(), digest_of(reading)) for reading in readings]

    @staticmethod
    def _said(reading: Reading) -> Said:
        levels = [WITHDRAWN] * len(MARKS)
        words: dict[int, tuple[int, int]] = {}
        for place, word in enumerate(reading.words.words):
            for number, mark in enumerate(MARKS):
                if _FINDS.get(word) == mark.label:
                    levels[number], words[number] = PLAINLY, (place, place + 2)
        return Said(tuple(levels), words)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> OneWordReader:
    """The closer reader of this program, for one test."""
    made = OneWordReader()
    monkeypatch.setattr(engines, "reader_of_now", lambda: "one word")
    monkeypatch.setattr(engines, "close_reader", lambda: made)
    return made
