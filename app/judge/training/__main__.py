"""Train the judge: `python -m app.judge.training`. Prints held-back figures, then writes both files of weights.

It needs torch and takes about an hour of one processor.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.judge.encoder import Array, pack
from app.judge.grams import GramTable, learn_table
from app.judge.loading import encoder_path, weights_path
from app.judge.model import setting_rows, spoken
from app.judge.training.bars import CAREFUL_ALONE, bars, even_mix, given, together
from app.judge.training.base import Tensors, base_folder, read_base
from app.judge.training.examples import Example, all_examples
from app.judge.training.figures import table
from app.judge.training.fitting import fit
from app.judge.training.matrix import Labels, gram_rows, labels_of
from app.judge.training.tuning import LONGEST, Course, Numbers, tune, tuned_scores
from app.judge.weights import Weights, write_weights
from app.judge.wordpiece import WordPieces

HALVES = (
    ("st-petroc", "mill-bridge", "rivers", "moors"),
    ("fenlode", "cotterdale", "hills", "harbours"),
)
"""The schools and hands that are held back in turn, and on whose items the bars are chosen; the others are always
learnt from."""
ROUNDS = 6
"""Rounds of the encoder over all examples but those of a half."""
LAST = 2
"""Rounds over all examples, half as fast, that begin with the mean of both halves' weights. What is kept lies halfway
between that mean and what they come to."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from, and what the encoder starts with."""

    examples: Sequence[Example]
    labels: Labels
    pieces: WordPieces
    base: Tensors

    def part(self, rows: Numbers) -> tuple[list[Example], Labels]:
        """Some of the examples and their labels."""
        return [self.examples[row] for row in rows.tolist()], self.labels.at(rows)

    def tuned(self, rows: Numbers, seed: int) -> Tensors:
        """The encoder after it has learnt from some of the examples."""
        taught, labels = self.part(rows)
        return tune(self.base, self.pieces, [example.sight for example in taught], labels, Course(ROUNDS, 1.0, seed))


def train() -> None:
    """Learn from every school that may be learnt from, choose the bars by schools held back, and write the weights."""
    examples = all_examples()
    labels = labels_of(examples)
    vocabulary, base = read_base(base_folder())
    lesson = Lesson(examples, labels, WordPieces.of(vocabulary), base)
    _say(f"{len(examples)} examples")
    schools = np.flatnonzero(np.isin(labels.sources, [name for half in HALVES for name in half]))
    by_grams, by_encoder, taught = _held_back(lesson)
    held, by_grams, by_encoder = labels.at(schools), by_grams[schools], by_encoder[schools]
    both = together(by_grams, by_encoder)
    full, lean = bars(both, held), bars(by_grams, held, CAREFUL_ALONE)
    for name, scores, chosen in (("words alone", by_grams, lean), ("with the encoder", both, full)):
        _say(f"\nboth stages, {name}, schools held back by halves\n{table(given(scores, held, chosen) > 0, held)}")
    runs, pieces, rarity = learn_table(example.sight.plain for example in examples)
    dense = setting_rows([example.sight for example in examples])
    fitted = fit(gram_rows(GramTable(runs, pieces, rarity), examples), dense, labels)
    learnt = Weights(
        tuple(runs), tuple(pieces), np.array(rarity, np.float32),
        fitted.grams, fitted.dense, fitted.bias, even_mix(), full, lean,
    )  # fmt: skip
    write_weights(weights_path(), learnt)
    mean = _mean(taught)
    whole = tune(mean, lesson.pieces, [each.sight for each in examples], labels, Course(LAST, 0.5, len(HALVES)))
    pack(encoder_path(), vocabulary, _mean((mean, whole)))
    for path in (weights_path(), encoder_path()):
        _say(f"written: {path.name}, {path.stat().st_size / 1e6:.1f} MB")


def _held_back(lesson: Lesson) -> tuple[Array, Array, list[Tensors]]:
    """The scores of weights learnt without the school that is scored, by grams and by the encoder; the encoders too."""
    by_grams = np.zeros((len(lesson.examples), lesson.labels.stands.shape[1]), np.float32)
    by_encoder = by_grams.copy()
    halves = []
    for number, half in enumerate(HALVES):
        out = np.isin(lesson.labels.sources, half)
        rows, held = np.flatnonzero(~out), np.flatnonzero(out)
        taught, labels = lesson.part(rows)
        asked, _ = lesson.part(held)
        known = GramTable(*learn_table(example.sight.plain for example in taught))
        fitted = fit(gram_rows(known, taught), setting_rows([example.sight for example in taught]), labels)
        by_grams[held] = fitted.scores(gram_rows(known, asked), setting_rows([example.sight for example in asked]))
        halves.append(lesson.tuned(rows, number))
        cut = [lesson.pieces.cut(spoken(example.sight), LONGEST) for example in asked]
        by_encoder[held] = tuned_scores(halves[-1], cut)
    return by_grams, by_encoder, halves


def _mean(taught: Sequence[Tensors]) -> Tensors:
    """The mean of several sets of weights."""
    return {name: np.asarray(sum(each[name] for each in taught) / len(taught), dtype=np.float32) for name in taught[0]}


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit("Training takes no arguments: python -m app.judge.training")
    train()
