"""Leavers: who is still to be done in ClassDojo, and whose record is due for deletion (H12, K4)."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.leavers import LeaverLine
from app.services.office import Office
from app.ui.parts.acting import done
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason, confirm
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.leavers.dialogs import MonthsDialog, StepDialog
from app.ui.screens.leavers.presenter import DUE, HELD, TO_DO, LeaversPresenter, deleted_words
from app.ui.screens.pupils.standing_cards import step_chip
from app.ui.shell.area import Screen, Shell

_NONE = "No leavers. A pupil who left is listed here until the record is deleted."


class LeaversScreen(Screen):
    """A list with one thing to do for each: tick it once it is done in ClassDojo. The rest follows from dates."""

    def __init__(self, shell: Shell, office: Office, pupil_id: int = 0) -> None:
        super().__init__(shell, "Leavers", "leavers")
        self.presenter = LeaversPresenter(office)
        self._wanted = pupil_id
        self.banner = Banner()
        self.header = PageHeader("Leavers")
        self.filters = FilterBar(
            "Search leavers",
            [Filter(TO_DO, "To do in ClassDojo"), Filter(DUE, "Due for deletion"), Filter(HELD, "Held")],
        )
        self.filters.changed.connect(self._fill)
        self.table: Table[LeaverLine] = Table(
            "Leavers",
            (
                Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=140),
                Column("Last class", text=lambda line: line.class_name or "No class", width=110, spare=True),
                Column("Last day", text=_last, sort=lambda line: line.leaving.left_on, width=130),
                Column("In ClassDojo", text=lambda line: step_chip(line.leaving).word, chip=_step, width=120),
                Column("Done on", text=_done_on, sort=_done_on, width=130, spare=True, quiet=True),
                Column("Record", text=lambda line: self._record(line).word, chip=self._record, width=190),
            ),
            key=lambda line: line.pupil_id,
            many=True,
            empty=("removed", _NONE),
        )
        self.table.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        self.table.selection_changed.connect(lambda _count: self._offer())
        self.listing = Listing(self.table, "leaver", "leavers", filters=self.filters, inset=False)
        self.delete_button = danger("&Delete records...", self.delete)
        self.hold_button = secondary("&Hold record...", self.hold, icon="lock")
        self.untick_button = secondary("Take the tick &back", self.untick, icon="undo")
        self.tick_button = primary("&Tick as done in ClassDojo...", self.tick, icon="done")
        self.months_button = secondary("How long records are &kept...", self.set_months, icon="retention")
        may_tick, may_delete = self.presenter.may_tick, self.presenter.may_delete
        foot = row(
            *([self.delete_button, self.hold_button] if may_delete else []),
            STRETCH,
            *([self.untick_button, self.tick_button] if may_tick else []),
        )
        self.header = PageHeader("Leavers", actions=[self.months_button] if may_delete else [])
        self.set_content(page(self.header, self.banner, self.listing, foot))
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the list again."""
        self.presenter.load()
        self.header.say(subtitle=self.presenter.kept_words())
        for key, count in self.presenter.counts().items():
            self.filters.set_count(key, count)
        self._fill()
        if self._wanted:
            self.table.choose(self._wanted)
            self._wanted = 0

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody left, came back, or was ticked."""
        if changes & {"pupils", "leavers"} and initiator is not self:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def tick(self) -> None:
        """Note what was done in ClassDojo for the selected leavers."""
        lines = self.table.selected()
        if not lines:
            return
        dialog = StepDialog(
            self,
            len(lines),
            self.presenter.board.today,
            lambda step, day: self.presenter.tick(lines, step, day, self),
            lines[0].leaving.step,
        )
        if done(dialog):
            self._settled("Ticked as done in ClassDojo.")

    def untick(self) -> None:
        """It was not done after all."""
        lines = self.table.selected()
        self._do(lambda: self.presenter.tick(lines, None, None, self), "The tick is taken back.")

    def hold(self) -> None:
        """Keep the chosen record past its date, or let it go again."""
        line = self.table.current()
        if line is None:
            return
        if line.leaving.held:
            self._do(lambda: self.presenter.hold(line, "", self), "The record is held no longer.")
            return
        why = ask_reason(
            self,
            "Hold this record?",
            "It is not deleted on its date, until you let it go. A request or a case may need it.",
            "&Hold record",
        )
        if why is not None:
            self._do(lambda: self.presenter.hold(line, why, self), "The record is held.")

    def delete(self) -> None:
        """Delete the personal data of the selected leavers whose date has come; without a selection, of all of them."""
        lines = [line for line in self.table.selected() if not line.why_not] or self.presenter.due()
        if not lines:
            self.banner.problem("No record can be deleted now. The date must have come, and ClassDojo must be ticked.")
            return
        count = len(lines)
        if not confirm(
            self,
            f"Delete {'this record' if count == 1 else f'these {count} records'}?",
            "Names, dates of birth, numbers, answers and adults without another child here are deleted for good. "
            "Counts and the record of activity stay. This cannot be undone.",
            "&Delete for good",
            danger=True,
        ):
            return
        try:
            gone = self.presenter.delete(lines, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._settled(deleted_words(gone))

    def set_months(self) -> None:
        """How long records are kept."""
        dialog = MonthsDialog(self, self.presenter.board.months, lambda months: self.presenter.set_months(months, self))
        if done(dialog):
            self._settled("How long records are kept is confirmed.")

    def _do(self, do: Callable[[], object], told: str) -> None:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._settled(told)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.refresh()
        self.table.setFocus()
        self.shell.done(told)

    def _fill(self) -> None:
        on = self.filters.on
        narrowed = bool(on or self.filters.text)
        self.table.say_empty("No leaver matches. Take a filter away." if narrowed else _NONE)
        self.table.set_rows(self.presenter.lines(on, self.filters.text), choose_first=True)
        self._offer()

    def _offer(self) -> None:
        chosen = self.table.selected()
        line = self.table.current()
        self.tick_button.setEnabled(bool(chosen))
        self.untick_button.setEnabled(bool(chosen) and all(not each.leaving.to_do for each in chosen))
        self.hold_button.setEnabled(line is not None)
        self.hold_button.setText("Let go of the &hold" if line is not None and line.leaving.held else "&Hold record...")
        self.delete_button.setEnabled(bool(self.presenter.due()))

    def _record(self, line: LeaverLine) -> Chip:
        if line.leaving.held:
            return Chip("lock", "Held", Tone.INFO)
        if line.leaving.is_due(self.presenter.board.today):
            return Chip("due", "Due for deletion", Tone.WARN)
        return Chip("date", f"Kept until {day_words(line.leaving.delete_on)[4:]}", Tone.QUIET)


def _last(line: LeaverLine) -> str:
    return day_words(line.leaving.left_on)


def _step(line: LeaverLine) -> Chip:
    return step_chip(line.leaving)


def _done_on(line: LeaverLine) -> str:
    return day_words(line.leaving.done_on) if line.leaving.done_on else ""
