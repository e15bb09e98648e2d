"""The house's rules about who may know whom, as sentences. The layers themselves are import-linter's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ONLY_IN: dict[str, tuple[str, ...]] = {
    "PySide6": ("app/ui", "app/jobs/runner.py", "tests"),
    "qtawesome": ("app/ui",),
    "sqlalchemy": ("app/store", "app/services", "tests"),
    "alembic": ("app/store", "tests/store"),
    "sqlcipher3": ("app/store", "app/services/keeping.py", "tests"),
    "numpy": ("app/judge", "tests"),
    "argon2": ("app/store/keys.py",),
    "cryptography": ("app/store", "tests/services/below.py"),
    "reportlab": ("reports/kit", "tests"),
    "openpyxl": ("reports/kit", "tests"),
    "python_calamine": ("app/intake",),
    "pypdfium2": ("app/ui", "app/services/permissions_forms.py", "tests"),
    "rapidfuzz": ("app/services/guardians_alike.py",),
    "PIL": ("app/store/thumbnails.py", "tests"),
    "zxingcpp": ("reports/kit", "tests"),
    "uharfbuzz": ("reports/kit", "tests"),
    "pymupdf_fonts": ("reports/kit",),
}


def sources() -> Iterator[Path]:
    for folder in ("app", "reports", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_a_package_is_used_only_where_it_lives(package: str) -> None:
    homes = tuple(ONLY_IN[package])
    strays = [
        str(file.relative_to(ROOT).as_posix())
        for file in sources()
        if package in imported(file) and not file.relative_to(ROOT).as_posix().startswith(homes)
    ]
    assert strays == []


def test_nothing_opens_a_connection_to_the_outside() -> None:
    outward = {"urllib3", "requests", "httpx", "socket", "http", "ftplib", "smtplib", "aiohttp"}
    assert [str(file) for file in sources() if "tests" not in file.parts and imported(file) & outward] == []


def test_the_top_level_holds_what_it_should() -> None:
    seen = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    promised = {"app", "resources", "reports", "tests", "pyproject.toml", "build.spec", "README.md", "pins.txt"}
    passing = {"build", "dist", "out"}
    assert promised <= seen
    assert seen - promised - passing == set()


@pytest.mark.parametrize("word", ["utils", "misc", "helper", "helpers", "manager", "common"])
def test_no_file_is_called_after_nothing(word: str) -> None:
    assert [file for file in sources() if file.stem == word or file.stem.endswith(f"_{word}")] == []


def test_files_stay_small_enough_to_read() -> None:
    most = {"app": 400, "reports": 400, "tests": 650}
    long = {
        file.relative_to(ROOT).as_posix(): count
        for file in sources()
        if file.parts[-3:-1] != ("migrations", "versions")
        and (count := len(file.read_text(encoding="utf-8").splitlines())) > most[file.relative_to(ROOT).parts[0]]
    }
    assert long == {}


def test_nothing_names_an_index_or_a_place_of_one_machine() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "/root" + "/", "/wo" + "rk/")
    texts = [*sources(), *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("*.txt"), *(ROOT / ".ci").iterdir()]
    texts += [file for file in (ROOT / "resources").rglob("*") if file.suffix in {".toml", ".md", ".qss", ".json"}]
    found = [(file.name, host) for file in texts for host in hosts if host in file.read_text(encoding="utf-8")]
    assert found == []
