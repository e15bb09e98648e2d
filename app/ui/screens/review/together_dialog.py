"""Judge several trivial findings of one check at once: one reason, and a record for each."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.checks.finding import Check
from app.domain.review import REASONS, Reason, Verdict
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class TogetherDialog(QDialog):
    """Which check, how many items, and why it was wrong."""

    def __init__(self, parent: QWidget | None, check: Check, items: int, without: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(460))
        self._form = form = Form()
        reasons = [(reason.value, reason.words) for reason in REASONS[Verdict.FALSE_ALARM]]
        self.reason = form.choice("&Reason", reasons)
        self.words = form.text("In your o&wn words", hint="If you wish. They stand with every one of them.")
        told = f"“{check.words}” was a false alarm in {items:,} items. Each gets a record of its own."
        if without:
            told += f" Nothing changes for {without:,} selected that this check did not find."
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("A false alarm in all of them?"))
        whole.addWidget(body(told))
        whole.addWidget(form)
        self.go = primary("&False alarm", self._accept)
        whole.addWidget(row(STRETCH, secondary("&Look again", self.reject), self.go))
        self.setAccessibleName(f"A false alarm in all of them? {told}")
        send_with_keys(self, self.go)
        self.reason.setFocus()

    def _accept(self) -> None:
        if self.reason.currentData() == Reason.OTHER.value and not self.words.text().strip():
            self._form.fault(self.words, "“Something else” needs a few words.")
            return
        self.accept()


def ask_together(parent: QWidget, check: Check, items: int, without: int) -> tuple[Reason, str] | None:
    """The reason and words; None where the person stepped back."""
    dialog = TogetherDialog(parent, check, items, without)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return Reason(dialog.reason.currentData()), dialog.words.text()
    finally:
        dialog.deleteLater()
