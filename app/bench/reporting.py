"""Reports: tables on paper beside LongTable, then every report of the catalogue, each in a process of its own.

A report has no peer, so it is held against what was promised: seconds on the clock, or on the processor where
neighbours keep it busy, and the most memory that its process held.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.bench import tables
from app.bench.alone import run_alone
from app.bench.busy import fill_busy
from app.bench.making import made_often
from app.bench.memory import MEGABYTE, peak_memory
from app.bench.race import Promise, Result, Side
from app.bench.school import scratch_folder, scratch_school
from app.domain.roles import Role
from app.sample.journey import prepare
from app.services.office import Office
from reports.catalogue import FORMS, REPORTS

ITEMS, PUPILS = 50_000, 2_000
PROMISED = Promise(seconds=3.0, memory=300 * MEGABYTE)
WHOLE = 0.02
"""Below this share of the full size, only the first report is made, from the filled school: for a look."""


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """Tables; then each report over a year of the sample school, and of a school with many items."""
    yield from tables.measure(scale, rounds)
    count = max(60, round(ITEMS * scale))
    names = [each.id for each in REPORTS] if scale >= WHOLE else [REPORTS[0].id]
    with scratch_folder() as folder:
        if scale >= WHOLE:
            made = prepare(folder / "sample", folder / "files", lambda line: None)
            head = made.enter(Role.HEADTEACHER)
            try:
                yield from _each(head, folder / "sample" / "school.db", names, "a year of the sample school", rounds)
            finally:
                head.close()
        with scratch_school(folder, "filled.db") as office:
            fill_busy(office, folder, max(60, round(PUPILS * min(scale, 1.0))), count)
            yield from _each(office, folder / "filled.db", names, f"{count:,} items", rounds)


def _each(office: Office, file: Path, names: list[str], of: str, rounds: int) -> Iterator[Result]:
    for name in names:
        said = _made_alone(office, file, name, rounds)
        for form in FORMS:
            wall, cpu = (tuple(figures) for figures in said[form])
            what = f"{name} as {form[1:].upper()}, {of}"
            yield Result("report", what, Side("Schoolgate", 1, wall, cpu), None, 0, promise=PROMISED, peak=said["peak"])


def _made_alone(office: Office, file: Path, name: str, rounds: int) -> dict[str, Any]:
    """Both forms of a report, made in a process of its own, the first as a person makes it: nothing is loaded yet."""
    leaders = office.keys.leaders or b""
    keys = {"main": office.keys.main.hex(), "public": office.keys.public.hex(), "leaders": leaders.hex()}
    said = run_alone("report", str(file), name, str(max(rounds, 1)), told=json.dumps(keys))
    return said if said is not None else {**made_often(office, name, rounds), "peak": peak_memory()}
