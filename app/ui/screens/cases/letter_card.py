"""The letter that tells the family: a card of the case, for whoever may make it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.case_letters import RecordDecisionLetter
from app.services.cases import CaseFile
from app.services.office import Office
from app.ui.parts.arrange import clear, wrapping
from app.ui.parts.asking import asked
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.text import quiet
from app.ui.screens.cases.letter_dialog import LetterDialog
from app.ui.screens.cases.letter_presenter import LetterPresenter


class LetterCard(QWidget):
    """When the letter was made, and the button that makes it. Nothing stands here before there is a decision."""

    did = Signal(str)
    """The letter was saved: the words for the notice."""
    failed = Signal(object)
    """A `Problem`."""
    reword = Signal(str)
    """The wording is to be changed: the key of its page."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._file: CaseFile | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)

    def show_case(self, file: CaseFile, zone: str) -> None:
        """Show whether the standing decision was told in a letter."""
        self._file = file
        clear(self._down)
        shown = bool(file.decisions) and self._office.may(RecordDecisionLetter)
        self.setVisible(shown)
        if shown:
            button = secondary("&Make the letter", self.make, icon="letter")
            self._down.addWidget(Card("Letter to the family", quiet(_told(file, zone)), wrapping(button)))

    def make(self) -> None:
        """Show the letter, and save it where the person says."""
        assert self._file is not None
        try:
            presenter = LetterPresenter.of(self._office, self._file)
        except Problem as problem:
            self.failed.emit(problem)
            return
        dialog = LetterDialog(self, presenter)
        saved, wording = asked(dialog), dialog.wording
        dialog.deleteLater()
        if saved:
            self.did.emit("The letter is saved and noted in the timeline.")
        elif wording:
            self.reword.emit(f"decision:{presenter.language}")


def _told(file: CaseFile, zone: str) -> str:
    standing = next((one for one in reversed(file.decisions) if one.standing), None)
    made = [e for e in file.events if e.kind == "letter" and standing is not None and e.at >= standing.decided_at]
    if made:
        return f"Made {moment_words(made[-1].at, zone)} by {made[-1].by}."
    return "Not made yet. It says what was decided, why, until when, and how to appeal."
