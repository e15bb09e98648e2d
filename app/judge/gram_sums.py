"""The sum of what a text's grams say, quickly: what each word is made of is looked up once and kept."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from app.judge.encoder import Array
from app.judge.grams import pieces_of

_Numbers = npt.NDArray[np.intp]
_MOST_WORDS = 30_000
_NONE: _Numbers = np.zeros(0, np.intp)


class GramSums:
    """Gives the scores that `GramTable.row` and the weights make together, up to the last bit of a float.

    Built once; safe for any text. It remembers the words it has met.
    """

    def __init__(self, runs: Sequence[str], pieces: Sequence[str], rarity: Array, weights: Array) -> None:
        self._pieces = {gram: number for number, gram in enumerate(pieces, len(runs))}
        self._first_piece = len(runs)
        self._rarity = rarity.astype(np.float64)
        self._weights = np.ascontiguousarray(weights)
        self._met: dict[str, _Numbers] = {}
        self._runs: dict[str, Any] = {}
        for number, gram in enumerate(runs):
            branch = self._runs
            *before, last = gram.split(" ")
            for word in before:
                branch = branch.setdefault(word, [-1, {}])[1]
            branch.setdefault(last, [-1, {}])[0] = number

    def scores(self, plain: str) -> Array:
        """What the grams of a plain text add for each mark."""
        words = plain.split()
        met = self._met
        found = [met[word] if word in met else self._pieces_in(word) for word in words]
        found.append(np.array(self._runs_in(words), np.intp))
        numbers = np.concatenate(found)
        count = numbers.size
        if not count:
            return np.zeros(self._weights.shape[1], np.float32)
        numbers.sort()
        new = np.ones(count, np.bool_)
        np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
        firsts = new.nonzero()[0]
        grams = numbers[firsts]
        times = np.empty(grams.size, np.float64)
        times[:-1] = firsts[1:] - firsts[:-1]
        times[-1] = count - firsts[-1]
        values = (np.log(times) + 1.0) * self._rarity[grams]
        runs = grams.searchsorted(self._first_piece)
        for part in (values[:runs], values[runs:]):
            part /= math.sqrt(part @ part) or 1.0
        return np.asarray(values.astype(np.float32) @ self._weights[grams], dtype=np.float32)

    def _runs_in(self, words: list[str]) -> list[int]:
        """The known words and the known runs of two and of three."""
        found = []
        last = len(words)
        for place, word in enumerate(words):
            branch = self._runs.get(word)
            following = place
            while branch is not None:
                if branch[0] >= 0:
                    found.append(branch[0])
                following += 1
                branch = branch[1].get(words[following]) if following < last else None
        return found

    def _pieces_in(self, word: str) -> _Numbers:
        numbers = [self._pieces[piece] for piece in pieces_of(word) if piece in self._pieces]
        found = np.array(numbers, np.intp) if numbers else _NONE
        if len(self._met) >= _MOST_WORDS:
            self._met.clear()
        self._met[word] = found
        return found
