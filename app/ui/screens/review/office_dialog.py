"""Ask for topic and brief message when a matter goes to the office (T5, P7)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.screens.review.presenter import TOPIC_WORDS
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class OfficeDialog(QDialog):
    """The brief message is proposed from the item; the person shortens it."""

    def __init__(self, parent: QWidget | None, topics: Sequence[str], brief: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(480))
        self._form = form = Form()
        self.topic = form.choice("&Topic", list(TOPIC_WORDS.items()), topics[0] if topics else "absence")
        self.brief = form.passage(
            "&Brief message", brief, hint="Who, and what to do. Leave out what the office need not know."
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Refer to the office?"))
        whole.addWidget(body("It appears in the office's list until somebody there closes it."))
        whole.addWidget(form)
        self.go = primary("&Refer", self._accept)
        whole.addWidget(row(STRETCH, secondary("&Keep it here", self.reject), self.go))
        self.setAccessibleName("Refer to the office?")
        send_with_keys(self, self.go)
        self.brief.setFocus()
        self.brief.selectAll()

    def _accept(self) -> None:
        if not self.brief.toPlainText().strip():
            self._form.fault(self.brief, "Write a brief message: who, and what to do.")
            return
        self.accept()


def ask_office(parent: QWidget, topics: Sequence[str], brief: str) -> tuple[str, str] | None:
    """Topic and brief message; None where the person stepped back."""
    dialog = OfficeDialog(parent, topics, brief)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return str(dialog.topic.currentData()), dialog.brief.toPlainText()
    finally:
        dialog.deleteLater()
