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

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.growing import grow
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class Asking(QDialog):
    """A form with a question above and two buttons below. Ctrl+Enter sends it from within a passage too."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        words: str,
        verb: str,
        *,
        keep: str = "&Keep as it is",
        wide: int = 480,
    ) -> None:
        """`wide`: pixels at 100 % that the dialog takes at least."""
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        self.setAccessibleName(question)
        px = theme().px
        self.setMinimumWidth(px(wide))
        self.form = Form()
        self.go = primary(verb, self.send)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        self.body.setSpacing(px(WITHIN))
        self.body.addWidget(section(question))
        if words:
            self.body.addWidget(body(words))
        self.body.addWidget(self.form)
        self._keep = keep
        send_with_keys(self, self.go)

    def setVisible(self, visible: bool) -> None:
        """The buttons come last, so that the keyboard meets the fields before them."""
        if visible and self._keep:
            self.body.addWidget(row(STRETCH, secondary(self._keep, self.reject), self.go))
            self._keep = ""
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        grow(self)

    def send(self) -> None:
        """Judge the fields, then accept."""
        self.form.clear_faults()
        self.judge()
        if not self.form.has_faults:
            self.accept()
        grow(self)

    def judge(self) -> None:
        """Say what is wrong with the fields."""


def asked(dialog: QDialog) -> bool:
    """Ask, and wait. True when the person chose the verb; read the fields, then let go of the dialog."""
    return dialog.exec() == QDialog.DialogCode.Accepted
