"""The judge's numbers: the encoder's forward pass, the file of weights, the bars, and the fitting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from app.judge.encoder import LAYERS, WIDTH, Encoder, read_tensors  # noqa: E402
from app.judge.loading import encoder_folder  # noqa: E402
from app.judge.marks import MARKS  # noqa: E402
from app.judge.model import DENSE, Sight, dense_rows  # noqa: E402
from app.judge.weights import Way, Weights, read_weights, write_weights  # noqa: E402


def _way(seed: int, grams: int) -> Way:
    chance = np.random.default_rng(seed)
    return Way(
        chance.normal(size=(grams, len(MARKS))).astype(np.float32),
        chance.normal(size=(8, len(MARKS))).astype(np.float32),
        *(chance.normal(size=len(MARKS)).astype(np.float32) for _ in range(3)),
    )


def _weights() -> Weights:
    return Weights(("not in", "in"), (" no", "é "), np.array([1.5, 1, 2, 3], np.float32), _way(1, 4), _way(2, 4))


def test_weights_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "judge.npz"
    write_weights(path, _weights())
    back = read_weights(path)
    assert back.runs == ("not in", "in")
    assert back.pieces == (" no", "é ")
    assert np.allclose(back.rarity, [1.5, 1, 2, 3])
    assert np.allclose(back.full.grams, _weights().full.grams, atol=0.03)
    assert np.allclose(back.lean.dense, _weights().lean.dense, atol=0.01)
    assert np.array_equal(back.full.keep, _weights().full.keep)


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


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = encoder_folder()
    if folder is None:
        pytest.skip("the sentence encoder is not installed")
    return Encoder.read(folder)


def test_company_does_not_change_a_sentence(encoder: Encoder) -> None:
    short, long = "Off today.", "We shall be away until the Thursday after next, I am afraid."
    together = encoder.encode([short, long])
    assert together.shape == (2, LAYERS, WIDTH)
    assert np.allclose(together[0], encoder.encode([short])[0], atol=1e-5)


def test_like_sentences_lie_near_each_other(encoder: Encoder) -> None:
    means = encoder.encode(["My son is ill today.", "Our lad is poorly this morning.", "The castle was built in 1279."])
    ill, poorly, castle = means[:, -1] / np.linalg.norm(means[:, -1], axis=1, keepdims=True)
    assert ill @ poorly > ill @ castle + 0.3


def test_dense_rows_have_their_width(encoder: Encoder) -> None:
    sight = Sight("parent", "message", "off today", "Off today")
    assert dense_rows([sight, sight], encoder).shape == (2, DENSE)
    assert dense_rows([sight], None).tolist() == [[0, 0.5, 0, 0, 0, 0, 0.5, 0]]


def test_the_best_bar_parts_what_stands() -> None:
    pytest.importorskip("scipy")
    from app.judge.training.bars import best_bar

    scores = np.array([-3, 2, -1, 1.5, 0], np.float32)
    assert best_bar(scores, np.array([0, 1, 0, 1, 0], np.float32)) == pytest.approx(0.75)


def test_fitting_learns_a_telling_gram() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    from app.judge.training.fitting import fit
    from app.judge.training.matrix import Labels

    grams = sparse.csr_matrix(np.tile(np.eye(2, dtype=np.float32), (20, 1)))
    stands = np.zeros((40, len(MARKS)), np.float32)
    stands[::2, 0] = 1
    labels = Labels(stands, np.ones_like(stands), np.array(["a"] * 40))
    dense = np.zeros((40, 1), np.float32)
    scores = fit(grams, dense, labels).scores(grams, dense)
    assert scores[0, 0] > 2 > -2 > scores[1, 0]
    assert scores[:, 1].max() < 0
