"""Points slips: whose, for which days, and the pages to print and cut (P11)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog

from app.domain.problems import Problem
from app.services.office import Office
from app.services.slips import SlipLine
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.form import Form, day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.printer import chosen_printer
from app.ui.parts.table import Table
from app.ui.screens.reports.printing import print_pdf
from app.ui.screens.slips.presenter import NONE_YET, SlipsPresenter, made_words
from app.ui.shell.area import Screen, Shell

_ABOUT = "Each child's own points by School Way, two slips to a page. Nothing taken away, and no other child, is on it."


class SlipsScreen(Screen):
    """Printing takes the selected pupils, or all that show."""

    def __init__(self, shell: Shell, office: Office, pupil_id: int = 0) -> None:
        super().__init__(shell, "Points slips", "slips")
        self.presenter = SlipsPresenter(office)
        self._wanted = pupil_id
        self._classes: tuple[tuple[int, str], ...] = ()
        self.banner = Banner()
        self.presenter.load()
        begins, ends = Form(beside=True), Form(beside=True)
        self.first = begins.date("&From", self.presenter.first)
        self.last = ends.date("&To", self.presenter.last)
        for field in (self.first, self.last):
            field.dateChanged.connect(self._days)
        self.filters = FilterBar("Search pupils", self._offered(), [Choice("class", "Class", "All classes")])
        self.filters.changed.connect(self._fill)
        self.table: Table[SlipLine] = Table(
            "Points slips",
            (
                Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=140),
                Column("On the slip", text=lambda line: line.permitted, width=150, spare=True),
                Column("Class", text=lambda line: line.class_name or "No class", width=120),
                Column("Points", text=lambda line: _points(line).word, chip=_points, width=160),
            ),
            key=lambda line: line.pupil_id,
            many=True,
            empty=("points", "No pupils here. Bring in the class lists first, or take a filter away."),
        )
        self.table.selection_changed.connect(lambda _count: self._offer())
        self.listing = Listing(self.table, "pupil", "pupils", filters=self.filters, inset=False)
        self.print_button = secondary("&Print", self.print_, icon="print")
        self.save_button = primary("&Save slips", self.save, icon="pdf")
        foot = row(STRETCH, self.print_button, self.save_button)
        self.set_content(
            page(PageHeader("Points slips", _ABOUT), self.banner, row(begins, ends, STRETCH), self.listing, foot)
        )
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the list again."""
        self.presenter.load()
        if self._classes != self.presenter.classes:
            self._classes = self.presenter.classes
            self.filters.set_filters(self._offered())
        self.filters.set_count(NONE_YET, self.presenter.without)
        self._fill()
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = 0

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Points, a name or a class changed."""
        if changes & {"content", "pupils", "school"} and initiator is not self:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def save(self) -> None:
        """Save the slips where the person says."""
        place, _ = QFileDialog.getSaveFileName(self, "Save points slips", "points-slips.pdf", "PDF (*.pdf)")
        if place:
            self.save_to(Path(place).with_suffix(".pdf"))

    def save_to(self, place: Path) -> None:
        """Save the slips of the selected pupils, or of all that show, into this file."""
        lines = self._meant()
        self.shell.run(
            lambda ticket: self.presenter.save(lines, place),
            lambda made: self._settled(f"Saved {made_words(made)}"),
            self.banner.problem,
            words="Making the slips",
        )

    def print_(self) -> bool:
        """Ctrl+P: the slips of the selected pupils, or of all that show."""
        printer = chosen_printer(self)
        if printer is not None:
            try:
                made, data = self.presenter.pages(self._meant())
            except Problem as problem:
                self.banner.problem(problem)
                return True
            print_pdf(data, printer)
            self._settled(f"Printed {made_words(made)}")
        return True

    def _days(self, _day: QDate) -> None:
        self.presenter.first, self.presenter.last = day_of(self.first), day_of(self.last)
        self.refresh()

    def _meant(self) -> list[SlipLine]:
        chosen = self.table.selected()
        return chosen if chosen else list(self.table.rows)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.table.setFocus()
        self.shell.done(told)

    def _offered(self) -> list[Filter]:
        return [
            *(Filter(f"class:{id_}", name, group="class") for id_, name in self.presenter.classes),
            Filter(NONE_YET, "No points"),
        ]

    def _fill(self) -> None:
        self.table.set_rows(self.presenter.shown(self.filters.on, self.filters.text))
        self._offer()

    def _offer(self) -> None:
        count = sum(line.has_points for line in self._meant())
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(count))
        self.save_button.setText("&Save slips" if not count else f"&Save {count} {'slip' if count == 1 else 'slips'}")


def _points(line: SlipLine) -> Chip:
    return Chip("points", "Has points", Tone.GOOD) if line.has_points else Chip("undecided", "No points", Tone.QUIET)
