"""Reading a workbook, beside openpyxl in its quick, read-only way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.bench.files import write_xlsx
from app.bench.race import PeerAbsent, Race, Result, Watch, peer_module
from app.bench.school import scratch_folder
from app.bench.town import children
from app.intake.sheets import read_sheets

PUPILS = 20_000
GOAL = 7.0


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """Every cell of a class list, as text."""
    count = max(50, round(PUPILS * scale))
    try:
        peer = peer_module("openpyxl")
    except PeerAbsent:
        return
    with scratch_folder() as folder:
        file = write_xlsx(folder / "register.xlsx", children(count))

        def ours(watch: Watch) -> None:
            with watch.running():
                rows = len(read_sheets(file)[0].rows)
            assert rows == count + 1

        def theirs(watch: Watch) -> None:
            with watch.running():
                rows = _read(peer, file)
            assert rows == count + 1

        own, other = Race(ours, theirs, names=("Schoolgate", "openpyxl, read-only")).run(rounds)
    yield Result("xlsx", f"XLSX parse, {count:,} rows of {15} cells", own, other, GOAL)


def _read(peer: object, file: Path) -> int:
    book = peer.load_workbook(file, read_only=True, data_only=True)  # type: ignore[attr-defined]
    try:
        rows = [
            ["" if value is None else str(value) for value in row]
            for row in book.worksheets[0].iter_rows(values_only=True)
        ]
    finally:
        book.close()
    return len(rows)
