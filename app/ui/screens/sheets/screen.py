"""Class lists: which are out of date, what each says, who has read it; issue, print, save and acknowledge (T8, T11)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog

from app.domain.permissions import MediaKind
from app.domain.problems import Problem
from app.domain.sheets import Reader, Sheet, SheetLine, SheetState
from app.domain.words import day_words
from app.services.office import Office
from app.services.sheets import (
    AcknowledgeSheet,
    ClassSheets,
    IssueClassSheet,
    IssueOutdated,
    SheetBoard,
    SheetIssues,
)
from app.ui.parts.arrange import STRETCH, column, roomy, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.dates import date_field
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.form import day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.printer import chosen_printer
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import Text, section
from app.ui.screens.reports.printing import print_pdf
from app.ui.screens.sheets.issues import IssuesDialog
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import PAGE

ICONS: dict[SheetState, tuple[str, Tone]] = {
    SheetState.EMPTY: ("nothing", Tone.QUIET),
    SheetState.NEVER: ("warn", Tone.WARN),
    SheetState.OUTDATED: ("warn", Tone.WARN),
    SheetState.LAST_YEAR: ("warn", Tone.WARN),
    SheetState.WAITING: ("waiting", Tone.INFO),
    SheetState.CLEARED: ("allowed", Tone.GOOD),
}
OUTDATED, NOT_CLEARED = "outdated", "not-cleared"
_TOLD = 5
"""Changes named before a list is issued again; the list itself says the rest."""


class SheetsScreen(Screen):
    """Every class and the whole school. A list is issued only when something that matters has changed."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Class lists", "sheets")
        self._office = office
        self._board: SheetBoard | None = None
        self.table: Table[Sheet] = Table(
            "Class lists",
            (
                Column("Class", text=lambda sheet: sheet.name, strong=True, stretch=True, least=110),
                Column("State", text=lambda sheet: sheet.words, chip=sheet_chip, width=195),
                Column("Issue", text=_number, number=True, width=60, spare=True),
                Column("Read by", text=_read, number=True, width=85),
            ),
            key=lambda sheet: sheet.class_id,
            empty=("sheet", "No classes yet. Bring in the class lists, then issue who may be shown to each class."),
        )
        self.filters = FilterBar("", [Filter(OUTDATED, "To issue"), Filter(NOT_CLEARED, "Not yet cleared")])
        self.filters.changed.connect(self._fill)
        self.issue_all = secondary("Issue all that are &due", self.issue_due, icon="sheet")
        self.listing = Listing(self.table, "list", "lists", filters=self.filters, foot=self.issue_all)
        self.earlier_button = secondary("Iss&ues so far...", self.show_issues, icon="history")
        self.header, self.banner = PageHeader("Class lists", actions=[self.earlier_button]), Banner()
        self.lines: Table[SheetLine] = Table(
            "Who may be shown",
            (
                Column("Name", text=self._called, strong=True, stretch=True),
                *(_may(kind) for kind in MediaKind),
            ),
            key=lambda line: line.pupil_id,
            empty=("pupils", "No pupils. A list appears here once pupils are in the class."),
        )
        self.readers: Table[Reader] = Table(
            "Staff who read this list",
            (
                Column("Member of staff", text=lambda reader: reader.name, strong=True, stretch=True),
                Column("Read on", text=_read_on, chip=_read_chip, width=190),
            ),
            key=lambda reader: reader.staff_id,
            many=True,
        )
        self.read_by = section("Who has read it")
        self.day = date_field()
        self.day.setAccessibleName("Day beside the signature")
        self.read_button = secondary("Record as &read", self.acknowledge, icon="done")
        self.print_button = secondary("&Print", self.print_, icon="print")
        self.sheet_button = secondary("Save spr&eadsheet", lambda: self.save(".xlsx"), icon="sheet")
        self.pdf_button = secondary("Save PD&F", lambda: self.save(".pdf"), icon="pdf")
        self.issue_button = primary("&Issue list", self.issue, icon="save")
        self.changed = Banner()
        day_label = Text("D&ay beside the signature", "strong", wrap=False)
        day_label.setBuddy(self.day)
        self.lines.setMinimumHeight(theme().px(170))
        self.readers.setMinimumHeight(theme().px(100))
        self.readers.setMaximumHeight(theme().px(150))
        detail = column(
            self.header,
            self.banner,
            self.changed,
            self.lines,
            self.read_by,
            self.readers,
            wrapping(day_label, self.day, self.read_button),
            row(wrapping(self.print_button, self.sheet_button, self.pdf_button), STRETCH, self.issue_button),
            gap=12,
            margin=PAGE,
        )
        self.split = ListDetail(self.listing, roomy(detail), shell.settings, "sheets", share=0.4)
        self.table.on_chosen(lambda _sheet: self._show())
        self.table.on_opened(lambda _sheet: self._open_detail())
        self.begin_at = self.table
        self.set_content(self.split)

    def refresh(self) -> None:
        """Read where every list stands."""
        first = self._board is None
        self._board = self._office.ask(ClassSheets())
        if first:
            today = self._board.today
            self.day.setDate(QDate(today.year, today.month, today.day))
        self.filters.set_count(OUTDATED, len(self._board.outdated))
        self.filters.set_count(NOT_CLEARED, self._board.waiting)
        self.issue_all.setEnabled(bool(self._board.outdated))
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something that a list says may have changed."""
        if changes & {"sheets", "pupils", "permissions", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Outdated or not yet cleared."""
        if lens in (OUTDATED, NOT_CLEARED):
            self.filters.clear()
            self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From one list back to all of them, in a narrow window."""
        return self.split.show_list()

    def issue(self) -> None:
        """Issue the chosen list as it stands today."""
        sheet = self.table.current()
        if sheet is None:
            return
        try:
            number = self._office.perform(IssueClassSheet(sheet.class_id), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.hide()
        self.refresh()
        self.shell.done(f"Issue {number} of this list is out. Print it, and ask its staff to read it.")

    def issue_due(self) -> None:
        """Issue every list that does not hold."""
        try:
            count = self._office.perform(IssueOutdated(), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.refresh()
        self.shell.done("1 list was issued." if count == 1 else f"{count} lists were issued.")

    def acknowledge(self) -> None:
        """The selected staff have read the newest issue."""
        sheet = self.table.current()
        if sheet is None:
            return
        chosen = tuple(one.staff_id for one in self.readers.selected() if one.acknowledged_on is None)
        try:
            self._office.perform(AcknowledgeSheet(sheet.class_id, chosen, day_of(self.day)), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.hide()
        self.refresh()
        now = self.table.current()
        cleared = now is not None and now.cleared
        self.shell.done("All staff have read it: the class is cleared." if cleared else "Recorded as read.")

    def show_issues(self) -> None:
        """Every issue of the chosen list, and who read it when."""
        sheet = self.table.current()
        if sheet is not None:
            dialog = IssuesDialog(self, sheet.name, self._office.ask(SheetIssues(sheet.class_id)))
            dialog.exec()
            dialog.deleteLater()

    def save(self, form: str) -> None:
        """Save the chosen list where the person says."""
        sheet = self.table.current()
        if sheet is None:
            return
        kind = "PDF (*.pdf)" if form == ".pdf" else "Spreadsheet (*.xlsx)"
        place, _ = QFileDialog.getSaveFileName(self, "Save list", f"class-list{form}", kind)
        if place:
            self.save_to(Path(place).with_suffix(form))

    def save_to(self, place: Path) -> None:
        """Save the chosen list into this file."""
        from reports.class_sheets import save  # the letters of a page cost time, so only now

        sheet = self.table.current()
        if sheet is not None:
            self.shell.run(
                lambda ticket: save(self._office, sheet.class_id, place),
                lambda saved: self.shell.done(f"Saved as {saved.name}."),
                self.banner.problem,
                words="Making the list",
            )

    def print_(self) -> bool:
        """Print the chosen list as it was issued."""
        from reports.class_sheets import save

        sheet = self.table.current()
        if sheet is None or not self.print_button.isEnabled():
            return False
        printer = chosen_printer(self)
        if printer is not None:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
                try:
                    pages = save(self._office, sheet.class_id, Path(scratch) / "list.pdf").read_bytes()
                except Problem as problem:
                    self.banner.problem(problem)
                    return True
                print_pdf(pages, printer)
        return True

    def _fill(self) -> None:
        sheets = self._board.sheets if self._board else ()
        on = self.filters.on
        shown = [
            sheet
            for sheet in sheets
            if (OUTDATED not in on or sheet.state.needs_issue)
            and (NOT_CLEARED not in on or (not sheet.cleared and sheet.state is not SheetState.EMPTY))
        ]
        self.table.set_rows(shown, choose_first=True)
        self._show()

    def _show(self) -> None:
        sheet = self.table.current()
        holds = sheet is not None and not sheet.state.needs_issue and sheet.state is not SheetState.EMPTY
        for button in (self.print_button, self.sheet_button, self.pdf_button, self.read_button):
            button.setEnabled(holds)
        self.issue_button.setEnabled(sheet is not None and sheet.state.needs_issue)
        self.earlier_button.setEnabled(sheet is not None and sheet.newest is not None)
        self._tell_changes(sheet)
        if sheet is None:
            self.header.say(title="Class lists", subtitle="Choose a list on the left.", chips=[])
            self.lines.set_rows([])
            self.readers.set_rows([])
            return
        self.header.say(title=sheet.name, subtitle=_means(sheet), chips=[sheet_chip(sheet)])
        self.lines.set_rows(sheet.lines)
        self.readers.set_rows(sheet.readers)
        self.read_by.setText("Who has read it" if sheet.readers else "Nobody is recorded to read this list")
        self.readers.setVisible(bool(sheet.readers))

    def _tell_changes(self, sheet: Sheet | None) -> None:
        found = sheet.changed if sheet is not None else ()
        if sheet is None or sheet.newest is None or not found:
            self.changed.dismiss()
            return
        told = [f"{change.name}: {change.words}." for change in found[:_TOLD]]
        more = f"\nAnd {len(found) - _TOLD} more." if len(found) > _TOLD else ""
        self.changed.say(Tone.WARN, f"New since issue {sheet.newest.number}", "\n".join(told) + more)

    def _called(self, line: SheetLine) -> str:
        sheet = self.table.current()
        return f"{line.name}, {line.class_name}" if sheet is not None and sheet.class_id is None else line.name

    def _open_detail(self) -> None:
        self.split.show_detail()
        self.lines.setFocus()


def sheet_chip(sheet: Sheet) -> Chip:
    """Where a list stands."""
    icon, tone = ICONS[sheet.state]
    return Chip(icon, sheet.words, tone)


def _means(sheet: Sheet) -> str:
    issued = f"Issue {sheet.newest.number}, {day_words(sheet.newest.issued_on)}. " if sheet.newest else ""
    whole = sheet.class_id is None
    said = {
        SheetState.EMPTY: "No pupils yet. Bring in the class lists first." if whole else "No pupils are in this class.",
        SheetState.NEVER: "This list has never been issued. Issue it, print it, and ask its staff to read it.",
        SheetState.OUTDATED: "Something that matters has changed since. Issue the new list before anybody posts.",
        SheetState.LAST_YEAR: "That was last school year. Issue this year's list.",
        SheetState.WAITING: "Posting is not yet cleared: not all staff have read this issue.",
        SheetState.CLEARED: "All its staff have read this issue. Posting is cleared.",
    }[sheet.state]
    if sheet.state is SheetState.WAITING and not sheet.readers:
        said = "Posting is not yet cleared: no staff are recorded for this class."
    return issued + said + (" This list is for staff without a class of their own." if whole else "")


def _number(sheet: Sheet) -> str:
    return str(sheet.newest.number) if sheet.newest else ""


def _read(sheet: Sheet) -> str:
    return f"{len(sheet.readers) - len(sheet.outstanding)} of {len(sheet.readers)}"


def _may(kind: MediaKind) -> Column[SheetLine]:
    def chip(line: SheetLine) -> Chip:
        return Chip("allowed", "May", Tone.GOOD) if line.of(kind) else Chip("not-allowed", "May not", Tone.STOP)

    return Column(kind.words, text=lambda line: chip(line).word, chip=chip, sort=lambda line: line.of(kind), width=130)


def _read_on(reader: Reader) -> str:
    return day_words(reader.acknowledged_on) if reader.acknowledged_on else "Not yet"


def _read_chip(reader: Reader) -> Chip:
    if reader.acknowledged_on is None:
        return Chip("waiting", "Not yet", Tone.WARN)
    return Chip("done", _read_on(reader), Tone.GOOD)
