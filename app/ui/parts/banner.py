"""A banner in the page: what happened, what it means, what to do.

banner = Banner()                                   # hidden until it has something to say
banner.problem(refused)                             # a Problem's sentence as it stands
banner.say(Tone.WARN, "The file holds 3 rows without a class.", "They were left out.", "Add it and try again.")
banner.say(Tone.GOOD, "214 pupils brought in.", act=("&Show them", self.show))
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.parts.buttons import icon_button, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.glyph import Glyph
from app.ui.parts.text import body, repolish, strong
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT, WITHIN


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say it without moving the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Banner(QFrame):
    """Says one thing at a time. Hidden while it has nothing to say."""

    dismissed = Signal()

    def __init__(self, *, dismissable: bool = True) -> None:
        super().__init__()
        self.setProperty("part", "banner")
        self.setProperty("tone", Tone.INFO.value)
        px = theme().px
        self._mark = Glyph("info", "info", 20)
        self._what, self._rest = strong(), body()
        self._act: QPushButton | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(px(TIGHT))
        self._words.addWidget(self._what)
        self._words.addWidget(self._rest)
        close = icon_button("close", "Dismiss this notice", self.dismiss)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(10), px(10))
        whole.setSpacing(px(WITHIN) + px(TIGHT))
        whole.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._words, 1)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        close.setVisible(dismissable)
        self._speaking = False
        self.hide()

    def say(
        self,
        tone: Tone,
        what: str,
        means: str = "",
        do: str = "",
        *,
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show it and have it read out. `act` is a button's words and what it does."""
        self.setProperty("tone", tone.value)
        self._mark.become(tone.value if tone is not Tone.QUIET else "info", tone.ink)
        self._what.setText(what)
        rest = " ".join(part for part in (means, do) if part)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._offer(act)
        self.setAccessibleName(f"{what} {rest}".strip())
        repolish(self)
        self._speaking = True
        if self.parent() is not None:
            self.show()
        announce(self, f"{what} {rest}".strip())

    def problem(self, problem: Problem | str) -> None:
        """Show a problem: its first sentence stands out, the rest follows."""
        sentence = problem.sentence if isinstance(problem, Problem) else problem
        what, stop, rest = sentence.partition(". ")
        self.say(Tone.STOP, what + ("." if stop else ""), rest)

    def dismiss(self) -> None:
        """Take it away."""
        self._speaking = False
        self.hide()
        self.dismissed.emit()

    def event(self, event: QEvent) -> bool:
        """What was said before it stood anywhere is shown once it does: a widget without a place would be a window."""
        if event.type() == QEvent.Type.ParentChange and self.parent() is not None and self._speaking:
            self.show()
        return super().event(event)

    def _offer(self, act: tuple[str, Callable[[], object]] | None) -> None:
        if self._act is not None:
            self._words.removeWidget(self._act)
            self._act.deleteLater()
            self._act = None
        if act is not None:
            words, do = act
            self._act = secondary(words, do)
            self._words.addWidget(self._act, 0, Qt.AlignmentFlag.AlignLeft)
