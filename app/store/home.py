"""What tells that a school lives in a folder, and nothing else: the first page asks before anything heavy is read."""

from __future__ import annotations

from pathlib import Path

KEYS = "keys.json"
"""The file of wrapped keys, without which nothing opens."""


def has_school(home: Path) -> bool:
    """Whether a school lives in this folder."""
    return (home / KEYS).is_file()
