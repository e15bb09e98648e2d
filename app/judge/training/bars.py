"""How the two readers count together, and the bars a score must pass: chosen on schools the scores had not seen."""

from __future__ import annotations

import numpy as np

from app.domain.checks.finding import Check
from app.judge.encoder import Array
from app.judge.marks import MARKS
from app.judge.model import mixed
from app.judge.training.matrix import Labels
from app.judge.weights import Bars

GRAMS, ENCODER = 0.3, 0.7
"""What each reader's score counts."""
RAISE = 0.7
"""Above the bar that is best for the judge alone: what the first stage sees too need not pass it."""
CAREFUL, CAREFUL_ALONE = 1.6, 0.8
"""How far below its best bar safeguarding is flagged, by both readers and by grams alone, which are less sure: a sign
missed costs more than one too many (K1)."""
LOWER = 2.0
"""How far below the bar for adding a first-stage finding may score before it is withdrawn."""
NEVER = -1e9
_RULED = 1e9
"""What counts as the score of a contact detail that the rules find: it stands in any case, and the bar is the best
beside it."""


def even_mix() -> Array:
    """The mix of both readers, the same for every mark."""
    return np.array([[GRAMS] * len(MARKS), [ENCODER] * len(MARKS), [0.0] * len(MARKS)], np.float32)


def together(by_grams: Array, by_encoder: Array) -> Array:
    """The scores of both readers mixed."""
    return mixed(by_grams, by_encoder, even_mix())


def bars(scores: Array, labels: Labels, careful: float = CAREFUL) -> Bars:
    """The scores from which a mark is added, and from which a first-stage finding is kept."""
    add = np.zeros(len(MARKS), np.float32)
    keep = np.zeros(len(MARKS), np.float32)
    for number, mark in enumerate(MARKS):
        there = labels.applies[:, number] > 0
        best = best_bar(scores[there, number], labels.stands[there, number])
        if mark.check is Check.CONTACT:
            beside = np.where(labels.found[there, number] > 0, _RULED, scores[there, number])
            add[number], keep[number] = best_bar(beside, labels.stands[there, number]), NEVER
        elif mark.check is Check.SAFEGUARDING:
            add[number], keep[number] = best - careful, NEVER
        else:
            add[number] = best + RAISE
            keep[number] = add[number] - LOWER
    return Bars(add, keep)


def best_bar(scores: Array, stands: Array) -> float:
    """The bar with the highest F1, halfway between two neighbouring scores."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(stands[order])
    harmony = 2 * right / (np.arange(1, len(order) + 1) + stands.sum())
    place = int(harmony.argmax())
    after = order[min(place + 1, len(order) - 1)]
    return float(scores[order[place]] + scores[after]) / 2


def given(scores: Array, labels: Labels, chosen: Bars) -> Array:
    """Which marks stand after both stages: 1 where they do."""
    found = labels.found > 0
    stand = np.where(found, scores >= chosen.keep, scores >= chosen.add) & (labels.applies > 0)
    return np.asarray(stand, dtype=np.float32)
