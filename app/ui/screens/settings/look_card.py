"""The look, for everyone: light or dark, text size, height of rows. It is kept on this computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.ui.parts.card import Card
from app.ui.parts.form import Form
from app.ui.theme.choice import SCALES, SCHEMES, Look


class LookCard(Card):
    """Says what was chosen at once; whoever hears it puts it in force."""

    chosen = Signal(object)
    """A Look."""

    def __init__(self, look: Look) -> None:
        self._form = form = Form()
        super().__init__("Look", form)
        self.scheme: QComboBox = form.choice("Li&ght or dark", SCHEMES, look.scheme)
        nearest = min(SCALES, key=lambda scale: abs(scale - look.scale))
        self.scale: QComboBox = form.choice(
            "Te&xt size", [(scale, f"{scale:.0%}".replace("%", " %")) for scale in SCALES], nearest
        )
        self.compact = form.tick("&Low rows in lists", look.compact, hint="More rows fit on the screen.")
        self.scheme.currentIndexChanged.connect(self._tell)
        self.scale.currentIndexChanged.connect(self._tell)
        self.compact.toggled.connect(self._tell)

    @property
    def look(self) -> Look:
        """What is chosen."""
        return Look(self.scheme.currentData(), float(self.scale.currentData()), self.compact.isChecked())

    def _tell(self) -> None:
        self.chosen.emit(self.look)
