"""How the judge is taught: the way back through the encoder, the fitting, the bars."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")

from app.domain.checks.finding import Check
from app.judge.marks import MARKS
from app.judge.model import Sight
from app.judge.training.bars import CAREFUL, NEVER, bars, best_bar, given
from app.judge.training.base import read_tensors
from app.judge.training.examples import hand_examples, lexicons, school_examples
from app.judge.training.fitting import fit
from app.judge.training.learner import Learner
from app.judge.training.matrix import Labels
from app.judge.training.tuning import Course, padded, tune, tuned_scores
from app.judge.wordpiece import WordPieces
from tests.judge.test_model import VOCABULARY, small_encoder


def _labels(stands: list[list[float]]) -> Labels:
    array = np.array(stands, np.float32)
    return Labels(array, np.ones_like(array), np.zeros_like(array), np.array(["a"] * len(array)))


def test_tensors_are_read_by_name(tmp_path: Path) -> None:
    values = np.arange(6, dtype="<f4")
    header = {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        "b": {"dtype": "I64", "shape": [0], "data_offsets": [24, 24]},
    }
    raw = json.dumps(header).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + values.tobytes())
    tensors = read_tensors(path)
    assert list(tensors) == ["a"]
    assert np.array_equal(tensors["a"], [[0, 1, 2], [3, 4, 5]])


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes((1000).to_bytes(8, "little") + b"{}")
    with pytest.raises(ValueError, match="whole"):
        read_tensors(path)


@pytest.mark.parametrize("name", ["0.wq", "0.b1", "2.w2", "3.g1", "5.wo", "5.c2", "hw"])
def test_the_way_back_follows_the_slope(name: str) -> None:
    weights = small_encoder()
    learner = Learner(weights, np.random.default_rng(0), dropped=0.0)
    numbers, there = padded([[2, 4, 5, 3], [2, 6, 3]])
    pull = np.random.default_rng(4).normal(size=(2, len(MARKS))).astype(np.float32)

    def loss() -> float:
        return float((learner.forward(numbers, there).astype(np.float64) * pull).sum())

    loss()
    slope = learner.backward(pull)[name]
    way = np.random.default_rng(5).normal(size=slope.shape).astype(np.float32)
    kept = weights[name].copy()
    ends = []
    for side in (1, -1):
        weights[name] = kept + np.float32(side * 1e-3) * way
        ends.append(loss())
    expected = float((slope * way).sum())
    assert (ends[0] - ends[1]) / 2e-3 == pytest.approx(expected, rel=0.05, abs=0.02)


def test_tuning_learns_two_sentences_apart() -> None:
    pieces = WordPieces.of(VOCABULARY)
    sights = [Sight("parent", "message", "off today", "off today"), Sight("parent", "message", "and away", "and away")]
    stands = [[1.0] + [0.0] * (len(MARKS) - 1), [0.0] * len(MARKS)] * 16
    course = Course(3, 5.0, 0)
    tuned = tune(small_encoder(), pieces, sights * 16, _labels(stands), course)
    scores = tuned_scores(tuned, [pieces.cut(f"parent message : {sight.written}", 20) for sight in sights])
    assert scores[0, 0] > scores[1, 0] + 0.1


def test_the_best_bar_parts_what_stands() -> None:
    scores = np.array([-3, 2, -1, 1.5, 0], np.float32)
    assert best_bar(scores, np.array([0, 1, 0, 1, 0], np.float32)) == pytest.approx(0.75)


def test_a_sign_of_harm_has_a_low_bar_and_is_never_withdrawn() -> None:
    scores = np.tile(np.array([[-3], [2], [-1], [1.5], [0]], np.float32), (1, len(MARKS)))
    labels = _labels([[stands] * len(MARKS) for stands in (0, 1, 0, 1, 0)])
    chosen = bars(scores, labels)
    for number, mark in enumerate(MARKS):
        if mark.check is Check.SAFEGUARDING:
            assert chosen.add[number] == pytest.approx(0.75 - CAREFUL)
            assert chosen.keep[number] == np.float32(NEVER)
        else:
            assert chosen.keep[number] < chosen.add[number]
    assert given(scores, labels, chosen)[1].all()


def test_fitting_learns_a_telling_gram() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    grams = sparse.csr_matrix(np.tile(np.eye(2, dtype=np.float32), (20, 1)))
    stands = np.zeros((40, len(MARKS)), np.float32)
    stands[::2, 0] = 1
    dense = np.zeros((40, 1), np.float32)
    scores = fit(grams, dense, _labels(stands.tolist())).scores(grams, dense)
    assert scores[0, 0] > 2 > -2 > scores[1, 0]
    assert scores[:, 1].max() < 0


def test_the_labelled_lines_can_be_read() -> None:
    known = lexicons()
    lines = hand_examples(known)
    assert len(lines) > 1000
    (item, *_) = school_examples("tynebridge", known)
    assert item.source == "tynebridge"
    assert len(item.stands) == len(item.found) == len(MARKS)
