"""The judge's numbers: the encoder's forward pass, the files of weights, and how two readers count together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.judge.encoder import LAYERS, WIDTH, Array, Encoder, pack
from app.judge.gram_sums import GramSums
from app.judge.grams import GramTable, learn_table
from app.judge.marks import MARKS
from app.judge.model import Model, Sight, mixed, setting_rows, spoken
from app.judge.weights import Bars, Weights, read_weights, write_weights

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "off", "today", "away", "parent", "message", ":", "and"]
SIGHT = Sight("parent", "message", "off today", "Off today")


def _some(chance: np.random.Generator, *shape: int) -> Array:
    return np.asarray(chance.normal(0, 0.05, shape), dtype=np.float32)


def small_encoder() -> dict[str, Array]:
    """Weights of the right shapes that mean nothing."""
    chance = np.random.default_rng(3)
    one, none = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    arrays = {"emb": _some(chance, len(VOCABULARY), WIDTH), "pos": _some(chance, 128, WIDTH), "lng": one, "lnb": none}
    for number in range(LAYERS):
        arrays |= {
            f"{number}.wq": _some(chance, WIDTH, 3 * WIDTH),
            f"{number}.bq": _some(chance, 3 * WIDTH),
            f"{number}.wo": _some(chance, WIDTH, WIDTH),
            f"{number}.bo": none,
            f"{number}.w1": _some(chance, WIDTH, 4 * WIDTH),
            f"{number}.b1": _some(chance, 4 * WIDTH),
            f"{number}.w2": _some(chance, 4 * WIDTH, WIDTH),
            f"{number}.b2": none,
            **{f"{number}.{name}": one for name in ("g1", "g2")},
            **{f"{number}.{name}": none for name in ("c1", "c2")},
        }
    arrays |= {"ew": _some(chance, WIDTH, len(MARKS)) * 20}
    return arrays | {"hw": _some(chance, WIDTH, len(MARKS)), "hb": np.zeros(len(MARKS), np.float32)}


def _weights() -> Weights:
    chance = np.random.default_rng(1)
    bars = [_some(chance, len(MARKS)) for _ in range(4)]
    return Weights(
        ("not in", "in"),
        (" no", "é "),
        np.array([1.5, 1, 2, 3], np.float32),
        _some(chance, 4, len(MARKS)),
        _some(chance, 8, len(MARKS)),
        _some(chance, len(MARKS)),
        np.array([[0.3] * len(MARKS), [0.7] * len(MARKS), [0.1] * len(MARKS)], np.float32),
        Bars(bars[0], bars[1]),
        Bars(bars[2], bars[3]),
    )


def test_weights_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "judge.npz"
    write_weights(path, _weights())
    back = read_weights(path)
    assert back.runs == ("not in", "in")
    assert back.pieces == (" no", "é ")
    assert np.allclose(back.rarity, [1.5, 1, 2, 3])
    assert np.allclose(back.grams, _weights().grams, atol=0.03)
    assert np.allclose(back.mix, _weights().mix)
    assert np.array_equal(back.full.keep, _weights().full.keep)
    assert np.array_equal(back.lean.add, _weights().lean.add)


def test_the_same_weights_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_weights(tmp_path / name, _weights())
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_weights_for_other_marks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "judge.npz"
    write_weights(path, _weights())
    with np.load(path) as file:
        arrays = dict(file)
    arrays["format"] = np.array([99])
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match="another version"):
        read_weights(path)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    path = tmp_path_factory.mktemp("encoder") / "encoder.npz"
    pack(path, VOCABULARY, small_encoder())
    return Encoder.read(path)


def test_company_does_not_change_a_sentence(encoder: Encoder) -> None:
    short, long = "off today", "away and off and away and off today"
    together = encoder.scores([short, long])
    assert together.shape == (2, len(MARKS))
    assert np.allclose(together[0], encoder.scores([short])[0], atol=1e-5)
    assert not np.allclose(together[0], together[1], atol=1e-3)


def test_no_text_is_too_long_or_too_short(encoder: Encoder) -> None:
    scores = encoder.scores(["", "off " * 5000])
    assert np.isfinite(scores).all()


def test_packing_keeps_the_weights_closely(encoder: Encoder, tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    arrays = small_encoder()
    pack(path, VOCABULARY, arrays)
    with np.load(path) as file:
        restored = file["2.w1_q"].astype(np.float32) * file["2.w1_s"]
    assert np.abs(restored - arrays["2.w1"]).max() <= np.abs(arrays["2.w1"]).max() / 63
    assert np.array_equal(Encoder.read(path).scores(["off today"]), encoder.scores(["off today"]))


def test_two_readers_count_together(encoder: Encoder) -> None:
    weights = _weights()
    lean, full = Model(weights, None), Model(weights, encoder)
    by_grams, by_encoder = lean.scores([SIGHT]), encoder.scores([spoken(SIGHT)])
    assert np.allclose(full.scores([SIGHT]), 0.3 * by_grams + 0.7 * by_encoder + 0.1, atol=1e-5)
    assert np.allclose(mixed(by_grams, by_encoder, weights.mix), full.scores([SIGHT]), atol=1e-5)
    assert (lean.bars, full.bars) == (weights.lean, weights.full)


def test_who_speaks_and_where_are_numbers() -> None:
    assert setting_rows([SIGHT]).tolist() == [[0, 0.5, 0, 0, 0, 0, 0.5, 0]]
    assert spoken(SIGHT) == "parent message : Off today"


@given(st.lists(st.text(alphabet="abcé' ", max_size=40), min_size=3, max_size=8), st.integers(0, 99))
def test_the_quick_sum_is_that_of_the_table(texts: list[str], seed: int) -> None:
    runs, pieces, rarity = learn_table(texts)
    rare = np.array(rarity, np.float32)
    weights = np.random.default_rng(seed).normal(0, 1, (len(rarity), 3)).astype(np.float32)
    table, sums = GramTable(runs, pieces, rare.tolist()), GramSums(runs, pieces, rare, weights)
    for text in (*texts, " ".join(texts), ""):
        row = table.row(text)
        slow = np.array(list(row.values()), np.float32) @ weights[list(row)] if row else np.zeros(3)
        assert sums.scores(text) == pytest.approx(slow, abs=1e-5)
