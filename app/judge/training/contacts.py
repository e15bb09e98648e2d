"""Lines with and without a contact detail, for the judge's eye on details that no rule foresees (policy T10).

`ruled.txt` holds those that the rules alone must tell apart (`tests/rules/test_contact_hands.py`); the other files were
written without any rule in view. One a line: "+" where a private detail stands, "-" where none does, then "p" for a
parent's comment, "s" for a post by staff, "k" for a pupil's comment, "u" for a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.domain.checks.lexicon import Lexicons
from app.domain.checks.reading import Reading
from app.domain.checks.register import ClassEntry, Register, SchoolEntry, StaffEntry
from app.domain.checks.school import School
from app.domain.content import Author, AuthorRole, Item, Kind

SCHOOL = SchoolEntry(
    "Larkrise Primary School", phone="01632 960214", email="office@larkrise.example", postcode="LS99 4QD"
)
"""The school they were written for: what it publishes itself is no private detail."""
CONTACTS = Path(__file__).parent / "contacts"
RULED = CONTACTS / "ruled.txt"

_WRITERS = {
    "p": (AuthorRole.PARENT, Kind.COMMENT),
    "s": (AuthorRole.STAFF, Kind.CLASS_STORY),
    "k": (AuthorRole.PUPIL, Kind.COMMENT),
    "u": (AuthorRole.UNKNOWN, Kind.COMMENT),
}


class ContactLine(NamedTuple):
    """A line: where it is from, whether a private detail stands in it, and the item."""

    source: str
    private: bool
    item: Item


def contact_lines(path: Path) -> list[ContactLine]:
    """The lines of one file."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [_line(path.stem, row) for row in rows if row and not row.startswith("#")]


def contact_readings(known: Lexicons) -> Iterator[tuple[ContactLine, Reading]]:
    """Every line of every file as the school's readers read it, without those that show the school's own details."""
    classes = (ClassEntry("c1", "Heron", "1"),)
    school = School(Register(SCHOOL, classes, (StaffEntry("s1", "Mrs Whitlow"),), (), ()), known)
    for path in sorted(CONTACTS.glob("*.txt")):
        for line in contact_lines(path):
            reading = Reading(line.item, school)
            if len(reading.words) and not school.contact.shows_own(reading.words):
                yield line, reading


def _line(source: str, row: str) -> ContactLine:
    label, text = row.split("|", 1)
    role, kind = _WRITERS[label[1]]
    return ContactLine(source, label[0] == "+", Item(source, kind, "c1", Author(role), None, text))
