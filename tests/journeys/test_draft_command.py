"""`schoolgate draft`: a post checked from the command line, for whoever has no desk open (T8, T12)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.bench.race import Result
from app.store import vault
from tests.conftest import PASSWORD, QUICK

CLASS_LIST = """Forename,Surname,Date of birth,Class,Year
Ella,Marsh,03/09/2018,Willow,3
Oscar,Reed,04/10/2018,Willow,3
Oscar,Hill,05/10/2018,Willow,3
Maya,Shah,06/11/2017,Rowan,4
"""


class NoScreens:
    """A desk that must not be asked for."""

    def desk(self, home: str | None) -> int:
        raise AssertionError

    def demo(self, role: str) -> int:
        raise AssertionError

    def measure(self, job: str, scale: float, rounds: int) -> Iterator[Result]:
        raise AssertionError

    def tour(self, out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]:
        raise AssertionError


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> Run:
    """Runs `schoolgate WORDS` on a school with four pupils: exit code, stdout, stderr."""
    monkeypatch.setenv("SCHOOLGATE_USER", "head")
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", PASSWORD)
    monkeypatch.setattr("app.services.accounts.new_vault", lambda where, hardness=None: vault.new_vault(where, QUICK))

    def call(*words: object) -> tuple[int, str, str]:
        code = cli.run([str(word) for word in words], NoScreens())
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    register = tmp_path / "class_list.csv"
    register.write_text(CLASS_LIST, encoding="utf-8")
    assert call("init", "--name", "Larkfield Primary School", "--user", "head", "--home", home)[0] == 0
    assert call("import", "register", register, "--home", home)[0] == 0
    return call


def drafted(tmp_path: Path, text: str) -> Path:
    place = tmp_path / "draft.txt"
    place.write_text(text, encoding="utf-8")
    return place


def test_a_draft_with_a_surname_is_told_of_and_put_right(run: Run, home: Path, tmp_path: Path) -> None:
    place = drafted(tmp_path, "Ella Marsh and Oscar R built a bridge.")
    code, out, err = run("draft", "--class", "willow", "--media", "photo", "--home", home, "--json", place)
    said: dict[str, Any] = json.loads(out)
    assert (code, err, said["clear"]) == (1, "", False)
    assert said["reworded"] == {
        "text": "Ella and Oscar R built a bridge.",
        "changes": [{"span": [0, 10], "old": "Ella Marsh", "new": "Ella"}],
    }
    assert {(child["name"], child["stopped"]) for child in said["children"]} == {("Ella", True), ("Oscar R", True)}
    assert {finding["check"] for finding in said["findings"]} == {"surname", "no-permission"}


def test_a_clean_draft_from_stdin(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("We grew cress on the windowsill."))
    code, out, err = run("draft", "--class", "Willow", "--home", home, "-")
    assert (code, out.strip(), err) == (0, "Nothing stands against posting this.", "")


def test_plain_words_say_who_may_not_be_shown(run: Run, home: Path, tmp_path: Path) -> None:
    words = ["--class", "Willow", "--child", "Ella", "--child", "Oscar Hill", "--media", "photo", "--home", home]
    code, out, _ = run("draft", *words, drafted(tmp_path, "Look what Oscar Reed made"))
    lines = out.splitlines()
    assert code == 1
    assert lines[0] == "Do not post this as it is."
    assert "  Ella (Willow): may NOT be shown" in lines
    assert "  T12  Oscar H may not be shown here. Choose another picture, or leave the child out." in lines
    assert lines[-1] == "Look what Oscar R made"


def test_a_school_story_takes_children_of_every_class(run: Run, home: Path, tmp_path: Path) -> None:
    words = [
        "--kind",
        "school_story",
        "--child",
        "Maya",
        "--child",
        "Ella",
        "--media",
        "work",
        "--home",
        home,
        "--json",
    ]
    _, out, _ = run("draft", *words, drafted(tmp_path, "Our harvest festival"))
    assert [child["class"] for child in json.loads(out)["children"]] == ["Willow", "Rowan"]


@pytest.mark.parametrize(
    ("words", "because"),
    [
        (["--class", "Beech"], "No class is called “Beech”. The classes are Willow, Rowan."),
        (["--class", "Willow", "--child", "Noah"], "No child here is called “Noah”."),
        (["--class", "Willow", "--child", "Oscar"], "“Oscar” fits 2 children. Give the surname too."),
        ([], "A class story needs its class"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_2(
    run: Run, home: Path, tmp_path: Path, words: list[str], because: str
) -> None:
    code, out, err = run("draft", *words, "--home", home, drafted(tmp_path, "Hello"))
    assert (code, out) == (2, "")
    assert because in err
    assert err.count("\n") == 1


def test_a_missing_or_unreadable_file_is_one_line(run: Run, home: Path, tmp_path: Path) -> None:
    code, _, err = run("draft", "--class", "Willow", "--home", home, tmp_path / "none.txt")
    assert (code, err.count("\n")) == (2, 1)
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"caf\xe9 \xff")
    code, _, err = run("draft", "--class", "Willow", "--home", home, broken)
    assert (code, "UTF-8" in err) == (2, True)


def test_without_a_sign_in_nothing_is_checked(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", "something else")
    assert run("draft", "--class", "Willow", "--home", home, drafted(tmp_path, "Hello"))[0] == 3
