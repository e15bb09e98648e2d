"""Loading the judge, as far as what is installed allows."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.resources import resources

if TYPE_CHECKING:
    from app.judge.close import Close
    from app.judge.model import Model
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


def can_read_closely() -> bool:
    """Whether a close reader is there to be loaded: numpy, the judge's weights and the encoder's file."""
    here = importlib.util.find_spec("numpy") is not None
    return here and weights_path().is_file() and encoder_path().is_file()


def load_close_reader() -> Close | None:
    """Both readers together, for reading items whose verdict is kept; None where one of them is absent."""
    if not can_read_closely():
        return None
    from app.judge.close import Close

    return Close(_model(weights_path(), encoder_path()))


def reader_mark() -> str:
    """Twenty signs that change with every change of what the close reader learnt; empty where there is none.

    Both files are archives that hold a checksum of each of their parts: those are read, and not the parts. What is no
    archive is no reader either.
    """
    if not can_read_closely():
        return ""
    stamps = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in (weights_path(), encoder_path()))
    try:
        return _mark(stamps)
    except zipfile.BadZipFile:
        return ""


@lru_cache(maxsize=4)
def _mark(stamps: tuple[tuple[Path, int, int], ...]) -> str:
    told = hashlib.blake2b(digest_size=10)
    for path, _, _ in stamps:
        with zipfile.ZipFile(path) as file:
            for part in sorted(file.infolist(), key=lambda each: each.filename):
                told.update(f"{part.filename}\t{part.CRC}\t{part.file_size}\n".encode())
    return told.hexdigest()


@lru_cache(maxsize=2)
def _loaded(weights: Path, encoder: Path | None) -> TopicJudge:
    from app.judge.verdict import TopicJudge

    return TopicJudge(_model(weights, encoder))


@lru_cache(maxsize=2)
def _model(weights: Path, encoder: Path | None) -> Model:
    # The sums are small: threads cost more than they bring, and many times more on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from app.judge.encoder import Encoder
    from app.judge.model import Model
    from app.judge.weights import read_weights

    return Model(read_weights(weights), None if encoder is None else Encoder.read(encoder))
