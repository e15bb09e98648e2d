"""Fitting the weights: one logistic regression over grams and dense numbers for all marks together, by L-BFGS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]
from scipy.optimize import minimize  # type: ignore[import-untyped]

from app.judge.encoder import Array
from app.judge.training.matrix import Labels

SHRINK = 3e-5
"""How hard weights are drawn towards nothing (the ridge of the regression)."""
_ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights for grams and for dense numbers, and what stands before either says anything."""

    grams: Array
    dense: Array
    bias: Array

    def scores(self, grams: sparse.csr_matrix, dense: Array) -> Array:
        """The log of the odds of each mark for rows of examples."""
        return np.asarray(grams @ self.grams + dense @ self.dense + self.bias, dtype=np.float32)


def fit(grams: sparse.csr_matrix, dense: Array, labels: Labels) -> Fitted:
    """The weights that explain the labels best; rare marks count more, and a mark only where it applies."""
    centre = dense.mean(0)
    dense = dense - centre
    stands, weight = labels.stands, _weights(labels)
    turned = grams.T.tocsr()
    sparse_count, dense_count, marks = grams.shape[1], dense.shape[1], stands.shape[1]
    across = np.ascontiguousarray(dense.T)

    def cost(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        values = flat.reshape(-1, marks).astype(np.float32)
        scores = grams @ values[:sparse_count] + dense @ values[sparse_count:-1] + values[-1]
        loss = float((weight * (np.logaddexp(0, scores) - stands * scores)).sum())
        pull = weight * (1 / (1 + np.exp(-scores)) - stands)
        slope = np.vstack([turned @ pull, across @ pull, pull.sum(0, keepdims=True)])
        slope[:-1] += SHRINK * values[:-1]
        return loss + SHRINK / 2 * float((values[:-1].astype(np.float64) ** 2).sum()), slope.ravel().astype(np.float64)

    start = np.zeros((sparse_count + dense_count + 1, marks))
    start[-1] = -2
    best = minimize(cost, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS, "maxcor": 8})
    found = best.x.reshape(-1, marks).astype(np.float32)
    weights = found[sparse_count:-1]
    return Fitted(found[:sparse_count], weights, found[-1] - centre @ weights)


def _weights(labels: Labels) -> Array:
    stands, applies = labels.stands, labels.applies
    yes = np.maximum((stands * applies).sum(0), 1)
    no = ((1 - stands) * applies).sum(0)
    lift = np.maximum(np.sqrt(no / yes), 1)
    return np.asarray(applies * np.where(stands > 0, lift, 1) / len(stands), dtype=np.float32)
