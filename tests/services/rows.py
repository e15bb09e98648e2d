"""Rows to work on, put straight into the store so that a test is about one thing only."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from app.domain.checks.finding import SEVERITY, Check
from app.services.office import Office
from app.store.reads.people import key
from app.store.tables import Base
from app.store.tables.content import ItemRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.review import FindingPupilRow, FindingRow
from app.store.tables.school import ClassRow

SENT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def a_class(office: Office, name: str = "Willow") -> int:
    with office.database.writing() as session:
        row = ClassRow(name=name, year_group="3")
        session.add(row)
        session.flush()
        return row.id


def a_pupil(office: Office, first: str = "Ella", last: str = "Marsh", class_id: int | None = None) -> int:
    with office.database.writing() as session:
        row = PupilRow(
            first=first, last=last, name_key=key(f"{first} {last}"), born=date(2018, 9, 3), class_id=class_id
        )
        session.add(row)
        session.flush()
        return row.id


def a_guardian(
    office: Office, pupil_id: int, name: str = "Joanne", *, responsibility: bool | None = True, contact: str = "open"
) -> int:
    with office.database.writing() as session:
        row = GuardianRow(first=name, last="Marsh", name_key=key(f"{name} Marsh"))
        session.add(row)
        session.flush()
        session.add(
            TieRow(
                pupil_id=pupil_id,
                guardian_id=row.id,
                relationship="PAM",
                responsibility=responsibility,
                contact=contact,
            )
        )
        return row.id


def an_item(
    office: Office, text: str = "Ella Marsh did it", *, check: Check = Check.SURNAME, guardian: int | None = None
) -> tuple[int, int]:
    """An item with one open finding: the ids of both."""
    with office.database.writing() as session:
        item = ItemRow(
            digest=hashlib.sha256(f"{text}:{check}:{guardian}".encode()).hexdigest(),
            kind="message",
            author_role="parent" if guardian else "staff",
            guardian_id=guardian,
            sent_at=SENT,
            text=text,
        )
        session.add(item)
        session.flush()
        finding = FindingRow(
            item_id=item.id,
            check=check,
            clause="T8",
            severity=SEVERITY[check],
            why="Named with the surname.",
            found_at=SENT,
            span_start=0,
            span_end=4,
        )
        session.add(finding)
        session.flush()
        return item.id, finding.id


def about(office: Office, finding_id: int, pupil_id: int) -> None:
    """Say which pupil a finding concerns."""
    with office.database.writing() as session:
        session.add(FindingPupilRow(finding_id=finding_id, pupil_id=pupil_id))


def everything(office: Office) -> str:
    """Every cell of every table, as somebody with the database's key but not the leaders' would read it."""
    cells = []
    with office.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(table.select()):
                cells += [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(cells)
