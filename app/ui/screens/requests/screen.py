"""Requests by people about their own data: what is due first on the left, one of them on the right (H12, K3)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from app.domain.words import day_words
from app.services.data_request_board import DataRequestLine
from app.services.data_requests import CHANGED
from app.services.office import Office
from app.ui.parts.acting import done
from app.ui.parts.buttons import secondary
from app.ui.parts.columns import Column
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.requests.dialogs import RecordDialog
from app.ui.screens.requests.panel import RequestPanel, state_chip
from app.ui.screens.requests.presenter import OPEN, RequestsPresenter, state_words
from app.ui.shell.area import Screen, Shell

_EMPTY = "No requests. When somebody asks to see, correct or delete what you hold on them, record it here at once."
_NONE_SUCH = "No request matches. Take the filter away, or search for another name or number."


class RequestsScreen(Screen):
    """The register with one request beside it."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Data requests", "requests")
        self.presenter = RequestsPresenter(office)
        self.table: Table[DataRequestLine] = Table(
            "Data requests",
            (
                Column("Request", text=lambda line: line.reference, strong=True, width=108),
                Column("About", text=lambda line: line.about, stretch=True, least=130),
                Column("What", text=lambda line: line.kind.words, width=140, spare=True),
                Column(
                    "Received",
                    text=lambda line: day_words(line.clock.received),
                    sort=lambda line: line.clock.received,
                    quiet=True,
                    spare=True,
                    width=130,
                ),
                Column("State", text=state_words, chip=state_chip, sort=lambda line: line.clock.due, width=145),
            ),
            key=lambda line: line.id,
            empty=("access", _EMPTY),
        )
        self.filters = FilterBar("Search requests", [Filter(OPEN, "Open")])
        self.filters.changed.connect(self._fill)
        self.record_button = secondary("Rec&ord a request...", self.record, icon="add")
        self.listing = Listing(self.table, "request", "requests", filters=self.filters, foot=self.record_button)
        self.panel = RequestPanel(shell, self.presenter, self.refresh)
        self.split = ListDetail(self.listing, self.panel, shell.settings, "requests", share=0.46)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self.panel.show_request)
        self.table.on_opened(lambda _line: self._enter())
        self.table.clicked.connect(self._clicked)

    def refresh(self) -> None:
        """Read the register again."""
        self.presenter.load()
        self.filters.set_count(OPEN, self.presenter.open_count())
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody recorded, paused or closed one; or a name changed."""
        if initiator not in (self, self.panel, self.panel.deletion) and changes & {CHANGED, "guardians", "pupils"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Those that are open."""
        if lens == OPEN and OPEN not in self.filters.on:
            self.filters.turn(OPEN)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the request back to the list, in a narrow window."""
        return self.split.show_list()

    def record(self) -> None:
        """Enter a request."""
        made: list[int] = []
        dialog = RecordDialog(
            self, self.presenter.people(), lambda said: made.append(self.presenter.record(said, self))
        )
        if done(dialog) and made:
            self.filters.clear()
            self.refresh()
            self.table.choose(made[0])
            self.split.show_detail()
            self.shell.done("The request is recorded.")

    def _fill(self) -> None:
        narrowed = bool(self.filters.on or self.filters.text)
        self.table.say_empty(_NONE_SUCH if narrowed else _EMPTY)
        self.table.set_rows(self.presenter.lines(self.filters.on, self.filters.text), choose_first=True)
        self.panel.show_request(self.table.current())

    def _enter(self) -> None:
        self.split.show_detail()
        for button in (self.panel.read_button, self.panel.pause_button, self.panel.resume_button):
            if button.isVisibleTo(self):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()
