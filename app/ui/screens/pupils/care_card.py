"""The looked-after record, asked for explicitly: closed until somebody who may opens it, and closed again after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy

from app.domain.care import CareRecord
from app.domain.problems import Problem
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner, announce
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.facts import Facts
from app.ui.parts.text import quiet
from app.ui.screens.pupils.presenter import care_facts

_CLOSED = "Only senior leaders can open this. Every look is noted."
_NONE = "There is no such record for this child. The look was noted."


class CareCard(Card):
    """Not made at all for those who may not ask. It closes when the page goes out of sight."""

    def __init__(self, look: Callable[[], CareRecord | None], banner: Banner) -> None:
        self._about = quiet(_CLOSED)
        self.facts = Facts()
        self.show_button = secondary("&Look at the record", self._open, icon="care")
        self.hide_button = secondary("&Close the record", self.close_record)
        super().__init__(
            "Looked-after record", self._about, self.facts, row(self.show_button, self.hide_button, STRETCH)
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._look, self._banner = look, banner
        self.facts.hide()
        self.hide_button.hide()

    def close_record(self) -> None:
        """Take it off the page again."""
        was_here = self.hide_button.hasFocus()
        self.facts.show_facts([])
        self.facts.hide()
        self._about.setText(_CLOSED)
        self.hide_button.hide()
        self.show_button.show()
        if was_here:
            self.show_button.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_record()

    def _open(self) -> None:
        try:
            record = self._look()
        except Problem as problem:
            self._banner.problem(problem)
            return
        if record is None:
            self._about.setText(_NONE)
            announce(self, _NONE)
            return
        facts = care_facts(record)
        self.facts.show_facts(facts)
        self.facts.show()
        self.hide_button.show()
        self.hide_button.setFocus()
        self.show_button.hide()
        announce(self, ". ".join(f"{name}: {said}" for name, said in facts))
