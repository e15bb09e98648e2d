"""Reports: the catalogue at the left, the period above, the real pages at the right; save as PDF or spreadsheet."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.domain.words import day_words
from app.services.office import Office
from app.services.school import School
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import icon_button, primary, secondary
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.pages import PagesView
from app.ui.parts.printer import chosen_printer
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import quiet, strong
from app.ui.screens.reports.printing import print_pdf
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import PAGE, WITHIN
from reports.catalogue import Report, reports_for
from reports.making import READS, Made, make, offered_periods
from reports.period import Period


class ReportsScreen(Screen):
    """A report is seen before it is saved. Saving it is noted, with its file's seal."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Reports", "reports")
        self._office = office
        self._periods: list[Period] = []
        self._pdf: bytes | None = None
        self._asked = 0
        self.table: Table[Report] = Table(
            "Reports",
            (Column("Report", text=lambda report: report.title, strong=True, stretch=True),),
            key=lambda report: report.id,
            empty=("reports", "There is no report for your role. Senior leaders make them."),
        )
        self.listing = Listing(self.table, "report", "reports")
        self.period = QComboBox()
        self.period.setAccessibleName("Period")
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.period.currentIndexChanged.connect(self._another_period)
        self.about = quiet()
        self.header = PageHeader("Report")
        self.banner = Banner()
        self.pages = PagesView("Preview of the report")
        self._waiting = EmptyState("running", "Making the preview.")
        self.save_pdf = primary("Save &PDF", partial(self.save, ".pdf"), icon="pdf")
        self.save_sheet = secondary("Save &spreadsheet", partial(self.save, ".xlsx"), icon="sheet")
        self.print_button = secondary("P&rint", self.print_, icon="print")
        self.split = ListDetail(self.listing, self._detail(), shell.settings, "reports", share=0.26)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._turn)
        self.table.on_opened(lambda _report: self._enter())
        self.table.clicked.connect(self._clicked)

    def refresh(self) -> None:
        """The reports for this role, and the periods that the school's terms give."""
        self._periods = offered_periods(self._office.ask(School()))
        self.period.blockSignals(True)
        self.period.clear()
        for period in self._periods:
            self.period.addItem(f"{period.name}: {day_words(period.first)} to {day_words(period.last)}")
        self.period.setCurrentIndex(self._place(self.table.current()))
        self.period.blockSignals(False)
        before = self._asked
        self.table.set_rows(reports_for(self._office.actor.role), choose_first=True)
        if self._asked == before:
            self.preview()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """What a report says may be old by the time it is looked at again; a preview in sight is left alone."""
        if not self.isVisible():
            self.refresh_when_seen()

    def leave(self) -> bool:
        """From the preview back to the list, in a narrow window."""
        return self.split.show_list()

    def preview(self) -> None:
        """Make the chosen report's pages, away from the window's thread."""
        report, period = self.table.current(), self._chosen()
        if report is None or period is None:
            return
        self.header.say(title=report.title, subtitle=report.says)
        self._busy(True)
        self._asked += 1
        self.shell.run(
            partial(_pages, self._office, report, period),
            partial(self._show, self._asked),
            partial(self._failed, self._asked),
            words="Making the preview",
            alongside=True,
        )

    def save(self, form: str) -> None:
        """Save the chosen report where the person says."""
        report, period = self.table.current(), self._chosen()
        if report is None or period is None:
            return
        kind = "PDF (*.pdf)" if form == ".pdf" else "Spreadsheet (*.xlsx)"
        place, _ = QFileDialog.getSaveFileName(self, "Save report", report.file_name(period, form), kind)
        if place:
            self.save_to(Path(place).with_suffix(form))

    def save_to(self, place: Path) -> None:
        """Make the report into this file, and note that it was made."""
        report, period = self.table.current(), self._chosen()
        if report is None or period is None:
            return
        self.shell.run(
            lambda ticket: make(self._office, report, place, period.first, period.last),
            self._saved,
            self.banner.problem,
            words="Making the report",
        )

    def print_(self) -> bool:
        """Print the pages as they are shown."""
        if self._pdf is None:
            return False
        printer = chosen_printer(self)
        if printer is not None:
            print_pdf(self._pdf, printer)
        return True

    def _turn(self, report: Report | None) -> None:
        """Each report comes with the period it was last looked at with."""
        self.period.blockSignals(True)
        self.period.setCurrentIndex(self._place(report))
        self.period.blockSignals(False)
        self.preview()

    def _place(self, report: Report | None) -> int:
        if report is None:
            return 0
        kept = self.shell.settings.value(f"report/{report.id}")
        usual = len(self._periods) - 1 if report.yearly else 0
        return next((at for at, period in enumerate(self._periods) if period.name == kept), usual)

    def _another_period(self) -> None:
        report, period = self.table.current(), self._chosen()
        if report is not None and period is not None:
            self.shell.settings.setValue(f"report/{report.id}", period.name)
        self.preview()

    def _chosen(self) -> Period | None:
        at = self.period.currentIndex()
        return self._periods[at] if 0 <= at < len(self._periods) else None

    def _detail(self) -> QWidget:
        px = theme().px
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(WITHIN))
        down.setSpacing(px(12))
        down.addWidget(self.header)
        down.addWidget(row(strong("Period"), self.period, STRETCH))
        down.addWidget(self.banner)
        down.addWidget(self.pages, 1)
        down.addWidget(self._waiting, 1)
        zoom = (
            icon_button("zoom-out", "Smaller", self.pages.zoom_out, keys="-"),
            icon_button("zoom-in", "Larger", self.pages.zoom_in, keys="+"),
            secondary("Fit &width", self.pages.fit_width),
        )
        down.addWidget(row(*zoom, STRETCH, self.print_button, self.save_sheet, self.save_pdf))
        self._busy(True)
        return held

    def _busy(self, on: bool) -> None:
        self._waiting.setVisible(on)
        self.pages.setVisible(not on)
        self.print_button.setEnabled(not on)

    def _show(self, asked: int, pdf: bytes) -> None:
        if asked != self._asked:
            return
        self._pdf = pdf
        self.banner.hide()
        self.pages.show_pdf(pdf)
        self._busy(False)

    def _failed(self, asked: int, problem: Problem) -> None:
        if asked != self._asked:
            return
        self._pdf = None
        self.pages.clear()
        self._busy(False)
        self.print_button.setEnabled(False)
        self.banner.problem(problem)

    def _enter(self) -> None:
        self.split.show_detail()
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()

    def _saved(self, made: Made) -> None:
        self.shell.done(f"Saved as {made.path.name}.")


def _pages(office: Office, report: Report, period: Period, ticket: Ticket) -> bytes:
    """The report's pages. A look is not a report made: nothing is noted until it is saved."""
    data = report.gather(READS[report.id](office, period), period)
    ticket.tick(1, 2, "Making the pages")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        place = Path(scratch) / "preview.pdf"
        report.to_pdf(data, place)
        return place.read_bytes()
