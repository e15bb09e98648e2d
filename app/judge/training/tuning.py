"""Teaching the encoder the marks: all layers learn, by Adam, from examples a little disturbed each time round.

It needs torch, which the program itself never does: `pip install torch`. On processors that can, the sums are done in
shorter numbers (bfloat16), which halves the time and changes nothing that shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from app.judge.encoder import HEADS, LAYERS, WIDTH, Array
from app.judge.marks import MARKS
from app.judge.model import Sight, spoken
from app.judge.training.base import Tensors
from app.judge.training.matrix import Labels
from app.judge.wordpiece import WordPieces

PACE, HEAD_PACE = 1.5e-4, 2e-3
"""How fast the last layer and the marks' own weights learn."""
DEEPER = 0.85
"""How much slower each layer learns than the one above it: what lies deep is of all language."""
HANDFUL = 32
LONGEST = 96
_DROPPED = 0.1
"""The share of numbers dropped at random while learning, so that no one of them is leant on."""
_LEFT_ALONE = frozenset({"emb", "pos", "lng", "lnb"})
"""What stays as the base has it: the words and their places, which a few thousand examples could only spoil."""
_HEAD = frozenset({"ew", "hw", "hb"})
"""What the base does not bring: where each mark looks, and what it sees there."""
_WARMING = 0.06
_FADING = 0.01
_TINY = 1e-12
_PLAIN_SHARE = 0.2
_LIFT = (0.6, 4.0)
"""How much more a mark that stands counts: this share of the root of the odds against it, so much at most."""
_MARKS_OF_WRITING = re.compile(r"[.,;:!?'’\"-]")

_SHORT = torch.backends.mkldnn.is_available()
"""Whether sums may be done in shorter numbers."""

Numbers = npt.NDArray[np.int64]
_Weights = dict[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast is learnt."""

    rounds: int
    speed: float
    seed: int


def tune(tensors: Tensors, pieces: WordPieces, sights: Sequence[Sight], labels: Labels, course: Course) -> Tensors:
    """Weights that have learnt the labels. `tensors` are left as they are."""
    torch.manual_seed(course.seed)
    chance = np.random.default_rng(course.seed)
    weights = {name: torch.tensor(values.copy()) for name, values in tensors.items()}
    weights.setdefault("ew", torch.zeros(WIDTH, len(MARKS)))
    weights.setdefault("hw", torch.zeros(WIDTH, len(MARKS)))
    weights.setdefault("hb", torch.full((len(MARKS),), -2.0))
    adam = torch.optim.AdamW(_learning(weights, course.speed))
    total = course.rounds * -(-len(sights) // HANDFUL)
    pace = torch.optim.lr_scheduler.LambdaLR(adam, lambda step: _pace(step, total))
    counts = _counts(labels)
    for number in range(course.rounds):
        cut = [pieces.cut(_disturbed(sight, chance), LONGEST) for sight in sights]
        loss = 0.0
        for rows in _handfuls(cut, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_SHORT):
                scores = _forward(weights, *_padded([cut[row] for row in rows]), _DROPPED)
            wrong = functional.binary_cross_entropy_with_logits(
                scores.float(), torch.from_numpy(labels.stands[rows]), torch.from_numpy(counts[rows]), reduction="sum"
            )
            adam.zero_grad()
            (wrong / len(rows)).backward()
            torch.nn.utils.clip_grad_norm_([weight for weight in weights.values() if weight.requires_grad], 1.0)
            adam.step()
            pace.step()
            loss += wrong.item()
        print(f"  round {number + 1} of {course.rounds}: loss {loss / len(sights):.3f}", flush=True)
    return {name: np.asarray(values.detach().numpy(), dtype=np.float32) for name, values in weights.items()}


def tuned_scores(tensors: Tensors, cut: Sequence[Sequence[int]]) -> Array:
    """The scores of weights that have learnt, nothing disturbed and nothing dropped."""
    weights = {name: torch.from_numpy(values) for name, values in tensors.items()}
    scores = np.zeros((len(cut), len(MARKS)), np.float32)
    order = sorted(range(len(cut)), key=lambda row: len(cut[row]))
    with torch.no_grad():
        for start in range(0, len(order), HANDFUL):
            rows = order[start : start + HANDFUL]
            scores[rows] = _forward(weights, *_padded([cut[row] for row in rows]), 0.0).numpy()
    return scores


def _forward(weights: _Weights, numbers: torch.Tensor, there: torch.Tensor, dropped: float) -> torch.Tensor:
    """The scores of each mark for rows of piece numbers, some of them padding: as `Encoder.scores` does it."""
    w = weights
    rows, length = numbers.shape
    hidden = _normed(w["emb"][numbers] + w["pos"][:length], w["lng"], w["lnb"])
    hidden = functional.dropout(hidden, dropped)
    hushed = ((1 - there) * -1e9)[:, None, None, :]
    for name in (f"{number}." for number in range(LAYERS)):
        asked = (hidden @ w[f"{name}wq"] + w[f"{name}bq"]).reshape(rows, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = asked.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=hushed.to(query.dtype), dropout_p=dropped
        )
        added = mixed.transpose(1, 2).reshape(rows, length, WIDTH) @ w[f"{name}wo"] + w[f"{name}bo"]
        hidden = _normed(hidden + functional.dropout(added, dropped), w[f"{name}g1"], w[f"{name}c1"])
        wide = functional.gelu(hidden @ w[f"{name}w1"] + w[f"{name}b1"])
        added = wide @ w[f"{name}w2"] + w[f"{name}b2"]
        hidden = _normed(hidden + functional.dropout(added, dropped), w[f"{name}g2"], w[f"{name}c2"])
    looks = hidden @ w["ew"] + (there[:, :, None] - 1) * 1e9
    shares = torch.softmax(looks.float(), 1)
    return (shares * (functional.dropout(hidden, dropped) @ w["hw"])).sum(1) + w["hb"]


def _normed(values: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    return functional.layer_norm(values, (WIDTH,), weight, bias, _TINY)


def _learning(weights: _Weights, speed: float) -> list[dict[str, object]]:
    """What learns and how fast; matrices fade a little, so that none grows without need."""
    groups: list[dict[str, object]] = []
    for name, weight in weights.items():
        if name in _LEFT_ALONE:
            continue
        weight.requires_grad_(True)
        pace = (HEAD_PACE if name in _HEAD else PACE * DEEPER ** (LAYERS - 1 - int(name.partition(".")[0]))) * speed
        groups.append({"params": [weight], "lr": pace, "weight_decay": _FADING if weight.ndim == 2 else 0.0})
    return groups


def _pace(step: int, total: int) -> float:
    """Slow at first, then fast, then slower and slower."""
    return min(1.0, (step + 1) / (_WARMING * total)) * max(0.02, 1 - step / total)


def _padded(cut: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Piece numbers in rows of one length, and where there are any."""
    longest = max(map(len, cut))
    numbers = np.zeros((len(cut), longest), np.int64)
    there = np.zeros((len(cut), longest), np.float32)
    for row, found in enumerate(cut):
        numbers[row, : len(found)] = found
        there[row, : len(found)] = 1
    return torch.from_numpy(numbers), torch.from_numpy(there)


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
