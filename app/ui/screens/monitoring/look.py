"""Working through a look: the drawn items on the left, the one in hand in its conversation, what is noted (M1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.office import Office
from app.store.reads.samples import SampledLine
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.asking import asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.pair import Pair
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import body, quiet
from app.ui.screens.chips import KIND_ICON
from app.ui.screens.monitoring.dialogs import FoundDialog
from app.ui.screens.monitoring.presenter import LookPresenter, progress_words, proof_words, told_words
from app.ui.screens.review.item_desk import bind
from app.ui.screens.review.item_view import ItemView
from app.ui.shell.area import Screen, Shell

_FEW = "The class had nothing to draw from in this half-term. Finish the look: that is recorded too."


class LookScreen(Screen):
    """N: nothing to note. G: note a finding. The next item that waits then opens by itself."""

    def __init__(self, shell: Shell, office: Office, look_id: int) -> None:
        super().__init__(shell, "Look", "monitoring")
        self.presenter = LookPresenter(office, look_id)
        self.table: Table[SampledLine] = Table(
            "Items that were drawn",
            (
                Column("Item", text=_item, icon=_icon, stretch=True, least=130),
                Column("Looked at", text=lambda line: _chip(line).word, chip=_chip, width=130),
            ),
            key=lambda line: line.item_id,
            empty=("monitoring", _FEW),
        )
        self.listing = Listing(self.table, "item", "items")
        self.table.on_chosen(self._show)
        self.table.on_opened(lambda line: self._enter())
        self.header = PageHeader("Look")
        self.banner = Banner()
        self.view = ItemView()
        self.told = body()
        self.proof = quiet()
        self.nothing_button = primary("&Nothing to note", self.nothing)
        self.found_button = secondary("Note a findin&g", self.found, icon="finding")
        self.finish_button = primary("&Finish this look", self.finish)
        self.card = Card("This item", self.told, row(STRETCH, self.found_button, self.nothing_button))
        side = scrolling(self.header, self.banner, self.card, self.proof, row(STRETCH, self.finish_button))
        self.pair = Pair(self.view, side, least=(280, 440), shares=(1, 1))
        self.split = ListDetail(self.listing, self.pair, shell.settings, "look", share=0.26)
        self.set_content(self.split)
        self.begin_at = self.table
        for key, do in (("N", self.nothing), ("G", self.found)):
            bind(self, key, partial(self._if_waiting, do))

    def refresh(self) -> None:
        """Read the look again."""
        look = self.presenter.load()
        self.header.say(
            title=look.line.class_name,
            subtitle=f"{look.line.term}. {progress_words(look)}.",
            chips=[Chip("done", "Finished", Tone.GOOD)] if self.presenter.finished else [],
        )
        first = self.table.current() is None
        self.table.set_rows(look.items, choose_first=True)
        self.proof.setText(proof_words(look))
        if first and self.presenter.next_waiting is not None:
            self.table.choose(self.presenter.next_waiting)
        self._show(self.table.current())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else looked, or an item was referred."""
        if initiator is not self and changes & {"samples", "review"}:
            self.refresh_when_seen()

    def nothing(self) -> None:
        """Nothing to note in the item in hand; on to the next."""
        line = self.table.current()
        if line is not None:
            self._did(partial(self.presenter.nothing, line.item_id, self))

    def found(self) -> None:
        """Note a finding; on to the next."""
        line = self.table.current()
        if line is None:
            return
        dialog = FoundDialog(self)
        if asked(dialog):
            self._did(partial(self.presenter.found, line.item_id, dialog.check, dialog.verdict, dialog.words, self))
        dialog.deleteLater()

    def finish(self) -> None:
        """Close the look with words."""
        words = ask_reason(
            self,
            "Finish this look?",
            "It goes on record as it stands, with what you write here: also where there was nothing to note.",
            "&Finish",
            label="What you &saw",
        )
        if words is None:
            return
        try:
            self.presenter.finish(words, self)
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return
        self.shell.done("Finished.")
        self.refresh()

    def undo(self) -> bool:
        """Ctrl+Z: the last item looked at here waits again."""
        if not self.presenter.done_here:
            return False
        try:
            item = self.presenter.take_back(self)
        except Problem as problem:
            self.banner.problem(problem)
            return True
        self.refresh()
        self.table.choose(item)
        self.shell.done("Taken back.")
        return True

    def leave(self) -> bool:
        """From the item back to the list, in a narrow window."""
        return self.split.show_list()

    def _did(self, do: Callable[[], object]) -> None:
        try:
            do()
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self.refresh()
        waiting = self.presenter.next_waiting
        if waiting is not None:
            self.table.choose(waiting)
            self.table.setFocus()
        else:
            self.finish_button.setFocus()

    def _if_waiting(self, do: Callable[[], object]) -> None:
        line = self.table.current()
        if line is not None and line.waits and not self.presenter.finished:
            do()

    def _enter(self) -> None:
        self.split.show_detail()
        if self.nothing_button.isVisibleTo(self):
            self.nothing_button.setFocus()

    def _show(self, line: SampledLine | None) -> None:
        self.finish_button.setVisible(self.presenter.may_finish)
        self.card.setVisible(line is not None)
        if line is None:
            self.view.hide()
            return
        waits = line.waits and not self.presenter.finished
        self.nothing_button.setVisible(waits)
        self.found_button.setVisible(waits)
        try:
            shown = self.presenter.item(line)
        except Problem as problem:
            shown = None
            self.banner.problem(problem)
        self.view.setVisible(shown is not None)
        if shown is None:
            self.told.setText("This item is with the safeguarding lead. It needs no look here.")
            return
        self.view.show_item(shown, self.presenter.zone)
        told = told_words(shown)
        if line.seen_at is not None:
            told.append(f"Looked at {moment_words(line.seen_at, self.presenter.zone)}.")
        self.told.setText("\n\n".join(told) or "No check found anything here. Read it, and say what you see.")


def _item(line: SampledLine) -> str:
    if line.restricted:
        return "With the safeguarding lead"
    return line.opening or f"{line.kind.words} without words"


def _icon(line: SampledLine) -> str:
    return KIND_ICON[line.kind]


def _chip(line: SampledLine) -> Chip:
    if line.restricted:
        return Chip("lock", "Not here", Tone.QUIET)
    if line.waits:
        return Chip("waiting", "Waits", Tone.WARN)
    if line.found:
        return Chip("finding", "Finding", Tone.INFO)
    return Chip("done", "Nothing", Tone.GOOD)
