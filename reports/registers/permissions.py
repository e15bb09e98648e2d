"""Permissions and gaps: how permissions stand by class and kind, undecided first (P8, T12)."""

from __future__ import annotations

from app.services.coverage import PermissionBoard
from app.services.office import Office
from app.store.reads.coverage import Standing
from reports.kit.model import Block, Cell, Heading, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import SCHOOL_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Permissions and gaps"
_STANDINGS = (Standing.UNDECIDED, Standing.CONFLICT, Standing.EXPIRING, Standing.NO, Standing.YES)


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    del period
    lines = office.ask(PermissionBoard())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (line.class_name, line.kind.words, *(line.count(one) for one in _STANDINGS), len(line.pupils)) for line in lines
    )
    children = {(line.class_name, one.pupil_id) for line in lines for one in line.pupils}
    waiting = {
        (line.class_name, one.pupil_id)
        for line in lines
        for one in line.pupils
        if one.standing in (Standing.UNDECIDED, Standing.CONFLICT)
    }
    said = f"{len(waiting):,} of {len(children):,} children have something undecided or in conflict."
    return (
        Heading("How permissions stand today"),
        Text(f"{said} Until there is a clear yes, the answer is no. Why a child may not be shown is not told here."),
        Table(
            "Permissions",
            "Children by class, kind and answer",
            columns(
                "Class",
                "Kind",
                *((one.words, Holds.COUNT) for one in _STANDINGS),
                ("Children", Holds.COUNT),
            ),
            rows,
            empty="There is no child on roll.",
        ),
    )


gather = gatherer(TITLE, SCHOOL_ONLY, _blocks)
