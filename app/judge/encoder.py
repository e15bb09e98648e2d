"""The sentence encoder: a small BERT of six layers, computed forward with numpy from weights in a safetensors file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.judge.wordpiece import WordPieces

Array = npt.NDArray[np.float32]

LAYERS = 6
WIDTH = 384
_HEADS = 12
_MOST_PIECES = 128
_TINY = np.float32(1e-12)


class Encoder:
    """Turns texts into the means of each layer's word vectors: the drift of a sentence in numbers."""

    def __init__(self, pieces: WordPieces, tensors: dict[str, Array]) -> None:
        self._pieces = pieces
        self._words = tensors["embeddings.word_embeddings.weight"]
        kinds = tensors["embeddings.token_type_embeddings.weight"]
        self._places = tensors["embeddings.position_embeddings.weight"] + kinds[0]
        self._norm = (tensors["embeddings.LayerNorm.weight"], tensors["embeddings.LayerNorm.bias"])
        self._layers = [_Layer(tensors, f"encoder.layer.{number}.") for number in range(LAYERS)]

    @classmethod
    def read(cls, folder: Path) -> Encoder:
        """The encoder whose weights and vocabulary lie in a folder. Raises OSError or ValueError if they are broken."""
        return cls(WordPieces.read(folder / "vocab.txt"), read_tensors(folder / "model.safetensors"))

    def encode(self, texts: Sequence[str]) -> Array:
        """For each text and each of the layers, the mean of the word vectors: an array (texts, LAYERS, WIDTH)."""
        cut = [self._pieces.cut(text, _MOST_PIECES) for text in texts]
        longest = max((len(numbers) for numbers in cut), default=0)
        numbers = np.zeros((len(cut), longest), np.int64)
        there = np.zeros((len(cut), longest), np.float32)
        for row, found in enumerate(cut):
            numbers[row, : len(found)] = found
            there[row, : len(found)] = 1.0
        hidden = _normed(self._words[numbers] + self._places[:longest], *self._norm)
        hushed = ((1.0 - there) * np.float32(-1e9))[:, None, None, :]
        share = (there / there.sum(1, keepdims=True))[:, None, :]
        means = np.empty((len(cut), LAYERS, WIDTH), np.float32)
        for number, layer in enumerate(self._layers):
            hidden = layer.forward(hidden, hushed)
            means[:, number] = (share @ hidden)[:, 0]
        return means


class _Layer:
    def __init__(self, tensors: dict[str, Array], name: str) -> None:
        parts = ("query", "key", "value")
        self._ask = np.concatenate([tensors[f"{name}attention.self.{part}.weight"] for part in parts]).T.copy()
        self._ask_bias = np.concatenate([tensors[f"{name}attention.self.{part}.bias"] for part in parts])
        self._out, self._out_bias = _linear(tensors, f"{name}attention.output.dense")
        self._wide, self._wide_bias = _linear(tensors, f"{name}intermediate.dense")
        self._back, self._back_bias = _linear(tensors, f"{name}output.dense")
        self._first = _norm_of(tensors, f"{name}attention.output.LayerNorm")
        self._second = _norm_of(tensors, f"{name}output.LayerNorm")

    def forward(self, hidden: Array, hushed: Array) -> Array:
        rows, length, width = hidden.shape
        size = width // _HEADS
        asked = (hidden @ self._ask + self._ask_bias).reshape(rows, length, 3, _HEADS, size).transpose(2, 0, 3, 1, 4)
        query, key, value = asked[0], asked[1], asked[2]
        weights = query @ key.transpose(0, 1, 3, 2) * np.float32(size**-0.5) + hushed
        weights -= weights.max(-1, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(-1, keepdims=True)
        mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
        hidden = _normed(hidden + mixed @ self._out + self._out_bias, *self._first)
        wide = _gelu(hidden @ self._wide + self._wide_bias)
        return _normed(hidden + wide @ self._back + self._back_bias, *self._second)


def read_tensors(path: Path) -> dict[str, Array]:
    """The 32-bit tensors of a safetensors file by name. Raises ValueError where the file is not one."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    if size > len(raw) - 8:
        raise ValueError(f"{path.name} is not a whole safetensors file.")
    header = json.loads(raw[8 : 8 + size])
    tensors: dict[str, Array] = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(raw, np.dtype("<f4"), (end - start) // 4, 8 + size + start)
        tensors[name] = values.reshape(entry["shape"]).astype(np.float32, copy=False)
    return tensors


def _linear(tensors: dict[str, Array], name: str) -> tuple[Array, Array]:
    return tensors[f"{name}.weight"].T.copy(), tensors[f"{name}.bias"]


def _norm_of(tensors: dict[str, Array], name: str) -> tuple[Array, Array]:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _normed(values: Array, weight: Array, bias: Array) -> Array:
    values = values - values.mean(-1, keepdims=True)
    spread = np.einsum("...i,...i->...", values, values)[..., None] / np.float32(values.shape[-1])
    normed: Array = values / np.sqrt(spread + _TINY) * weight + bias
    return normed


def _gelu(values: Array) -> Array:
    """x times the normal distribution's share below x, by Abramowitz and Stegun 7.1.26 (error under 2e-7)."""
    size = np.abs(values) * np.float32(0.5**0.5)
    step = 1.0 / (1.0 + np.float32(0.3275911) * size)
    tail = np.full_like(values, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail = tail * step + np.float32(factor)
    tail = tail * step * np.exp(-size * size) * np.float32(0.5)
    share: Array = values * np.where(values >= 0, 1.0 - tail, tail)
    return share
