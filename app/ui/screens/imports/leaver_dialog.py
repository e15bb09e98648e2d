"""Confirm that a pupil has left, with the last day (H12)."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.form import Form, day_of
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class LeaverDialog(QDialog):
    """Says what follows. The pupil's name stands in the list behind it, not here."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName("Has this pupil left?")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(440))
        self._form, self._today = Form(), today
        self.day = self._form.date("&Last day at school", today)
        self.go = danger("&Mark as a leaver", self._accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Has this pupil left?"))
        whole.addWidget(
            body("Their links end at once and unused codes are revoked. End the links in ClassDojo too, today.")
        )
        whole.addWidget(self._form)
        whole.addWidget(row(STRETCH, secondary("&Keep on roll", self.reject), self.go))
        self.day.setFocus()

    def _accept(self) -> None:
        self._form.clear_faults()
        if day_of(self.day) > self._today:
            self._form.fault(self.day, "This day lies ahead. Mark the pupil as a leaver when it has come.")
            return
        self.accept()


def ask_last_day(parent: QWidget, today: date) -> date | None:
    """Ask, and wait. None where the pupil stays on roll."""
    dialog = LeaverDialog(parent, today)
    try:
        return day_of(dialog.day) if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()
