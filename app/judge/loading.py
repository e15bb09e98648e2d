"""Loading the judge, as far as what is installed allows."""

from __future__ import annotations

import importlib.util
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.resources import resources

if TYPE_CHECKING:
    from app.judge.verdict import TopicJudge


def load_judge(*, encoder: bool = True) -> TopicJudge | None:
    """The judge, or None where numpy or the judge's own weights are absent. It is read once and shared.

    Without the sentence encoder (its file absent, or not wanted: it takes tens of milliseconds an item) it judges by
    words and pieces of words alone, a millisecond an item, and sees less.
    """
    path = weights_path()
    if importlib.util.find_spec("numpy") is None or not path.is_file():
        return None
    kept = encoder_path()
    return _loaded(path, kept if encoder and kept.is_file() else None)


def weights_path() -> Path:
    """The file that holds what the judge learnt."""
    return resources() / "judge" / "judge.npz"


def encoder_path() -> Path:
    """The file that holds the sentence encoder."""
    return resources() / "judge" / "encoder.npz"


@lru_cache(maxsize=2)
def _loaded(weights: Path, encoder: Path | None) -> TopicJudge:
    # The sums are small: threads cost more than they bring, and many times more on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from app.judge.encoder import Encoder
    from app.judge.model import Model
    from app.judge.verdict import TopicJudge
    from app.judge.weights import read_weights

    return TopicJudge(Model(read_weights(weights), None if encoder is None else Encoder.read(encoder)))
