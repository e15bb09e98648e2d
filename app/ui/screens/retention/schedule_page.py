"""The retention schedule: what is kept how long, from when and why; suggested until it is confirmed (K4)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.retention import ScheduleLine
from app.ui.parts.acting import done
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.retention.dialogs import LineDialog
from app.ui.screens.retention.presenter import RetentionPresenter
from app.ui.shell.area import Shell


class SchedulePage(QWidget):
    """One line a sort of record. What belongs to the chosen one stands below."""

    def __init__(self, shell: Shell, presenter: RetentionPresenter) -> None:
        super().__init__()
        self._shell, self.presenter = shell, presenter
        self.header = PageHeader("How long records are kept")
        self.banner = Banner()
        self.table: Table[ScheduleLine] = Table(
            "Retention schedule",
            (
                Column("Records", text=lambda line: line.words, strong=True, width=200, sortable=False),
                Column(
                    "Kept for",
                    text=lambda line: line.keep,
                    tip=lambda line: line.why,
                    stretch=True,
                    least=200,
                    sortable=False,
                ),
                Column("State", text=lambda line: _state(line).word, chip=_state, width=130, sortable=False),
            ),
            key=lambda line: line.words,
            empty=("retention", "The schedule has no line."),
        )
        self.table.on_opened(lambda _line: self.change())
        self.table.on_chosen(lambda _line: self._offer())
        self.about = quiet()
        self.listing = Listing(self.table, "line", "lines", inset=False)
        self.change_button = secondary("Chan&ge...", self.change, icon="edit")
        self.confirm_button = primary("&Confirm line", self.confirm, icon="done")
        self.undo_button = secondary("Make it a &suggestion again", self.confirm, icon="undo")
        foot = row(self.change_button, STRETCH, self.undo_button, self.confirm_button)
        self.change_button.setVisible(presenter.may_change)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing, self.about, foot))

    def refresh(self) -> None:
        """Read the lines again."""
        self.presenter.load_schedule()
        self.header.say(subtitle=self.presenter.schedule_words())
        self.table.set_rows(self.presenter.lines, choose_first=True)
        self._offer()

    def change(self) -> None:
        """The chosen line, or the list of leavers for theirs."""
        line = self.table.current()
        if line is None or line.kept_whole:
            return
        kind = line.kind
        if kind is None:
            self._shell.open_record("leavers", 0)
            return
        if self.presenter.may_change and done(
            LineDialog(self, line, lambda months, why: self.presenter.change(kind, months, why, self))
        ):
            self._settled("The line is suggested until the headteacher confirms it.")

    def confirm(self) -> None:
        """The chosen line is the school's own; or a suggestion again."""
        line = self.table.current()
        if line is None or line.kind is None:
            return
        if not line.confirmed and not line.kept_whole:
            asked = (
                f"Confirm: {line.words.lower()}, {line.keep}?",
                "Records older than that fall due under this line. They are destroyed only when you approve it.",
            )
            if not confirm(self, *asked, "&Confirm line"):
                return
        try:
            self.presenter.confirm(line, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._settled("The line is confirmed." if not line.confirmed else "The line is a suggestion again.")

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.refresh()
        self.table.setFocus()
        self._shell.done(told)

    def _offer(self) -> None:
        line = self.table.current()
        self.about.setText(_about(line) if line is not None else "")
        own = line is not None and line.kind is not None
        self.change_button.setEnabled(line is not None and not line.kept_whole)
        self.change_button.setText("Chan&ge..." if own or line is None else "&Open leavers")
        confirmed = own and line is not None and line.confirmed
        self.confirm_button.setEnabled(own)
        self.confirm_button.setVisible(self.presenter.may_decide and not confirmed)
        self.undo_button.setVisible(self.presenter.may_decide and confirmed)


def _about(line: ScheduleLine) -> str:
    told = f"{line.holds} {line.keep[:1].upper()}{line.keep[1:]}. {line.why}"
    if line.confirmed_at is not None:
        told += f" Confirmed by {line.confirmed_by}, {day_words(line.confirmed_at.date())}."
    return told


def _state(line: ScheduleLine) -> Chip:
    if line.confirmed:
        return Chip("good", "Confirmed", Tone.GOOD)
    return Chip("undecided", "Suggested", Tone.WARN)
