"""From words to scores: what an item's wording says for each mark, as a log of odds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.judge.encoder import Array, Encoder
from app.judge.gram_sums import GramSums
from app.judge.weights import Bars, Weights

SPEAKERS = ("teacher", "parent", "pupil", "stranger")
SETTINGS = ("post", "comment", "message", "work")
_SETTING_WEIGHT = 0.5


class Sight(NamedTuple):
    """One view of an item: who speaks, where, the words in plain form and as written."""

    speaker: str
    setting: str
    plain: str
    written: str


class Model:
    """Scores sights. Without an encoder it goes by grams alone."""

    reads_written = True
    """The words as written count too, and not their plain form alone."""

    def __init__(self, weights: Weights, encoder: Encoder | None) -> None:
        self._sums = GramSums(weights.runs, weights.pieces, weights.rarity, weights.grams)
        self._weights = weights
        self._encoder = encoder
        self.reads_written = encoder is not None
        self.bars: Bars = weights.lean if encoder is None else weights.full

    def scores(self, sights: Sequence[Sight]) -> Array:
        """For each sight and each mark the log of the odds that it stands."""
        scores = setting_rows(sights) @ self._weights.setting + self._weights.bias
        for row, sight in enumerate(sights):
            scores[row] += self.gram_scores(sight.plain)
        if self._encoder is None:
            return scores
        return mixed(scores, self._encoder.scores([spoken(sight) for sight in sights]), self._weights.mix)

    def gram_scores(self, plain: str) -> Array:
        """What the grams of a plain text add for each mark."""
        return self._sums.scores(plain)


def spoken(sight: Sight) -> str:
    """What the encoder reads: who speaks and where, then the words as written."""
    return f"{sight.speaker} {sight.setting} : {sight.written}"


def mixed(by_grams: Array, by_encoder: Array, mix: Array) -> Array:
    """The scores of both readers together; the rows of `mix` say what each counts, and what is added."""
    return np.asarray(mix[0] * by_grams + mix[1] * by_encoder + mix[2], dtype=np.float32)


def setting_rows(sights: Sequence[Sight]) -> Array:
    """Who speaks and where, as numbers, one row a sight."""
    return np.array(
        [
            [sight.speaker == name for name in SPEAKERS] + [sight.setting == name for name in SETTINGS]
            for sight in sights
        ],
        np.float32,
    ) * np.float32(_SETTING_WEIGHT)
