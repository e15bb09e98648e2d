"""Ask before something that cannot simply be undone: the consequence in words, the verb on the button.

if confirm(self, "Suspend this account?", "The adult can no longer see posts or write to staff until you lift it.",
           "&Suspend account", danger=True):
reason = ask_reason(self, "Reject this request?", "The adult is told that the school did not recognise them.",
                    "&Reject request")
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.parts.buttons import danger as danger_button
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.form import Form
from app.ui.parts.text import body, plain_tip, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class ConfirmDialog(QDialog):
    """States the consequence. Esc and "Keep as it is" change nothing and stand first in tab order."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        consequence: str,
        verb: str,
        *,
        danger: bool = False,
        keep: str = "&Keep as it is",
        reason: str = "",
    ) -> None:
        """`reason` is the label of a field that must be filled in ("&Reason"); empty asks for none."""
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(440))
        words = body(consequence)
        self._form = Form()
        self._reason = self._form.passage(reason, lines=3) if reason else None
        self.keep = secondary(keep, self.reject)
        self.go = (danger_button if danger else primary)(verb, self._accept)
        self.setAccessibleName(f"{question} {consequence}")
        foot = QHBoxLayout()
        foot.setSpacing(px(WITHIN))
        foot.addStretch(1)
        foot.addWidget(self.keep)
        foot.addWidget(self.go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section(question))
        whole.addWidget(words)
        if self._reason is not None:
            whole.addSpacing(px(WITHIN))
            whole.addWidget(self._form)
        whole.addSpacing(px(WITHIN))
        whole.addLayout(foot)
        (self._reason or self.keep).setFocus(Qt.FocusReason.OtherFocusReason)
        if self._reason is not None:
            send_with_keys(self, self.go)

    @property
    def reason(self) -> str:
        """What was written, without the spaces round it."""
        return self._reason.toPlainText().strip() if self._reason is not None else ""

    def _accept(self) -> None:
        if self._reason is not None and not self.reason:
            self._form.fault(self._reason, "Write the reason in a few words. It stays on record.")
            return
        self.accept()


def send_with_keys(dialog: QDialog, go: QPushButton) -> None:
    """Ctrl+Enter does what the button does, from within a passage too."""
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        QShortcut(QKeySequence(keys), dialog).activated.connect(go.click)
    go.setToolTip(plain_tip("Ctrl+Enter"))


def confirm(parent: QWidget | None, question: str, consequence: str, verb: str, *, danger: bool = False) -> bool:
    """Ask, and wait. True when the person chose the verb."""
    dialog = ConfirmDialog(parent, question, consequence, verb, danger=danger)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return agreed


def ask_reason(
    parent: QWidget | None, question: str, consequence: str, verb: str, *, label: str = "&Reason", danger: bool = False
) -> str | None:
    """Ask for a reason, and wait. None when the person kept things as they are."""
    dialog = ConfirmDialog(parent, question, consequence, verb, danger=danger, reason=label)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    reason = dialog.reason
    dialog.deleteLater()
    return reason if agreed else None
