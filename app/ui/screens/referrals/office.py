"""Office referrals: what was handed to the office, until somebody closes it (T5, P7)."""

from __future__ import annotations

from app.domain.problems import Problem
from app.domain.words import age_words, day_words, short_day
from app.services.office import Office
from app.services.review import CloseReferral, OfficeReferrals
from app.store.reads.referrals import ReferralLine
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.review.presenter import TOPIC_WORDS
from app.ui.shell.area import Screen, Shell


class ReferralsScreen(Screen):
    """The office's own list: open, or done."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Referrals", "referrals")
        self._office = office
        self.banner = Banner()
        self.table: Table[ReferralLine] = Table(
            "Matters for the office",
            (
                Column("Topic", text=_topic, chip=lambda r: Chip("office", _topic(r), Tone.INFO), width=165),
                Column("Message", text=lambda r: r.brief, strong=True, stretch=True),
                Column("From", text=lambda r: r.made_by, width=160),
                Column("Since", text=self._since, sort=lambda r: r.made_at, width=200, quiet=True),
                Column("Outcome", text=lambda r: r.outcome or "", width=220),
            ),
            key=lambda r: r.id,
            empty=("referrals", "Nothing for the office. Matters that senior leaders pass on appear here."),
        )
        self.filters = FilterBar("", [Filter("done", "Done")])
        self.filters.changed.connect(self.refresh)
        self.listing = Listing(self.table, "matter", "matters", filters=self.filters)
        self.close_button = primary("&Close matter", self.close_chosen)
        self.close_button.setEnabled(False)
        self.table.on_chosen(self._chosen)
        self.set_content(
            page(
                PageHeader("For the office", "Absence, sickness, dinners and the like, passed on from messages."),
                self.banner,
                self.listing,
                row(STRETCH, self.close_button),
            )
        )

    def refresh(self) -> None:
        """Read the list again."""
        lines = self._office.ask(OfficeReferrals("done" in self.filters.on))
        self.table.set_rows(lines)
        self._chosen(self.table.current())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was referred or closed."""
        if "referrals" in changes:
            self.refresh()

    def close_chosen(self) -> None:
        """State what was done about the chosen matter."""
        line = self.table.current()
        if line is None:
            return
        said = ask_reason(
            self,
            "Close this matter?",
            "It leaves the open list and stays on record.",
            "&Close matter",
            label="What was &done",
        )
        if said is None:
            return
        try:
            self._office.perform(CloseReferral(line.id, said), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.shell.done("Closed.")
        self.shell.recount()
        self.refresh()

    def _chosen(self, line: ReferralLine | None) -> None:
        self.close_button.setEnabled(line is not None and line.done_at is None)

    def _since(self, line: ReferralLine) -> str:
        if line.done_at is not None:
            return f"Done {day_words(line.done_at.date())}"
        return f"{age_words(line.made_at, self._office.clock())}, since {short_day(line.made_at.date())}"


def _topic(line: ReferralLine) -> str:
    return TOPIC_WORDS.get(line.topic, line.topic)
