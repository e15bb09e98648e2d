"""Teaching the encoder the marks: all layers learn, by Adam, from examples a little disturbed each time round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.judge.encoder import WIDTH, Array
from app.judge.marks import MARKS
from app.judge.model import Sight, spoken
from app.judge.training.base import Tensors
from app.judge.training.learner import Learner, Numbers
from app.judge.training.matrix import Labels
from app.judge.wordpiece import WordPieces

PACE, HEAD_PACE = 1e-4, 2e-3
HANDFUL = 16
LONGEST = 96
_WARMING = 0.06
_FADING = 0.01
_PLAIN_SHARE = 0.2
_LIFT = (0.6, 4.0)
"""How much more a mark that stands counts: this share of the root of the odds against it, so much at most."""
_MARKS_OF_WRITING = re.compile(r"[.,;:!?'’\"-]")


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast is learnt."""

    rounds: int
    speed: float
    seed: int


def tune(tensors: Tensors, pieces: WordPieces, sights: Sequence[Sight], labels: Labels, course: Course) -> Tensors:
    """Weights that have learnt the labels. `tensors` are left as they are."""
    chance = np.random.default_rng(course.seed)
    weights = {name: values if name == "emb" else values.copy() for name, values in tensors.items()}
    if "hw" not in weights:
        weights["hw"], weights["hb"] = np.zeros((WIDTH, len(MARKS)), np.float32), np.full(len(MARKS), -2, np.float32)
    learner, steps = Learner(weights, chance), _Adam(weights, course.speed)
    counts = _counts(labels)
    total, done = course.rounds * -(-len(sights) // HANDFUL), 0
    for number in range(course.rounds):
        cut = [pieces.cut(_disturbed(sight, chance), LONGEST) for sight in sights]
        loss = 0.0
        for rows in _handfuls(cut, chance):
            scores = learner.forward(*padded([cut[row] for row in rows]))
            stands, weight = labels.stands[rows], counts[rows]
            loss += float((weight * (np.logaddexp(0, scores) - stands * scores)).sum())
            pull = weight * (1 / (1 + np.exp(-scores)) - stands) / np.float32(len(rows))
            pace = min(1.0, (done + 1) / (_WARMING * total)) * max(0.02, 1 - done / total)
            steps.take(learner.backward(np.asarray(pull, dtype=np.float32)), pace)
            done += 1
        print(f"  round {number + 1} of {course.rounds}: loss {loss / len(sights):.3f}", flush=True)
    return weights


def tuned_scores(weights: Tensors, cut: Sequence[Sequence[int]]) -> Array:
    """The scores of weights that have learnt, nothing disturbed and nothing dropped."""
    learner = Learner(weights, np.random.default_rng(0), dropped=0.0)
    scores = np.zeros((len(cut), len(MARKS)), np.float32)
    order = sorted(range(len(cut)), key=lambda row: len(cut[row]))
    for start in range(0, len(order), HANDFUL):
        rows = order[start : start + HANDFUL]
        scores[rows] = learner.forward(*padded([cut[row] for row in rows]))
    return scores


def padded(cut: Sequence[Sequence[int]]) -> tuple[Numbers, Array]:
    """Piece numbers in rows of one length, and where there are any."""
    longest = max(map(len, cut))
    numbers = np.zeros((len(cut), longest), np.int64)
    there = np.zeros((len(cut), longest), np.float32)
    for row, found in enumerate(cut):
        numbers[row, : len(found)] = found
        there[row, : len(found)] = 1
    return numbers, there


class _Adam:
    """Steps against the slope, each weight at its own pace."""

    def __init__(self, weights: Tensors, speed: float) -> None:
        self._weights = weights
        self._speed = speed
        self._mean: Tensors = {}
        self._square: Tensors = {}
        self._count = 0

    def take(self, slopes: Tensors, pace: float) -> None:
        self._count += 1
        size = float(np.sqrt(sum(float((slope * slope).sum()) for slope in slopes.values())))
        short = np.float32(min(1.0, 1.0 / (size + 1e-6)))
        for name, raw in slopes.items():
            slope = raw * short
            mean = self._mean.setdefault(name, np.zeros_like(slope))
            square = self._square.setdefault(name, np.zeros_like(slope))
            mean *= np.float32(0.9)
            mean += np.float32(0.1) * slope
            square *= np.float32(0.999)
            square += np.float32(0.001) * slope * slope
            step = (HEAD_PACE if name in ("hw", "hb") else PACE) * self._speed * pace
            even = step * np.sqrt(1 - 0.999**self._count) / (1 - 0.9**self._count)
            if slope.ndim == 2:
                self._weights[name] *= np.float32(1 - step * _FADING)
            self._weights[name] -= np.float32(even) * mean / (np.sqrt(square) + np.float32(1e-8))


def _counts(labels: Labels) -> Array:
    """What each mark of each example counts: nothing where it cannot stand, more where a rare one does."""
    yes = np.maximum((labels.stands * labels.applies).sum(0), 1)
    no = ((1 - labels.stands) * labels.applies).sum(0)
    lift = np.clip(np.sqrt(no / yes) * _LIFT[0], 1, _LIFT[1])
    return np.asarray(labels.applies * np.where(labels.stands > 0, lift, 1), dtype=np.float32)


def _handfuls(cut: Sequence[Sequence[int]], chance: np.random.Generator) -> list[list[int]]:
    """Examples of about one length together, in no order."""
    lengths = np.array([len(numbers) for numbers in cut]) + chance.random(len(cut)) * 6
    order = np.argsort(lengths).tolist()
    found = [order[start : start + HANDFUL] for start in range(0, len(order), HANDFUL)]
    chance.shuffle(found)
    return found


def _disturbed(sight: Sight, chance: np.random.Generator) -> str:
    """The words as they might have been typed in more of a hurry."""
    text = spoken(sight._replace(written=sight.plain) if chance.random() < _PLAIN_SHARE else sight)
    lead, _, words = text.partition(" : ")
    if chance.random() < 0.25:
        words = _MARKS_OF_WRITING.sub("" if chance.random() < 0.5 else " ", words)
    if chance.random() < 0.35:
        words = _mistyped(words, chance)
    if chance.random() < 0.3:
        words = " ".join(word for word in words.split(" ") if chance.random() > 0.07)
    return f"{lead} : {words}"


def _mistyped(words: str, chance: np.random.Generator) -> str:
    parts = words.split(" ")
    for _ in range(max(1, len(parts) // 14)):
        place = int(chance.integers(len(parts)))
        word = parts[place]
        if len(word) < 4:
            continue
        at, slip = int(chance.integers(1, len(word) - 1)), chance.random()
        if slip < 0.4:
            parts[place] = word[:at] + word[at + 1 :]
        elif slip < 0.7:
            parts[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            parts[place] = word[:at] + word[at] + word[at:]
    return " ".join(parts)
