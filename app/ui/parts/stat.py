"""A figure worth a glance, with what it counts and how it stands.

StatTile("96 %", "replies within 24 working hours", note="Target 90 %", tone=Tone.GOOD)
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.text import Text, caption, quiet
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT


class StatTile(QFrame):
    """One figure. The note says what to make of it; its tone never stands alone."""

    def __init__(self, figure: str, counts: str, *, note: str = "", chip: Chip | None = None) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        px = theme().px
        self._figure, self._counts, self._note = Text(figure, "figure"), quiet(counts), caption(note)
        self._chip = ChipLabel(chip or Chip("quiet", "", Tone.QUIET))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(BETWEEN), px(12), px(BETWEEN), px(12))
        whole.setSpacing(px(TIGHT))
        for piece in (self._figure, self._counts, self._note, self._chip):
            whole.addWidget(piece)
        whole.addStretch(1)
        self.say(figure, counts, note=note, chip=chip)

    def say(self, figure: str, counts: str, *, note: str = "", chip: Chip | None = None) -> None:
        """Show another figure."""
        self._figure.setText(figure)
        self._counts.setText(counts)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if chip is not None:
            self._chip.set_chip(chip)
        self._chip.setVisible(chip is not None)
        self.setAccessibleName(f"{figure} {counts}. {note} {chip.word if chip else ''}".strip())
