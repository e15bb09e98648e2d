"""What is still to do in ClassDojo after a suspension or removal, and the button that ticks it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.breach import Outcome
from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.case_classdojo import ClassDojoLine, ClassDojoOf, TickClassDojo
from app.services.office import Office
from app.ui.parts.arrange import clear, wrapping
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.text import body, quiet


class ClassDojoCard(QWidget):
    """Nothing stands here where there is nothing to do and nothing was done."""

    did = Signal(str)
    """It was ticked: the words for the notice."""
    failed = Signal(object)
    """A `Problem`."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)

    def show_case(self, case_id: int, zone: str) -> None:
        """Show how the case's decision stands in ClassDojo."""
        shown = self._office.ask(ClassDojoOf(case_id))
        clear(self._down)
        line = shown.to_do
        self.setVisible(line is not None or shown.done_at is not None)
        if line is not None:
            tick = secondary("Done in ClassDo&jo", lambda: self._tick(line), icon="done")
            self._down.addWidget(Card("To do in ClassDojo", body(_what(line.outcome)), wrapping(tick)))
        elif shown.done_at is not None:
            told = f"Done by {shown.done_by}, {moment_words(shown.done_at, zone)}."
            self._down.addWidget(Card("In ClassDojo", quiet(told)))

    def _tick(self, line: ClassDojoLine) -> None:
        try:
            self._office.perform(TickClassDojo(line.case_id, line.decision_id), self)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.did.emit("Noted as done in ClassDojo.")


def _what(outcome: Outcome) -> str:
    doing = "Remove" if outcome is Outcome.REMOVAL else "Disconnect"
    return f"{doing} this adult in ClassDojo too: Schoolgate cannot do it for you. Then say here that it is done."
