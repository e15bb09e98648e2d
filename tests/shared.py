"""The shared folder beside the checkout: real samples and the labelled corpus, read where they lie, never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A path in the shared folder; the test that asks is skipped, with the reason, where it is absent."""
    place = _FOLDER.joinpath(*parts)
    if not place.exists():
        pytest.skip(f"needs {'/'.join(('../shared', *parts))}, which is not beside this checkout")
    return place
