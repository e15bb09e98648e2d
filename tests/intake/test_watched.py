"""The watched folder: half-written files are waited for, done ones go aside and never over another, none is deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Problem
from app.intake.watched import ASIDE, TAKEN, State, WatchedFolder, digest_of_file, put_aside


def states(folder: WatchedFolder, now: float) -> dict[str, State]:
    return {arrival.path.name: arrival.state for arrival in folder.look(now)}


def test_a_file_counts_once_it_has_been_quiet(tmp_path: Path) -> None:
    watched, file = WatchedFolder(tmp_path), tmp_path / "messages.csv"
    file.write_text("half", encoding="utf-8")
    assert states(watched, 0) == {"messages.csv": State.COMING}
    assert states(watched, 3) == {"messages.csv": State.COMING}
    file.write_text("half and half", encoding="utf-8")
    assert states(watched, 5) == {"messages.csv": State.COMING}, "it has grown, so it is waited for again"
    assert states(watched, 9) == {"messages.csv": State.HERE}


def test_an_empty_file_is_waited_for_longer(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path)
    (tmp_path / "empty.csv").touch()
    assert states(watched, 0) == states(watched, 20) == {"empty.csv": State.COMING}
    assert states(watched, 61) == {"empty.csv": State.HERE}


@pytest.mark.parametrize(
    "name", [".hidden.csv", "~$list.xlsx", "list.xlsx.part", "list.crdownload", "note.docx", "a.tmp"]
)
def test_what_is_not_ready_by_its_name_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / TAKEN).mkdir()
    assert WatchedFolder(tmp_path).look(0) == ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_another_program_holds_is_still_coming(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("x", encoding="utf-8")
    file.chmod(0)
    watched = WatchedFolder(tmp_path)
    watched.look(0)
    assert states(watched, 60) == {"list.csv": State.COMING}


def test_a_folder_that_is_gone_is_a_sentence_and_no_end(tmp_path: Path) -> None:
    place = tmp_path / "share"
    watched = WatchedFolder(place)
    with pytest.raises(Problem, match="cannot be read"):
        watched.look(0)
    place.mkdir()
    assert watched.look(1) == ()


@given(names=st.lists(st.sampled_from(["a.csv", "b.csv"]), min_size=1, max_size=6))
def test_nothing_is_ever_lost_by_putting_aside(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("watched")
    contents = set()
    for number, name in enumerate(names):
        file = folder / name
        file.write_text(str(number), encoding="utf-8")
        contents.add(digest_of_file(file))
        moved = put_aside(file, ASIDE)
        assert moved is not None
        assert not file.exists()
    assert {digest_of_file(file) for file in (folder / ASIDE).iterdir()} == contents


def test_what_cannot_be_moved_stays(tmp_path: Path) -> None:
    (tmp_path / TAKEN).write_text("a file where the folder should be", encoding="utf-8")
    file = tmp_path / "list.csv"
    file.write_text("x", encoding="utf-8")
    assert put_aside(file, TAKEN) is None
    assert file.read_text(encoding="utf-8") == "x"
