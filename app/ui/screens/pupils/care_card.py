"""The looked-after record, asked for explicitly: closed until somebody who may opens it, and closed again after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy

from app.domain.problems import Problem
from app.services.care import CareFile
from app.ui.parts.arrange import wrapping
from app.ui.parts.banner import Banner, announce
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.confirm import ask_reason
from app.ui.parts.facts import Facts
from app.ui.parts.text import quiet
from app.ui.screens.care.dialog import ask_care
from app.ui.screens.care.presenter import CareDesk, earlier_words, facts_of
from app.ui.screens.permissions.form_view import show_form

_CLOSED = "Only senior leaders can open this. Every look is noted."
_NONE = "There is no such record for this child. The look was noted."
_BARRED = "A leader has barred pictures of this child"
_TOLD = "Recorded. Others see the effect, and never the reason."


class CareCard(Card):
    """Not made at all for those who may not ask. It closes when the page goes out of sight."""

    done = Signal(str)
    """Something was recorded: the sentence to say."""

    def __init__(self, desk: CareDesk, banner: Banner) -> None:
        self.desk, self._banner = desk, banner
        self._file: CareFile | None = None
        self._about = quiet(_CLOSED)
        self.facts, self._earlier = Facts(), quiet()
        self.show_button = secondary("&Look at the record", self._open, icon="care")
        self.hide_button = secondary("&Close the record", self.close_record)
        self.change_button = secondary("Chan&ge the record...", self.change, icon="edit")
        self.document_button = secondary("Open the doc&ument", self.open_document, icon="evidence")
        self.bar_button = secondary("&Bar pictures...", self.bar, icon="not-allowed")
        self.lift_button = secondary("Lift the &bar...", self.lift)
        self._buttons = (
            self.hide_button,
            self.change_button,
            self.document_button,
            self.bar_button,
            self.lift_button,
        )
        super().__init__(
            "Looked-after record",
            self._about,
            self.facts,
            self._earlier,
            wrapping(self.show_button, *self._buttons),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shut()

    def close_record(self) -> None:
        """Take it off the page again."""
        was_here = any(button.hasFocus() for button in self._buttons)
        self._shut()
        if was_here:
            self.show_button.setFocus()

    def change(self) -> None:
        """Write a new record, beginning with what holds."""
        was = self._file.newest if self._file is not None else None
        said = ask_care(self, self.desk.pupil_id, was, self.desk.today)
        if said is not None:
            self._do(lambda: self.desk.record(said[0], said[1], self))

    def open_document(self) -> None:
        """Show the delegated-authority document."""
        try:
            shown = self.desk.document()
        except Problem as problem:
            self._banner.problem(problem)
            return
        show_form(self, "The delegated-authority document", shown, "This look is noted.")

    def bar(self) -> None:
        """Bar pictures for another reason than care."""
        why = ask_reason(
            self,
            "Bar pictures of this child?",
            "Whatever was allowed, the child may not be shown from now on. The reason is sealed for leaders.",
            "&Bar pictures",
            danger=True,
        )
        if why is not None:
            self._do(lambda: self.desk.bar(True, why, self))

    def lift(self) -> None:
        """Lift a leader's own bar."""
        why = ask_reason(
            self,
            "Lift the bar?",
            "The answers on record count again, unless the looked-after record stands against them.",
            "&Lift the bar",
        )
        if why is not None:
            self._do(lambda: self.desk.bar(False, why, self))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_record()

    def _do(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Problem as problem:
            self._banner.problem(problem)
            return
        self._banner.dismiss()
        self._open()
        self.done.emit(_TOLD)

    def _open(self) -> None:
        try:
            self._file = seen = self.desk.look()
        except Problem as problem:
            self._banner.problem(problem)
            return
        facts = facts_of(seen.newest) if seen.newest is not None else []
        if seen.bar:
            facts.append((_BARRED, seen.bar_why or "No reason was written"))
        self.facts.show_facts(facts)
        self.facts.setVisible(bool(facts))
        earlier = earlier_words(seen.entries)
        self._earlier.setText("\n".join(["Earlier records:", *earlier]) if earlier else "")
        self._earlier.setVisible(bool(earlier))
        self._about.setText("Close it before you turn the screen to somebody." if facts else _NONE)
        self.hide_button.setVisible(True)
        known = seen.newest is not None
        self.change_button.setText("Chan&ge the record..." if known else "Be&gin a record...")
        self.change_button.setVisible(True)
        self.document_button.setVisible(seen.newest is not None and seen.newest.evidence_id is not None)
        self.bar_button.setVisible(not seen.bar)
        self.lift_button.setVisible(seen.bar)
        self.hide_button.setFocus()
        self.show_button.hide()
        announce(self, ". ".join(f"{name}: {said}" for name, said in facts) or _NONE)

    def _shut(self) -> None:
        self._file = None
        self.facts.show_facts([])
        self.facts.hide()
        self._earlier.setText("")
        self._earlier.hide()
        self._about.setText(_CLOSED)
        for button in self._buttons:
            button.hide()
        self.show_button.show()
