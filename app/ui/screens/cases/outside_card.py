"""Whom outside the school's leaders a case went to, and the button that notes it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.breach import REFERRED_OUT, Outside
from app.domain.problems import Problem
from app.services.case_referrals import ReferOut
from app.services.cases import CaseFile
from app.services.office import Office
from app.ui.parts.arrange import clear, wrapping
from app.ui.parts.asking import Asking, asked
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.form import day_of
from app.ui.parts.text import body, quiet

_LONG = 400


class OutsideDialog(Asking):
    """Whom it went to, when, under which reference, and why."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(
            parent,
            "Note that it went outside?",
            "This notes what you did. It sends nothing. A child at risk goes to the safeguarding lead first.",
            "&Note it",
            keep="No&t now",
        )
        self.to = self.form.choice("&To", [(one, one.words) for one in Outside])
        self.on = self.form.date("&Referred on", today)
        self.reference = self.form.text("R&eference", hint="Theirs, such as a crime number. Empty while there is none.")
        self.why = self.form.passage("&Why", hint="What they were told, and what was agreed.")

    def judge(self) -> None:
        """Words on why."""
        if not self.why.toPlainText().strip():
            self.form.fault(self.why, "Say in a sentence why it went there.")

    def command(self, case_id: int) -> ReferOut:
        """What was entered."""
        to = Outside(self.to.currentData())
        return ReferOut(case_id, to, day_of(self.on), self.reference.text(), self.why.toPlainText())


class OutsideCard(QWidget):
    """The referrals of a case, and the button for another."""

    did = Signal(str)
    """It was noted: the words for the notice."""
    failed = Signal(object)
    """A `Problem`."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._case, self._today = 0, date.min
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)

    def show_case(self, file: CaseFile, today: date) -> None:
        """Show what went where."""
        self._case, self._today = file.line.id, today
        clear(self._down)
        said = [event.words for event in file.events if event.kind == REFERRED_OUT]
        lines = [body(words if len(words) <= _LONG else words[:_LONG] + " …", select=True) for words in said]
        pieces: list[QWidget] = [*lines] if lines else [quiet("Not referred to anybody.")]
        button = secondary("Note a referral outs&ide", self._note)
        self._down.addWidget(Card("Outside the school", *pieces, wrapping(button)))

    def _note(self) -> None:
        dialog = OutsideDialog(self, self._today)
        chosen = asked(dialog)
        command = dialog.command(self._case) if chosen else None
        dialog.deleteLater()
        if command is None:
            return
        try:
            self._office.perform(command, self)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.did.emit("Noted in the timeline.")
