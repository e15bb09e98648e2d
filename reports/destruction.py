"""A destruction list as a PDF: what went, under which line of the schedule, when and by whose word (K4).

Figures and references alone. Nothing in it says what a record said or who it was about.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.domain.words import day_words
from app.services.office import Office
from app.services.reporting import SchoolAsReported, SchoolOf
from app.services.retention_lists import DestroyedPart, Destruction, RecordListSaved
from reports.kit import numbers
from reports.kit.model import Block, Callout, Column, Document, Heading, Masthead, Table, Text, Tone
from reports.kit.model import Kind as Holds
from reports.kit.paper import pdf_of
from reports.kit.whole import written_whole

TITLE = "Destruction list"
AUDIENCE = "For senior leaders and governors. It names nobody."
MOST_RUNS = 60
"""So many runs of record numbers are printed of each sort; the digest covers all."""


def save(office: Office, listed: Destruction, path: Path) -> None:
    """Save a destruction list as a PDF, and note it. Raises `Problem` where the place cannot be written to."""
    data = as_pdf(office, listed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as place:
        place.write_bytes(data)
    office.perform(RecordListSaved(listed.id, hashlib.sha256(data).hexdigest()))


def as_pdf(office: Office, listed: Destruction) -> bytes:
    """The pages as bytes."""
    return pdf_of(document(office.ask(SchoolOf(listed.as_of, listed.as_of)), listed))[0]


def document(school: SchoolAsReported, listed: Destruction) -> Document:
    """The list as a document of the kit."""
    head = Masthead(
        school=school.name,
        title=TITLE,
        period=f"Destruction number {listed.id}, as of {day_words(listed.as_of)}",
        policy=f"Approved by {listed.approved_by}, {day_words(listed.approved_at.astimezone(school.at.tzinfo).date())}",
        generated_at=school.at,
        generated_by=school.by,
        audit_head=school.audit_head,
        audience=AUDIENCE,
    )
    return Document(head, (*_summary(listed), *(block for part in listed.parts for block in _part(part))))


def _summary(listed: Destruction) -> list[Block]:
    blocks: list[Block] = [Heading("What was destroyed", clauses=("K4", "H12"))]
    if listed.finished_at is None:
        blocks.append(
            Callout("Not finished", ("Some of what was approved is still to be destroyed. Go on with it.",), Tone.WARN)
        )
    columns = (
        Column("Records"),
        Column("Kept for"),
        Column("Oldest", Holds.DATE),
        Column("Newest", Holds.DATE),
        Column("Approved", Holds.COUNT),
        Column("Destroyed", Holds.COUNT),
        Column("Files", Holds.COUNT),
    )
    rows = tuple(
        (part.kind.words, part.keep, part.oldest, part.newest, part.approved, part.destroyed, part.files)
        for part in listed.parts
    )
    files = sum(part.files for part in listed.parts)
    total = ("In all", None, None, None, listed.approved, listed.destroyed, files)
    blocks.append(Table("Destroyed", "Records destroyed, by line of the schedule", columns, rows, total))
    if listed.finished_at is not None and listed.destroyed < listed.approved:
        blocks.append(
            Text("Fewer went than were approved: a hold, a request or a referral came in between, and kept the rest.")
        )
    blocks.append(
        Text(
            "The figures of reports about these days made from now on leave these records out. Reports that were "
            "saved before stay as they were. The record of activity is whole: it names nobody.",
            quiet=True,
        )
    )
    return blocks


def _part(part: DestroyedPart) -> list[Block]:
    columns = (Column("What", part=0.8), Column("How many", Holds.COUNT, 0.2))
    return [
        Heading(part.kind.words, 2),
        Table(
            part.kind.value.capitalize(),
            f"{part.kind.words}: what it was made up of",
            columns,
            tuple(part.figures),
            empty="Nothing of it was destroyed.",
        ),
        Text(_numbers(part)),
        Text(f"SHA-256 over the references of every record: {part.digest or numbers.NOTHING}", quiet=True),
    ]


def _numbers(part: DestroyedPart) -> str:
    said = []
    for table, runs in part.numbers:
        words = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:MOST_RUNS]]
        more = f" and {len(runs) - MOST_RUNS} more runs" if len(runs) > MOST_RUNS else ""
        said.append(f"{table.replace('_', ' ')} {', '.join(words)}{more}")
    return f"Record numbers: {'; '.join(said)}." if said else "No record went."
