#!/usr/bin/env python3
"""One command from a fresh checkout: `start.py demo` opens the sample school, `start.py test` runs every check.

It needs Python 3.11 or newer and nothing else. It makes `.venv` beside the code, puts the pinned packages of `pins.txt`
into it once, and runs the program or the checks there. Any other words are handed to the program as they are.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSIDE = VENV / ("Scripts" if os.name == "nt" else "bin") / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".schoolgate-pins"


def main(words: list[str]) -> int:
    """Set up, then run."""
    if sys.version_info < (3, 11):
        return _stop("Schoolgate needs Python 3.11 or newer. Run this with a newer one.")
    what = words[0] if words else "demo"
    set_up(with_checks=what == "test")
    if what == "test":
        return check(words[1:])
    return subprocess.call([str(INSIDE), "-m", "app", *(words or ["demo"])], cwd=ROOT)


def set_up(*, with_checks: bool) -> None:
    """Make the environment, or bring it up to date where the pins have changed."""
    wanted = hashlib.sha256((ROOT / "pins.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted += " with checks" if with_checks else ""
    had = STAMP.read_text(encoding="ascii") if STAMP.is_file() else ""
    if INSIDE.is_file() and had.startswith(wanted):
        return
    print("Setting up Schoolgate (once; this takes a few minutes) …", flush=True)
    if not INSIDE.is_file():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, stdout=subprocess.DEVNULL)
        except subprocess.CalledProcessError:
            sys.exit(_stop("Python's venv module is missing. On Debian: apt-get install python3-venv"))
    pip = [str(INSIDE), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    extra = "[dev]" if with_checks else ""
    made = subprocess.run([*pip, "--constraint", "pins.txt", "--editable", f".{extra}"], cwd=ROOT, check=False)
    if made.returncode:
        sys.exit(_stop("The packages could not be installed. Read the lines above, then run this again."))
    STAMP.write_text(wanted, encoding="ascii")


CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]),
    ("mypy", ["-m", "mypy"]),
    ("tests", ["-m", "pytest", "-n", "2", "--dist", "worksteal"]),
)


def check(words: list[str]) -> int:
    """Every check, in order; the first that fails ends it. More words go to the tests."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        more = words if name == "tests" else []
        code = subprocess.call([str(INSIDE), *command, *more], cwd=ROOT, env=environment)
        if code:
            return code
    return 0


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
