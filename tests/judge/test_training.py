"""How the judge is taught: the encoder, the fitting, the bars."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy")

from app.domain.checks.finding import Check
from app.judge.encoder import Encoder
from app.judge.marks import MARKS
from app.judge.model import Sight
from app.judge.training.bars import CAREFUL, NEVER, bars, best_bar, given
from app.judge.training.base import read_tensors
from app.judge.training.examples import contact_examples, hand_examples, lexicons, school_examples
from app.judge.training.fitting import fit
from app.judge.training.matrix import Labels
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


def test_the_encoder_that_learns_scores_as_the_one_that_judges() -> None:
    tuning = pytest.importorskip("app.judge.training.tuning", reason="torch is needed to teach the encoder")
    weights = small_encoder()
    pieces = WordPieces.of(VOCABULARY)
    texts = ["parent message : off today and away", "off"]
    scores = tuning.tuned_scores(weights, [pieces.cut(text, 20) for text in texts])
    judged = Encoder(pieces, {"q": weights["emb"], "s": np.ones(len(weights["emb"]), np.float32)}, weights)
    assert np.allclose(scores, judged.scores(texts), atol=1e-4)


def test_tuning_learns_two_sentences_apart() -> None:
    tuning = pytest.importorskip("app.judge.training.tuning", reason="torch is needed to teach the encoder")
    pieces = WordPieces.of(VOCABULARY)
    sights = [Sight("parent", "message", "off today", "off today"), Sight("parent", "message", "and away", "and away")]
    stands = [[1.0] + [0.0] * (len(MARKS) - 1), [0.0] * len(MARKS)] * 32
    before = small_encoder()
    tuned = tuning.tune(before, pieces, sights * 32, _labels(stands), tuning.Course(6, 5.0, 0))
    scores = tuning.tuned_scores(tuned, [pieces.cut(f"parent message : {sight.written}", 20) for sight in sights])
    assert scores[0, 0] > scores[1, 0] + 0.1
    assert all(np.array_equal(before[name], small_encoder()[name]) for name in before), "what it began with is kept"


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


def test_the_bar_for_contact_details_counts_what_the_rules_find_already() -> None:
    column = [mark.check for mark in MARKS].index(Check.CONTACT)
    scores = np.tile(np.array([[-3], [2], [1], [3], [-4]], np.float32), (1, len(MARKS)))
    labels = _labels([[stands] * len(MARKS) for stands in (0, 0, 1, 1, 1)])
    labels.found[4, column] = 1
    assert bars(scores, labels).add[column] == pytest.approx(-1), "one look-alike more, for the detail below it"
    labels.found[2, column] = 1
    chosen = bars(scores, labels)
    assert 2 < chosen.add[column] < 3, "the look-alike need not be let in for what the rules have found"
    assert chosen.keep[column] == np.float32(NEVER)


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
    contacts = contact_examples(known)
    assert len(contacts) > 2000
    column = [mark.check for mark in MARKS].index(Check.CONTACT)
    assert all(example.applies == tuple(n == column for n in range(len(MARKS))) for example in contacts)
    assert not any(line.applies[column] and line.found[column] for line in lines), "nobody labelled them for it"
    (item, *_) = school_examples("tynebridge", known)
    assert item.source == "tynebridge"
    assert len(item.stands) == len(item.found) == len(MARKS)
