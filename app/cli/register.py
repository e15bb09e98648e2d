"""`import register`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from app.cli.context import Context
from app.cli.remarks import as_json, as_lines
from app.domain.enrolment_shapes import RegisterPlan
from app.domain.incoming import RegisterReading, Remark
from app.domain.problems import Unreadable
from app.intake.read import read_register
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.presets import ColumnPresets
from app.services.school import School


def bring_register(context: Context) -> int:
    """Read, plan, and unless it is a preview apply; exit 1 where rows were rejected or a person has to settle them.

    Without a map, columns are read as they were remembered at the desk.
    """
    office = context.office()
    ticket = context.ticket()
    try:
        reading = read_register(
            [Path(file) for file in context.said.files],
            fmt=context.said.format,
            mapping=_mapping(context.said.map) or tuple(kept.said for kept in office.ask(ColumnPresets())),
            ticket=ticket,
            school=office.ask(School()).number,
        )
        plan = office.ask(PlanRegister(reading, ticket=ticket))
        applied = not context.said.preview
        if applied:
            office.perform(ApplyRegister(reading, plan, ticket=ticket))
    finally:
        office.close()
    context.answer(_document(reading, plan, applied), _lines(plan, applied))
    return 1 if plan.rejected or plan.doubts else 0


def _mapping(file: str | None) -> Mapping[str, str] | None:
    if file is None:
        return None
    try:
        said = json.loads(Path(file).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise Unreadable(f"{file} cannot be read as a column map. It is JSON: {{“first”: “Forename”}}.") from fault
    if not isinstance(said, dict) or not all(isinstance(v, str) for pair in said.items() for v in pair):
        raise Unreadable(f"{file} is not a column map. It is JSON: {{“first”: “Forename”}}.")
    return said


def _document(reading: RegisterReading, plan: RegisterPlan, applied: bool) -> dict[str, object]:
    return {
        "files": list(reading.files),
        "format": reading.format,
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "duplicates": len(plan.duplicates),
        "movers": len(plan.movers),
        "leavers": len(plan.leavers),
        "rejected": as_json(_rejected(plan)),
        "warnings": as_json(plan.warnings),
        "applied": applied,
    }


def _rejected(plan: RegisterPlan) -> tuple[Remark, ...]:
    """Rows that were not brought in. One in doubt is among them: only a person at the desk can settle it."""
    doubts = (Remark(each.incoming.file, each.incoming.row, "name", each.sentence) for each in plan.doubts)
    return (*plan.rejected, *doubts)


def _lines(plan: RegisterPlan, applied: bool) -> list[str]:
    counts = ", ".join(
        f"{number:,} {word}"
        for word, number in (
            ("new", len(plan.new)),
            ("changed", len(plan.changed)),
            ("unchanged", len(plan.unchanged)),
            ("repeated", len(plan.duplicates)),
            ("rejected", len(_rejected(plan))),
        )
        if number or word in ("new", "changed", "unchanged")
    )
    lines = [f"{plan.rows:,} pupils read: {counts}."]
    if plan.leavers:
        lines.append(f"{len(plan.leavers):,} may have left: confirm each on the desk. Nothing was done about them.")
    lines += as_lines("Rejected:", _rejected(plan)) + as_lines("Please look at:", plan.warnings)
    lines.append("The register was brought in." if applied else "This was a preview. Nothing was changed.")
    return lines
