"""Examples as numbers: their grams, and their labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

from app.judge.encoder import Array
from app.judge.grams import GramTable
from app.judge.training.examples import Example


@dataclass(frozen=True, slots=True)
class Labels:
    """Which marks stand, which could, which the first stage gave, and where each example comes from."""

    stands: Array
    applies: Array
    found: Array
    sources: npt.NDArray[np.str_]

    def at(self, rows: npt.NDArray[np.int64]) -> Labels:
        """The labels of some examples."""
        return Labels(self.stands[rows], self.applies[rows], self.found[rows], self.sources[rows])


def labels_of(examples: Sequence[Example]) -> Labels:
    """The labels of examples as arrays."""
    return Labels(
        np.array([example.stands for example in examples], np.float32),
        np.array([example.applies for example in examples], np.float32),
        np.array([example.found for example in examples], np.float32),
        np.array([example.source for example in examples]),
    )


def gram_rows(table: GramTable, examples: Sequence[Example]) -> sparse.csr_matrix:
    """The weighed grams of each example, one a row."""
    rows = [table.row(example.sight.plain) for example in examples]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter((number for row in rows for number in row), np.int32, int(starts[-1]))
    values = np.fromiter((value for row in rows for value in row.values()), np.float32, int(starts[-1]))
    return sparse.csr_matrix((values, columns, starts), (len(rows), len(table)))
