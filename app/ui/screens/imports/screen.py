"""Bring in: drop files, look at their columns, see what they would do, settle it, apply it once; take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.enrolment_mending import MendingList
from app.domain.enrolment_shapes import Settlement
from app.domain.incoming import IncomingPupil
from app.domain.problems import Overtaken, Problem
from app.domain.ticket import Ticket
from app.jobs.runner import Progress, Running
from app.services.enrolment_undo import ImportDone
from app.services.office import Office
from app.services.presets import ColumnPresets
from app.services.school import School
from app.services.watching import Outcome
from app.ui.parts.arrange import page
from app.ui.parts.banner import Banner
from app.ui.parts.chip import Tone
from app.ui.parts.header import PageHeader
from app.ui.parts.progress import ProgressStrip
from app.ui.screens.imports.arrived import ArrivedPanel
from app.ui.screens.imports.column_words import InQuestion
from app.ui.screens.imports.columns import ColumnsPanel
from app.ui.screens.imports.drop import DropPanel
from app.ui.screens.imports.last_import import LastImportLine, told
from app.ui.screens.imports.leaver_dialog import ask_last_day
from app.ui.screens.imports.paste import Pasted, PastePanel
from app.ui.screens.imports.paste import read as read_conversation
from app.ui.screens.imports.plan import PlanPanel
from app.ui.screens.imports.presenter import Brought, ImportPresenter, InHand
from app.ui.screens.imports.watch import ARRIVED, Arrived, FolderWatch
from app.ui.shell.area import Screen, Shell

R = TypeVar("R")


class ImportScreen(Screen):
    """The register, or posts and messages. Nothing is written before the person has seen the plan."""

    def __init__(self, shell: Shell, office: Office, watch: FolderWatch | None = None) -> None:
        super().__init__(shell, "Bring in", "imports")
        self.presenter = ImportPresenter(office)
        self._watch = watch
        self._watched: tuple[Path, ...] = ()
        """Files of the watched folder that are in hand."""
        self.arrived = ArrivedPanel()
        self.arrived.wanted.connect(self._look_at)
        self.arrived.aside.connect(self._put_aside)
        self._office = office
        self._busy = False
        self._running: Running | None = None
        self.banner = Banner()
        self.strip = ProgressStrip()
        self.drop = DropPanel()
        self.drop.chosen.connect(self.read)
        self.drop.pasting.connect(self.begin_paste)
        self.last = LastImportLine(self._take_back, office.ask(School()).timezone)
        self.paste = PastePanel()
        self.paste.asked.connect(self.read_pasted)
        self.paste.left.connect(self.put_away)
        self.columns = ColumnsPanel(
            on_done=self._read_columns, on_left=self.put_away, remember=self._remember, forget=self._forget
        )
        self.plan = PlanPanel(
            self.presenter,
            shell.settings,
            on_settled=self._settle,
            on_unsettled=self._unsettle,
            on_left=self._has_left,
            on_columns=self._ask_columns,
            on_save=self._save,
            on_away=self.put_away,
            on_apply=self.apply,
        )
        self.table, self.apply_button = self.plan.table, self.plan.apply_button
        self._pages: tuple[QWidget, ...] = (self.drop, self.paste, self.columns, self.plan)
        self.header = PageHeader("Bring in", "Class lists from your own system, or what you saved from ClassDojo.")
        self.set_content(page(self.header, self.banner, self.strip, *self._pages, self.arrived, self.last))
        self.setAcceptDrops(True)
        self._turn_to(self.drop, self.drop.choose)

    def refresh(self) -> None:
        """Say what to bring in next, and what can be taken back."""
        classes = self._office.ask(School()).classes
        first = not classes
        self.paste.show_classes([name for _, name, _ in classes])
        self.drop.invite("Begin with the class lists: drop them here" if first else "Drop files here")
        self.last.show_import(self.presenter.last if not self.drop.isHidden() else None)
        self._show_arrived()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The first classes have come in, or an import was taken back."""
        if changes & {"pupils", "school", "imports"}:
            self.refresh_when_seen()
        elif ARRIVED in changes:
            self._show_arrived()

    def _show_arrived(self) -> None:
        if self._watch is not None:
            self.arrived.show_arrived(self._watch.arrived, self._watch.trouble)
        self.arrived.setVisible(self.arrived.is_wanted and not self.drop.isHidden())

    def _look_at(self, each: Arrived) -> None:
        if not self._busy:
            self.read([each.path])
            self._watched = (each.path,)

    def _put_aside(self, each: Arrived) -> None:
        if self._watch is not None and not self._busy:
            self._watch.settle((each.path,), Outcome.BROKEN)
            self.shell.done("Put aside. The file is in the folder Put aside, beside the others.")

    def read(self, files: Sequence[Path]) -> None:
        """Look at files and show their columns, or what they would do where nothing needs to be asked."""
        if self._busy:
            self.banner.say(Tone.INFO, "One thing at a time.", "Wait for what is running, or cancel it first.")
            return
        self.banner.dismiss()
        self._watched = ()
        self.presenter.clear()
        self.presenter.files = tuple(files)
        self._run(partial(self.presenter.begin, files), self._show, "Reading the files", alongside=True)

    def begin_paste(self) -> None:
        """Show where a conversation is pasted."""
        if self._busy:
            return
        self.banner.dismiss()
        self._turn_to(self.paste, self.paste.words)

    def read_pasted(self, pasted: Pasted) -> None:
        """Read a conversation and show what it would bring."""
        if not self._busy:
            self.banner.dismiss()
            job = partial(read_conversation, self._office, pasted)
            self._run(job, self._show, "Reading the conversation", alongside=True)

    def apply(self) -> None:
        """Write the plan, once."""
        if not self._busy and self.apply_button.isEnabled():
            self._run(self._write, self._applied, "Bringing in")

    def put_away(self) -> None:
        """Leave the files as they are; nothing was changed."""
        if self._busy:
            return
        self._watched = ()
        self.presenter.clear()
        self._turn_to(self.drop, self.drop.choose)
        self.last.show_import(self.presenter.last)

    def leave(self) -> bool:
        """Esc goes back to the list in a narrow window, else puts the files away, or the conversation."""
        if not self.drop.isHidden() or self._busy:
            return False
        if self.plan.isHidden() or not self.plan.split.show_list():
            self.put_away()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.read(files)

    def save_to(self, place: Path, left_out: MendingList) -> None:
        """Save the rows that are left out into this file."""
        from reports.kit.merge import sheet_of
        from reports.kit.whole import written_whole

        try:
            with written_whole(place) as whole:
                whole.write_bytes(sheet_of("Left out", left_out.headings, left_out.rows))
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.shell.done("Saved. Mend the rows there, then bring the file in.")

    def _turn_to(self, shown: QWidget, begin: QWidget) -> None:
        for each in self._pages:
            each.setVisible(each is shown)
        if shown is not self.drop:
            self.last.hide()
        self._show_arrived()
        self.begin_at = begin
        begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(
        self, job: Callable[[Ticket], R], done: Callable[[R], object], words: str, *, alongside: bool = False
    ) -> None:
        self._busy = True
        self.apply_button.setEnabled(False)
        self.strip.begin(words, cancel=self._cancel)
        running = self.shell.run(
            job,
            partial(self._ended, done),
            self._failed,
            self._progressed,
            words=words,
            alongside=alongside,
            on_cancelled=self._cancelled,
        )
        if self._busy:
            self._running = running

    def _write(self, ticket: Ticket) -> Brought:
        return self.presenter.apply(ticket, self)

    def _progressed(self, progress: Progress) -> None:
        self.strip.tell(progress.done, progress.of or 0, progress.note)

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _over(self) -> None:
        self._busy, self._running = False, None
        self.strip.end()

    def _ended(self, done: Callable[[R], object], result: R) -> None:
        self._over()
        done(result)

    def _cancelled(self) -> None:
        """What was on the page stays, so that nothing settled so far is lost."""
        self._over()
        if not self.plan.isHidden():
            self.plan.fill(afresh=False)
        self.banner.say(Tone.INFO, "Stopped.", "Nothing was changed.")

    def _failed(self, problem: Problem) -> None:
        self._over()
        self.banner.problem(problem)
        if self.plan.isHidden():
            return
        if isinstance(problem, Overtaken):
            self._settle(())
        else:
            self.plan.fill(afresh=False)

    def _show(self, hand: InHand) -> None:
        self.presenter.take(hand)
        if hand.plan is None and hand.feed is None:
            self._ask_columns()
            if hand.trouble is not None:
                self.banner.problem(hand.trouble)
            return
        self._turn_to(self.plan, self.table)
        self.plan.fill()
        if not self.presenter.worth_applying:
            self._say_nothing_new()
        elif not self.presenter.may_apply:
            self.banner.say(Tone.WARN, "You can look at this plan.", "The office or the headteacher brings it in.")
        elif self.presenter.wants_register_first:
            self.banner.say(
                Tone.WARN,
                "There are no class lists yet.",
                "Without them the checks do not know whose name is whose.",
                "Leave this, bring in the class lists, then come back.",
            )

    def _say_nothing_new(self) -> None:
        plan = self.presenter.hand.plan
        if plan is not None and (plan.doubts or plan.rejected):
            self.banner.say(Tone.WARN, "Nothing can be brought in as it stands.", "Look at each line to see why.")
        else:
            self.banner.say(Tone.INFO, "There is nothing new in this file.", "All of it is here already.")

    def _ask_columns(self) -> None:
        asked = self.presenter.asked
        if asked is None or self._busy:
            return
        names = frozenset(each.name for each in self._office.ask(ColumnPresets()))
        self.columns.ask(asked, self._office.ask(School()).today, names)
        self._turn_to(self.columns, self.columns.begin())

    def _read_columns(self) -> None:
        if self._busy:
            return
        self.banner.dismiss()
        job = partial(self.presenter.read, self.presenter.files, asked=self.presenter.asked)
        self._run(job, self._show, "Reading the files", alongside=True)

    def _remember(self, table: InQuestion, name: str) -> bool:
        return self._told(partial(self.presenter.remember, table, name))

    def _forget(self, table: InQuestion) -> bool:
        return self._told(partial(self.presenter.forget, table))

    def _told(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return False
        return True

    def _settle(self, said: Sequence[Settlement]) -> None:
        if not self._busy:
            self._run(partial(self.presenter.settle, said), self._replanned, "Planning again", alongside=True)

    def _unsettle(self, row: IncomingPupil) -> None:
        if not self._busy:
            self._run(partial(self.presenter.unsettle, row), self._replanned, "Planning again", alongside=True)

    def _replanned(self, hand: InHand) -> None:
        """The list keeps its place, so that the next line to settle comes up by itself."""
        self.presenter.replan(hand)
        self.plan.fill(afresh=False)
        self.plan.split.show_list()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_left(self, pupil_id: int) -> None:
        last = ask_last_day(self, self._office.ask(School()).today)
        if last is None or self._busy:
            return
        job = partial(self.presenter.record_leaver, pupil_id, last, initiator=self)
        self._run(job, self._left, "Marking as a leaver")

    def _left(self, hand: InHand) -> None:
        self._replanned(hand)
        self.shell.done("Marked as a leaver.")

    def _save(self) -> None:
        left_out = self.presenter.mending
        if left_out is not None:
            self._ask_where(left_out)

    def _ask_where(self, left_out: MendingList) -> None:
        kind = "Spreadsheet (*.xlsx)"
        place, _ = QFileDialog.getSaveFileName(self, "Save what is left out", "rows-left-out.xlsx", kind)
        if place:
            self.save_to(Path(place).with_suffix(".xlsx"), left_out)

    def _applied(self, brought: Brought) -> None:
        if self._watch is not None and self._watched:
            self._watch.settle(self._watched, Outcome.TAKEN)
            self._watched = ()
        self.put_away()
        self.paste.clear()
        self.refresh()
        act: tuple[str, Callable[[], object]] | None = None
        if brought.left_out is not None:
            act = ("&Save what was left out", partial(self._ask_where, brought.left_out))
        elif brought.area:
            act = (brought.verb, partial(self.shell.open_area, brought.area))
        tone = Tone.WARN if brought.left_out is not None else Tone.GOOD
        self.banner.say(tone, brought.sentence, brought.means, act=act)

    def _take_back(self, done: ImportDone) -> None:
        if self._busy:
            return
        self.banner.dismiss()
        job = partial(self._back, done)
        self._run(job, self._taken_back, "Taking the last import back")

    def _back(self, done: ImportDone, ticket: Ticket) -> ImportDone:
        ticket.tick(0)
        self.presenter.take_back(done, self)
        return done

    def _taken_back(self, done: ImportDone) -> None:
        self.refresh()
        self.banner.say(Tone.GOOD, "The last import was taken back.", f"It had brought {told(done)}.")
        self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)
