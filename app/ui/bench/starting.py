"""How soon the first page can be used, beside the least that a PySide6 window can be. Each start is a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.bench.race import Race, Result, Runner, Watch
from app.bench.school import scratch_folder
from app.domain.problems import Problem
from app.services.accounts import found_school
from app.store.keys import Hardness

STARTS = 5
GOAL = 2.0
_OURS = (
    "import sys; import app.boot; from app import cli; from app.ui.bench.first_page import Screens; "
    "sys.exit(cli.run(['--home', sys.argv[1]], Screens()))"
)
"""The program from its beginning, but that it ends when the first page is painted."""

_THEIRS = "from app.ui.bench.first_page import least; least()"


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """From the process's beginning to the painted page, of a school that is set up."""
    with scratch_folder() as folder:
        home = folder / "school"
        found_school(
            home, name="Benchmark Primary School", login="head", person="Head", password="three green words",
            hardness=Hardness(passes=1, memory=8, lanes=1),
        )  # fmt: skip
        _start("ours", home)
        _start("theirs", home)
        starts = max(1, round(STARTS * min(scale, 1)))
        race = Race(_starts("ours", home, starts), _starts("theirs", home, starts), starts, starts)
        race.names = ("Schoolgate, to the sign-in page", "minimal PySide6 window")
        own, other = race.run(rounds)
    yield Result("start", "to the first page that can be used", own, other, GOAL, slower=True)


def _starts(side: str, home: Path, count: int) -> Runner:
    def run(watch: Watch) -> None:
        before = _children()
        with watch.running():
            for _ in range(count):
                _start(side, home)
        watch.cpu += _children() - before

    return run


def _children() -> float:
    """The processor time of the processes that have ended, in seconds (always 0 on Windows)."""
    times = os.times()
    return times.children_user + times.children_system


def _start(side: str, home: Path) -> None:
    command = [sys.executable, "-c", _OURS if side == "ours" else _THEIRS, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise Problem(f"The window could not be opened: {done.stderr.strip()[-300:]}")
