"""Ask what was done about a matter for the office, and how the family was answered (T3, T4, T5)."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services.threads import CHANNELS
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class ClosingDialog(QDialog):
    """What was done is asked for; how the family was answered may stay open."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(460))
        self._form = form = Form()
        self.done_words = form.passage("What was &done", lines=3)
        offered = [("", "Not answered yet, or not by the office")]
        offered += [(key, words) for key, words in CHANNELS.items() if key != "office"]
        self.answered = form.choice("&How the family was answered", offered)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Close this matter?"))
        whole.addWidget(body("It leaves the open list and stays on record."))
        whole.addWidget(form)
        self.go = primary("&Close matter", self._accept)
        whole.addWidget(row(STRETCH, secondary("&Keep it open", self.reject), self.go))
        self.setAccessibleName("Close this matter? It leaves the open list and stays on record.")
        send_with_keys(self, self.go)
        self.done_words.setFocus()

    def _accept(self) -> None:
        if not self.done_words.toPlainText().strip():
            self._form.fault(self.done_words, "Write what was done in a few words. It stays on record.")
            return
        self.accept()


def ask_closing(parent: QWidget) -> tuple[str, str] | None:
    """What was done, and the channel ("" for none); None where the person kept it open."""
    dialog = ClosingDialog(parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return dialog.done_words.toPlainText().strip(), str(dialog.answered.currentData())
    finally:
        dialog.deleteLater()
