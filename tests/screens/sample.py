"""The sample school, made once for all tests that want a full one; each gets a copy of its own to change."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.sample.clock import SampleClock
from app.sample.journey import SampleHome, prepare
from tests.conftest import QUICK

_made: list[tuple[SampleHome, Path]] = []
"""Kept for the whole run: a fixture that several modules bring in would be made anew for each."""


@pytest.fixture(scope="session")
def full_school(tmp_path_factory: pytest.TempPathFactory) -> tuple[SampleHome, Path]:
    """The sample school on disk with its files: to be looked at, not changed."""
    if not _made:
        place = tmp_path_factory.mktemp("sample")
        school = prepare(place / "school", place / "files", lambda line: None, hardness=QUICK)
        _made.append((school, place))
    return _made[0]


@pytest.fixture
def sample_school(full_school: tuple[SampleHome, Path], tmp_path: Path) -> SampleHome:
    """A copy of the sample school, to be worked on."""
    made, place = full_school
    shutil.copytree(place / "school", tmp_path / "school")
    return replace(made, home=tmp_path / "school", clock=SampleClock(made.clock()))
