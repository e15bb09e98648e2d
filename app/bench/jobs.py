"""The measurements by name, in the order in which they are told; each a module of its own, read when it is asked for.

Those that need the desk's own lists and windows are handed in from above (`Screens.measure`), since nothing here may
know Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from app.bench.race import ROUNDS, Result
from app.domain.problems import Problem

Measure = Callable[[float, int], Iterator[Result]]
"""Takes the share of the full size and the rounds; gives a result as soon as it stands."""

OnScreen = Callable[[str, float, int], Iterator[Result]]
"""The same for a job that only the desk can do, by name."""


@dataclass(frozen=True, slots=True)
class Job:
    """One measurement. `module` is None for what only the desk can do."""

    name: str
    does: str
    module: str | None


JOBS = (
    Job("import", "a register from CSV, a first time and again", "importing"),
    Job("xlsx", "reading a workbook", "workbooks"),
    Job("ctf", "reading a common transfer file", "transfer_files"),
    Job("scan", "every check over messages in memory, beside Presidio; nothing missed", "scanning"),
    Job("store", "a whole store of messages checked by two processes, findings kept", "storing"),
    Job("recheck", "one pupil changed: what that touches, beside everything", "rechecking"),
    Job("search", "from a keystroke to the painted list", None),
    Job("page", "a page deep down", "paging"),
    Job("letters", "code letters with QR", "letters"),
    Job("report", "tables on paper; every report of a year of the sample school, and of 50,000 items", "reporting"),
    Job("audit", "the audit: a line at a time, by the hundred, verified", "auditing"),
    Job("start", "to the first usable page", None),
    Job("encryption", "what encryption costs", "ciphering"),
)
CHECKS = "checks"
"""Asked for by name alone: it measures how well the checks see, not how fast anything is."""


def names() -> tuple[str, ...]:
    """What may be asked for."""
    return (*(job.name for job in JOBS), CHECKS)


def measure(name: str | None, on_screen: OnScreen, scale: float = 1.0, rounds: int = ROUNDS) -> Iterator[Result]:
    """The results of one job, or of every one, as they come. Raises Problem for a name that is none."""
    chosen = [job for job in JOBS if name in (None, job.name)]
    if not chosen:
        raise Problem(f'There is no measurement "{name}". There are: {", ".join(names())}.')
    for job in chosen:
        if job.module is None:
            yield from on_screen(job.name, scale, rounds)
        else:
            run: Measure = import_module(f"app.bench.{job.module}").measure
            yield from run(scale, rounds)
