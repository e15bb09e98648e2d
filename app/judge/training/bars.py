"""The bars that a score must pass, chosen on schools that the scoring weights had not seen."""

from __future__ import annotations

import numpy as np

from app.domain.checks.finding import Check
from app.judge.encoder import Array
from app.judge.marks import MARKS
from app.judge.training.matrix import Labels

RAISE = 0.4
"""Above the bar that is best for the judge alone: what the first stage sees too need not pass it."""
LOWER = {Check.ABUSE: 5.0}
_LOWER = 3.4
"""How far below the bar for adding a first-stage finding may score before it is withdrawn."""
CAREFUL = 0.9
"""How far below its best bar safeguarding is flagged: a sign missed costs more than one too many (K1)."""
NEVER = -1e9


def bars(scores: Array, labels: Labels) -> tuple[Array, Array]:
    """The scores from which a mark is added, and from which a first-stage finding is kept."""
    add = np.zeros(len(MARKS), np.float32)
    keep = np.zeros(len(MARKS), np.float32)
    for number, mark in enumerate(MARKS):
        there = labels.applies[:, number] > 0
        best = best_bar(scores[there, number], labels.stands[there, number])
        if mark.check is Check.SAFEGUARDING:
            add[number], keep[number] = best - CAREFUL, NEVER
        else:
            add[number] = best + RAISE
            keep[number] = add[number] - LOWER.get(mark.check, _LOWER)
    return add, keep


def best_bar(scores: Array, stands: Array) -> float:
    """The bar with the highest F1, halfway between two neighbouring scores."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(stands[order])
    harmony = 2 * right / (np.arange(1, len(order) + 1) + stands.sum())
    place = int(harmony.argmax())
    after = order[min(place + 1, len(order) - 1)]
    return float(scores[order[place]] + scores[after]) / 2
