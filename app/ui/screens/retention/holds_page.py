"""What is held past its time, why, and when that is looked at again (K4)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.retention_holds import HoldLine
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.retention.presenter import RetentionPresenter
from app.ui.shell.area import Shell

_NOTHING = "Nothing is held. Hold records under Due today, for a claim, an inquiry or a complaint."


class HoldsPage(QWidget):
    """A list with one thing to do: let go."""

    def __init__(self, shell: Shell, presenter: RetentionPresenter) -> None:
        super().__init__()
        self._shell, self.presenter = shell, presenter
        self.header = PageHeader("Held", "What is held is not destroyed, whatever the schedule says.")
        self.banner = Banner()
        self.table: Table[HoldLine] = Table(
            "Holds",
            (
                Column("What", text=lambda line: line.words, strong=True, width=280),
                Column("Reason", text=lambda line: line.why, stretch=True, least=200),
                Column("Held by", text=lambda line: line.placed_by, quiet=True, width=160, spare=True),
                Column(
                    "Look again",
                    text=lambda line: _again(line).word,
                    chip=_again,
                    sort=lambda line: line.review_on,
                    width=190,
                ),
            ),
            key=lambda line: line.id,
            many=True,
            empty=("lock", _NOTHING),
        )
        self.table.selection_changed.connect(lambda _count: self._offer())
        self.listing = Listing(self.table, "hold", "holds", inset=False)
        self.lift_button = primary("&Let go of the hold", self.lift)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing, row(STRETCH, self.lift_button)))

    def refresh(self) -> None:
        """Read the holds again."""
        self.presenter.load_holds()
        self.table.set_rows(self.presenter.holds, choose_first=True)
        self._offer()

    def lift(self) -> None:
        """Let go of the selected holds."""
        chosen = self.table.selected()
        if not chosen or not confirm(
            self,
            "Let go?",
            "The records are due again as their line of the schedule says. They go only when you approve it.",
            "&Let go",
        ):
            return
        try:
            self.presenter.lift(chosen, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self.refresh()
        self._shell.done("Held no longer.")

    def _offer(self) -> None:
        self.lift_button.setEnabled(bool(self.table.selected()))


def _again(line: HoldLine) -> Chip:
    words = day_words(line.review_on)
    return Chip("due", f"Since {words[4:]}", Tone.WARN) if line.overdue else Chip("date", words[4:], Tone.QUIET)
