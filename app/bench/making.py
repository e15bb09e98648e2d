"""Making a report over and over, alone in its process: with nothing loaded that a report does not need."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from app.bench.school import office as office_of
from app.services.office import Office
from app.store.database import open_encrypted
from app.store.keys import Keys
from reports.catalogue import FORMS, report
from reports.making import make

YEAR = date(2026, 9, 1), date(2027, 8, 31)
"""The days that the reports are about."""


def made_alone(file: Path, keys: Keys, name: str, rounds: int) -> dict[str, Any]:
    """What the process of its own does."""
    database = open_encrypted(file, keys.main)
    try:
        return made_often(office_of(database, keys), name, rounds)
    finally:
        database.close()


def made_often(office: Office, name: str, rounds: int) -> dict[str, Any]:
    """Seconds on the clock and on the processor, by form."""
    said: dict[str, Any] = {form: ([], []) for form in FORMS}
    with tempfile.TemporaryDirectory(prefix="schoolgate-bench-", ignore_cleanup_errors=True) as folder:
        for form in FORMS:
            for _ in range(max(rounds, 1)):
                wall, cpu = time.perf_counter(), time.process_time()
                make(office, report(name), Path(folder) / f"{name}{form}", *YEAR)
                said[form][0].append(time.perf_counter() - wall)
                said[form][1].append(time.process_time() - cpu)
    return said
