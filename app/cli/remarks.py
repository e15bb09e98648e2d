"""How remarks about rows are printed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from app.domain.incoming import Remark


def as_json(remarks: Iterable[Remark]) -> list[dict[str, object]]:
    """File, row, field and reason of each."""
    return [{"file": r.file, "row": r.row, "field": r.field, "reason": r.reason} for r in remarks]


def as_lines(heading: str, remarks: Iterable[Remark]) -> list[str]:
    """A heading and a line each; nothing where there are none."""
    lines = []
    for remark in remarks:
        where = PurePath(remark.file).name
        place = f"{where}, row {remark.row}" if remark.row is not None else where
        name = f", {remark.field}" if remark.field else ""
        lines.append(f"  {place}{name}: {remark.reason}")
    return [heading, *lines] if lines else []
