"""What the judge learnt, in one compressed file of plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.judge.marks import MARKS

Array = npt.NDArray[np.float32]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Way:
    """One way of judging: for each mark the weights of grams and dense numbers, and the bars a score must pass."""

    grams: Array
    dense: Array
    bias: Array
    add: Array
    """A mark that the first stage did not give is added at this score or above."""
    keep: Array
    """A mark that the first stage gave is kept at this score or above."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The grams, and two ways of judging: with the sentence encoder, and without."""

    runs: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Array
    full: Way
    lean: Way


def write_weights(path: Path, weights: Weights) -> None:
    """Write the file; the gram weights are kept in steps of a 127th of each mark's largest."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "format": np.array([FORMAT]),
        "marks": _bytes("\n".join(mark.label for mark in MARKS)),
        "runs": _bytes("\n".join(weights.runs)),
        "pieces": _bytes("\n".join(weights.pieces)),
        "rarity": weights.rarity.astype(np.float16),
    }
    for name, way in (("full", weights.full), ("lean", weights.lean)):
        steps = np.maximum(np.abs(way.grams).max(0), 1e-9) / 127
        arrays |= {
            f"{name}_grams": np.round(way.grams / steps).astype(np.int8),
            f"{name}_steps": steps.astype(np.float32),
            f"{name}_dense": way.dense.astype(np.float16),
            f"{name}_bias": way.bias.astype(np.float32),
            f"{name}_add": way.add.astype(np.float32),
            f"{name}_keep": way.keep.astype(np.float32),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def read_weights(path: Path) -> Weights:
    """Read the file. Raises OSError where it cannot be read, ValueError where it was made for other marks."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    marks = _text(arrays["marks"]).split("\n")
    if int(arrays["format"][0]) != FORMAT or marks != [mark.label for mark in MARKS]:
        raise ValueError("The judge's weights were made for another version. Train the judge again.")
    return Weights(
        runs=tuple(_text(arrays["runs"]).split("\n")),
        pieces=tuple(_text(arrays["pieces"]).split("\n")),
        rarity=arrays["rarity"].astype(np.float32),
        full=_way(arrays, "full"),
        lean=_way(arrays, "lean"),
    )


def _way(arrays: dict[str, npt.NDArray[np.generic]], name: str) -> Way:
    def single(part: str) -> Array:
        return np.asarray(arrays[f"{name}_{part}"], dtype=np.float32)

    return Way(single("grams") * single("steps"), single("dense"), single("bias"), single("add"), single("keep"))


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def _text(raw: npt.NDArray[np.generic]) -> str:
    return raw.tobytes().decode("utf-8")
