"""Class lists: issuing them, acknowledging them, and where each stands (T8, T11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problems import Refused
from app.domain.roles import EVERYONE
from app.domain.sheets import Sheet, SheetState, lines_of, said_by
from app.services.door import Command, Query, answers, does
from app.services.school import year_order
from app.services.unit import Unit, View
from app.store.reads.sheets import PastIssue, past_issues, sheets
from app.store.tables.policy import AcceptanceRow, ClassSheetRow, PolicyVersionRow
from app.store.tables.school import ClassRow, SchoolRow


@dataclass(frozen=True, slots=True)
class IssueClassSheet(Command[int]):
    """Issue a class's list as it stands today; `class_id` None issues the whole school's."""

    class_id: int | None


@does(IssueClassSheet, roles=EVERYONE, verb="sheet.issued")
def issue_class_sheet(command: IssueClassSheet, unit: Unit) -> int:
    """The issue's number. Refused where this year's newest list still says the same, or the class has no pupils."""
    sheet = _sheet(unit, command.class_id)
    if sheet.state is SheetState.EMPTY:
        raise Refused("There is nothing to issue: no pupils are in this class.")
    if not sheet.state.needs_issue and sheet.newest is not None:
        raise Refused(
            f"Nothing that matters has changed since issue {sheet.newest.number}, so that list still holds. "
            "Ask the staff who have not read it yet."
        )
    row = _issue(unit, sheet)
    unit.audit(_subject(command.class_id), {"number": row.number})
    return row.number


@dataclass(frozen=True, slots=True)
class IssueOutdated(Command[int]):
    """Issue every list that was never issued, has changed since, or is last year's."""


@does(IssueOutdated, roles=EVERYONE, verb="sheet.issued")
def issue_outdated(command: IssueOutdated, unit: Unit) -> int:
    """How many lists were issued; none where all of them still hold."""
    del command
    due = [sheet for sheet in sheets(unit.session, unit.today).values() if sheet.state.needs_issue]
    for sheet in due:
        _issue(unit, sheet)
    unit.audit("school", {"lists": len(due)})
    return len(due)


def _issue(unit: Unit, sheet: Sheet) -> ClassSheetRow:
    row = ClassSheetRow(
        class_id=sheet.class_id,
        number=sheet.newest.number + 1 if sheet.newest else 1,
        digest=sheet.digest,
        said=said_by(sheet.lines),
        issued_at=unit.now,
        issued_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.changed("sheets")
    return row


def forget_on_lists(session: Session, pupil_id: int) -> None:
    """Take a deleted child off what earlier issues said (H12). Their digests stay, so that nothing looks changed."""
    for row in session.scalars(select(ClassSheetRow).where(ClassSheetRow.said.is_not(None))):
        lines = lines_of(row.said or "[]")
        kept = [line for line in lines if line.pupil_id != pupil_id]
        if len(kept) < len(lines):
            row.said = said_by(kept)


@dataclass(frozen=True, slots=True)
class AcknowledgeSheet(Command[None]):
    """Staff have read the newest list of a class (None: the whole school's), on the day beside their signature."""

    class_id: int | None
    staff: tuple[int, ...]
    read_on: date
    route: str = "signed list"


@does(AcknowledgeSheet, roles=EVERYONE, verb="sheet.acknowledged")
def acknowledge_sheet(command: AcknowledgeSheet, unit: Unit) -> None:
    """All of them or none.

    Refused where the newest list is out of date or last year's, the day lies ahead or before the list was issued, or
    somebody is not among the class's staff or has acknowledged it already.
    """
    sheet = _sheet(unit, command.class_id)
    if sheet.newest is None or sheet.state.needs_issue:
        raise Refused("This list no longer holds, so reading it does not count. Issue the new list first.")
    if command.read_on > unit.today:
        raise Refused("The day lies ahead. Enter the day on which the list was read.")
    if command.read_on < sheet.newest.issued_on:
        raise Refused("The list was issued after that day. Enter the day on which this issue was read.")
    if not command.staff:
        raise Refused("Nobody was chosen. Choose who has read the list.")
    readers = {reader.staff_id: reader for reader in sheet.readers}
    version = unit.session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
    for staff_id in command.staff:
        reader = readers.get(staff_id)
        if reader is None:
            raise Refused("The register does not tie this member of staff to this list. Nothing was recorded.")
        if reader.acknowledged_on is not None:
            raise Refused(f"{reader.name} has already acknowledged this issue. Nothing was recorded.")
        unit.session.add(
            AcceptanceRow(
                what="class_sheet",
                version_id=version,
                staff_id=staff_id,
                class_sheet_id=sheet.newest.id,
                accepted_on=command.read_on,
                route=command.route,
                recorded_at=unit.now,
                recorded_by=unit.actor.id,
            )
        )
    unit.session.flush()
    unit.audit(_subject(command.class_id), {"number": sheet.newest.number, "staff": len(command.staff)})
    unit.changed("sheets", "policy")


@dataclass(frozen=True, slots=True)
class RecordSheetSaved(Command[None]):
    """Note that a class's list left the program as a file."""

    class_id: int | None
    form: str
    sha256: str


@does(RecordSheetSaved, roles=EVERYONE, verb="sheet.saved")
def record_sheet_saved(command: RecordSheetSaved, unit: Unit) -> None:
    """The digest tells a found file apart."""
    unit.audit(_subject(command.class_id), {"form": command.form, "sha256": command.sha256})


@dataclass(frozen=True, slots=True)
class SheetBoard:
    """Every list, the whole school's first, then by year group; and what a print-out of one says of the school."""

    school: str
    today: date
    now: datetime
    by: str
    sheets: tuple[Sheet, ...]

    def of(self, class_id: int | None) -> Sheet | None:
        """The list of a class, None where the class is no longer in use."""
        return next((sheet for sheet in self.sheets if sheet.class_id == class_id), None)

    def pages_of(self, class_id: int | None) -> tuple[Sheet, ...]:
        """The lists that are printed for a choice: a class's own, or every class's for the whole school."""
        if class_id is None:
            return tuple(sheet for sheet in self.sheets if sheet.class_id is not None and sheet.lines)
        return tuple(sheet for sheet in self.sheets if sheet.class_id == class_id)

    @property
    def outdated(self) -> tuple[Sheet, ...]:
        """The lists to issue again."""
        return tuple(sheet for sheet in self.sheets if sheet.state.needs_issue)

    @property
    def waiting(self) -> int:
        """How many classes are not cleared for posting."""
        return sum(
            sheet.class_id is not None and not sheet.cleared and sheet.state is not SheetState.EMPTY
            for sheet in self.sheets
        )


@dataclass(frozen=True, slots=True)
class ClassSheets(Query[SheetBoard]):
    """Where every list stands."""


@answers(ClassSheets, roles=EVERYONE)
def class_sheets(query: ClassSheets, view: View) -> SheetBoard:
    """Never why a child may not be shown, and neither UPN nor date of birth."""
    del query
    school = view.session.scalars(select(SchoolRow)).one()
    years = {id_: year for id_, year in view.session.execute(select(ClassRow.id, ClassRow.year_group))}
    found = sheets(view.session, view.today)

    def place(sheet: Sheet) -> tuple[int, tuple[int, str]]:
        if sheet.class_id is None:
            return 0, (0, "")
        return 1, year_order(years[sheet.class_id], sheet.name)

    return SheetBoard(
        school.name,
        view.today,
        view.now.astimezone(ZoneInfo(school.timezone)),
        view.actor.name,
        tuple(sorted(found.values(), key=place)),
    )


@dataclass(frozen=True, slots=True)
class SheetIssues(Query[tuple[PastIssue, ...]]):
    """Every issue of a class's list (None: the whole school's), and who acknowledged it."""

    class_id: int | None


@answers(SheetIssues, roles=EVERYONE)
def sheet_issues(query: SheetIssues, view: View) -> tuple[PastIssue, ...]:
    """The newest first."""
    return past_issues(view.session, query.class_id)


def _sheet(unit: Unit, class_id: int | None) -> Sheet:
    sheet = sheets(unit.session, unit.today).get(class_id)
    if sheet is None:
        raise Refused("That class is no longer in use. Nothing was changed.")
    return sheet


def _subject(class_id: int | None) -> str:
    return "school" if class_id is None else f"class:{class_id}"
