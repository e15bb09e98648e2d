"""Cases: the register on the left; the case that was opened on the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.words import day_words
from app.services.office import Office
from app.store.reads.cases import CaseLine
from app.ui.parts.asking import asked
from app.ui.parts.buttons import secondary
from app.ui.parts.chip import Chip
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.cases.case_panel import CasePanel
from app.ui.screens.cases.opening_dialog import OpeningDialog
from app.ui.screens.cases.opening_presenter import OpeningPresenter
from app.ui.screens.cases.presenter import CasesPresenter
from app.ui.screens.chips import case_chip, outcome_chip
from app.ui.shell.area import Screen, Shell

_EMPTY = "No cases. Open one from a finding in Review, or here, when the code of conduct may be broken."
_NONE_WAITS = "No case waits for a decision. Take the filter away to see those that were decided."


class CasesScreen(Screen):
    """Where the headteacher decides, and senior leaders see what became of it."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Cases", "cases")
        self.presenter = CasesPresenter(office)
        self.table: Table[CaseLine] = Table(
            "Cases",
            (
                Column("Case", text=lambda line: line.reference, strong=True, width=105),
                Column("About", text=lambda line: line.about, stretch=True, least=130),
                Column(
                    "Opened",
                    text=lambda line: day_words(line.opened_at.date()),
                    sort=lambda line: line.opened_at,
                    quiet=True,
                    spare=True,
                    width=130,
                ),
                Column("State", text=lambda line: _state(line).word, chip=_state, width=145),
            ),
            key=lambda line: line.id,
            empty=("cases", _EMPTY),
        )
        self.filters = FilterBar("", [Filter("waiting", "Waiting for a decision")])
        self.filters.changed.connect(self._filter)
        self.open_button = secondary("Ope&n a case", self.open_by_hand, icon="case")
        self.listing = Listing(self.table, "case", "cases", filters=self.filters, foot=self.open_button)
        self.panel = CasePanel(shell, office)
        self.panel.changed.connect(self.refresh)
        self._nothing = EmptyState("cases", "Choose a case on the left.")
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._nothing, 1)
        down.addWidget(self.panel, 1)
        self.panel.hide()
        self.split = ListDetail(self.listing, held, shell.settings, "cases", share=0.38)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda line: self.open_case(line.id))
        self.table.on_aside(lambda line: self.shell.open_record("case", line.id, aside=True))
        self.table.clicked.connect(self._clicked)

    def refresh(self) -> None:
        """Read the register again. A case is read only when it is opened: every look is audited."""
        waiting = "waiting" in self.filters.on
        self.table.say_empty(_NONE_WAITS if waiting else _EMPTY)
        self.table.set_rows(self.presenter.load(waiting_only=waiting))
        if self.panel.case_id is not None:
            self.panel.compare(self.presenter.find(self.panel.case_id))
        self._settle()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else opened or decided a case."""
        if initiator is not self.panel and "cases" in changes:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Those that wait, or one case ("case:12")."""
        if lens.startswith("case:"):
            wanted = int(lens.removeprefix("case:"))
            if not self.table.choose(wanted):
                self.filters.clear()
                self.table.choose(wanted)
            self.open_case(wanted)
        else:
            self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """Esc: from the case back to the list."""
        if self.split.show_list():
            return True
        if self.panel.has_focus() and self.table.isVisibleTo(self):
            self.table.setFocus()
            return True
        return False

    def may_close(self) -> bool:
        """Words that were begun are asked about."""
        return self.panel.may_close()

    def open_case(self, case_id: int) -> None:
        """Read a case: Enter, or a click."""
        if case_id != self.panel.case_id:
            if not self.panel.may_close():
                return
            self.panel.open(case_id)
        self.split.show_detail()
        self._settle()
        self.panel.focus_record()

    def open_by_hand(self) -> None:
        """Open a case without a finding, and read it."""
        dialog = OpeningDialog(self, OpeningPresenter.of(self.presenter.office))
        if asked(dialog) and dialog.case_id is not None:
            self.filters.clear()
            self.refresh()
            self.table.choose(dialog.case_id)
            self.open_case(dialog.case_id)
            self.shell.done("The case is open.")
        dialog.deleteLater()

    def _filter(self) -> None:
        self.refresh()

    def _chosen(self, line: CaseLine | None) -> None:
        self._settle()

    def _clicked(self, index: QModelIndex) -> None:
        self.open_case(self.table.rows[index.row()].id)

    def _settle(self) -> None:
        """Show the open case where it is the chosen one; else say how the chosen one is opened."""
        line = self.table.current()
        is_open = self.panel.case_id is not None and (line is None or line.id == self.panel.case_id)
        if line is None:
            self._nothing.say("Choose a case on the left." if self.table.rows else "There is no case to read.")
        else:
            self._nothing.say(f"Press Enter to read {line.reference}. Every look at a case is noted.")
        self.panel.setVisible(is_open)
        self._nothing.setVisible(not is_open)


def _state(line: CaseLine) -> Chip:
    return outcome_chip(line.outcome) if line.outcome is not None else case_chip(line.status)
