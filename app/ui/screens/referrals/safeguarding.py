"""Signs of harm, for the safeguarding lead and the headteacher: read with a receipt, closed with a reference (K1)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

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
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import body, quiet
from app.ui.shell.area import Screen, Shell

_UNREAD = "Reading it is noted with the time: that is the receipt for the person who referred it."
_AGAIN = "Every look at it is noted."


class SafeguardingScreen(Screen):
    """Reading one is its receipt. The lead keeps the child-protection file; here stands only its reference."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Safeguarding", "safeguarding")
        self._office, self._zone = office, "Europe/London"
        self._open: int | None = None
        self.table: Table[SafeguardingLine] = Table(
            "Referrals to the safeguarding lead",
            (
                Column("Referred", text=self._when, sort=lambda r: r.made_at, stretch=True, least=190),
                Column("By", text=lambda r: r.made_by, spare=True, width=130),
                Column("State", text=lambda r: _state(r).word, chip=_state, width=100),
            ),
            key=lambda r: r.id,
            empty=("safeguarding", "No referrals. A sign of harm that somebody passes on appears here at once."),
        )
        self.listing = Listing(self.table, "referral", "referrals")
        self.banner = Banner()
        self.header = PageHeader("Sign of harm")
        self.facts = Facts()
        self.text = MarkedText("The words that were referred")
        self.text.fit(3, 16)
        self.note = body("", select=True)
        self._about = quiet(_UNREAD)
        self.read_button = primary("&Read now", self.read)
        self.again_button = secondary("&Read again", self.read)
        self.close_button = primary("&Close with a reference", self.close_chosen)
        self._facts = Card("Referral", self.facts)
        self.unread = Card("What was said", self._about, actions=[self.again_button, self.read_button])
        self.card = Card("What was said", self.text, self.note, actions=[self.close_button])
        self._nothing = EmptyState("safeguarding", "Choose a referral on the left.")
        detail = scrolling(self.header, self.banner, self.card, self.unread, self._facts, self._nothing)
        self.split = ListDetail(self.listing, detail, shell.settings, "safeguarding")
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda _line: self._enter())
        self.table.clicked.connect(self._clicked)
        self._show(None)

    def refresh(self) -> None:
        """Read the list again; what lies open stays open."""
        self._zone = self._office.ask(School()).timezone
        self.table.set_rows(self._office.ask(SafeguardingList()), choose_first=True)
        self._show(self.table.current())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was referred or closed."""
        if "referrals" in changes and initiator is not self:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """One referral ("referral:3"): chosen, not yet read."""
        if self.table.choose(int(lens.removeprefix("referral:"))):
            self._enter()

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
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

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
            self.refresh()
            self.banner.problem(problem)
            return
        self.shell.done("Closed.")
        self.refresh()
        if not self.split.show_list():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        self.split.show_detail()
        for place in (self.read_button, self.again_button, self.text):
            if place.isVisibleTo(self):
                place.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()

    def _chosen(self, line: SafeguardingLine | None) -> None:
        self.banner.dismiss()
        if line is not None and line.id != self._open:
            self._open = None
            self.text.show_text("")
        self._show(line)

    def _show(self, line: SafeguardingLine | None) -> None:
        opened = line is not None and line.id == self._open
        self.header.setVisible(line is not None)
        self._facts.setVisible(line is not None)
        self._nothing.setVisible(line is None and bool(self.table.rows))
        self.unread.setVisible(line is not None and not opened)
        self.card.setVisible(opened)
        if line is None:
            return
        first = line.received_at is None
        self._about.setText(_UNREAD if first else _AGAIN)
        self.read_button.setVisible(first)
        self.again_button.setVisible(not first)
        self.close_button.setVisible(line.done_at is None)
        self.header.say(chips=[_state(line)])
        facts = [
            ("Referred", f"{self._when(line)} by {line.made_by}"),
            ("First read", moment_words(line.received_at, self._zone) if line.received_at else "Not yet"),
        ]
        if line.done_at is not None:
            facts += [("Closed", moment_words(line.done_at, self._zone)), ("Reference", line.reference or "")]
        self.facts.show_facts(facts)

    def _when(self, line: SafeguardingLine) -> str:
        return moment_words(line.made_at, self._zone)


def _state(line: SafeguardingLine) -> Chip:
    if line.done_at is not None:
        return Chip("done", "Closed", Tone.QUIET)
    if line.received_at is not None:
        return Chip("info", "Read", Tone.INFO)
    return Chip("stop", "Not read", Tone.STOP)
