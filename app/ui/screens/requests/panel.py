"""One request beside the list: its dates, its steps, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.data_requests import Identity, State
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.data_request_board import DataRequestLine
from app.ui.parts.acting import Acting, done
from app.ui.parts.arrange import STRETCH, row, scrolling, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.text import quiet
from app.ui.parts.timeline import Event, Timeline
from app.ui.screens.requests.deletion import DeletionCard
from app.ui.screens.requests.dialogs import CloseDialog, ExtendDialog, PauseDialog, ResumeDialog
from app.ui.screens.requests.presenter import (
    RequestsPresenter,
    closed_words,
    due_words,
    file_name,
    offers_answer,
    state_words,
    step_words,
    waits_words,
    who_words,
)
from app.ui.shell.area import Shell

_TONES = {State.OVERDUE: Tone.STOP, State.SOON: Tone.WARN, State.PAUSED: Tone.INFO, State.CLOSED: Tone.QUIET}
_ICONS = {State.OVERDUE: "late", State.PAUSED: "suspended", State.CLOSED: "done"}


def state_chip(line: DataRequestLine) -> Chip:
    """Days left, overdue, paused, or how it ended."""
    return Chip(_ICONS.get(line.state, "due"), state_words(line), _TONES.get(line.state, Tone.QUIET))


class RequestPanel(QWidget):
    """Shows one request. What was asked is opened on request, and closed when the panel goes out of sight."""

    def __init__(self, shell: Shell, presenter: RequestsPresenter, changed: Callable[[], object]) -> None:
        super().__init__()
        self.shell, self.presenter, self._changed = shell, presenter, changed
        self.line: DataRequestLine | None = None
        self.banner = Banner()
        self.doubt = Banner(dismissable=False)
        self.header = PageHeader("Request")
        self.facts = Facts()
        self.timeline = Timeline()
        self.read_button = secondary("&Read what was asked", self.read, icon="lock")
        self.pause_button = secondary("&Pause the clock...", self.pause, icon="suspended")
        self.resume_button = secondary("Let the clock &go on...", self.resume, icon="running")
        self.extend_button = secondary("E&xtend...", self.extend, icon="date")
        self.gather_button = secondary("Sa&ve what is held...", self.gather, icon="access")
        self.close_button = primary("&Close request...", self.close_request)
        self.noted = quiet("Every look at what was asked is noted.")
        self.deletion = DeletionCard(presenter, self._settled, self.banner.problem)
        steps = wrapping(self.pause_button, self.resume_button, self.extend_button, self.gather_button)
        self.card = Card(
            "The request", self.facts, self.noted, steps, row(STRETCH, self.read_button, self.close_button)
        )
        self.history = Card("Steps", self.timeline)
        self._nothing = EmptyState("access", "Choose a request on the left.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            scrolling(self.header, self.banner, self.doubt, self.card, self.deletion, self.history, self._nothing)
        )
        self.show_request(None)

    def show_request(self, line: DataRequestLine | None) -> None:
        """Show this request; nothing of another one stays in sight."""
        other = line is None or self.line is None or line.id != self.line.id
        if other:
            self.presenter.words = None
            self.banner.dismiss()
        self.line = line
        for piece in (self.header, self.card, self.history):
            piece.setVisible(line is not None)
        self._nothing.setVisible(line is None and bool(self.presenter.rows))
        if line is None:
            self.doubt.hide()
            self.deletion.show_request(None)
            return
        self.header.say(title=line.reference, subtitle=f"{line.kind.words}: {line.about}", chips=[state_chip(line)])
        if line.doubt:
            what, _, then = line.doubt.partition(". ")
            self.doubt.say(Tone.WARN, f"{what}.", then)
        else:
            self.doubt.hide()
        self._show_facts(line)
        self._show_steps(line)
        self.deletion.show_request(line)
        self._offer(line)

    def hideEvent(self, event: QHideEvent) -> None:
        """What only leaders may read does not stay open behind another page."""
        super().hideEvent(event)
        if self.presenter.words is not None:
            self.presenter.words = None
            if self.line is not None:
                self.show_request(self.line)

    def read(self) -> None:
        """Open what was asked, and the words of each step. The look is noted."""
        if self.line is None:
            return
        try:
            self.presenter.read(self.line)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.show_request(self.line)

    def pause(self) -> None:
        """The person was asked for something."""
        line = self._in_hand()
        dialog = PauseDialog(self, line, lambda why, on: self.presenter.pause(line, why, on, self))
        self._act(dialog, "The clock stands.")

    def resume(self) -> None:
        """What was waited for has come."""
        line = self._in_hand()
        dialog = ResumeDialog(self, line, lambda on, how: self.presenter.resume(line, on, how, self))
        self._act(dialog, "The clock is running again.")

    def extend(self) -> None:
        """Two months more."""
        line = self._in_hand()
        dialog = ExtendDialog(self, line, lambda on, why: self.presenter.extend(line, on, why, self))
        self._act(dialog, "The request has two months more.")

    def close_request(self) -> None:
        """It was answered."""
        line = self._in_hand()
        dialog = CloseDialog(self, line, lambda how, on, words: self.presenter.close(line, how, on, words, self))
        self._act(dialog, "The request is closed.")

    def gather(self) -> None:
        """Save what is held on the person where the leader says."""
        line = self._in_hand()
        place, _ = QFileDialog.getSaveFileName(self, "Save what is held", file_name(line, ".zip"), "ZIP (*.zip)")
        if place:
            self.gather_to(Path(place).with_suffix(".zip"))

    def gather_to(self, place: Path) -> None:
        """Save what is held into this file."""
        line = self._in_hand()
        self.shell.run(
            lambda ticket: self.presenter.save(line, place, self),
            lambda held: self._settled(
                "Saved. Read every page before you send it."
                if held.full
                else "Saved the register's part. A senior leader adds the rest."
            ),
            self.banner.problem,
            words="Gathering what is held",
        )

    def _in_hand(self) -> DataRequestLine:
        assert self.line is not None
        return self.line

    def _act(self, dialog: Acting, told: str) -> None:
        if done(dialog):
            self._settled(told)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.presenter.words = None
        self._changed()
        self.shell.done(told)

    def _show_facts(self, line: DataRequestLine) -> None:
        facts: list[tuple[str, str | Chip | QWidget]] = [("About", line.about), ("Asked by", who_words(line))]
        said = self.presenter.words
        if said is not None:
            facts.append(("What was asked", said.asked))
        facts += [("Received", day_words(line.clock.received)), ("Identity", line.identity.words)]
        if line.state is State.CLOSED:
            facts.append(("Answered", closed_words(line)))
        else:
            facts.append(("Due", due_words(line)))
        waits = waits_words(line)
        if waits:
            facts.append(("Paused", waits))
        facts.append(("Recorded by", line.recorded_by))
        self.facts.show_facts(facts)

    def _show_steps(self, line: DataRequestLine) -> None:
        said = self.presenter.words.steps if self.presenter.words is not None else ()
        events = []
        for at, step in enumerate(line.steps):
            what, icon = step_words(step)
            words = said[at] if at < len(said) else ""
            events.append(Event(f"{day_words(step.on)}, noted by {step.by}", what, words, icon, Tone.QUIET))
        self.timeline.show_events(reversed(events))

    def _offer(self, line: DataRequestLine) -> None:
        is_open, leads = line.state is not State.CLOSED, self.presenter.may_read
        paused = line.clock.paused_on is not None
        self.pause_button.setVisible(is_open and not paused)
        self.resume_button.setVisible(is_open and paused)
        self.extend_button.setVisible(is_open and leads and not line.extended and not paused)
        self.gather_button.setVisible(offers_answer(line) and line.identity is not Identity.WAITING)
        self.close_button.setVisible(is_open and leads)
        self.read_button.setVisible(leads and self.presenter.words is None)
        self.noted.setVisible(leads)
