"""Ticks for the places that a form answers for: as many as the school asks about (P8)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.domain.permissions import Audience
from app.ui.parts.text import Text
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN


class PlaceTicks(QWidget):
    """One for each place there is; those that the school does not ask about are out of sight."""

    changed = Signal()
    """A place was ticked, or no longer is."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = {audience: QCheckBox(audience.words) for audience in Audience}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(WITHIN))
        line.addWidget(Text("For", "strong", wrap=False))
        for audience, tick in self.ticks.items():
            tick.setAccessibleName(f"For the place {audience.words}")
            tick.clicked.connect(self.changed)
            line.addWidget(tick)

    @property
    def chosen(self) -> tuple[Audience, ...]:
        """The places that are offered and ticked."""
        return tuple(where for where, tick in self.ticks.items() if tick.isChecked() and not tick.isHidden())

    def show_places(self, asked: Sequence[Audience], on: Sequence[Audience]) -> None:
        """Offer these, with some of them ticked."""
        for audience, tick in self.ticks.items():
            tick.setVisible(audience in asked)
            tick.setChecked(audience in on)
