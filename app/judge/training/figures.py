"""Held-back figures of the judge alone: precision and recall drawn together (F1) for each check and school."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.domain.checks.finding import Check
from app.domain.checks.judge import JUDGED
from app.judge.marks import MARKS
from app.judge.training.matrix import Labels

CHECKS = tuple(check for check in Check if check in JUDGED)


def table(given: npt.NDArray[np.bool_], labels: Labels) -> str:
    """F1 for each check, a line a school, with their mean and the share of items without a mark left alone."""
    lines = [f"{'school':14}" + "".join(f"{check.value[:9]:>10}" for check in CHECKS) + f"{'mean':>8}{'alone':>8}"]
    for source in dict.fromkeys(labels.sources.tolist()):
        rows = labels.sources == source
        stands, said = labels.stands[rows] > 0, given[rows] & (labels.applies[rows] > 0)
        scores = [f1(said[:, columns_of(check)], stands[:, columns_of(check)]) for check in CHECKS]
        clean = ~stands.any(1)
        alone = 1 - said[clean].any(1).mean()
        lines.append(
            f"{source:14}" + "".join(f"{score:10.3f}" for score in scores) + f"{np.mean(scores):8.3f}{alone:8.3f}"
        )
    return "\n".join(lines)


def columns_of(check: Check) -> list[int]:
    """The columns of a check's marks."""
    return [number for number, mark in enumerate(MARKS) if mark.check is check]


def f1(said: npt.NDArray[np.bool_], stands: npt.NDArray[np.bool_]) -> float:
    """Twice what is right over all that is said and all that stands."""
    every = int(said.sum()) + int(stands.sum())
    return 2 * int((said & stands).sum()) / every if every else 1.0
