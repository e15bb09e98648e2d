"""Files for tests, written where pytest says, and the day on which they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.domain.incoming import RegisterReading, Remark
from app.intake.read import read_register

TODAY = date(2026, 11, 23)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with that content; text is written as UTF-8, line ends as they stand."""
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def zipped(folder: Path, name: str, members: Mapping[str, str | bytes]) -> Path:
    """A zip with those members."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def read_csv(folder: Path, content: str | bytes, **options: object) -> RegisterReading:
    """A class list read from text."""
    return read_register([written(folder, "list.csv", content)], today=TODAY, **options)  # type: ignore[arg-type]


def told(remarks: tuple[Remark, ...]) -> list[tuple[int | None, str | None]]:
    """Row and field of each remark."""
    return [(remark.row, remark.field) for remark in remarks]
