"""What was destroyed: lists without names, to be saved or printed (K4)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.words import day_words
from app.services.retention_lists import Destruction
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.printer import chosen_printer
from app.ui.parts.table import Table
from app.ui.screens.reports.printing import print_pdf
from app.ui.screens.retention.presenter import RetentionPresenter
from app.ui.shell.area import Shell

_ABOUT = "Each list says how many of what went, when and by whose approval. It names nobody."


class ListsPage(QWidget):
    """One line a destruction."""

    def __init__(self, shell: Shell, presenter: RetentionPresenter) -> None:
        super().__init__()
        self._shell, self.presenter = shell, presenter
        self.header = PageHeader("Destroyed", _ABOUT)
        self.banner = Banner()
        self.table: Table[Destruction] = Table(
            "Destruction lists",
            (
                Column("Number", text=lambda one: str(one.id), number=True, sort=lambda one: one.id, width=80),
                Column("Approved", text=_approved, strong=True, sort=lambda one: one.approved_at, width=150),
                Column("By", text=lambda one: one.approved_by, quiet=True, width=170, spare=True),
                Column("What", text=_what, stretch=True, least=200),
                Column("Records", text=lambda one: f"{one.destroyed:,}", number=True, width=90),
                Column("State", text=lambda one: _state(one).word, chip=_state, width=130),
            ),
            key=lambda one: one.id,
            empty=("retention", "Nothing was destroyed yet. The list of each destruction is kept here."),
        )
        self.table.on_chosen(lambda _one: self._offer())
        self.listing = Listing(self.table, "list", "lists", inset=False)
        self.print_button = secondary("&Print", self.print_, icon="print")
        self.save_button = primary("&Save PDF", self.save, icon="pdf")
        foot = row(STRETCH, self.print_button, self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing, foot))

    def refresh(self) -> None:
        """Read the lists again."""
        self.presenter.load_lists()
        self.table.set_rows(self.presenter.lists, choose_first=True)
        self._offer()

    def save(self) -> None:
        """The chosen list as a PDF, where the person says."""
        listed = self.table.current()
        if listed is None:
            return
        name = f"destruction-list-{listed.id}.pdf"
        place, _ = QFileDialog.getSaveFileName(self, "Save destruction list", name, "PDF (*.pdf)")
        if place:
            self.save_to(listed, Path(place).with_suffix(".pdf"))

    def save_to(self, listed: Destruction, place: Path) -> None:
        """Save a list into this file."""
        self._shell.run(
            lambda ticket: self.presenter.save(listed, place),
            lambda _none: self._shell.done("The destruction list is saved."),
            self.banner.problem,
            words="Making the list",
        )

    def print_(self) -> bool:
        """Print the chosen list."""
        listed = self.table.current()
        if listed is None:
            return False
        printer = chosen_printer(self)
        if printer is not None:
            print_pdf(self.presenter.pages(listed), printer)
        return True

    def _offer(self) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(self.table.current() is not None)


def _approved(one: Destruction) -> str:
    return day_words(one.approved_at.date())


def _what(one: Destruction) -> str:
    return ", ".join(part.kind.words for part in one.parts)


def _state(one: Destruction) -> Chip:
    if one.finished_at is None:
        return Chip("running", "Not finished", Tone.WARN)
    return Chip("done", "Finished", Tone.GOOD)
