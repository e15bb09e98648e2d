"""A piece of a measurement in a process of its own, so that what it holds in memory is its own alone.

`python -m app.bench.alone scan NAMES MESSAGES` reads messages one at a time; `... store FILE` checks a whole store,
`... report FILE ID ROUNDS` makes a report in both forms, the keys given on standard input. Each prints one JSON
document.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.bench.memory import MEGABYTE, peak_memory, peak_of_children


def run_alone(*words: str, told: str = "") -> dict[str, Any] | None:
    """What the piece printed; None in the built program, which cannot start a module."""
    if getattr(sys, "frozen", False):
        return None
    command = [sys.executable, "-m", "app.bench.alone", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, encoding="utf-8", check=True, env=environment
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def peak_of(*words: str) -> int | None:
    """The most memory that the piece held, in bytes."""
    said = run_alone(*words)
    return None if said is None else int(said["peak"])


def main(words: Sequence[str]) -> None:
    """Do one piece and print what came of it."""
    if words[0] == "scan":
        said = _scan(int(words[1]), int(words[2]))
    elif words[0] == "report":
        said = _report(Path(words[1]), json.loads(sys.stdin.read()), words[2], int(words[3]))
    else:
        said = _store(Path(words[1]), json.loads(sys.stdin.read()))
    print(json.dumps({**said, "peak": max(peak_memory(), peak_of_children()), "unit": MEGABYTE}))


def _scan(names: int, count: int) -> dict[str, Any]:
    from app.bench.town import messages, register
    from app.domain.checks.engine import Engine
    from app.services.engines import shipped_lexicons

    engine = Engine(register(names), shipped_lexicons())
    return {"found": sum(len(engine.check(item)) for item in messages(count, names))}


def _store(file: Path, keys: dict[str, str]) -> dict[str, Any]:
    from app.bench.school import office
    from app.services.checking import CheckAgain
    from app.store.database import open_encrypted

    opened = _keys(keys)
    database = open_encrypted(file, opened.main)
    try:
        begun = time.perf_counter()
        found = office(database, opened).perform(CheckAgain())
        return {"seconds": time.perf_counter() - begun, "found": found}
    finally:
        database.close()


def _report(file: Path, keys: dict[str, str], name: str, rounds: int) -> dict[str, Any]:
    from app.bench.making import made_alone

    return made_alone(file, _keys(keys), name, rounds)


def _keys(said: dict[str, str]) -> Any:
    from app.store.keys import Keys

    return Keys(*(bytes.fromhex(said[name]) for name in ("main", "public", "leaders")))


if __name__ == "__main__":
    main(sys.argv[1:])
