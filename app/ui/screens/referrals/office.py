"""Office referrals: what was handed to the office, until somebody closes it (T5, P7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from PySide6.QtCore import QModelIndex, Qt

from app.domain.problems import Problem
from app.domain.words import age_words, day_words, moment_words
from app.services.office import Office
from app.services.review import CloseReferral, ItemToReview, OfficeReferrals
from app.services.school import School
from app.store.reads.referrals import ReferralLine
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import caption
from app.ui.screens.referrals.closing_dialog import ask_closing
from app.ui.screens.replies.presenter import working_words
from app.ui.screens.review.presenter import TOPIC_WORDS
from app.ui.shell.area import Screen, Shell

_DAY = timedelta(hours=9)
"""What a long wait is told in; a school whose days are longer sees more of them."""
_FEW = 5
_OPEN = "Nothing for the office. Matters that senior leaders pass on appear here."
_DONE = "Nothing was closed yet. Matters that somebody closes are kept here."


class ReferralsScreen(Screen):
    """The office's own list: open, or done."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "For the office", "referrals")
        self._office, self._zone = office, "Europe/London"
        self.table: Table[ReferralLine] = Table(
            "Matters for the office",
            (
                Column("Topic", text=_topic, chip=lambda r: Chip("office", _topic(r), Tone.INFO), width=120),
                Column("Message", text=lambda r: r.brief, stretch=True, least=240),
                Column("From", text=lambda r: r.made_by, quiet=True, spare=True, width=120),
                Column("Age", text=self._age, sort=lambda r: r.made_at, number=True, quiet=True, width=58),
            ),
            key=lambda r: r.id,
            empty=("referrals", _OPEN),
        )
        self.filters = FilterBar("", [Filter("done", "Done")])
        self.filters.changed.connect(self.refresh)
        self._took = caption()
        self.listing = Listing(self.table, "matter", "matters", filters=self.filters, foot=self._took)
        self.banner = Banner()
        self.header = PageHeader("Matter for the office")
        self.facts = Facts()
        self.words = MarkedText("The message to the office")
        self.words.fit(2, 16)
        self.item_button = secondary("&Open the item", self._open_item, icon="review")
        self.close_button = primary("&Close matter", self.close_chosen)
        self._card = Card("What it is about", self.words, self.facts, row(STRETCH, self.item_button, self.close_button))
        self._nothing = EmptyState("referrals", "Choose a matter on the left.")
        detail = scrolling(self.header, self.banner, self._card, self._nothing)
        self.split = ListDetail(self.listing, detail, shell.settings, "referrals", share=0.5)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda _line: self._enter())
        self.table.clicked.connect(self._clicked)
        self._show(None)

    def refresh(self) -> None:
        """Read the list again."""
        self._zone = self._office.ask(School()).timezone
        done = "done" in self.filters.on
        self.table.say_empty(_DONE if done else _OPEN)
        lines = self._office.ask(OfficeReferrals(done))
        self.table.set_rows(lines, choose_first=True)
        self._took.setText(_took(lines) if done else "")
        self._show(self.table.current())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was referred or closed."""
        if initiator is not self and "referrals" in changes:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the matter back to the list, in a narrow window."""
        return self.split.show_list()

    def close_chosen(self) -> None:
        """State what was done about the chosen matter."""
        line = self.table.current()
        if line is None:
            return
        said = ask_closing(self)
        if said is None:
            return
        try:
            self._office.perform(CloseReferral(line.id, said[0], answered=said[1]), self)
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return
        self.shell.done("Closed.")
        self.refresh()
        if not self.split.show_list():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_item(self) -> None:
        line = self.table.current()
        if line is not None and line.item_id is not None:
            self.shell.open_record("item", line.item_id)

    def _enter(self) -> None:
        self.split.show_detail()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()

    def _chosen(self, line: ReferralLine | None) -> None:
        self.banner.dismiss()
        self._show(line)

    def _show(self, line: ReferralLine | None) -> None:
        self.header.setVisible(line is not None)
        self._card.setVisible(line is not None)
        self._nothing.setVisible(line is None and bool(self.table.rows))
        if line is None:
            return
        self.header.say(title=_topic(line), subtitle=f"Passed on by {line.made_by}")
        self.words.show_text(line.brief)
        facts = [
            ("Since", moment_words(line.made_at, self._zone)),
            ("Working time", working_words(line.open_for, _DAY)),
        ]
        if line.done_at is not None:
            facts += [("Closed", moment_words(line.done_at, self._zone)), ("What was done", line.outcome or "")]
        self.facts.show_facts(facts)
        self.close_button.setVisible(line.done_at is None)
        self.item_button.setVisible(line.item_id is not None and self._office.may(ItemToReview))

    def _age(self, line: ReferralLine) -> str:
        if line.done_at is not None:
            return day_words(line.done_at.date()).split(" ", 1)[1]
        return age_words(line.made_at, self._office.clock())


def _took(lines: Sequence[ReferralLine]) -> str:
    """How long closed matters took, where there are enough to say (T5)."""
    if len(lines) < _FEW:
        return ""
    middle = timedelta(seconds=median(line.open_for.total_seconds() for line in lines))
    return f"Half were closed within {working_words(middle, timedelta())} of working time."


def _topic(line: ReferralLine) -> str:
    return TOPIC_WORDS.get(line.topic, line.topic)
