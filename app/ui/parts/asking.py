"""Asking for a few fields: a question above, a form, a verb below.

class WeekDialog(Asking):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Note a week", "Copy the figures from ClassDojo.", "&Note the week")
        self.messages = self.form.number("&Messages")

    def judge(self) -> None:
        if not self.messages.value():
            self.form.fault(self.messages, "Enter the number.")

if asked(dialog): ...
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class Asking(QDialog):
    """A form with a question above and two buttons below. Ctrl+Enter sends it from within a passage too."""

    def __init__(
        self, parent: QWidget | None, question: str, words: str, verb: str, *, keep: str = "&Keep as it is"
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        self.setAccessibleName(question)
        px = theme().px
        self.setMinimumWidth(px(480))
        self.form = Form()
        self.go = primary(verb, self.send)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        self._whole.setSpacing(px(WITHIN))
        self._whole.addWidget(section(question))
        self._whole.addWidget(body(words))
        self._whole.addWidget(self.form)
        self._whole.addWidget(row(STRETCH, secondary(keep, self.reject), self.go))
        send_with_keys(self, self.go)

    def send(self) -> None:
        """Judge the fields, then accept."""
        self.form.clear_faults()
        self.judge()
        if not self.form.has_faults:
            self.accept()

    def judge(self) -> None:
        """Say what is wrong with the fields."""


def asked(dialog: QDialog) -> bool:
    """Ask, and wait. True when the person chose the verb; read the fields, then let go of the dialog."""
    return dialog.exec() == QDialog.DialogCode.Accepted
