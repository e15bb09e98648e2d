"""Bringing in posts, messages and points: everything new is kept once, and checked (H1, T1 to T13, P4 to P12)."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.incoming import FeedReading, Remark
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.services.checking import check_items
from app.services.door import Command, does
from app.services.placing import Placing, digest_of, item_digest
from app.services.unit import Unit
from app.store.search import loading
from app.store.tables.content import ImportRow

BATCH = 500
"""How many items are placed at a time."""


@dataclass(frozen=True, slots=True)
class FeedApplied:
    """What came of bringing in content. `unchanged` counts what was here already; `changed` what was here and of which
    this told more: a picture, a tag, a reader.
    """

    new: int
    unchanged: int
    rejected: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    findings: int
    changed: int = 0


@dataclass(frozen=True, slots=True)
class ApplyFeed(Command[FeedApplied]):
    """Keep what was read and is not here yet, and check it."""

    reading: FeedReading
    ticket: Ticket | None = None

    def __repr__(self) -> str:
        return f"ApplyFeed(rows={self.reading.rows})"


@does(ApplyFeed, roles=EVERYONE, verb="feed.brought_in")
def apply_feed(command: ApplyFeed, unit: Unit) -> FeedApplied:
    """One transaction for all of it: rows that cannot be placed are named, the good ones go in."""
    reading = command.reading
    batch = ImportRow(
        area="feed",
        format=reading.format,
        digest=_reading_digest(reading),
        rows=reading.rows,
        new=0,
        changed=0,
        unchanged=0,
        rejected=len(reading.rejected),
        applied_at=unit.now,
        applied_by=unit.actor.id,
    )
    unit.session.add(batch)
    unit.session.flush()
    placing = Placing(unit, batch.id, reading.format)
    placing.totals_are_here = _is_here(unit.session, batch)
    with loading(unit.session) if len(reading.items) > BATCH else nullcontext():
        for start in range(0, len(reading.items), BATCH):
            placing.keep(reading.items[start : start + BATCH])
            if command.ticket is not None:
                command.ticket.tick(start, len(reading.items), "Bringing in posts and messages")
        for total in reading.points:
            placing.keep_total(total)
    findings = check_items(unit, placing.to_check, command.ticket)
    rejected = (*reading.rejected, *placing.rejected)
    batch.new, batch.changed, batch.unchanged = placing.added, placing.changed, placing.unchanged
    batch.rejected = len(rejected)
    figures = {"new": placing.added, "changed": placing.changed, "unchanged": placing.unchanged}
    unit.audit(f"import:{batch.id}", {"format": reading.format, **figures, "findings": findings})
    unit.changed("review", "content")
    warnings = (*reading.warnings, *placing.warnings)
    return FeedApplied(placing.added, placing.unchanged, rejected, warnings, findings, placing.changed)


def _reading_digest(reading: FeedReading) -> str:
    totals = [f"{total.pupil}\t{total.skills!r}" for total in reading.points]
    return digest_of([item_digest(item) for item in reading.items] + totals)


def _is_here(session: Session, batch: ImportRow) -> bool:
    """The same content was brought in before."""
    earlier = select(ImportRow.id).where(
        ImportRow.area == "feed", ImportRow.digest == batch.digest, ImportRow.id != batch.id
    )
    return session.scalar(earlier) is not None
