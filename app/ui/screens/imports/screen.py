"""Bring in: drop files, see what they would do, apply it once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.jobs.runner import Progress, Running
from app.services.office import Office
from app.services.school import School
from app.ui.parts.arrange import STRETCH, clear, page, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import ChipLabel, Tone
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.progress import ProgressStrip
from app.ui.screens.imports.drop import DropPanel
from app.ui.screens.imports.leaver_dialog import ask_last_day
from app.ui.screens.imports.paste import Pasted, PastePanel
from app.ui.screens.imports.paste import read as read_conversation
from app.ui.screens.imports.plan_lines import KEPT, PlanLine
from app.ui.screens.imports.plan_table import figure_chip, plan_table
from app.ui.screens.imports.presenter import Brought, ImportPresenter, InHand
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

R = TypeVar("R")


class ImportScreen(Screen):
    """The register, or posts and messages. Nothing is written before the person has seen the plan."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Bring in", "imports")
        self.presenter = ImportPresenter(office)
        self._office = office
        self._busy = False
        self._running: Running | None = None
        self.banner = Banner()
        self.drop = DropPanel()
        self.drop.chosen.connect(self.read)
        self.drop.pasting.connect(self.begin_paste)
        self.paste = PastePanel()
        self.paste.asked.connect(self.read_pasted)
        self.paste.left.connect(self.put_away)
        self.paste.hide()
        self.strip = ProgressStrip()
        self.table = plan_table()
        self.table.on_chosen(self._chosen)
        self.table.on_opened(self._toggle)
        self.listing = Listing(self.table, "row", "rows", inset=False)
        self.keep_button = secondary("&Keep as it is", self._toggle_current)
        self.left_button = secondary("&Has left", self._has_left, icon="removed")
        self.away_button = secondary("&Leave it", self.put_away)
        self.apply_button = primary("&Bring in", self.apply)
        self._figures = QVBoxLayout()
        self._plan = QWidget()
        down = QVBoxLayout(self._plan)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(BETWEEN))
        down.addLayout(self._figures)
        down.addWidget(self.listing, 1)
        down.addWidget(row(self.keep_button, self.left_button, STRETCH, self.away_button, self.apply_button))
        self._plan.hide()
        self.header = PageHeader("Bring in", "Class lists from your own system, or what you saved from ClassDojo.")
        self.set_content(page(self.header, self.banner, self.strip, self.drop, self.paste, self._plan))
        self.setAcceptDrops(True)
        self.begin_at = self.drop.choose

    def refresh(self) -> None:
        """Say what to bring in next."""
        classes = self._office.ask(School()).classes
        first = not classes
        self.paste.show_classes([name for _, name, _ in classes])
        self.drop.invite("Begin with the class lists: drop them here" if first else "Drop files here")

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The first classes have come in."""
        if changes & {"pupils", "school"}:
            self.refresh_when_seen()

    def read(self, files: Sequence[Path]) -> None:
        """Read files and show what they would do."""
        if self._busy:
            self.banner.say(Tone.INFO, "One thing at a time.", "Wait for what is running, or cancel it first.")
            return
        self.banner.dismiss()
        self._run(partial(self.presenter.read, files), self._show, "Reading the files", alongside=True)

    def begin_paste(self) -> None:
        """Show where a conversation is pasted."""
        if self._busy:
            return
        self.banner.dismiss()
        self.drop.hide()
        self.paste.show()
        self.begin_at = self.paste.words
        self.paste.words.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.presenter.clear()
        self.drop.show()
        self.drop.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._plan.hide()
        self.paste.hide()
        self.begin_at = self.drop.choose

    def leave(self) -> bool:
        """Esc puts the plan away, or the conversation that is being pasted."""
        if (self._plan.isHidden() and self.paste.isHidden()) or self._busy:
            return False
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
        self._over()
        self.put_away()
        self.banner.say(Tone.INFO, "Stopped.", "Nothing was changed.")

    def _failed(self, problem: Problem) -> None:
        self._over()
        pasting = not self.paste.isHidden()
        self.put_away()
        if pasting:
            self.begin_paste()
        self.banner.problem(problem)

    def _show(self, hand: InHand) -> None:
        self.presenter.take(hand)
        self._plan.show()
        self.drop.hide()
        self.paste.hide()
        self._fill()
        self.begin_at = self.table
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.presenter.worth_applying:
            self.banner.say(Tone.INFO, "There is nothing new in this file.", "All of it is here already.")
        elif not self.presenter.may_apply:
            self.banner.say(Tone.WARN, "You can look at this plan.", "The office or the headteacher brings it in.")
        elif self.presenter.wants_register_first:
            self.banner.say(
                Tone.WARN,
                "There are no class lists yet.",
                "Without them the checks do not know whose name is whose.",
                "Leave this, bring in the class lists, then come back.",
            )

    def _fill(self) -> None:
        clear(self._figures)
        self._figures.addWidget(wrapping(*(ChipLabel(figure_chip(*said)) for said in self.presenter.figures())))
        self.table.set_rows(self.presenter.lines(), choose_first=True)
        self.apply_button.setEnabled(self.presenter.worth_applying and self.presenter.may_apply)
        self._chosen(self.table.current())

    def _chosen(self, line: PlanLine | None) -> None:
        self.keep_button.setVisible(line is not None and line.change is not None)
        if line is not None:
            self.keep_button.setText("&Take it over" if line.outcome == KEPT else "&Keep as it is")
        self.left_button.setVisible(line is not None and line.leaver is not None and self.presenter.may_record_leavers)

    def _toggle_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._toggle(line)

    def _toggle(self, line: PlanLine) -> None:
        if self.presenter.toggle(line):
            self.table.set_rows(self.presenter.lines())

    def _has_left(self) -> None:
        line = self.table.current()
        if line is None or line.leaver is None:
            return
        last = ask_last_day(self, self._office.ask(School()).today)
        if last is None:
            return
        try:
            self.presenter.record_leaver(line.leaver, last, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.shell.done("Marked as a leaver.")
        self._fill()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _applied(self, brought: Brought) -> None:
        self.put_away()
        self.paste.clear()
        self.refresh()
        act = (brought.verb, partial(self.shell.open_area, brought.area)) if brought.area else None
        self.banner.say(Tone.GOOD, brought.sentence, brought.means, act=act)
