"""From words to scores: what an item's wording says for each mark, as a log of odds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.judge.encoder import LAYERS, WIDTH, Array, Encoder
from app.judge.grams import GramTable
from app.judge.marks import MARKS
from app.judge.weights import Way, Weights

SPEAKERS = ("teacher", "parent", "pupil", "stranger")
SETTINGS = ("post", "comment", "message", "work")
FIRST_LAYER = 2
"""The means of the encoder's layers from this one on are used: the third to the last."""
DENSE = 2 * (LAYERS - FIRST_LAYER) * WIDTH + len(SPEAKERS) + len(SETTINGS)
"""How many dense numbers there are for a sight with an encoder."""
_SETTING_WEIGHT = 0.5


class Sight(NamedTuple):
    """One view of an item: who speaks, where, the words in plain form and as written."""

    speaker: str
    setting: str
    plain: str
    written: str


class Model:
    """Scores sights. Without an encoder it goes by grams alone."""

    def __init__(self, weights: Weights, encoder: Encoder | None) -> None:
        self.table = GramTable(weights.runs, weights.pieces, weights.rarity.tolist())
        self._encoder = encoder
        self.way: Way = weights.lean if encoder is None else weights.full

    def scores(self, sights: Sequence[Sight]) -> Array:
        """For each sight and each mark the log of the odds that it stands."""
        scores = np.tile(self.way.bias, (len(sights), 1))
        for row, sight in enumerate(sights):
            scores[row] += self.gram_scores(sight.plain)
        return scores + dense_rows(sights, self._encoder) @ self.way.dense

    def gram_scores(self, plain: str) -> Array:
        """What the grams of a plain text add for each mark."""
        row = self.table.row(plain)
        if not row:
            return np.zeros(len(MARKS), np.float32)
        values = np.fromiter(row.values(), np.float32, len(row))
        return np.asarray(values @ self.way.grams[list(row)], dtype=np.float32)


def dense_rows(sights: Sequence[Sight], encoder: Encoder | None) -> Array:
    """Who speaks and where, and with an encoder the drift of the words as written and in plain form."""
    setting = np.array(
        [
            [sight.speaker == name for name in SPEAKERS] + [sight.setting == name for name in SETTINGS]
            for sight in sights
        ],
        np.float32,
    ) * np.float32(_SETTING_WEIGHT)
    if encoder is None:
        return setting
    written = [sight.written for sight in sights]
    plain = [f"{sight.speaker} {sight.setting} : {sight.plain}" for sight in sights]
    means = encoder.encode(written + plain)[:, FIRST_LAYER:]
    means = means / np.linalg.norm(means, axis=2, keepdims=True)
    flat = means.reshape(len(means), -1)
    return np.hstack([flat[: len(sights)], flat[len(sights) :], setting])
