"""Today: what waits for me now, what is due, what was done. Each line opens the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.words import day_words
from app.services.office import Office
from app.services.today import TodayLine, TodayShown
from app.ui.parts.arrange import clear, scrolling, tiles
from app.ui.parts.card import Card
from app.ui.parts.header import PageHeader
from app.ui.parts.text import quiet
from app.ui.screens.today.lines import StepRow, TodayButton
from app.ui.screens.today.presenter import TodayPresenter
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT


class TodayScreen(Screen):
    """Three columns: Now, Due, Recently done; above them, in a new school, the first steps."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Today", "today")
        self.presenter = TodayPresenter(office)
        self.header = PageHeader("Today")
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(theme().px(BETWEEN))
        held = QWidget()
        held.setLayout(self._body)
        self.set_content(scrolling(self.header, held))
        self.buttons: list[TodayButton] = []
        """The lines, in reading order."""

    def refresh(self) -> None:
        """Read again what waits."""
        shown = self.presenter.load()
        facts = self.presenter.facts
        assert facts is not None
        self.header.say(title=self.presenter.greeting(), subtitle=f"{day_words(facts.today)}  ·  {facts.name}")
        at = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        was_here = self.isAncestorOf(QApplication.focusWidget() or self)
        clear(self._body)
        self.buttons = []
        steps = self.presenter.steps(shown)
        if steps:
            self._body.addWidget(self._first_steps(shown))
        if not shown.empty_school:
            self._body.addWidget(self._columns(shown))
        if was_here and self.buttons:
            self.buttons[min(at or 0, len(self.buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def seen(self, do: Callable[[Callable[[], object]], object]) -> None:
        """Whenever Today comes into sight it is read again: what waits has grown older."""
        self._stale = True
        super().seen(do)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Anything may change what waits."""
        self.refresh_when_seen()

    def _first_steps(self, shown: TodayShown) -> Card:
        steps = self.presenter.steps(shown)
        following = next(step for step in steps if not step.done)
        rows = [
            StepRow(step, number, step is following, partial(self.shell.open_area, step.area, step.lens))
            for number, step in enumerate(steps, start=1)
        ]
        return Card("First steps", *rows)

    def _columns(self, shown: TodayShown) -> QWidget:
        return tiles(
            self._card("Now", shown.now, "Nothing is urgent."),
            self._card("Due", shown.due, "Nothing is due."),
            self._card("Recently done", shown.done, "What you do appears here."),
            least=290,
        )

    def _card(self, heading: str, lines: Sequence[TodayLine], empty: str) -> Card:
        card = Card(heading)
        card.inside.setSpacing(theme().px(TIGHT))
        for line in lines:
            made = TodayButton(line, self.presenter.when(line))
            made.clicked.connect(partial(self._open, line))
            card.inside.addWidget(made)
            self.buttons.append(made)
        if not lines:
            card.inside.addWidget(quiet(empty))
        card.inside.addStretch(1)
        return card

    def _open(self, line: TodayLine) -> None:
        kind, _, key = line.lens.partition(":")
        if kind == "pupil":
            self.shell.open_area(line.area)
            self.shell.open_record(kind, int(key))
        else:
            self.shell.open_area(line.area, line.lens)
