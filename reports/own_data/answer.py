"""Everything held on one person, readable, as one PDF; beside it the same as a spreadsheet and as JSON (K3).

No name stands in a file's name: the request's reference does.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

from app.domain.problems import Problem
from app.services.data_gathering import GatherHoldings, Holdings, RecordExport
from app.services.held_register import Held
from app.services.office import Office
from reports.kit.model import Block, Callout, Column, Document, Heading, Masthead, Note, Notes, Table, Text, Tone
from reports.kit.model import Kind as Holds
from reports.kit.paper import pdf_of
from reports.kit.sheet import xlsx_of
from reports.kit.whole import written_whole

BEFORE = "Before you send it.pdf"
"""The sheet for the leader that must not go out."""

_PART_ONLY = (
    "This is the register's part only. A senior leader adds posts, messages, letters and cases before anything is sent."
)
_ABOUT = (
    Note("The school uses them to run its page on ClassDojo: to link families, and to keep its policy.", "What for."),
    Note("They came from the family, from the school's own system, and from ClassDojo.", "Where from."),
    Note("They stay in the school, encrypted. ClassDojo holds what is posted there itself.", "Who has them."),
    Note("For as long as the school's retention schedule says. The office can show it to you.", "How long."),
    Note("You can ask to have them corrected or deleted, or object to a use of them.", "Your rights."),
    Note("You can complain to the Information Commissioner's Office: ico.org.uk, 0303 123 1113.", "Complaints."),
)
_CHECK = (
    "Read every page. Names, e-mail addresses and telephone numbers of other people in the register were taken out by "
    "the program. It cannot know nicknames, people outside the register, or what tells who somebody is.",
    "Safeguarding referrals and care records are never in an export, and neither is why contact is limited or a child "
    "may not be shown. Whether there are any, and whether the person may see them, is for the safeguarding lead to "
    "judge (Data Protection Act 2018, Schedules 2 and 3). Ask the lead before you send this, in every case.",
    "Look at each case: what somebody told the school in confidence, or would hinder finding out about a crime, may "
    "have to be held back.",
    "Files kept as evidence and scanned forms are not in the export. Add copies where the person is to have them.",
    "Add what lies outside this program: e-mails, paper, the school's own system.",
    "Do not send this sheet. Send the rest in a safe way, then close the request and write what was sent.",
)


def save_answer(office: Office, request_id: int, path: Path, initiator: object = None) -> Holdings:
    """Gather, and save a ZIP file there; noted with its digest. Both happen or neither.

    Raises `Problem` where the file cannot be written or there is nothing to gather.
    """
    if path.suffix.lower() != ".zip":
        raise Problem(f"Nothing was saved: {path.name} must end in .zip. Choose another name.")
    held = office.perform(GatherHoldings(request_id), initiator)
    data = packed(held)
    with written_whole(path) as place:
        place.write_bytes(data)
        office.perform(RecordExport(request_id, hashlib.sha256(data).hexdigest()), initiator)
    return held


def packed(held: Holdings) -> bytes:
    """The ZIP file's bytes; the same holdings give the same bytes but for the spreadsheet's own stamp."""
    document = answer_of(held)
    files = {
        f"{held.reference}.pdf": pdf_of(document)[0],
        f"{held.reference}.xlsx": xlsx_of(document),
        f"{held.reference}.json": as_json(held).encode(),
    }
    if held.full:
        files[BEFORE] = pdf_of(before_of(held))[0]
    target = io.BytesIO()
    made = held.at.timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, made), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def answer_of(held: Holdings) -> Document:
    """What goes to the person."""
    blocks: list[Block] = [Heading(held.about), Text(_opening(held))]
    if not held.full:
        blocks.append(Callout("Not the whole answer", (_PART_ONLY,), Tone.WARN))
    blocks.append(Notes(_ABOUT))
    for part in held.parts:
        blocks += [Heading(part.title, 2), _table(part)]
    return Document(_masthead(held, "What the school holds", "For the person named below."), tuple(blocks))


def before_of(held: Holdings) -> Document:
    """What the leader reads before the answer goes out. It says the same whatever is held."""
    blocks: list[Block] = [Heading("Before you send it")]
    if held.doubt:
        blocks.append(Callout("Who asks", (held.doubt,), Tone.STOP))
    blocks.append(Notes(tuple(Note(words) for words in _CHECK)))
    return Document(_masthead(held, "Before you send it", "For senior leaders. Do not send this sheet."), tuple(blocks))


def as_json(held: Holdings) -> str:
    """The same as data, for another system to read (UK GDPR, Article 20)."""
    told = {
        "request": held.reference,
        "about": held.about,
        "school": held.school,
        "made_at": held.at.isoformat(timespec="seconds"),
        "whole": held.full,
        "parts": [
            {
                "title": part.title,
                "rows": [
                    {
                        column: value.isoformat() if isinstance(value, date) else value
                        for column, value in zip(part.columns, row, strict=True)
                    }
                    for row in part.rows
                ],
            }
            for part in held.parts
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _opening(held: Holdings) -> str:
    rows = sum(len(part.rows) for part in held.parts)
    return (
        f"This is what {held.school} holds in Schoolgate about the person named above: {rows:,} entries in "
        f"{len(held.parts)} parts. Other people are named only where they may be."
    )


def _table(part: Held) -> Table:
    return Table(
        part.name,
        part.name,
        tuple(Column(title, _kind(part, place)) for place, title in enumerate(part.columns)),
        part.rows,
        empty=part.empty,
    )


def _kind(part: Held, place: int) -> Holds:
    values = [row[place] for row in part.rows if row[place] is not None]
    if values and all(isinstance(value, date) for value in values):
        return Holds.DATE
    if values and all(isinstance(value, int | float) for value in values):
        return Holds.NUMBER if any(isinstance(value, float) for value in values) else Holds.COUNT
    return Holds.TEXT


def _masthead(held: Holdings, title: str, audience: str) -> Masthead:
    return Masthead(
        school=held.school,
        title=title,
        period=f"Request {held.reference}",
        policy="UK GDPR, Article 15",
        generated_at=held.at,
        generated_by=held.by,
        audit_head=held.audit_head,
        audience=audience,
    )
