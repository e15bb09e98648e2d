"""Reading items closely, several at a time, and saying what is to be kept of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.domain.checks.judge import Kept
from app.domain.checks.reading import Reading
from app.judge.look import Look
from app.judge.marks import MARKS, applies
from app.judge.model import Model, Sight
from app.judge.said import ADDED, NOTHING, Said
from app.judge.verdict import is_latin
from app.judge.wording import digest_of

_TOGETHER = 4
"""Texts of about one length that are scored together: more bring nothing more."""
_MOST_REMEMBERED = 4_000


class Close:
    """A close reader: both readers' word on each item. The same words by the same sort of writer are read once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._remembered: dict[bytes, Kept] = {}

    def read(self, readings: Sequence[Reading]) -> list[Kept]:
        """What is to be kept of each: 15 ms for a text of thirty words, more where something is found."""
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.clear()
        said: list[bytes] = []
        new: dict[bytes, tuple[Reading, Look]] = {}
        for reading in readings:
            look = Look(self._model, reading)
            digest = digest_of(reading, look.wording)
            said.append(digest)
            if digest not in self._remembered:
                new[digest] = (reading, look)
        legible = [look for reading, look in new.values() if _can_be_read(reading)]
        self._score(legible)
        for digest, (reading, look) in new.items():
            self._remembered[digest] = Kept((_said(reading, look) if look in legible else NOTHING).packed(), digest)
        return [self._remembered[digest] for digest in said]

    def _score(self, looks: Sequence[Look]) -> None:
        """Score every view of these, those of one length together."""
        sights: list[Sight] = []
        whose: list[slice] = []
        for look in looks:
            own = look.sights()
            whose.append(slice(len(sights), len(sights) + len(own)))
            sights += own
        order = sorted(range(len(sights)), key=lambda place: len(sights[place].written))
        scores = np.zeros((len(sights), len(MARKS)), np.float32)
        for start in range(0, len(order), _TOGETHER):
            places = order[start : start + _TOGETHER]
            scores[places] = self._model.scores([sights[place] for place in places])
        for look, own_places in zip(looks, whose, strict=True):
            look.give(scores[own_places])


def _can_be_read(reading: Reading) -> bool:
    return len(reading.words) > 0 and is_latin(reading.item.text)


def _said(reading: Reading, look: Look) -> Said:
    levels = look.levels()
    added = [number for number, mark in enumerate(MARKS) if levels[number] >= ADDED and applies(mark, reading.item)]
    return Said(levels, {number: look.words(number) for number in added})
