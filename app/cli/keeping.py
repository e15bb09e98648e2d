"""`verify`, `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

from app.cli.context import Context
from app.services.keeping import BackUp, Verify, restore_backup


def verify(context: Context) -> int:
    """Database integrity, audit chain, backups; exit 1 and the first broken place when something is wrong."""
    office = context.office()
    try:
        found = office.perform(Verify())
    finally:
        office.close()
    document = {
        "ok": not found.faults,
        "audit_lines": found.audit_lines,
        "audit_head": found.audit_head,
        "backups": found.backups,
        "faults": list(found.faults),
    }
    lines = (
        [found.faults[0]]
        if found.faults
        else [
            "The database is sound.",
            f"The audit's {found.audit_lines:,} lines are as they were written. Head: {found.audit_head}",
            f"{found.backups:,} backups can be read." if found.backups else "There is no backup yet: make one today.",
        ]
    )
    context.answer(document, lines)
    return 1 if found.faults else 0


def backup(context: Context) -> int:
    """A whole encrypted copy, in one file."""
    office = context.office()
    try:
        made = office.perform(BackUp(Path(context.said.out)))
    finally:
        office.close()
    context.answer(
        {"file": context.said.out, "sha256": made.sha256, "size": made.size},
        [f"Backed up to {context.said.out} ({made.size:,} bytes)."],
    )
    return 0


def restore(context: Context) -> int:
    """A backup, into an empty folder unless it is told to replace what is there."""
    kept = restore_backup(Path(context.said.file), context.home, replace=context.said.replace)
    lines = [f"Restored into {context.home}."]
    if kept is not None:
        lines.append(f"What was there before is kept in {kept}.")
    context.answer({"home": str(context.home), "kept": str(kept) if kept else None}, lines)
    return 0
