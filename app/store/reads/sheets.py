"""Reading class lists: what each would say today, its newest issue, and who has acknowledged it (T8, T11)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.register import PupilEntry
from app.domain.naming import permitted_name
from app.domain.permissions import MediaKind
from app.domain.sheets import Issue, Reader, Sheet, SheetLine, began, sheet_digest
from app.store.reads.people import key
from app.store.reads.register import ref, story_rulings
from app.store.tables.accounts import AccountRow
from app.store.tables.people import PupilRow
from app.store.tables.policy import AcceptanceRow, ClassSheetRow
from app.store.tables.school import ClassRow, SchoolRow, StaffClassRow, StaffRow

WHOLE_SCHOOL = "Whole school"


def sheets(session: Session, today: date) -> dict[int | None, Sheet]:
    """Every class in use, and under None the whole school, each with its newest issue and its staff."""
    lines = sheet_lines(session, today)
    issues = _newest(session)
    readers = _readers(session, {issue.id for issue in issues.values()})
    classes = session.execute(select(ClassRow.id, ClassRow.name).where(ClassRow.active)).all()
    names: dict[int | None, str] = {None: WHOLE_SCHOOL, **{id_: name for id_, name in classes}}
    everyone = tuple(line for id_ in names if id_ is not None for line in lines.get(id_, ()))
    return {
        id_: _sheet(id_, name, everyone if id_ is None else lines.get(id_, ()), issues.get(id_), readers, today)
        for id_, name in names.items()
    }


def sheet_lines(session: Session, today: date) -> dict[int, tuple[SheetLine, ...]]:
    """What each class's list says today, by permitted name. Neither UPN nor date of birth is read."""
    classes: dict[int, list[PupilEntry]] = defaultdict(list)
    ids: dict[str, int] = {}
    rows = session.execute(
        select(PupilRow.id, PupilRow.first, PupilRow.last, PupilRow.preferred, PupilRow.class_id).where(
            PupilRow.left_on.is_(None)
        )
    )
    for id_, first, last, preferred, class_id in rows:
        if class_id is None:
            continue
        entry = PupilEntry(ref("p", id_), first, last, ref("c", class_id), preferred)
        ids[entry.id] = id_
        classes[class_id].append(entry)
    ruled = story_rulings(session, today)
    called = {id_: name for id_, name in session.execute(select(ClassRow.id, ClassRow.name))}
    found: dict[int, tuple[SheetLine, ...]] = {}
    for class_id, entries in classes.items():
        made = [
            SheetLine(
                ids[entry.id],
                called[class_id],
                permitted_name(entry, entries),
                tuple(ruled[ids[entry.id]][kind].allowed for kind in MediaKind),
            )
            for entry in entries
        ]
        found[class_id] = tuple(sorted(made, key=lambda line: (key(line.name), line.pupil_id)))
    return found


def _sheet(
    class_id: int | None,
    name: str,
    lines: tuple[SheetLine, ...],
    newest: Issue | None,
    readers: dict[int | None, dict[int, tuple[str, dict[int, date]]]],
    today: date,
) -> Sheet:
    staff = tuple(
        Reader(staff_id, called, said.get(newest.id) if newest else None)
        for staff_id, (called, said) in sorted(readers[class_id].items(), key=lambda each: each[1][0].casefold())
    )
    return Sheet(class_id, name, lines, newest, staff, began(today), sheet_digest(lines))


def _newest(session: Session) -> dict[int | None, Issue]:
    zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    return {
        row.class_id: Issue(row.id, row.number, row.digest, row.issued_at.astimezone(zone).date(), row.said)
        for row in session.scalars(select(ClassSheetRow).order_by(ClassSheetRow.number, ClassSheetRow.id))
    }


@dataclass(frozen=True, slots=True)
class PastIssue:
    """An issue of a list, and who acknowledged it on which day."""

    number: int
    issued_on: date
    issued_by: str
    read: tuple[tuple[str, date], ...]


def past_issues(session: Session, class_id: int | None) -> tuple[PastIssue, ...]:
    """Every issue of a class's list (None: the whole school's), the newest first."""
    zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    read: dict[int, list[tuple[str, date]]] = defaultdict(list)
    slips = select(AcceptanceRow.class_sheet_id, StaffRow.name, AcceptanceRow.accepted_on).join(
        StaffRow, StaffRow.id == AcceptanceRow.staff_id
    )
    for sheet_id, name, on in session.execute(slips.where(AcceptanceRow.what == "class_sheet")):
        if sheet_id is not None:
            read[sheet_id].append((name, on))
    rows = session.execute(
        select(ClassSheetRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == ClassSheetRow.issued_by)
        .where(ClassSheetRow.class_id.is_(None) if class_id is None else ClassSheetRow.class_id == class_id)
        .order_by(ClassSheetRow.number.desc(), ClassSheetRow.id.desc())
    )
    return tuple(
        PastIssue(row.number, row.issued_at.astimezone(zone).date(), by, tuple(sorted(read[row.id])))
        for row, by in rows
    )


def _readers(session: Session, issues: set[int]) -> dict[int | None, dict[int, tuple[str, dict[int, date]]]]:
    """For each class its staff, with the day on which they acknowledged which issue; under None who has no class."""
    said: dict[int, dict[int, date]] = defaultdict(dict)
    for row in session.scalars(
        select(AcceptanceRow).where(AcceptanceRow.what == "class_sheet", AcceptanceRow.class_sheet_id.in_(issues))
    ):
        if row.staff_id is not None and row.class_sheet_id is not None:
            said[row.staff_id][row.class_sheet_id] = row.accepted_on
    classes: dict[int, list[int]] = defaultdict(list)
    for tie in session.scalars(
        select(StaffClassRow).join(ClassRow, ClassRow.id == StaffClassRow.class_id).where(ClassRow.active)
    ):
        classes[tie.staff_id].append(tie.class_id)
    found: dict[int | None, dict[int, tuple[str, dict[int, date]]]] = defaultdict(dict)
    for member in session.scalars(select(StaffRow).where(StaffRow.active)):
        places: list[int | None] = [*classes[member.id]]
        for class_id in places or [None]:
            found[class_id][member.id] = (member.name, said[member.id])
    return found
