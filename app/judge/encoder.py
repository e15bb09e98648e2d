"""The sentence encoder: a small BERT of six layers, taught to give the marks' scores itself, computed with numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.judge.wordpiece import WordPieces

Array = npt.NDArray[np.float32]

LAYERS = 6
WIDTH = 384
HEADS = 12
MOST_PIECES = 112
"""A longer text is cut after so many word pieces: the judge looks at one in shorter views."""
_TINY = np.float32(1e-12)


class Encoder:
    """Gives texts a score for every mark, from the words as the last layer sees them: each mark has its own eye for
    which of them count."""

    def __init__(self, pieces: WordPieces, words: Mapping[str, npt.NDArray[np.generic]], arrays: Mapping[str, Array]):
        """`words` holds the numbers of each word piece in steps ("q") and the size of its step ("s")."""
        self._pieces = pieces
        self._words = words["q"], np.asarray(words["s"], dtype=np.float32)
        self._places = arrays["pos"]
        self._norm = (arrays["lng"], arrays["lnb"])
        self._layers = [_Layer(arrays, f"{number}.") for number in range(LAYERS)]
        self._eye = arrays["ew"]
        self._head, self._head_bias = arrays["hw"], arrays["hb"]

    @classmethod
    def read(cls, path: Path) -> Encoder:
        """The encoder kept in a file by `pack`. Raises OSError or ValueError if it is broken."""
        with np.load(path, allow_pickle=False) as file:
            kept = {name: file[name] for name in file.files}
        arrays: dict[str, Array] = {}
        for name, values in kept.items():
            if name.endswith("_q") and name != "emb_q":
                steps = np.asarray(kept[f"{name[:-2]}_s"], dtype=np.float32)
                arrays[name[:-2]] = np.asarray(values, dtype=np.float32) * steps
            elif not name.startswith(("emb", "vocabulary")) and not name.endswith("_s"):
                arrays[name] = np.asarray(values, dtype=np.float32)
        vocabulary = kept["vocabulary"].tobytes().decode("utf-8").split("\n")
        return cls(WordPieces.of(vocabulary), {"q": kept["emb_q"], "s": kept["emb_s"]}, arrays)

    def scores(self, texts: Sequence[str]) -> Array:
        """For each text the log of the odds of each mark: an array (texts, marks)."""
        cut = [self._pieces.cut(text, MOST_PIECES) for text in texts]
        longest = max((len(numbers) for numbers in cut), default=0)
        numbers = np.zeros((len(cut), longest), np.int64)
        there = np.zeros((len(cut), longest), np.float32)
        for row, found in enumerate(cut):
            numbers[row, : len(found)] = found
            there[row, : len(found)] = 1.0
        steps, sizes = self._words
        words = np.asarray(steps[numbers], dtype=np.float32) * sizes[numbers][..., None]
        hidden = _normed(words + self._places[:longest], *self._norm)
        hushed = (1.0 - there) * np.float32(-1e9)
        for layer in self._layers:
            hidden = layer.forward(hidden, hushed[:, None, None, :])
        shares = _shared_out(hidden @ self._eye + hushed[:, :, None], 1)
        scores: Array = (shares * (hidden @ self._head)).sum(1) + self._head_bias
        return scores


class _Layer:
    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._ask, self._ask_bias = arrays[f"{name}wq"], arrays[f"{name}bq"]
        self._out, self._out_bias = arrays[f"{name}wo"], arrays[f"{name}bo"]
        self._wide, self._wide_bias = arrays[f"{name}w1"], arrays[f"{name}b1"]
        self._back, self._back_bias = arrays[f"{name}w2"], arrays[f"{name}b2"]
        self._first = arrays[f"{name}g1"], arrays[f"{name}c1"]
        self._second = arrays[f"{name}g2"], arrays[f"{name}c2"]

    def forward(self, hidden: Array, hushed: Array) -> Array:
        rows, length, width = hidden.shape
        size = width // HEADS
        asked = (hidden @ self._ask + self._ask_bias).reshape(rows, length, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
        query, key, value = asked[0], asked[1], asked[2]
        weights = _shared_out(query @ key.transpose(0, 1, 3, 2) * np.float32(size**-0.5) + hushed, -1)
        mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
        hidden = _normed(hidden + mixed @ self._out + self._out_bias, *self._first)
        wide = gelu(hidden @ self._wide + self._wide_bias)
        return _normed(hidden + wide @ self._back + self._back_bias, *self._second)


def pack(path: Path, vocabulary: Sequence[str], arrays: Mapping[str, Array], finest: int = 63) -> None:
    """Keep an encoder in a file: matrices in whole steps of up to `finest` either way, the rest in half precision."""
    kept: dict[str, npt.NDArray[np.generic]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary).encode("utf-8"), np.uint8),
    }
    for name, values in arrays.items():
        if values.ndim == 2 and name not in ("pos", "ew", "hw"):
            axis = 1 if name == "emb" else 0
            steps = np.maximum(np.abs(values).max(axis), 1e-9) / finest
            whole = np.round(values / np.expand_dims(steps, axis))
            kept |= {f"{name}_q": whole.astype(np.int8), f"{name}_s": steps.astype(np.float32)}
        else:
            kept[name] = values.astype(np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **kept)  # type: ignore[arg-type]


def _normed(values: Array, weight: Array, bias: Array) -> Array:
    values = values - values.mean(-1, keepdims=True)
    spread = np.einsum("...i,...i->...", values, values)[..., None] / np.float32(values.shape[-1])
    normed: Array = values / np.sqrt(spread + _TINY) * weight + bias
    return normed


def _shared_out(weights: Array, axis: int) -> Array:
    """The weights as shares of one along an axis (softmax). They are changed in place."""
    weights -= weights.max(axis, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis, keepdims=True)
    return weights


def gelu(values: Array) -> Array:
    """x times the normal distribution's share below x, by Abramowitz and Stegun 7.1.26 (error under 2e-7)."""
    size = np.abs(values) * np.float32(0.5**0.5)
    step = 1.0 / (1.0 + np.float32(0.3275911) * size)
    bell = np.exp(-size * size)
    tail = np.full_like(values, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail *= step
        tail += np.float32(factor)
    tail *= step
    tail *= bell
    tail *= np.float32(0.5)
    share: Array = np.where(values >= 0, 1.0 - tail, tail)
    return values * share
