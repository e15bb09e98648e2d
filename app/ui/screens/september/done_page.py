"""After the change: what comes next, and taking it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, column, row, scrolling
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.card import Card
from app.ui.parts.text import body
from app.ui.screens.september.presenter import SeptemberPresenter

_CODES = (
    "Make the new classes in ClassDojo. Then issue codes: families without a linked adult get a letter with a code for "
    "the new class."
)
_LISTS = "The class lists are issued. Print each, and have its staff read and sign it before anybody posts."
_LEAVERS = "Graduate, remove or archive the leavers in ClassDojo, and tick each one when it is done."
_UNDO = "You can take the change back as a whole until codes are issued, a leaver is ticked, or a pupil is changed."


class DonePage(QWidget):
    """Three things to do, each a button away."""

    codes = Signal()
    lists = Signal()
    leavers = Signal()
    undone = Signal()

    def __init__(self, presenter: SeptemberPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.codes_button = secondary("&Issue codes", self.codes.emit, icon="code")
        self.lists_button = secondary("Class &lists", self.lists.emit, icon="sheet")
        self.leavers_button = secondary("Lea&vers", self.leavers.emit, icon="removed")
        self.undo_button = danger("&Take the change back...", self.undone.emit)
        self._undo = column(body(_UNDO), row(STRETCH, self.undo_button))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            scrolling(
                _card("1. Codes for the new classes", _CODES, self.codes_button),
                _card("2. Class lists", _LISTS, self.lists_button),
                _card("3. Leavers", _LEAVERS, self.leavers_button),
                self._undo,
                margin=0,
            )
        )

    def show_done(self) -> None:
        """Only those who may make the change may take it back."""
        self._undo.setVisible(self._presenter.may_change)


def _card(heading: str, words: str, button: QPushButton) -> Card:
    """A card that the page never squeezes: the page scrolls instead."""
    card = Card(heading, body(words), actions=[button])
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return card
