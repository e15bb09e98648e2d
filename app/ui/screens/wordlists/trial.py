"""Trying words on the last term before they are put in force: how many more, how many fewer, and which."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services.trying_words import Example, Tried
from app.ui.parts.arrange import clear
from app.ui.parts.chip import Tone
from app.ui.parts.marked import MarkedText
from app.ui.parts.marked_writer import Span
from app.ui.parts.text import body, caption, section
from app.ui.screens.wordlists.presenter import told
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN

_MOST = 6
"""Examples shown each way: enough to judge by, few enough to read."""
_LINES = 3


class TrialResult(QFrame):
    """What a trial showed. Hidden until there is something to show."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().px(WITHIN))
        self.words = ""
        self.hide()

    def clear(self) -> None:
        """Take an earlier result away: the words have changed since."""
        clear(self._layout)
        self.words = ""
        self.hide()

    def show_tried(self, tried: Tried) -> None:
        """The counts, and some of the items it would touch."""
        clear(self._layout)
        first, rest = told(tried)
        self.words = f"{first} {rest}"
        self._layout.addWidget(section(first))
        self._layout.addWidget(body(rest))
        self._examples("Would be marked", tried.examples_more, tried.more)
        self._examples("Would no longer be marked", tried.examples_fewer, tried.fewer)
        self.setAccessibleName(self.words)
        self.show()

    def _examples(self, heading: str, examples: Iterable[Example], total: int) -> None:
        shown = list(examples)[:_MOST]
        if not shown:
            return
        more = f", {len(shown)} of {total:,}" if total > len(shown) else ""
        self._layout.addWidget(caption(f"{heading}{more}:"))
        for number, example in enumerate(shown, start=1):
            text = MarkedText(f"{heading}, example {number}")
            text.fit(1, _LINES)
            text.show_text(example.text, [Span(*example.span, number, Tone.INFO)] if example.span else [])
            self._layout.addWidget(text)
