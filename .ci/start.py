"""One command from a fresh checkout: `start.py demo` opens the sample school, `start.py test` runs every check.

It needs Python 3.11 or newer and nothing else. It makes `.venv` beside the code, puts the packages that `pins.txt`
names into it once, and runs the program or the checks there. Other words are handed to the program as they are.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSIDE = VENV / ("Scripts" if os.name == "nt" else "bin") / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".schoolgate-pins"

LEAST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]),
    ("mypy", ["-m", "mypy"]),
    ("tests", ["-m", "pytest", "-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]),
)

QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt loads on Linux, and the Debian package that holds it."""

X11_NEEDS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads besides to open a window on X11."""


def main(words: list[str]) -> int:
    """Set up where that has not been done, then run."""
    if sys.version_info < LEAST:
        return _hand_over(words)
    words = words or ["demo"]
    on_screen = words[0] == "demo" and not {"--headless", "-h", "--help"} & set(words)
    if on_screen and not _has_display():
        return _stop(
            "There is no display here, so the sample school cannot open. Without one, run: "
            "python3 .ci/start.py demo --headless --out out"
        )
    lacking = _lacking(words[0], on_screen)
    if lacking:
        return _stop(
            "Qt needs libraries that this computer lacks. On Debian or Ubuntu, run: sudo apt-get install "
            + " ".join(lacking)
        )
    fault = set_up({"test": "dev", "bench": "bench"}.get(words[0], ""))
    if fault:
        return _stop(fault)
    return check(words[1:]) if words[0] == "test" else _program(words)


def set_up(extra: str) -> str:
    """Make the environment, mend it, or bring it up to date, with an extra of the project where one is named.

    What is in the way, in a sentence; empty when done.
    """
    kept = (ROOT / "pins.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    wanted = hashlib.sha256(kept).hexdigest()
    found = STAMP.read_text(encoding="ascii").split() if INSIDE.is_file() and STAMP.is_file() else []
    extras = found[1:] if found[:1] == [wanted] else []
    if found[:1] == [wanted] and extra in ("", *extras):
        return ""
    extras = sorted({*extras, extra} - {""})
    print("Setting up Schoolgate in .venv (once; this takes a few minutes) …", file=sys.stderr, flush=True)
    try:
        STAMP.unlink(missing_ok=True)
        fault = "" if _is_sound() else _make()
        if fault:
            return fault
        if _install(f".[{','.join(extras)}]" if extras else "."):
            return "The packages could not be installed. Read the lines above, then run this again."
        STAMP.write_text(" ".join((wanted, *extras)), encoding="ascii")
    except OSError as problem:
        return (
            f"{problem.filename or VENV}: {problem.strerror}. Close what uses it, or delete .venv, and run this again."
        )
    return ""


def check(words: list[str]) -> int:
    """Every check, in order; the first that fails ends it. More words go to the tests."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    for name, command in CHECKS:
        print(f"== {name}", flush=True)
        more = words if name == "tests" else []
        code = subprocess.call([str(INSIDE), *command, *more], cwd=ROOT, env=environment)
        if code:
            print(f"{name} failed.", file=sys.stderr)
            return code
    return 0


def _program(words: list[str]) -> int:
    """The program itself, in the folder the person stands in. It takes this process's place where it can."""
    command = [str(INSIDE), "-I", "-m", "app", *words]
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def _is_sound() -> bool:
    """Whether `.venv` holds a Python that runs, is new enough and can install packages."""
    return INSIDE.is_file() and _runs(INSIDE, f"import pip, sys; sys.exit(sys.version_info < {LEAST})")


def _runs(python: Path | str, words: str) -> bool:
    """Whether a Python starts and ends these words well; it says nothing meanwhile."""
    quiet = subprocess.DEVNULL
    try:
        return subprocess.run([str(python), "-I", "-c", words], stdout=quiet, stderr=quiet, check=False).returncode == 0
    except OSError:
        return False


def _make() -> str:
    """A fresh `.venv`, in place of a half-made one. What is in the way, in a sentence."""
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        return (
            "This Python cannot make environments: its venv module is incomplete. On Debian or Ubuntu, run: "
            "sudo apt-get install python3-venv"
        )
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode == 0 and _is_sound():
        return ""
    print(made.stdout.decode(errors="replace"), file=sys.stderr)
    return "The environment .venv could not be made. Read the lines above, delete .venv, and run this again."


def _install(what: str) -> int:
    """The packages, each at its pin; the build's own packages too."""
    environment = {**os.environ, "PIP_CONSTRAINT": "pins.txt", "PIP_BUILD_CONSTRAINT": "pins.txt"}
    pip = [str(INSIDE), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "install"]
    return subprocess.call([*pip, "--editable", what], cwd=ROOT, env=environment)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _lacking(what: str, on_screen: bool) -> list[str]:
    """Debian's names for the libraries that Qt would ask for in vain."""
    if not sys.platform.startswith("linux") or not (on_screen or what in ("test", "tour")):
        return []
    x11 = on_screen and bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")
    return [package for name, package in {**QT_NEEDS, **(X11_NEEDS if x11 else {})}.items() if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _hand_over(words: list[str]) -> int:
    """Too old a Python: let a newer one on this computer do it."""
    for name in NEWER:
        newer = shutil.which(name)
        if newer and _runs(newer, f"import sys; sys.exit(sys.version_info < {LEAST})"):
            return subprocess.call([newer, str(Path(__file__).resolve()), *words])
    return _stop("Schoolgate needs Python 3.11 or newer. Install one, and run this with it.")


def _stop(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(_stop("Stopped. Run this again to go on."))
