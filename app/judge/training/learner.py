"""The encoder as it learns: the forward pass with everything kept that the way back needs, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.judge.encoder import HEADS, LAYERS, WIDTH, Array, gelu
from app.judge.training.base import Tensors

_SIZE = WIDTH // HEADS
_SCALE = np.float32(_SIZE**-0.5)
_PEAK = np.float32(0.3989422804)
_TINY = np.float32(1e-12)
DROPPED = 0.1
"""The share of numbers dropped at random while learning, so that no one of them is leant on."""

Numbers = npt.NDArray[np.int64]


@dataclass(slots=True)
class _Kept:
    """What one layer leaves for the way back."""

    entered: Array
    query: Array
    key: Array
    value: Array
    attention: Array
    attention_mask: Array
    mixed: Array
    first_mask: Array
    first_norm: tuple[Array, Array]
    between: Array
    wide: Array
    wide_out: Array
    share: Array
    bell: Array
    second_mask: Array
    second_norm: tuple[Array, Array]


@dataclass(slots=True)
class Learner:
    """Weights that change. `forward` then `backward`, once for each handful of examples."""

    weights: Tensors
    chance: np.random.Generator
    dropped: float = DROPPED
    _layers: list[_Kept] = field(default_factory=list)
    _end: tuple[Array, Array, Array] | None = None

    def forward(self, numbers: Numbers, there: Array) -> Array:
        """The scores of each mark for rows of piece numbers, some of them padding."""
        w = self.weights
        rows, length = numbers.shape
        hidden = (w["emb"][numbers] + w["pos"][:length]).reshape(-1, WIDTH)
        hidden = _norm(hidden, w["lng"], w["lnb"])[0]
        hidden = hidden * self._mask(hidden.shape)
        hushed = ((1 - there) * np.float32(-1e9))[:, None, None, :]
        self._layers = []
        for number in range(LAYERS):
            hidden = self._layer(f"{number}.", hidden, (rows, length), hushed)
        share = there / there.sum(1, keepdims=True)
        pooled = np.einsum("bt,btd->bd", share, hidden.reshape(rows, length, WIDTH))
        mask = self._mask(pooled.shape)
        pooled = np.asarray(pooled * mask, dtype=np.float32)
        self._end = (pooled, share, mask)
        scores: Array = pooled @ w["hw"] + w["hb"]
        return scores

    def backward(self, pull: Array) -> Tensors:
        """The slope of the loss for each weight that learns, from its slope for each score."""
        w = self.weights
        assert self._end is not None, "forward comes first"
        pooled, share, mask = self._end
        slopes: Tensors = {"hw": pooled.T @ pull, "hb": pull.sum(0)}
        back = (pull @ w["hw"].T) * mask
        flow = (share[:, :, None] * back[:, None, :]).reshape(-1, WIDTH)
        for number in reversed(range(LAYERS)):
            flow = self._layer_back(f"{number}.", self._layers[number], flow, share.shape, slopes)
        return slopes

    def _layer(self, name: str, entered: Array, shape: tuple[int, int], hushed: Array) -> Array:
        w = self.weights
        asked = (entered @ w[f"{name}wq"] + w[f"{name}bq"]).reshape(*shape, 3, HEADS, _SIZE).transpose(2, 0, 3, 1, 4)
        query, key, value = (np.ascontiguousarray(part) for part in asked)
        attention = query @ key.transpose(0, 1, 3, 2) * _SCALE + hushed
        attention -= attention.max(-1, keepdims=True)
        np.exp(attention, out=attention)
        attention /= attention.sum(-1, keepdims=True)
        attention_mask = self._mask(attention.shape)
        mixed = np.ascontiguousarray(((attention * attention_mask) @ value).transpose(0, 2, 1, 3)).reshape(-1, WIDTH)
        first_mask = self._mask(mixed.shape)
        added: Array = (mixed @ w[f"{name}wo"] + w[f"{name}bo"]) * first_mask
        between, first_norm = _norm(entered + added, w[f"{name}g1"], w[f"{name}c1"])
        wide = between @ w[f"{name}w1"] + w[f"{name}b1"]
        wide_out, share, bell = gelu(wide)
        second_mask = self._mask(between.shape)
        added = (wide_out @ w[f"{name}w2"] + w[f"{name}b2"]) * second_mask
        left, second_norm = _norm(between + added, w[f"{name}g2"], w[f"{name}c2"])
        self._layers.append(
            _Kept(
                entered, query, key, value, attention, attention_mask, mixed, first_mask, first_norm,
                between, wide, wide_out, share, bell, second_mask, second_norm,
            )
        )  # fmt: skip
        return left

    def _layer_back(self, name: str, kept: _Kept, flow: Array, shape: tuple[int, ...], slopes: Tensors) -> Array:
        w = self.weights
        flow = _norm_back(flow, w[f"{name}g2"], kept.second_norm, slopes, f"{name}g2", f"{name}c2")
        added = flow * kept.second_mask
        slopes[f"{name}w2"], slopes[f"{name}b2"] = kept.wide_out.T @ added, added.sum(0)
        widened = (added @ w[f"{name}w2"].T) * (kept.bell * _PEAK * kept.wide + kept.share)
        slopes[f"{name}w1"], slopes[f"{name}b1"] = kept.between.T @ widened, widened.sum(0)
        flow = np.asarray(flow + widened @ w[f"{name}w1"].T, dtype=np.float32)
        flow = _norm_back(flow, w[f"{name}g1"], kept.first_norm, slopes, f"{name}g1", f"{name}c1")
        added = flow * kept.first_mask
        slopes[f"{name}wo"], slopes[f"{name}bo"] = kept.mixed.T @ added, added.sum(0)
        pulled: Array = np.asarray(added @ w[f"{name}wo"].T, dtype=np.float32)
        asked = self._attention_back(kept, pulled.reshape(*shape, HEADS, _SIZE))
        slopes[f"{name}wq"], slopes[f"{name}bq"] = kept.entered.T @ asked, asked.sum(0)
        left: Array = flow + asked @ w[f"{name}wq"].T
        return left

    def _attention_back(self, kept: _Kept, flow: Array) -> Array:
        """The slopes for the layer's queries, keys and values together, one row a place."""
        rows, length = flow.shape[:2]
        flow = np.ascontiguousarray(flow.transpose(0, 2, 1, 3))
        value = (kept.attention * kept.attention_mask).transpose(0, 1, 3, 2) @ flow
        pull = (flow @ kept.value.transpose(0, 1, 3, 2)) * kept.attention_mask
        pull -= np.einsum("bhij,bhij->bhi", pull, kept.attention)[..., None]
        pull *= kept.attention * _SCALE
        asked = np.empty((rows, length, 3, HEADS, _SIZE), np.float32)
        for place, part in enumerate((pull @ kept.key, pull.transpose(0, 1, 3, 2) @ kept.query, value)):
            asked[:, :, place] = part.transpose(0, 2, 1, 3)
        return asked.reshape(-1, 3 * WIDTH)

    def _mask(self, shape: tuple[int, ...]) -> Array:
        if not self.dropped:
            return np.ones((1,) * len(shape), np.float32)
        kept = self.chance.random(shape, dtype=np.float32) >= self.dropped
        return np.asarray(kept, dtype=np.float32) * np.float32(1 / (1 - self.dropped))


def _norm(values: Array, weight: Array, bias: Array) -> tuple[Array, tuple[Array, Array]]:
    centred = values - values.mean(-1, keepdims=True)
    spread = np.einsum("ni,ni->n", centred, centred)[:, None] / np.float32(values.shape[-1])
    narrow: Array = 1 / np.sqrt(spread + _TINY)
    centred *= narrow
    return centred * weight + bias, (centred, narrow)


def _norm_back(
    flow: Array, weight: Array, kept: tuple[Array, Array], slopes: Tensors, weight_name: str, bias_name: str
) -> Array:
    normed, narrow = kept
    slopes[weight_name], slopes[bias_name] = np.einsum("ni,ni->i", flow, normed), flow.sum(0)
    back: Array = flow * weight
    along = np.einsum("ni,ni->n", back, normed)[:, None] / np.float32(flow.shape[-1])
    back -= back.mean(-1, keepdims=True)
    back -= normed * along
    return np.asarray(back * narrow, dtype=np.float32)
