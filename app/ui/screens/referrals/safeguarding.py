"""Signs of harm, for the safeguarding lead and the headteacher: read with a receipt, closed with a reference (K1)."""

from __future__ import annotations

from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.office import Office
from app.services.review import CloseReferral, ReceiveReferral, SafeguardingList
from app.services.school import School
from app.store.reads.referrals import SafeguardingLine
from app.ui.parts.arrange import scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.empty import EmptyState
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import body, quiet
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme


class SafeguardingScreen(Screen):
    """Reading one is its receipt. The lead keeps the child-protection file; here stands only its reference."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Safeguarding", "safeguarding")
        self._office, self._zone = office, "Europe/London"
        self._open: int | None = None
        self.table: Table[SafeguardingLine] = Table(
            "Referrals to the safeguarding lead",
            (
                Column("Referred", text=self._when, sort=lambda r: r.made_at, stretch=True),
                Column("By", text=lambda r: r.made_by, width=150),
                Column("State", text=lambda r: _state(r).word, chip=_state, width=130),
            ),
            key=lambda r: r.id,
            empty=("safeguarding", "No referrals. A sign of harm that somebody passes on appears here at once."),
        )
        self.listing = Listing(self.table, "referral", "referrals")
        self.banner = Banner()
        self.text = MarkedText("The words that were referred")
        self.text.setFixedHeight(theme().px(180))
        self.note = body("", select=True)
        self.read_button = primary("&Read now", self.read)
        self.close_button = secondary("&Close with a reference", self.close_chosen)
        self.card = Card("What was said", self.text, self.note, actions=[self.close_button])
        self.unread = Card(
            "Not read yet",
            quiet("Reading it is noted with the time: that is the receipt for the person who referred it."),
            actions=[self.read_button],
        )
        self._nothing = EmptyState("safeguarding", "Choose a referral on the left.")
        detail = scrolling(PageHeader("Sign of harm"), self.banner, self.unread, self.card, self._nothing)
        self.split = ListDetail(self.listing, detail, shell.settings, "safeguarding")
        self.set_content(self.split)
        self.table.on_chosen(self._chosen)
        self._show_card(None)

    def refresh(self) -> None:
        """Read the list again."""
        self._zone = self._office.ask(School()).timezone
        lines = self._office.ask(SafeguardingList())
        self.table.set_rows(lines, choose_first=True)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was referred or closed."""
        if "referrals" in changes and initiator is not self:
            self.refresh()

    def leave(self) -> bool:
        """From the referral back to the list, in a narrow window."""
        return self.split.show_list()

    def read(self) -> None:
        """Open the words; the time of the first reading is the receipt."""
        line = self.table.current()
        if line is None:
            return
        try:
            said = self._office.perform(ReceiveReferral(line.id), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._open = line.id
        self.text.show_text(said.text)
        self.note.setText(f"Note: {said.note}" if said.note else "No note was added.")
        self.refresh()
        self._show_card(self.table.current())
        self.shell.recount()

    def close_chosen(self) -> None:
        """State that the lead has taken it into their own file."""
        line = self.table.current()
        if line is None:
            return
        reference = ask_reason(
            self,
            "Close this referral?",
            "Give the reference in your own file. What you did stays there, not here.",
            "&Close referral",
            label="&Reference",
        )
        if reference is None:
            return
        try:
            self._office.perform(CloseReferral(line.id, "With the safeguarding lead", reference), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.shell.done("Closed.")
        self.refresh()
        self._show_card(self.table.current())

    def _chosen(self, line: SafeguardingLine | None) -> None:
        self.banner.hide()
        self._show_card(line)

    def _show_card(self, line: SafeguardingLine | None) -> None:
        opened = line is not None and line.id == self._open
        self._nothing.setVisible(line is None)
        self.unread.setVisible(line is not None and not opened)
        self.card.setVisible(opened)
        self.close_button.setEnabled(line is not None and line.done_at is None)

    def _when(self, line: SafeguardingLine) -> str:
        return moment_words(line.made_at, self._zone)


def _state(line: SafeguardingLine) -> Chip:
    if line.done_at is not None:
        return Chip("done", "Closed", Tone.QUIET)
    if line.received_at is not None:
        return Chip("info", "Read", Tone.INFO)
    return Chip("stop", "Not read", Tone.STOP)
