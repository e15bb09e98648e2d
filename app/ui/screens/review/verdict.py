"""Why a finding is judged so: the reason from the fixed list, and words if wished. Enter saves, Esc steps back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QSizePolicy, QVBoxLayout

from app.domain.review import REASONS, Reason, Verdict
from app.ui.parts.arrange import wrapping
from app.ui.parts.buttons import plain, primary
from app.ui.parts.form import Form
from app.ui.parts.text import strong
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN


class VerdictPanel(QFrame):
    """Opens below the verdict buttons. The most likely reason is proposed, so that Enter alone is enough."""

    given = Signal(object, object, str)
    """Verdict, reason, words."""
    left = Signal()
    """The person stepped back without judging."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "panel")
        self._verdict = Verdict.UPHELD
        self._heading = strong()
        form = Form()
        self.reason = QComboBox()
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reason.setMinimumContentsLength(10)
        self.reason.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form.add("&Reason", self.reason)
        self.words: QLineEdit = form.text("In your o&wn words", hint="If you wish.")
        self._form = form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme().px(WITHIN), 0, 0)
        layout.setSpacing(theme().px(WITHIN))
        layout.addWidget(self._heading)
        layout.addWidget(form)
        self.save = primary("Sa&ve verdict", self._save)
        layout.addWidget(wrapping(self.save, plain("Do&n't decide yet", self.leave)))
        self.reason.installEventFilter(self)
        self.words.installEventFilter(self)
        self.hide()

    def ask(self, verdict: Verdict) -> None:
        """Ask why, with the most likely reason chosen. Words that were typed stay."""
        self._verdict = verdict
        self._heading.setText(f"{verdict.words}, because:")
        self.reason.clear()
        for reason in REASONS[verdict]:
            self.reason.addItem(reason.words, reason.value)
        if self.isHidden():
            self.words.clear()
        self._form.clear_faults()
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fault(self, sentence: str) -> None:
        """What is missing."""
        self._form.fault(self.words, sentence)

    def leave(self) -> None:
        """Step back without judging."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._save()
            return True
        return super().eventFilter(watched, event)

    def _save(self) -> None:
        self.given.emit(self._verdict, Reason(self.reason.currentData()), self.words.text())
