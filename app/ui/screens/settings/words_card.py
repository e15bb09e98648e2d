"""The way to the word lists, for those who may change them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.text import body


class WordsCard(Card):
    """A sentence and a button."""

    wanted = Signal()

    def __init__(self) -> None:
        self.open_button = secondary("&Word lists...", icon="wordlists")
        about = "What the checks look for. Your school can add words, rule words out and silence what does not suit it."
        super().__init__("Word lists", body(about), actions=[self.open_button])
        self.open_button.clicked.connect(lambda _on=False: self.wanted.emit())
