"""Asked to be taken down: what authors were asked to remove or reword, until somebody states that it is done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt

from app.domain.problems import Problem
from app.domain.words import age_words, day_words, moment_words
from app.services.office import Office
from app.services.school import School
from app.services.takedowns import AskedDown, StateTakenDown
from app.store.reads.around import TakedownLine
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.chips import KIND_ICON
from app.ui.shell.area import Screen, Shell

_OPEN = "Nothing waits to be taken down. In Review, T asks for an item to be removed or reworded."
_DONE = "Nobody has stated yet that something was taken down."
_ABOUT = "Look in ClassDojo before you state it: your name stands beside it."


class TakedownsScreen(Screen):
    """The list that Today reminds of."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Asked to be taken down", "review")
        self._office, self._zone = office, "Europe/London"
        self.table: Table[TakedownLine] = Table(
            "Asked to be taken down",
            (
                Column("Wanted", text=lambda r: r.wanted.words, chip=_chip, width=125),
                Column(
                    "Item",
                    text=lambda r: r.opening or "Without words",
                    icon=lambda r: KIND_ICON[r.kind],
                    stretch=True,
                    least=200,
                ),
                Column("Asked by", text=lambda r: r.asked_by, quiet=True, spare=True, width=130),
                Column("Age", text=self._age, sort=lambda r: r.asked_at, number=True, quiet=True, width=70),
            ),
            key=lambda r: r.id,
            empty=("review", _OPEN),
        )
        self.filters = FilterBar("", [Filter("done", "Done")])
        self.filters.changed.connect(self.refresh)
        self.listing = Listing(self.table, "request", "requests", filters=self.filters)
        self.banner = Banner()
        self.header = PageHeader("Asked to be taken down")
        self.words = MarkedText("What was asked")
        self.words.fit(2, 10)
        self.facts = Facts()
        self.item_button = secondary("&Open the item", self.open_item)
        self.done_button = primary("&State that it is done", self.state_done)
        self._about = quiet(_ABOUT)
        self._card = Card(
            "What was asked", self.words, self.facts, self._about, row(STRETCH, self.item_button, self.done_button)
        )
        self._nothing = EmptyState("review", "Choose a request on the left.")
        detail = scrolling(self.header, self.banner, self._card, self._nothing)
        self.split = ListDetail(self.listing, detail, shell.settings, "takedowns", share=0.5)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda _line: self._enter())
        self.table.on_aside(lambda line: self.shell.open_record("item", line.item_id, aside=True))
        self.table.clicked.connect(self._clicked)
        self._show(None)

    def refresh(self) -> None:
        """Read the list again."""
        self._zone = self._office.ask(School()).timezone
        done = "done" in self.filters.on
        self.table.say_empty(_DONE if done else _OPEN)
        self.table.set_rows(self._office.ask(AskedDown(done)), choose_first=True)
        self._show(self.table.current())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was asked, or stated to be done."""
        if initiator is not self and changes & {"takedowns", "referrals"}:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the request back to the list, in a narrow window."""
        return self.split.show_list()

    def open_item(self) -> None:
        """The item itself, with everything that stands around it."""
        line = self.table.current()
        if line is not None:
            self.shell.open_record("item", line.item_id)

    def state_done(self) -> None:
        """State, with one's own name, that it was taken down or reworded in ClassDojo."""
        line = self.table.current()
        if line is None or line.stated_at is not None:
            return
        asked = "Is it reworded in ClassDojo?" if line.wanted == "rewording" else "Is it gone from ClassDojo?"
        if not confirm(self, asked, "Your name and the time stand beside the request for good.", "&State it"):
            return
        try:
            self._office.perform(StateTakenDown(line.id), self)
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return
        self.shell.done("Stated.")
        self.refresh()
        if not self.split.show_list():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        self.split.show_detail()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()

    def _chosen(self, line: TakedownLine | None) -> None:
        self.banner.dismiss()
        self._show(line)

    def _show(self, line: TakedownLine | None) -> None:
        self.header.setVisible(line is not None)
        self._card.setVisible(line is not None)
        self._nothing.setVisible(line is None and bool(self.table.rows))
        if line is None:
            return
        about = f"{line.kind.words}, written by {line.author_role.words.lower()}"
        self.header.say(title=line.wanted.words, subtitle=about)
        self.words.show_text(line.words or "No words were added to the request.")
        moment = partial(moment_words, zone=self._zone)
        facts = [("Asked", f"{moment(line.asked_at)} by {line.asked_by}"), ("Item", line.opening or "Without words")]
        if line.stated_at is not None:
            facts.append(("Done", f"{moment(line.stated_at)}, stated by {line.stated_by}"))
        self.facts.show_facts(facts)
        self.done_button.setVisible(line.stated_at is None)
        self._about.setVisible(line.stated_at is None)

    def _age(self, line: TakedownLine) -> str:
        if line.stated_at is not None:
            return day_words(line.stated_at.date()).split(" ", 1)[1]
        return age_words(line.asked_at, self._office.clock())


def _chip(line: TakedownLine) -> Chip:
    if line.stated_at is not None:
        return Chip("done", line.wanted.words, Tone.GOOD)
    return Chip("waiting", line.wanted.words, Tone.WARN)
