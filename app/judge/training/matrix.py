"""Examples as numbers: the encoder's part is computed once and kept in a temporary folder between runs."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

from app.judge.encoder import Array, Encoder
from app.judge.grams import GramTable
from app.judge.model import DENSE, Sight, dense_rows
from app.judge.training.examples import Example

_BATCH = 4
"""Few at a time: the numbers of one layer then stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Which marks stand, which could, and where each example comes from."""

    stands: Array
    applies: Array
    sources: npt.NDArray[np.str_]


def labels_of(examples: Sequence[Example]) -> Labels:
    """The labels of examples as arrays."""
    return Labels(
        np.array([example.stands for example in examples], np.float32),
        np.array([example.applies for example in examples], np.float32),
        np.array([example.source for example in examples]),
    )


def gram_rows(table: GramTable, examples: Sequence[Example]) -> sparse.csr_matrix:
    """The weighed grams of each example, one a row."""
    rows = [table.row(example.sight.plain) for example in examples]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter((number for row in rows for number in row), np.int32, int(starts[-1]))
    values = np.fromiter((value for row in rows for value in row.values()), np.float32, int(starts[-1]))
    return sparse.csr_matrix((values, columns, starts), (len(rows), len(table)))


def encoded_rows(examples: Sequence[Example], encoder: Encoder) -> Array:
    """The dense numbers of each example, one a row; examples of one source stand together."""
    parts = [list(group) for _, group in groupby(examples, key=lambda example: example.source)]
    return np.vstack([_kept_rows([example.sight for example in part], encoder) for part in parts])


def _kept_rows(sights: Sequence[Sight], encoder: Encoder) -> Array:
    digest = hashlib.sha256("\0".join("\1".join(sight) for sight in sights).encode()).hexdigest()[:24]
    kept = Path(tempfile.gettempdir()) / "schoolgate-judge" / f"{digest}.npy"
    if kept.is_file():
        loaded: Array = np.load(kept)
        return loaded
    order = sorted(range(len(sights)), key=lambda number: len(sights[number].written))
    rows = np.empty((len(sights), DENSE), np.float32)
    for start in range(0, len(order), _BATCH):
        part = order[start : start + _BATCH]
        rows[part] = dense_rows([sights[number] for number in part], encoder)
    kept.parent.mkdir(parents=True, exist_ok=True)
    np.save(kept, rows)
    return rows


def setting_rows(examples: Sequence[Example]) -> Array:
    """Who speaks and where, for judging without the encoder."""
    return dense_rows([example.sight for example in examples], None)
