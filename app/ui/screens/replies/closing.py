"""Stating how a family was answered: the way, and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.services.threads import CHANNELS
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.form import Form
from app.ui.parts.text import quiet


class ClosingCard(Card):
    """A form of three fields; the day and the time may stay empty and then mean just now."""

    wanted = Signal(str, str, str)
    """Channel, day, time, as entered."""

    def __init__(self) -> None:
        self._form = Form()
        self.channel = self._form.choice("&How was the family answered?", list(CHANNELS.items()), "telephone")
        self.day = self._form.text("&Day", hint="Empty for just now. Otherwise 20 Nov 2026, and the time.")
        self.at = QLineEdit()
        self.at.setAccessibleName("Time of the answer")
        self.at.setPlaceholderText("14:05")
        self.at.setMaximumWidth(self.at.fontMetrics().horizontalAdvance("00:00") * 3)
        self._form.below(self.day, row(quiet("at"), self.at, STRETCH))
        self.close_button = primary("&Close conversation", self._close)
        super().__init__("Answered another way", self._form, row(STRETCH, self.close_button))

    def fault(self, sentence: str) -> None:
        """What stands against it."""
        self._form.fault(self.day, sentence)

    def begin(self) -> None:
        """Empty the fields for the next conversation."""
        self._form.clear_faults()
        self.day.clear()
        self.at.clear()

    def _close(self) -> None:
        self._form.clear_faults()
        self.wanted.emit(str(self.channel.currentData()), self.day.text(), self.at.text())
