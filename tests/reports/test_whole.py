"""A report's file is there whole, or what stood there before is untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problems import Problem
from reports.kit.whole import written_whole


def test_what_is_written_is_moved_into_place(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    with written_whole(path) as place:
        assert place.suffix == ".pdf"
        place.write_bytes(b"new")
        assert not path.exists()
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"old")

    def fail() -> None:
        with written_whole(path) as place:
            place.write_bytes(b"half")
            raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError, match="interrupted"):
        fail()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(Problem, match="Choose another folder"),
        written_whole(tmp_path / "nowhere" / "report.pdf"),
    ):
        pass


def test_a_file_that_cannot_be_replaced_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.mkdir()
    with pytest.raises(Problem, match="may be open in another program"), written_whole(path) as place:
        place.write_bytes(b"new")
    assert list(tmp_path.iterdir()) == [path]
