"""Ask what the author of an item should do with it in ClassDojo: remove it, or reword it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.review import Takedown
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_ABOUT = (
    "Schoolgate cannot change ClassDojo. Ask the author yourself; the request stays under “Asked to be taken down” "
    "until somebody states that it is done."
)


class TakedownDialog(QDialog):
    """What is wanted, and words on whom was asked."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(480))
        self._form = form = Form()
        self.wanted = form.choice("&What is wanted", [(each.value, each.words) for each in Takedown])
        self.words = form.passage("Whom you &asked, and what should change", lines=3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Ask for it to be taken down?"))
        whole.addWidget(body(_ABOUT))
        whole.addWidget(form)
        self.go = primary("&Note the request", self._accept)
        whole.addWidget(row(STRETCH, secondary("&Leave it", self.reject), self.go))
        self.setAccessibleName("Ask for it to be taken down?")
        send_with_keys(self, self.go)
        self.words.setFocus()

    def _accept(self) -> None:
        if self.wanted.currentData() == Takedown.REWORDING.value and not self.words.toPlainText().strip():
            self._form.fault(self.words, "Say what should be reworded.")
            return
        self.accept()


def ask_takedown(parent: QWidget) -> tuple[Takedown, str] | None:
    """What is wanted and the words; None where the person stepped back."""
    dialog = TakedownDialog(parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return Takedown(dialog.wanted.currentData()), dialog.words.toPlainText()
    finally:
        dialog.deleteLater()
