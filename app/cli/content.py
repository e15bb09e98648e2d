"""`import feed` and `check`."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.context import Context
from app.cli.remarks import as_json, as_lines
from app.domain.problems import Problem, Unreadable
from app.domain.ticket import Ticket
from app.intake.checking import check_lines
from app.intake.read import read_feed
from app.services.close_reading import Told, read_what_waits
from app.services.content import ApplyFeed
from app.services.office import Office
from app.services.presets import ColumnPresets
from app.services.school import School

READ_AT_ONCE = 1_000
"""So many items are read a second time before an import ends: half a minute at the most."""


def bring_feed(context: Context) -> int:
    """Read, keep what is new, check it; exit 1 where rows were rejected."""
    office = context.office()
    ticket = context.ticket()
    try:
        files = [Path(file) for file in context.said.files]
        remembered = tuple(kept.said for kept in office.ask(ColumnPresets()))
        reading = read_feed(files, mapping=remembered, ticket=ticket, zone=office.ask(School()).timezone)
        done = office.perform(ApplyFeed(reading, ticket))
        second = _read_again(office, ticket)
    finally:
        office.close()
    skipped = [
        {"file": s.file, "row": None, "field": None, "reason": f"{s.count} left out: {s.reason}"}
        for s in reading.skipped
    ]
    context.answer(
        {
            "files": list(reading.files),
            "format": reading.format,
            "rows": reading.rows,
            "new": done.new,
            "changed": done.changed,
            "unchanged": done.unchanged,
            "leavers": 0,
            "rejected": as_json(done.rejected),
            "warnings": as_json(done.warnings) + skipped,
            "applied": True,
            "findings": done.findings,
            "read_again": {
                "items": second.read,
                "new": second.new,
                "withdrawn": second.withdrawn,
                "left": second.left,
            },
        },
        [
            f"{reading.rows:,} rows read: {done.new:,} new, {done.unchanged + done.changed:,} here already, "
            f"{len(done.rejected):,} rejected.",
            *([f"  More is known of {done.changed:,} that were here."] if done.changed else []),
            *(f"  Left out: {s.count:,}. {s.reason}" for s in reading.skipped),
            *as_lines("Rejected:", done.rejected),
            *as_lines("Please look at:", done.warnings),
            f"{done.findings:,} findings wait for review.",
            *_about_reading_again(second),
        ],
    )
    return 1 if done.rejected else 0


def _read_again(office: Office, ticket: Ticket) -> Told:
    """Read what came in a second time. What was brought in stands, whatever becomes of this."""
    left = [0]
    try:
        return read_what_waits(office, ticket, most=READ_AT_ONCE, told=left.append)
    except (Problem, KeyboardInterrupt):
        return Told(left=left[-1])


def _about_reading_again(second: Told) -> list[str]:
    said = []
    if second.read:
        said.append(
            f"{second.read:,} read a second time, more closely. Of the findings, {second.new:,} came of it and "
            f"{second.withdrawn:,} went."
        )
    if second.left:
        said.append(
            f"Still to be read a second time: {second.left:,}. The desk goes on with them while it is open, and so "
            "does the next import."
        )
    return said


def check(context: Context) -> int:
    """Findings for each item, one JSON object a line, in the items' order."""
    try:
        register = Path(context.said.register).read_text(encoding="utf-8-sig")
        if context.said.items == "-":
            lines = sys.stdin.read().splitlines()
        else:
            lines = Path(context.said.items).read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as fault:
        raise Unreadable("The register and the items are UTF-8 text. Save them as UTF-8 and try again.") from fault
    except OSError as fault:
        raise Unreadable(f"{fault.filename} cannot be opened: {fault.strerror}.") from fault
    for line in check_lines(register, lines):
        print(line)
    return 0
