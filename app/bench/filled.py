"""Filled schools that several measurements share, since filling one takes longer than most of them. Gone at the end."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from app.bench.filling import fill
from app.bench.school import scratch_school
from app.services.office import Office

MESSAGES, PUPILS = 1_000_000, 2_000

_open: dict[int, Office] = {}
_until_the_end = ExitStack()


def filled_school(scale: float) -> tuple[Office, int]:
    """A school with that share of a million messages, none of them checked; and how many there are."""
    count = max(600, round(MESSAGES * scale))
    if count not in _open:
        folder = Path(
            _until_the_end.enter_context(
                tempfile.TemporaryDirectory(prefix="schoolgate-bench-", ignore_cleanup_errors=True)
            )
        )
        office = _until_the_end.enter_context(scratch_school(folder, "filled.db"))
        fill(office, folder, pupils_for(count), count)
        _open[count] = office
    return _open[count], count


def pupils_for(count: int) -> int:
    """Two thousand; fewer only for a look at a few messages."""
    return PUPILS if count >= MESSAGES // 20 else max(60, count // 100)


def let_go() -> None:
    """Close them and remove what they took on the disk."""
    _open.clear()
    _until_the_end.close()
