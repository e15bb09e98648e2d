"""What leaves the house is whole: the wheel, the pins, the README's two commands, the help of every area."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli.arguments import parser
from app.domain.roles import Role
from app.judge.taught import HELD_BACK
from app.services.office import Office
from app.ui.areas import areas
from app.ui.shell.help import help_text
from app.ui.theme.tokens import DARK, LIGHT
from tests.conftest import OfficeOf

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = (ROOT / "pins.txt").read_text(encoding="utf-8").splitlines()
PICTURE_LIMIT = 200_000
"""Bytes."""


def section(heading: str) -> str:
    """The README's words under a heading, up to the next one of the same rank."""
    return re.split(r"^## ", README.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0]


def plain_name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def required() -> list[str]:
    more = PROJECT["optional-dependencies"]
    return [*PROJECT["dependencies"], *more["dev"], *more["bench"]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel of this checkout, made without fetching anything."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.glob("*.whl")
    with zipfile.ZipFile(made) as opened:
        yield opened


def test_the_wheel_carries_every_resource_but_the_labelled_schools_learnt_from(wheel: zipfile.ZipFile) -> None:
    kept = {file for file in (ROOT / "resources").rglob("*") if file.is_file() and not file.name.startswith(".")}
    left_out = {file for file in kept if file.parent.parent.name == "evaluation" and file.parent.name not in HELD_BACK}
    assert left_out
    wanted = {file.relative_to(ROOT).as_posix() for file in kept - left_out}
    carried = {name.removeprefix("app/") for name in wheel.namelist() if name.startswith("app/resources/")}
    assert carried == wanted


def test_the_wheel_carries_every_module_and_migration(wheel: zipfile.ZipFile) -> None:
    wanted = {file.relative_to(ROOT).as_posix() for part in ("app", "reports") for file in (ROOT / part).rglob("*.py")}
    carried = {name for name in wheel.namelist() if name.endswith(".py")}
    assert carried == wanted
    assert any("migrations/versions/0001" in name for name in carried)


def test_the_wheel_brings_one_program_and_its_licence(wheel: zipfile.ZipFile) -> None:
    (programs,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert wheel.read(programs).decode().split() == ["[console_scripts]", "schoolgate", "=", "app.__main__:main"]
    assert [name for name in wheel.namelist() if name.endswith("MIT.txt")]
    assert {name.split("/")[0].split("-")[0] for name in wheel.namelist()} == {"app", "reports", "schoolgate"}


def test_the_start_is_two_commands_of_one_line_each() -> None:
    blocks = re.findall(r"```\n(.*?)```", section("Start"), flags=re.DOTALL)
    assert blocks == ["python3 .ci/start.py demo\n", "python3 .ci/start.py test\n"]
    assert (ROOT / ".ci" / "start.py").is_file()
    assert "python3 .ci/start.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_readme_shows_pictures_that_are_there_and_small() -> None:
    shown = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", README)
    assert 3 <= len(shown) <= 4
    for words, place in shown:
        assert len(words) > 20, "a picture says in words what it shows"
        assert (ROOT / place).stat().st_size < PICTURE_LIMIT


def test_the_readme_points_at_files_that_are_there() -> None:
    places = re.findall(r"`((?:app|reports|resources|tests|\.ci|\.readme|\.licence)/[\w./-]+)`", README)
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_every_dependency_stands_in_the_readme() -> None:
    told = section("Dependencies").lower().replace("_", "-")
    assert [name for name in map(plain_name, required()) if not re.search(rf"\b{name}\b", told)] == []


def commands(of: argparse.ArgumentParser, *before: str) -> list[str]:
    """Every command a person can type ("import feed"), and not the words that only lead to one."""
    found = [action.choices for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not found:
        return [" ".join(before)]
    return [line for word, below in found[0].items() for line in commands(below, *before, word)]


def test_every_command_stands_in_the_readme() -> None:
    told = section("The command line")
    assert [line for line in commands(parser()) if f"| `schoolgate {line}" not in told] == []


def test_the_readme_shows_the_tokens_as_they_are() -> None:
    light, dark = LIGHT.items(), DARK.items()
    rows = re.findall(r"^\| `([\w-]+)` \| `(#\w{6})` \| `(#\w{6})` \|", README, flags=re.MULTILINE)
    assert len(rows) > 8
    assert [(name, light[name], dark[name]) for name, _, _ in rows] == rows


def test_pins_are_plain_lines_in_order() -> None:
    pin = re.compile(r'[A-Za-z0-9._-]+==[0-9][\w.]*( ; sys_platform == "(win32|darwin)")?')
    assert [line for line in PINS if not pin.fullmatch(line)] == []
    names = [plain_name(line) for line in PINS]
    assert names == sorted(set(names))


def test_everything_that_is_required_is_pinned() -> None:
    pinned = {plain_name(line) for line in PINS}
    assert [name for name in map(plain_name, required()) if name not in pinned] == []


def test_qt_stays_below_the_version_that_aborts() -> None:
    (wanted,) = (line for line in PROJECT["dependencies"] if plain_name(line) == "pyside6-essentials")
    assert "<6.12" in wanted
    (pin,) = (line for line in PINS if plain_name(line) == "pyside6-essentials")
    assert tuple(map(int, pin.split("==")[1].split("."))) < (6, 12)


def test_the_recipe_of_the_built_folder_names_no_place_of_one_machine() -> None:
    recipe = (ROOT / "build.spec").read_text(encoding="utf-8")
    compile(recipe, "build.spec", "exec")
    assert not re.search(r"""["'](/\w|[A-Z]:[\\/]|~)""", recipe)


@pytest.fixture
def head_office(office_of: OfficeOf) -> Office:
    return office_of(Role.HEADTEACHER)


def test_every_area_has_a_page_of_help(head_office: Office) -> None:
    for area in areas(head_office):
        words = help_text(area.id)
        assert words.startswith("# "), area.id
        assert "## Keys" in words, area.id
        assert 80 <= len(words.split()) <= 320, f"{area.id}: one screen of words"
        assert "!" not in words, area.id


def test_the_changes_begin_with_this_version() -> None:
    changes = (ROOT / "resources" / "changes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ([\d.]+)", changes, flags=re.MULTILINE)[0] == PROJECT["version"]
