"""Login cards: which pupil has a code for ClassDojo, entering codes, and cards to print and cut out (H6)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.login_cards import CardLine
from app.services.office import Office
from app.ui.parts.acting import done
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing, counted
from app.ui.parts.printer import chosen_printer
from app.ui.parts.table import Table
from app.ui.screens.cards.dialogs import CodeDialog, LoginListDialog
from app.ui.screens.cards.presenter import NOT_PRINTED, WITHOUT, CardsPresenter, taken_words
from app.ui.screens.reports.printing import print_pdf
from app.ui.shell.area import Screen, Shell

_ABOUT = "Copy each pupil's code from ClassDojo. Cards are printed eight to a page. The codes stand on the cards alone."
_FOR_OTHERS = "Who has a login card for ClassDojo. The office and the headteacher enter codes and print cards."


class CardsScreen(Screen):
    """The list of pupils with what is known of their codes. Printing takes the selected pupils, or all that show."""

    def __init__(self, shell: Shell, office: Office, pupil_id: int = 0) -> None:
        super().__init__(shell, "Login cards", "login-cards")
        self.presenter = CardsPresenter(office)
        self._wanted = pupil_id
        self._classes: tuple[tuple[int, str], ...] = ()
        self.banner = Banner()
        self.filters = FilterBar("Search pupils", self._offered(), [Choice("class", "Class", "All classes")])
        self.filters.changed.connect(self._fill)
        self.table: Table[CardLine] = Table(
            "Login cards",
            (
                Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=140),
                Column("On the card", text=lambda line: line.permitted, width=130, spare=True),
                Column("Class", text=lambda line: line.class_name or "No class", width=110),
                Column("Code", text=lambda line: _code(line).word, chip=_code, width=140),
                Column("Printed", text=_printed, width=140, quiet=True, spare=True),
            ),
            key=lambda line: line.pupil_id,
            many=True,
            empty=("qr", "No pupils here. Bring in the class lists first, or take a filter away."),
        )
        self.table.selection_changed.connect(lambda _count: self._offer())
        self.table.on_opened(lambda _line: self.enter())
        self.listing = Listing(self.table, "pupil", "pupils", filters=self.filters, inset=False)
        self.enter_button = secondary("&Enter code...", self.enter, icon="edit")
        self.revoke_button = danger("Re&voke...", self.revoke)
        self.bring_button = secondary("&Bring in a list...", self.bring_in, icon="import")
        self.print_button = secondary("&Print", self.print_, icon="print")
        self.save_button = primary("&Save cards", self.save, icon="pdf")
        may = self.presenter.may_hold_codes
        header = PageHeader("Login cards", _ABOUT if may else _FOR_OTHERS, actions=[self.bring_button] if may else [])
        foot = row(self.revoke_button, STRETCH, self.enter_button, self.print_button, self.save_button)
        self.set_content(page(header, self.banner, self.listing, foot))
        foot.setVisible(may)
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the list again."""
        self.presenter.load()
        if self._classes != self.presenter.classes:
            self._classes = self.presenter.classes
            self.filters.set_filters(self._offered())
        for key, count in self.presenter.counts().items():
            self.filters.set_count(key, count)
        self._fill()
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = 0

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A code, a name or a class changed."""
        if changes & {"cards", "pupils", "school"} and initiator is not self:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def enter(self) -> None:
        """The chosen pupil's code."""
        line = self.table.current()
        if line is None or not self.presenter.may_hold_codes:
            return
        if done(CodeDialog(self, self.presenter, line)):
            self._settled("The code is kept.")

    def bring_in(self) -> None:
        """Codes from a pasted list, and what became of every line."""
        dialog = LoginListDialog(self, self.presenter)
        if not done(dialog) or dialog.outcome is None:
            return
        result = dialog.outcome
        told = [
            f"Line {each.number}: {each.name or 'no name'}. {each.why}" for each in (*result.rejected, *result.doubts)
        ]
        self.refresh()
        tone = Tone.WARN if told else Tone.GOOD
        self.banner.say(tone, f"{counted(result.recorded, 'code', 'codes')} kept.", "\n".join(told[:8]))

    def revoke(self) -> None:
        """A card was lost."""
        line = self.table.current()
        if line is None:
            return
        why = ask_reason(
            self,
            "Revoke this code?",
            "Make a new code for the pupil in ClassDojo too: the old one works there until you do.",
            "Re&voke code",
            danger=True,
        )
        if why is None:
            return
        try:
            self.presenter.revoke(line, why, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._settled("The code is revoked.")

    def save(self) -> None:
        """Save the cards where the person says."""
        place, _ = QFileDialog.getSaveFileName(self, "Save login cards", "login-cards.pdf", "PDF (*.pdf)")
        if place:
            self.save_to(Path(place).with_suffix(".pdf"))

    def save_to(self, place: Path) -> None:
        """Save the cards of the selected pupils, or of all that show, into this file."""
        lines = self._meant()
        self.shell.run(
            lambda ticket: self.presenter.save(lines, place),
            lambda taken: self._settled(f"Saved {taken_words(taken)} Delete the file when the cards are out."),
            self.banner.problem,
            words="Making the cards",
        )

    def print_(self) -> bool:
        """Ctrl+P: the cards of the selected pupils, or of all that show."""
        if not self.presenter.may_hold_codes:
            return False
        printer = chosen_printer(self)
        if printer is not None:
            try:
                taken, data = self.presenter.pages(self._meant())
            except Problem as problem:
                self.banner.problem(problem)
                return True
            print_pdf(data, printer)
            self._settled(f"Printed {taken_words(taken)}")
        return True

    def _meant(self) -> list[CardLine]:
        chosen = self.table.selected()
        return chosen if len(chosen) > 1 else list(self.table.rows)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.refresh()
        self.table.setFocus()
        self.shell.done(told)

    def _offered(self) -> list[Filter]:
        return [
            *(Filter(f"class:{id_}", name, group="class") for id_, name in self.presenter.classes),
            Filter(WITHOUT, "No code"),
            Filter(NOT_PRINTED, "Not printed"),
        ]

    def _fill(self) -> None:
        self.table.set_rows(self.presenter.shown(self.filters.on, self.filters.text), choose_first=True)
        self._offer()

    def _offer(self) -> None:
        line = self.table.current()
        meant = self._meant()
        some = any(each.ending for each in meant)
        self.enter_button.setEnabled(line is not None)
        self.revoke_button.setEnabled(line is not None and bool(line.ending))
        self.save_button.setEnabled(some)
        self.print_button.setEnabled(some)
        count = sum(bool(each.ending) for each in meant)
        self.save_button.setText("&Save cards" if not count else f"&Save {count} {'card' if count == 1 else 'cards'}")


def _code(line: CardLine) -> Chip:
    if not line.ending:
        return Chip("undecided", "No code", Tone.WARN)
    return Chip("done", f"Ends in {line.ending}", Tone.GOOD)


def _printed(line: CardLine) -> str:
    if not line.ending:
        return ""
    return day_words(line.printed_at.date()) if line.printed_at else "Not yet"
