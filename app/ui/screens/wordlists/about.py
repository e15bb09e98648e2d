"""One row of a word list, told in full: what is looked for, whose words, who changed it and why."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.words import day_words
from app.ui.parts.arrange import STRETCH, clear, column, row, rule, scrolling, wrapping
from app.ui.parts.buttons import danger, plain, secondary
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.empty import EmptyState
from app.ui.parts.text import body, caption, quiet, section
from app.ui.screens.wordlists.presenter import Sort, WordLine, readable
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN

_MOST = 60
"""Phrases told of one meaning."""

SORT_CHIPS: dict[Sort, Chip] = {
    Sort.ADDED: Chip("add", Sort.ADDED.value, Tone.INFO),
    Sort.RULED_OUT: Chip("not-allowed", Sort.RULED_OUT.value, Tone.INFO),
    Sort.SHIPPED: Chip("done", Sort.SHIPPED.value, Tone.QUIET),
    Sort.PARTLY: Chip("warn", Sort.PARTLY.value, Tone.WARN),
    Sort.SILENCED: Chip("off", Sort.SILENCED.value, Tone.WARN),
    Sort.BROKEN: Chip("stop", Sort.BROKEN.value, Tone.STOP),
}


class AboutWords(QWidget):
    """Reads; its buttons ask."""

    silence_wanted = Signal(object)
    """The phrase of the row that is meant, or None for all of it."""
    end_wanted = Signal(int)
    lift_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._held = QVBoxLayout(self)
        self._held.setContentsMargins(0, 0, 0, 0)
        self._held.setSpacing(0)
        self.buttons: list[QPushButton] = []
        self.show_line(None, may_change=False)

    def show_line(self, line: WordLine | None, *, may_change: bool) -> None:
        """Show another row."""
        clear(self._held)
        self.buttons = []
        if line is None:
            self._held.addWidget(EmptyState("wordlists", "Choose a row. What is looked for stands here."))
            return
        pieces: list[QWidget] = [
            wrapping(ChipLabel(SORT_CHIPS[line.sort])),
            section(line.words if line.entry is not None else f"“{readable(line.words)}”"),
        ]
        facts = [f"Looked for in: {line.whose.lower()}'s words" if line.by else "Looked for in anybody's words"]
        if line.topic:
            facts.append(f"Topic: {line.topic_words.lower()}")
        pieces.append(quiet(". ".join(facts) + "."))
        pieces += self._own(line) if line.own is not None else self._shipped(line, may_change)
        self._held.addWidget(scrolling(*pieces, name="About these words"), 1)
        foot = self._foot(line, may_change)
        if foot is not None:
            self._held.addWidget(rule())
            self._held.addWidget(foot)

    def _own(self, line: WordLine) -> list[QWidget]:
        assert line.own is not None
        said = [caption(f"Added by {line.own.added_by} on {day_words(line.own.added_at.date())}.")]
        if line.sort is Sort.RULED_OUT:
            said.insert(0, body("Where these words stand in a sentence, this check marks nothing in it."))
        if line.sort is Sort.BROKEN:
            said.insert(
                0, body("This version of Schoolgate cannot read these words, so it leaves them out. Write them anew.")
            )
        return list(said)

    def _shipped(self, line: WordLine, may_change: bool) -> list[QWidget]:
        assert line.entry is not None
        made: list[QWidget] = []
        for silence in line.silences:
            what = f"“{readable(silence.silenced.phrase)}”" if silence.silenced.phrase else "All of it"
            who = f"{silence.silenced_by}, {day_words(silence.silenced_at.date())}"
            made.append(body(f"{what} is silenced: {silence.why}"))
            made.append(caption(who))
            if may_change:
                again = plain("Look for it a&gain", partial(self.lift_wanted.emit, silence.id), icon="undo")
                self.buttons.append(again)
                made.append(row(again, STRETCH))
        count = len(line.entry.phrases)
        made.append(
            caption(f"{count} {'phrase' if count == 1 else 'phrases'}. … stands for other words, ~ for any ending.")
        )
        made += [body(f"•  {readable(phrase)}", select=True) for phrase in line.entry.phrases[:_MOST]]
        if count > _MOST:
            made.append(caption(f"and {count - _MOST} more. Search for a word to see whether it is among them."))
        return [column(*made, gap=WITHIN)]

    def _foot(self, line: WordLine, may_change: bool) -> QWidget | None:
        if not may_change:
            words = "The words for signs of harm are changed by the safeguarding lead or the headteacher."
            return column(caption(words), margin=12)
        if line.own is not None:
            button = danger("Take &out...", partial(self.end_wanted.emit, line.own.phrase.id), icon="remove")
        elif line.sort is Sort.SILENCED:
            return None
        else:
            button = secondary("Si&lence...", partial(self.silence_wanted.emit, None), icon="off")
        self.buttons.append(button)
        held = row(STRETCH, button, margin=WITHIN)
        held.setMinimumHeight(theme().px(48))
        return held
