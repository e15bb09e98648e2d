"""Reporting a message: whoever sits at a desk records one at once, and it goes to the senior leaders' queue (T2).

A message that is here already is known again by its words: its decision is opened anew by the report, and nothing that
was decided is overwritten. One that went to the safeguarding lead goes there again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from app.domain.checks.finding import SEVERITY, Check
from app.domain.content import AuthorRole, Kind
from app.domain.incoming import IncomingItem
from app.domain.likeness import likeness
from app.domain.naming import fold
from app.domain.problems import Problem, Refused
from app.domain.review import FindingState
from app.domain.roles import EVERYONE
from app.domain.words import moment_words
from app.services.checking import check_items
from app.services.door import Command, does
from app.services.evidence import keep_evidence, restrict_evidence
from app.services.placing import Placing, digest_of, item_digest
from app.services.unit import Unit
from app.store.search import items_saying
from app.store.tables.content import EvidenceRow, ImportRow, ItemEvidenceRow, ItemRow
from app.store.tables.review import FindingRow, ReferralRow, ReportedRow
from app.store.tables.school import SchoolRow

FORMAT = "reported"
SLACK = timedelta(minutes=10)
"""How far the clock of whoever reports may be ahead of this computer's."""
SAME = timedelta(days=1)
"""The same words within this time of one another are taken for the same message."""
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Reported:
    """What came of a report. `again`: the message was here already. `harm`: a sign of harm, which cannot wait."""

    item_id: int
    again: bool
    harm: bool
    kept: int
    """How many files were kept with it."""


@dataclass(frozen=True, slots=True)
class ReportMessage(Command[Reported]):
    """Record a message that somebody thinks inappropriate: its words or a picture of it, who wrote it, who reports it.

    `mail` is an e-mail as it was read from a file; its words and times stand in place of those given here.
    """

    reporter: str
    text: str = ""
    author_name: str = ""
    author_role: AuthorRole = AuthorRole.UNKNOWN
    kind: Kind = Kind.MESSAGE
    class_name: str | None = None
    sent_at: datetime | None = None
    reported_at: datetime | None = None
    why: str = ""
    files: tuple[bytes, ...] = field(default=(), repr=False)
    mail: IncomingItem | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return f"ReportMessage(characters={len(self.text)}, files={len(self.files)})"


@does(ReportMessage, roles=EVERYONE, verb="item.reported")
def report_message(command: ReportMessage, unit: Unit) -> Reported:
    """Refused without anything to look at, without a reporter, and where the times cannot be right."""
    incoming = _incoming(command)
    reported_at = command.reported_at or unit.now
    _check(unit, command, incoming, reported_at)
    item, again = _item(unit, incoming)
    unit.session.add(
        ReportedRow(
            item_id=item.id,
            reporter=command.reporter.strip()[:120],
            reported_at=reported_at,
            recorded_at=unit.now,
            recorded_by=unit.actor.id,
        )
    )
    if item.restricted:
        _to_the_lead(unit, item, command)
    else:
        _into_the_queue(unit, item, command, reported_at)
    kept = _keep(unit, item, command.files)
    unit.session.flush()
    figures: dict[str, object] = {"files": kept, "again": again and not item.restricted}
    if item.sent_at is not None:
        figures["minutes"] = max(int((reported_at - item.sent_at).total_seconds() // 60), 0)
    unit.audit(f"item:{item.id}", figures)
    unit.changed("review", "content", "referrals")
    return Reported(item.id, again, _is_harm(unit, item), kept)


def _incoming(command: ReportMessage) -> IncomingItem:
    if command.mail is not None:
        return replace(command.mail, text=command.mail.text or command.text)
    text = command.text.strip()
    known_by = "" if text or not command.files else hashlib.sha256(command.files[0]).hexdigest()
    return IncomingItem(
        file="report",
        row=1,
        kind=command.kind,
        text=text,
        source_id=f"reported:{known_by}" if known_by else None,
        class_name=command.class_name,
        author_role=command.author_role,
        author_name=command.author_name.strip() or None,
        sent_at=command.sent_at,
    )


def _check(unit: Unit, command: ReportMessage, incoming: IncomingItem, reported_at: datetime) -> None:
    if not incoming.text.strip() and not command.files and not incoming.attachments:
        raise Refused("There is nothing to look at. Paste the words, or add a screenshot or a file.")
    if not command.reporter.strip():
        raise Refused("Say who reports it, so that a senior leader can ask.")
    if len(command.files) > MOST_FILES:
        raise Refused(f"At most {MOST_FILES} files can be added to one report. Leave some out.")
    if reported_at > unit.now + SLACK:
        raise Refused("It cannot have been reported later than now. Check the day and the time.")
    if incoming.sent_at is not None and incoming.sent_at > reported_at + SLACK:
        zone = unit.session.scalars(select(SchoolRow.timezone)).one()
        raise Refused(
            f"It was sent on {moment_words(incoming.sent_at, zone)} as you say, and reported before that. "
            "Check both times."
        )


def _item(unit: Unit, incoming: IncomingItem) -> tuple[ItemRow, bool]:
    """The item that was reported, and whether it was here already."""
    here = _same(unit, incoming)
    if here is not None:
        return here, True
    batch = ImportRow(
        area="report",
        format=FORMAT,
        digest=digest_of([item_digest(incoming)]),
        rows=1,
        new=1,
        changed=0,
        unchanged=0,
        rejected=0,
        applied_at=unit.now,
        applied_by=unit.actor.id,
    )
    unit.session.add(batch)
    unit.session.flush()
    placing = Placing(unit, batch.id, FORMAT)
    placing.keep([incoming])
    check_items(unit, placing.to_check)
    row = unit.session.scalar(select(ItemRow).where(ItemRow.digest == item_digest(incoming)))
    if row is None:
        raise Problem("The message could not be kept. Nothing was changed. Try again with its words alone.")
    return row, False


def _same(unit: Unit, incoming: IncomingItem) -> ItemRow | None:
    known = unit.session.scalar(select(ItemRow).where(ItemRow.digest == item_digest(incoming)))
    if known is not None:
        return known
    mark = likeness(incoming.kind, incoming.sent_at, incoming.text)
    known = unit.session.scalar(select(ItemRow).where(ItemRow.likeness == mark).order_by(ItemRow.id)) if mark else None
    return known or _same_words(unit, incoming)


def _same_words(unit: Unit, incoming: IncomingItem) -> ItemRow | None:
    """A person who reports rarely knows the minute: the same words about the same time are the same message."""
    wanted = " ".join(fold(incoming.text).split())
    if len(wanted) < 12:
        return None
    for item_id in items_saying(unit.session, f"{incoming.text} "):
        row = unit.session.get_one(ItemRow, item_id)
        if " ".join(fold(row.text).split()) != wanted:
            continue
        if incoming.sent_at is None or row.sent_at is None or abs(row.sent_at - incoming.sent_at) <= SAME:
            return row
    return None


def _into_the_queue(unit: Unit, item: ItemRow, command: ReportMessage, reported_at: datetime) -> None:
    """One open finding for each item, however many report it; a decided one is opened anew by another beside it."""
    waiting = unit.session.scalar(
        select(FindingRow.id).where(
            FindingRow.item_id == item.id,
            FindingRow.check == Check.REPORTED,
            FindingRow.state == FindingState.OPEN.value,
        )
    )
    if waiting is not None:
        return
    zone = unit.session.scalars(select(SchoolRow.timezone)).one()
    why = f"Reported by {command.reporter.strip()} on {moment_words(reported_at, zone)}."
    unit.session.add(
        FindingRow(
            item_id=item.id,
            check=Check.REPORTED,
            clause="T2",
            severity=SEVERITY[Check.REPORTED],
            why=f"{why} {command.why.strip()}".strip(),
            found_at=unit.now,
            origin="report",
        )
    )


def _to_the_lead(unit: Unit, item: ItemRow, command: ReportMessage) -> None:
    """It went to the safeguarding lead before: so does the new report, without a word in the open."""
    said = {
        "text": command.text.strip(),
        "note": f"Reported again by {command.reporter.strip()}. {command.why.strip()}",
    }
    unit.session.add(
        ReferralRow(
            item_id=item.id,
            to="safeguarding",
            brief_sealed=unit.sealed(said),
            made_at=unit.now,
            made_by=unit.actor.id,
        )
    )


def _keep(unit: Unit, item: ItemRow, files: Sequence[bytes]) -> int:
    """Keep the files that the item does not have yet; how many were new."""
    here = set(
        unit.session.scalars(
            select(EvidenceRow.sha256)
            .join(ItemEvidenceRow, ItemEvidenceRow.evidence_id == EvidenceRow.id)
            .where(ItemEvidenceRow.item_id == item.id)
        )
    )
    fresh = {hashlib.sha256(content).hexdigest(): content for content in files}
    for digest in fresh.keys() - here:
        row = keep_evidence(unit, fresh[digest], restricted=item.restricted)
        unit.session.add(ItemEvidenceRow(item_id=item.id, evidence_id=row.id))
    unit.session.flush()
    if item.restricted:
        restrict_evidence(unit, item.id)
    return len(fresh.keys() - here)


def _is_harm(unit: Unit, item: ItemRow) -> bool:
    found = unit.session.scalar(
        select(FindingRow.id).where(
            FindingRow.item_id == item.id,
            FindingRow.check == Check.SAFEGUARDING,
            FindingRow.state == FindingState.OPEN.value,
        )
    )
    return found is not None
