"""What the judge learnt apart from the encoder, in one compressed file of plain arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.judge.marks import MARKS

Array = npt.NDArray[np.float32]

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Bars:
    """For each mark the scores that count."""

    add: Array
    """A mark that the first stage did not give is added at this score or above."""
    keep: Array
    """A mark that the first stage gave is kept at this score or above."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The grams, what each of them and the setting say for each mark, and the bars with the encoder and without."""

    runs: tuple[str, ...]
    pieces: tuple[str, ...]
    rarity: Array
    grams: Array
    setting: Array
    bias: Array
    mix: Array
    """Three rows: what the score by grams counts, what the encoder's counts, and what is added."""
    full: Bars
    lean: Bars


def write_weights(path: Path, weights: Weights) -> None:
    """Write the file; the gram weights are kept in steps of a 127th of each mark's largest."""
    steps = np.maximum(np.abs(weights.grams).max(0), 1e-9) / 127
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "format": np.array([FORMAT]),
        "marks": _bytes("\n".join(mark.label for mark in MARKS)),
        "runs": _bytes("\n".join(weights.runs)),
        "pieces": _bytes("\n".join(weights.pieces)),
        "rarity": weights.rarity.astype(np.float16),
        "grams": np.round(weights.grams / steps).astype(np.int8),
        "steps": steps.astype(np.float32),
        "setting": weights.setting.astype(np.float32),
        "bias": weights.bias.astype(np.float32),
        "mix": weights.mix.astype(np.float32),
    }
    for name, bars in (("full", weights.full), ("lean", weights.lean)):
        arrays |= {f"{name}_add": bars.add.astype(np.float32), f"{name}_keep": bars.keep.astype(np.float32)}
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

    def single(name: str) -> Array:
        return np.asarray(arrays[name], dtype=np.float32)

    return Weights(
        runs=tuple(_text(arrays["runs"]).split("\n")),
        pieces=tuple(_text(arrays["pieces"]).split("\n")),
        rarity=single("rarity"),
        grams=single("grams") * single("steps"),
        setting=single("setting"),
        bias=single("bias"),
        mix=single("mix"),
        full=Bars(single("full_add"), single("full_keep")),
        lean=Bars(single("lean_add"), single("lean_keep")),
    )


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def _text(raw: npt.NDArray[np.generic]) -> str:
    return raw.tobytes().decode("utf-8")
